// Checks that need no arithmetic: what each finds does not follow. As recount/questions.sql.
import { need } from "./kit.js";
import { EXCUSES, micros, when } from "./record.js";

const DAY = 24 * 60 * 60e3;
const key = (...parts) => JSON.stringify(parts);
const blank = (text) => !(text ?? "").trim();

function grouped(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    const name = keyOf(row);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(row);
  }
  return [...groups.values()];
}

const twice = (rows, keyOf) => grouped(rows, keyOf).find((own) => own.length > 1)?.[0];
const many = (rows, keyOf, of) => grouped(rows, keyOf).find((own) => new Set(own.map(of)).size > 1)?.[0];

export function checkRules(record) {
  const opened = record.of("ContestOpened");
  need("rules", opened.length === 1, `the contest was opened ${opened.length} times`);
  record.of(["ContestOpened", "ContestAmended"]).forEach(({ said, type }, place, all) => {
    const name = `amendment ${said.number}`;
    need("rules", said.number === place, `${name} is not the next one`);
    need("rules", type === "ContestOpened" || !blank(said.reason), `${name} gives no reason`);
    need("rules", !place || said.sha256 !== all[place - 1].sha256, `${name} amends nothing`);
    need("rules", said.rules.id === said.contest_id, `${name} is of another contest`);
  });
}

export function checkEntries(record) {
  const handed = record.of("EntrySubmitted");
  const shared = many(handed, (event) => event.receipt_code, (event) => event.entry_id);
  need("entries", !shared, `two have the receipt code ${shared?.receipt_code}`);
  const first = new Map();
  for (const event of handed) {
    const name = key(event.entry_id, event.version);
    if (!first.has(name)) first.set(name, event);
  }
  for (const event of record.of("EntryAccepted")) {
    const { entry_id: entry, version, kind, area } = event;
    const own = first.get(key(entry, version));
    need("entries", own && own.at <= event.at, `${entry} was accepted in version ${version}, never handed in`);
    const isSame = own.kind === kind && own.area === area;
    need("entries", isSame, `${entry} was accepted in another kind or area than it was handed in`);
  }
}

// Entries came while the rules took them, by hand or by postmark, or had more time. How many had.
export function checkWindow(record) {
  const rules = record.of(["ContestOpened", "ContestAmended"]);
  const excuses = record.of(EXCUSES);
  const terms = (one) => [
    [one.due_at, (entry) => one.entry_id === entry],
    [one.until, (entry) => one.entry_id === entry || one.entry_id === null],
  ];
  let late = 0;
  for (const event of record.of("EntrySubmitted")) {
    const { entry_id: entry, received_at: received, at } = event;
    const inForce = rules.filter((one) => one.at <= at).at(-1);
    need("rules", inForce, `none were in force when ${entry} was handed in`);
    const { opens, closes, grace_minutes: grace, post_counts_by: by } = inForce.rules.intake;
    const came = micros(received);
    need("entries", came >= micros(opens), `${entry} was handed in before the opening`);
    const isPosted = event.channel === "POST" && by === "POSTMARK";
    const counted = isPosted ? micros(event.counted_at || received) : came;
    if (counted < micros(closes) || came < micros(closes) + 60e6 * grace) continue;
    const isGiven = excuses
      .filter((one) => one.at <= at)
      .flatMap(terms)
      .some(([term, isOf]) => term !== undefined && isOf(entry) && micros(term) > counted);
    need("entries", isGiven, `${entry} came late, and nobody gave it more time`);
    late += 1;
  }
  return late;
}

export function checkRounds(record) {
  const known = new Set(record.of("RoundOpened").map((event) => event.round_id));
  for (const round of record.rounds) need("rounds", known.has(round), `${round} was never opened`);
  const turns = record.of(["RoundOpened", "SheetsOpened", "RoundClosed"]);
  const again = twice(turns, (event) => key(event.round_id, event.type));
  need("rounds", !again, `${again?.round_id} has ${again?.type} twice`);
}

export function checkSeals(record) {
  const version = (event) => key(event.round_id, event.entry_id, event.judge_id, event.version);
  const whole = (event) => key(version(event), event.digest, event.given_at);
  const name = (event) => `${event.entry_id}: the sheet of ${event.judge_id} in ${event.round_id}`;
  const seals = record.of("SheetSealed");
  const sheets = record.of("MarksGiven");
  const again = twice(seals, version);
  need("seals", !again, again && `${name(again)} was sealed twice in one version`);
  const sealed = new Set(seals.map(version));
  const opening = new Map(record.of("SheetsOpened").map((event) => [event.round_id, event]));
  for (const event of sheets.filter((sheet) => sheet.nonce === "")) {
    const isLate = event.at >= (opening.get(event.round_id)?.at ?? "9");
    need("seals", isLate && !sealed.has(version(event)), `${name(event)} was never sealed`);
  }
  const kept = new Set(seals.map(whole));
  const shown = sheets.filter((sheet) => sheet.nonce !== "");
  const strange = shown.find((sheet) => !kept.has(whole(sheet)));
  need("seals", !strange, strange && `${name(strange)} is not the one that was sealed`);
  const given = new Set(sheets.map(whole));
  const dropped = seals.find((seal) => opening.has(seal.round_id) && !given.has(whole(seal)));
  need("seals", !dropped, dropped && `${name(dropped)} was sealed and dropped`);
  const late = seals.find((seal) => seal.at > (opening.get(seal.round_id)?.at ?? "9"));
  need("seals", !late, late && `${name(late)} was sealed when others were open`);
  const closed = new Set(record.of("RoundClosed").map((event) => event.round_id));
  const silent = seals.find((seal) => closed.has(seal.round_id) && !opening.has(seal.round_id));
  need("seals", !silent, `${silent?.round_id} was sealed and closed, but never opened`);
  for (const [round, event] of opening) {
    const count = shown.filter((sheet) => sheet.round_id === round).length;
    need("seals", event.sheets === count, `${event.sheets} sheets of ${round} were said to be opened`);
    const own = record.of("RoundSealed", { round_id: round });
    const holders = new Set(own.flatMap((seal) => [...seal.officers, seal.recovery]));
    const by = new Set(event.holders.filter((holder) => holders.has(holder)));
    need("seals", by.size >= 2, `${round} was not opened by two who hold its keys`);
  }
  for (const own of grouped(sheets, (event) => key(event.round_id, event.entry_id, event.judge_id))) {
    const versions = new Set(own.map((event) => event.version));
    const isWhole = own.length === versions.size && Math.max(...versions) === own.length;
    need("sheets", isWhole, `${name(own[0])}: versions are doubled or missing`);
  }
}

export function checkJudges(record) {
  const unseeded = record.of("RoundOpened").find((event) => event.seed === "");
  need("judges", !unseeded, `${unseeded?.round_id} was shared out with no seed`);
  const seats = record.of(["JurySeated", "JudgeReplaced"]);
  const replaced = record.of("JudgeReplaced");
  const hasLeft = (judge, since, at) => replaced.some((one) => one.judge_id === judge && one.at > since && one.at < at);
  const isSeated = (judge, at) =>
    seats.some((event) =>
      event.at <= at && event.seats.some((seat) => seat.person_id === judge) && !hasLeft(judge, event.at, at),
    );
  const place = (event, judge) => key(event.round_id, event.entry_id, judge);
  const stood = record.of("JudgeStoodDown");
  const away = new Map();
  for (const event of stood.filter((one) => one.ground === "CONFLICT")) {
    const name = place(event, event.judge_id);
    if (!away.has(name)) away.set(name, event.at);
  }
  const assigned = new Set();
  for (const event of record.of("JudgesAssigned")) {
    for (const judge of event.judge_ids) {
      const name = `${judge} judges ${event.entry_id}`;
      const isOld = assigned.has(place(event, judge));
      need("judges", isOld || isSeated(judge, event.at), `${name}, but is not of the jury`);
      const isNear = event.kept_away.includes(judge) || (away.get(place(event, judge)) ?? "9") < event.at;
      need("judges", !isNear, `${name} despite a conflict`);
      assigned.add(place(event, judge));
    }
  }
  const given = new Map();
  for (const event of record.of("MarksGiven")) {
    const name = place(event, event.judge_id);
    need("judges", assigned.has(name), `${event.judge_id} marked ${event.entry_id} without being assigned to it`);
    if (!given.has(name)) given.set(name, event.at);
  }
  for (const event of stood) {
    const isMarked = (given.get(place(event, event.judge_id)) ?? "9") <= event.at;
    const isHanded = event.ground === "HANDED_ON" && isMarked;
    need("judges", !isHanded, `${event.judge_id} handed ${event.entry_id} on, though it was marked already`);
    const isUnsaid = event.ground === "COUNTED_WITHOUT" && blank(event.minutes);
    need("judges", !isUnsaid, `${event.entry_id} counts without ${event.judge_id}, and no minutes say so`);
  }
}

export function checkCouncil(record) {
  const silent = record.of(["VoteRecorded", "TieResolved", "CouncilDecided"]).find((one) => blank(one.minutes));
  need("council", !silent, `event ${silent?.number} names no minutes`);
}

export function checkRevisions(record) {
  let before = 1;
  for (const { said } of record.of("ResultsRevised")) {
    need("results", said.revision > before, `revision ${said.revision} does not come after the one before`);
    before = said.revision;
  }
}

// Every paper each time it is told of: published, revised, printed.
function papersOf(record) {
  const results = record.of(["ResultsPublished", "ResultsRevised"]);
  const told = results.flatMap((event) => event.papers.map((paper) => ({ event, paper, isPrint: false })));
  const prints = record.of("PaperPrinted").map((event) => ({ event, paper: event.paper, isPrint: true }));
  return [...told, ...prints];
}

export function checkPapers(record, standing) {
  const papers = papersOf(record);
  const ids = ({ paper }) => paper.paper_id;
  const year = ({ paper }) => [paper.authority, paper.symbol, paper.dated.slice(0, 4)];
  for (const { event, paper, isPrint } of papers) {
    const lines = event.lines ?? event.changed ?? [];
    const isOwn = lines.some((line) => line.entry_id === paper.entry_id && line.prize === paper.prize);
    const isNamed = isPrint || paper.prize === null || isOwn;
    need("papers", isNamed, `${paper.paper_id} is for a prize nobody published`);
  }
  const latest = record.of(["ResultsPublished", "ResultsRevised"]).at(-1)?.at ?? "";
  const published = new Set(papers.filter(({ isPrint }) => !isPrint).map(ids));
  const isStray = (one) => one.paper.kind === "CERTIFICATE" && !published.has(ids(one)) && one.event.at <= latest;
  const stray = papers.find(isStray)?.paper;
  need("papers", !stray, `${stray?.paper_id} is a certificate that was printed, but never published`);
  const other = many(papers, ids, ({ paper }) => JSON.stringify(paper));
  need("papers", !other, `${other?.paper.paper_id} is not the paper it was`);
  for (const own of grouped(papers, ids)) {
    const first = own.map(({ event }) => event.at).sort()[0];
    const passed = (when(first) - when(`${own[0].paper.dated}T00:00:00Z`)) / DAY;
    const what = `${own[0].paper.paper_id} is dated ${own[0].paper.dated}, but issued ${first}`;
    need("papers", passed >= -2 && passed <= 3, what);
  }
  const official = papers.filter(({ paper }) => paper.kind !== "CERTIFICATE" && paper.number > 0);
  const doubled = many(official, (one) => key(one.paper.number, year(one)), ids)?.paper;
  need("papers", !doubled, `${doubled?.number}/${doubled?.symbol} was given twice`);
  const series = ({ paper }) => key(paper.authority, paper.symbol, paper.kind, paper.dated.slice(0, 4));
  for (const own of grouped(papers.filter(({ paper }) => paper.number > 0), series)) {
    own.sort((one, two) => one.paper.number - two.paper.number || (one.paper.dated < two.paper.dated ? -1 : 1));
    let newest = "";
    for (const same of grouped(own, ({ paper }) => paper.number)) {
      const [{ paper }] = same;
      need("papers", paper.dated >= newest, `${paper.number}/${paper.symbol} is dated before a lower number`);
      newest = [newest, ...same.map((one) => one.paper.dated)].sort().at(-1);
    }
  }
  const golden = papers.filter(({ paper }) => (paper.register ?? null) !== null);
  const again = many(golden, (one) => key(one.paper.register, year(one)), ids)?.paper;
  need("papers", !again, `number ${again?.register} in the golden book was given twice`);
  const issued = golden.filter(({ isPrint }) => !isPrint);
  for (const own of grouped(issued, (one) => key(one.event.number, year(one)))) {
    const numbers = own.map(({ paper }) => paper.register);
    const isWhole = Math.max(...numbers) - Math.min(...numbers) + 1 === numbers.length;
    need("papers", isWhole, `a number below ${Math.max(...numbers)} is missing in the golden book`);
  }
  const known = new Set(papers.map(ids));
  const revoked = new Set(record.of("PaperRevoked").map((event) => event.paper_id));
  for (const id of revoked) need("papers", known.has(id), `${id} was revoked, but never issued`);
  for (const { paper } of papers.filter((one) => one.paper.kind === "CERTIFICATE")) {
    const isRight = standing.get(paper.entry_id)?.prize === paper.prize || revoked.has(paper.paper_id);
    need("papers", isRight, `${paper.paper_id} holds, though its prize does not`);
  }
  return [known.size, revoked.size];
}
