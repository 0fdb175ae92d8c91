// The checks of judging: panels drawn evenly, sheets by the rubric, tables from the sheets.
// As recount/judging.py.
import { checkJudges, checkRounds, checkSeals } from "./structure.js";
import { digest, need } from "./kit.js";
import { Exact, Table, checkMarks, exact, number, plain, rounded, spread, sum, total, whole } from "./scoring.js";

const shown = (value) => (typeof value === "object" && value !== null ? JSON.stringify(value) : String(value));
const without = (all, ...gone) => new Set([...all].filter((one) => !gone.some((set) => set.has(one))));

// All that was said of one entry in one round, and who judges it in the end.
class Panel {
  constructor(record, round, entry) {
    this.name = `${round}, ${entry}`;
    const of = (name) => record.at(round, entry, name);
    [this.stood, this.seats, this.looks] = ["JudgeStoodDown", "JudgesAssigned", "SecondLookNeeded"].map(of);
    this.discussed = of("DiscussionRecorded").some((event) => event.minutes.trim());
    this.given = new Map();
    for (const sheet of of("MarksGiven").sort((one, two) => one.version - two.version)) {
      if (!this.given.has(sheet.judge_id)) this.given.set(sheet.judge_id, []);
      this.given.get(sheet.judge_id).push(sheet);
    }
    this.judges = new Set();
    const [known, left] = [new Set(), new Set()];
    // Who stood down at one instant is off the panel that is named at the same.
    const rank = (event) => (event.type === "JudgeStoodDown" ? 0 : 1);
    const steps = [...this.stood, ...this.seats].sort((one, two) =>
      one.at === two.at ? rank(one) - rank(two) || one.number - two.number : one.at < two.at ? -1 : 1,
    );
    for (const event of steps) {
      if (event.type === "JudgeStoodDown") {
        left.add(event.judge_id);
        this.judges.delete(event.judge_id);
        continue;
      }
      this.judges = new Set(event.judge_ids);
      const gone = without(known, this.judges, left);
      need("judges", !gone.size, `${this.name}: ${[...gone]} left, and nobody said why`);
      for (const judge of this.judges) known.add(judge);
    }
    const own = [...this.judges].filter((judge) => this.given.has(judge));
    this.counting = new Map(own.map((judge) => [judge, this.given.get(judge).at(-1)]));
  }
}

// Check every round in turn; `values` takes what each entry has in it, by round.
export async function* checkJudging(record, values) {
  for (const check of [checkRounds, checkSeals, checkJudges]) check(record);
  let field = null;
  for (const opened of record.of("RoundOpened")) {
    const id = opened.round_id;
    const rules = record.rulesAt(opened.at).rounds.find((one) => one.id === id);
    need("rules", rules, `have no round ${id}, yet it was opened`);
    const [table, first] = [new Table(rules), new Map()];
    const [closed] = record.of("RoundClosed", { round_id: id });
    const apart = pinnedApart(record, closed ? closed.at : "9");
    let [sheets, looks] = [0, 0];
    const entries = new Set(record.of("JudgesAssigned", { round_id: id }).map((event) => event.entry_id));
    for (const entry of entries) {
      const panel = new Panel(record, id, entry);
      first.set(entry, panel.seats[0]);
      const isDue = closed?.table.some((line) => line.entry_id === entry);
      const silent = isDue ? without(panel.judges, panel.given) : new Set();
      need("judges", !silent.size, `${[...silent]} were to judge ${panel.name}, and gave no sheet`);
      const near = [...panel.judges].filter((judge) => apart.get(entry)?.has(judge));
      need("judges", !near.length, `${panel.name}: ${near} judge it, kept apart by the chair`);
      sheets += await checkSheets(rules, panel);
      looks += checkDivergence(rules, panel);
      table.add(entry, new Map([...panel.counting].map(([judge, event]) => [judge, event.marks])));
    }
    yield ["judges", { round: id, panels: first.size, even: checkDraw(record, rules, opened, first) }];
    yield ["sheets", { round: id, sheets, looks }];
    if (!closed) return;
    field = checkTable(record, opened, closed, table, field, values);
    yield ["table", { round: id, entries: table.values.size, going: field.size }];
    checkRejudged(record, rules, closed);
  }
}

// Whom the chair keeps from each entry; a pin that was lifted by then keeps nobody.
function pinnedApart(record, until) {
  const lifted = new Set(record.of("ConflictPinned", { is_lifted: true }, until).map((event) => event.pin_id));
  const apart = new Map();
  for (const event of record.of("ConflictPinned", { side: "APART" }, until)) {
    if (lifted.has(event.pin_id)) continue;
    if (!apart.has(event.entry_id)) apart.set(event.entry_id, new Set());
    apart.get(event.entry_id).add(event.judge_id);
  }
  return apart;
}

// Sheets are those that were sealed, and their marks by the rubric; returns how many.
async function checkSheets(rules, panel) {
  let count = 0;
  for (const [judge, versions] of panel.given) {
    const name = `${panel.name}: the sheet of ${judge}`;
    for (const event of versions) {
      const { said } = event;
      if (said.nonce) {
        const codes = Object.entries(said.marks);
        const marks = Object.fromEntries(codes.map(([code, mark]) => [code, plain(number(mark))]));
        const key = [said.contest_id, said.round_id, said.entry_id, said.judge_id, said.version];
        const found = await digest([...key, marks, said.words, said.nonce]);
        need("seals", found === said.digest, `${name} is not the one that was sealed`);
      }
      checkMarks("sheets", name, rules, said.marks);
      const isSum = total(rules.rubric, said.marks).equals(number(said.total));
      need("sheets", isSum, `${name}: the total is not ${said.total}`);
      count += 1;
    }
  }
  return count;
}

// Where judges stood too far apart, somebody looked again, and minutes say so.
function checkDivergence(rules, panel) {
  const { divergence: rule, rubric } = rules;
  const isExcused = panel.stood.some((event) => event.ground === "COUNTED_WITHOUT");
  if (!panel.counting.size || isExcused || rule === null) return 0;
  // As they stood when the sheets were opened: of those sealed, the newest of each judge.
  const own = [...panel.counting.keys()].map((judge) => panel.given.get(judge));
  const met = own.map((all) => all.findLast((event) => event.nonce) ?? all[0]);
  const wide = spread(met.map((event) => total(rubric, event.marks)), rule.measure);
  const called = new Set(panel.seats.flatMap((event) => event.judge_ids));
  const isSeen = panel.looks.length || panel.discussed || called.size > panel.seats[0].judge_ids.length;
  const what = `${panel.name}: judges stand ${plain(wide)} points apart, and nobody looked again`;
  need("divergence", wide.compare(number(rule.threshold)) <= 0 || isSeen, what);
  const wanted = new Set(panel.looks.flatMap((event) => event.judge_ids));
  for (const [judge, event] of panel.counting) {
    const isAsked = event.version === 1 || event.nonce || wanted.has(judge);
    need("divergence", isAsked, `${panel.name}: ${judge} was not to look again`);
  }
  for (const look of panel.looks) {
    for (const judge of look.judge_ids.filter((one) => panel.judges.has(one))) {
      const newer = (panel.given.get(judge) ?? []).filter((event) => event.at >= look.at);
      const isSaid = panel.discussed || newer.some((event) => event.minutes.trim());
      need("divergence", isSaid, `${panel.name}: ${judge} was to look again`);
    }
  }
  return panel.looks.length;
}

// Panels are of the size the rules say, and no hand-over of entries makes loads more even.
function checkDraw(record, rules, opened, first) {
  const { round_id: name, desks: told = [], apart = [] } = opened;
  const wanted = rules.judges_per_entry;
  for (const [entry, event] of first) {
    const size = event.judge_ids.length;
    need("judges", wanted === null || wanted === size, `${name}, ${entry}: ${size} judges, not ${wanted}`);
  }
  const desks = new Map(told.map((desk) => [desk.judge_id, desk]));
  const assigning = rules.assigning ?? { expertise: "ignored", most_per_judge: null };
  if (wanted === null || !desks.size || assigning.expertise === "preferred") return false;
  const held = new Map(opened.entry_ids.filter((entry) => first.has(entry)).map((entry) => [entry, first.get(entry)]));
  const loads = new Map([...desks.keys()].map((judge) => [judge, 0]));
  const takers = new Map([...desks.keys()].map((judge) => [judge, new Set()]));
  const bound = new Set(apart.flat());
  const accepted = record.accepted();
  for (const [entry, event] of held) {
    let free = without(desks.keys(), bound, new Set([...event.judge_ids, ...event.kept_away]));
    if (assigning.expertise === "required") {
      const knows = ({ areas }) => !areas.length || areas.includes(accepted.get(entry).area);
      free = new Set([...free].filter((judge) => knows(desks.get(judge))));
    }
    for (const judge of event.judge_ids) {
      loads.set(judge, (loads.get(judge) ?? 0) + 1);
      const own = takers.get(judge) ?? new Set();
      for (const taker of free) own.add(taker);
    }
  }
  for (const judge of desks.keys()) {
    const reached = new Set([judge]);
    for (const giver of reached) for (const taker of takers.get(giver)) reached.add(taker);
    for (const other of reached) {
      const limits = [desks.get(other).most, assigning.most_per_judge, held.size].filter((one) => one !== null);
      const isEven = loads.get(other) >= Math.min(...limits) || loads.get(judge) - loads.get(other) < 2;
      need("judges", isEven, `${name}: ${judge} has ${loads.get(judge)} entries, ${other} only ${loads.get(other)}`);
    }
  }
  return true;
}

// A figure as a table says it beside one that was counted.
function same(said, own) {
  if (said === null || own === null) return said === own;
  if (own instanceof Exact) return own.equals(number(said));
  if (typeof own !== "object") return said === own;
  if ("count" in own && own.total instanceof Exact) return own.total.equals(number(said.total)) && own.count === said.count;
  const codes = Object.keys(said);
  return codes.length === Object.keys(own).length && codes.every((code) => code in own && same(said[code], own[code]));
}

// The table names the entries it must, and says of each what the sheets say.
function checkTable(record, opened, closed, table, field, values) {
  const id = opened.round_id;
  const said = new Map(closed.table.map((line) => [line.entry_id, line]));
  need("table", said.size === closed.table.length, `${id} names an entry twice`);
  const due = field ?? new Set(record.accepted(closed.at).keys());
  const accepted = record.accepted();
  const [out, crossing] = record.outAt(closed.at);
  const missing = without(due, out, crossing, said);
  const surplus = without(said.keys(), without(due, out));
  need("table", !missing.size, `${id}: ${[...missing]} are in the round, but not in the table`);
  need("table", !surplus.size, `${id}: ${[...surplus]} are in the table, but not in the round`);
  const { rounds, entrants } = record.rulesAt(opened.at);
  const isLast = id === rounds.at(-1).id;
  need("table", closed.is_last === isLast, `${id}: this is the last round, or it is not`);
  const votes = record.of("VoteRecorded", { round_id: id }, closed.at).map((event) => event.order);
  const classOf = new Map(entrants.classes.flatMap((one) => one.kinds.map((kind) => [kind, one.code])));
  const groupsOf = ([entry, one]) => [entry, { area: one.area, class: classOf.get(one.kind) }];
  table.severe(said.keys(), closed.severities);
  try {
    table.rank(values, votes);
  } catch (error) {
    need("table", !(error instanceof TypeError), `${id}: ${error.message}`);
    throw error;
  }
  if (!isLast) table.cutOff(new Map([...accepted].map(groupsOf)), votes);
  for (const [entry, line] of table.lines) {
    for (const [name, own] of Object.entries(line)) {
      const isSo = said.get(entry)[name] === null || same(said.get(entry)[name], own);
      need("table", isSo, `${id}, ${entry}: ${name} is not ${shown(said.get(entry)[name])}`);
    }
  }
  values[id] = table.values;
  return new Set(closed.table.filter((line) => line.advances).map((line) => line.entry_id));
}

const lcm = (one, two) => {
  let [a, b] = [one, two];
  while (b) [a, b] = [b, a % b];
  return (one / a) * two;
};
const means = (criteria) =>
  Object.fromEntries(Object.entries(criteria).map(([code, one]) => [code, { total: number(one.total), count: one.count }]));

// What came of judging an entry again follows from new sheets, by other judges.
function checkRejudged(record, rules, closed) {
  const before = new Map(closed.table.map((line) => [line.entry_id, line]));
  for (const event of record.of("EntryRejudged", { round_id: rules.id })) {
    const { entry_id: entry, petition_id, round_id, criteria: asked = [], line, at } = event;
    const ofIt = { petition_id, round_id, entry_id: entry };
    const name = `${rules.id}, ${entry} again`;
    const what = `${name}: its new sheets are in no event (once none were), so nobody can count them`;
    need("petitions", event.sheets?.length, what);
    const sheets = new Map(event.sheets.map((one) => [one.judge_id, one.marks]));
    const orders = record.of("RejudgingOrdered", ofIt, at).map((one) => JSON.stringify(one.criteria));
    need("petitions", orders.includes(JSON.stringify(event.criteria)), `${name}: it was not ordered like this`);
    const seated = new Set(record.of("RejudgingSeated", ofIt, at).at(-1)?.judge_ids);
    const isTheirs = seated.size && seated.size === sheets.size && [...seated].every((judge) => sheets.has(judge));
    need("petitions", isTheirs, `${name}: the sheets are not of those who were seated`);
    const panel = new Panel(record, rules.id, entry);
    const old = [...panel.given.keys()].filter((judge) => sheets.has(judge));
    need("petitions", !old.length, `${name}: ${old} judged it before`);
    const count = record.rulesAt(at).petitions?.judges || panel.judges.size;
    const isFull = [0, 1].includes(sheets.size - count); // one more where they stood too far apart
    need("petitions", isFull, `${name}: judged by ${sheets.size}, not ${count}`);
    const rubric = rules.rubric.filter((one) => !asked.length || asked.includes(one.code));
    const scoped = { ...rules, rubric, tie_break: [], advance: null };
    if (asked.length) scoped.aggregate = { method: "mean" };
    for (const [judge, marks] of sheets) checkMarks("petitions", `${name}: ${judge}`, scoped, marks);
    const table = new Table(scoped);
    table.add(entry, sheets);
    table.rank({}, []);
    const { average, criteria, highest, score } = table.lines.get(entry);
    const own = { average, criteria: { ...criteria }, highest, score };
    if (asked.length) {
      own.criteria = { ...means(before.get(entry).criteria), ...criteria };
      delete own.highest;
      const parted = Object.values(own.criteria).reduce((all, mean) => lcm(all, mean.count), 1);
      const parts = rules.rubric.map((one) => number(one.weight).times(exact(own.criteria[one.code])));
      own.average = { total: sum(parts).times(whole(parted)), count: parted };
      own.score = rounded(exact(own.average), rules.rounding);
    } else {
      for (const one of rubric.filter((each) => each.comment_only)) delete own.criteria[one.code];
    }
    // What is not judged again stays as it was.
    for (const [part, value] of Object.entries(before.get(entry))) {
      const isSo = part in own ? same(line[part], own[part]) : line[part] === value;
      need("petitions", isSo, `${name}: ${part} is not ${shown(line[part])}`);
    }
  }
}

