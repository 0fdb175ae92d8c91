// The checks of awarding: lists from the tables, approvals, results, revocations, papers.
// As recount/awarding.py.
import { checkCouncil, checkPapers, checkRevisions } from "./structure.js";
import { DoesNotFollow, need } from "./kit.js";
import { CannotDraw, Council, draw } from "./prizes.js";
import { exact, number } from "./scoring.js";

const MOVES = [
  "RoundClosed", "ContestAmended", "TieResolved", "CouncilDecided", "PrizesProposed", "PrizesSubmitted",
  "PrizesReturned", "PrizesApproved", "ResultsPublished", "ResultsRevised", "AwardRevoked",
];

// Lists follow from the tables; what is published was approved.
export function* checkAwarding(record, values) {
  checkCouncil(record);
  checkRevisions(record);
  let [council, approved, submitted, published, proposed] = [new Council(), new Set(), false, false, null];
  let standing = new Map();
  for (const event of record.of(MOVES)) {
    const { type } = event;
    if (["RoundClosed", "ContestAmended"].includes(type)) {
      if (!published) [council, proposed] = [new Council(), null];
    } else if (type === "TieResolved") council.votes.push(event.order);
    else if (type === "CouncilDecided") council.decide(event.prize, event.count, event.entry_ids);
    else if (type === "PrizesProposed") {
      [proposed, approved, submitted] = [asSaid(event.lines ?? []), new Set(), false];
      checkList(proposed, event, record, values, council);
      yield ["prizes", { prizes: proposed.size }];
    } else if (type === "PrizesSubmitted") submitted = true;
    else if (type === "PrizesReturned") proposed = null;
    else if (type === "PrizesApproved") approved.add(event.authority);
    else if (type === "AwardRevoked") checkRevoked(event, record, standing);
    else if (type === "ResultsPublished" || (type === "ResultsRevised" && proposed)) {
      const rules = record.rulesAt(event.at);
      need("approval", proposed, "there is no list that stands");
      need("approval", submitted || !rules.awarding.submission, "the list was never submitted");
      need("results", published === (type === "ResultsRevised"), "are published once, and revised after that");
      checkPublished(event, rules, standing, proposed, approved);
      [standing, published, proposed] = [proposed, true, null];
      yield ["results", { prizes: standing.size }];
    } else if (type === "ResultsRevised") {
      const revoked = record.revoked(event.at);
      const isLost = event.lost.every((entry) => standing.has(entry) && revoked.has(entry));
      need("results", !(event.changed ?? []).length && isLost, `revision ${event.revision} was never proposed`);
      standing = new Map([...standing].filter(([entry]) => !event.lost.includes(entry)));
    }
    checkMoney(event, record);
  }
  const [issued, revoked] = checkPapers(record, standing);
  yield ["papers", { issued, revoked }];
}

// Prize lines as an event says them.
const asSaid = (lines) =>
  new Map(
    lines.map(({ entry_id: entry, prize, score, rank, share = "1" }) => {
      if (entry === undefined || prize === undefined || rank === undefined) throw new TypeError("a line lacks something");
      return [entry, { prize, score: number(score), rank, share: number(share) }];
    }),
  );

// A line's money is what the rules give for its prize, of a shared one its part, in whole đồng.
function checkMoney(event, record) {
  const lines = (event.lines ?? event.changed ?? []).filter((line) => (line.money_vnd ?? null) !== null);
  if (!lines.length) return;
  const prizes = new Map(record.rulesAt(event.at).prizes.map((prize) => [prize.code, prize]));
  const accepted = record.accepted(event.at);
  for (const { entry_id: entry, prize: code, share = "1", money_vnd: money } of lines) {
    const prize = prizes.get(code);
    const ofGroup = accepted.get(entry).kind === "COLLECTIVE" ? prize.group_money_vnd : null;
    const due = number(ofGroup ?? prize.money_vnd ?? 0).times(number(share)).floor();
    need("prizes", BigInt(money) === due, `${entry} gets ${money} đồng, not ${due}`);
  }
}

const told = (line) => (line ? `${line.prize} ${line.score} ${line.rank} ${line.share}` : "nothing");
const differs = (one, other) =>
  [...new Set([...one.keys(), ...other.keys()])].sort().find((entry) => told(one.get(entry)) !== told(other.get(entry)));

// A list is the one that the rules draw, wherever withdrawals of that minute fall.
function checkList(said, event, record, marks, council) {
  const rules = record.rulesAt(event.at);
  const isClosed = rules.rounds.every((one) => one.id in marks);
  need("prizes", isClosed, "were proposed before every round was closed");
  const values = rejudged(record, event.at, marks);
  const accepted = record.accepted(event.at);
  const [out, crossing] = record.outAt(event.at);
  // Where nobody is promoted, whose prize was taken back is ranked still, and gets nothing.
  const vacant = rules.awarding.promote_next ? new Set() : record.revoked(event.at);
  const reasons = [];
  for (const gone of [out, new Set([...out, ...crossing])]) {
    const isIn = (entry) => !gone.has(entry) || vacant.has(entry);
    const entries = [...values[rules.rounds.at(-1).id].keys()].filter(isIn);
    let drawn;
    try {
      drawn = draw(entries, rules, values, council, accepted);
    } catch (error) {
      if (!(error instanceof CannotDraw || error instanceof TypeError)) throw error;
      reasons.push(`cannot be drawn: ${error.message}`);
      continue;
    }
    drawn = new Map([...drawn].filter(([entry]) => !vacant.has(entry)));
    const other = differs(said, drawn);
    if (other === undefined) return;
    reasons.push(`${other} is to get ${told(said.get(other))}, by the rules ${told(drawn.get(other))}`);
  }
  throw new DoesNotFollow("prizes", reasons[0]);
}

// Marks after a petition that was upheld replace those of the round.
function rejudged(record, instant, values) {
  const found = Object.fromEntries(Object.entries(values).map(([round, own]) => [round, new Map(own)]));
  const moved = record.of("PetitionMoved", { state: "UPHELD" }, instant);
  const key = (event) => JSON.stringify([event.petition_id, event.entry_id]);
  const upheld = new Set(moved.map(key));
  for (const event of record.of("EntryRejudged", {}, instant)) {
    const { entry_id: entry, round_id, line } = event;
    if (!upheld.has(key(event))) continue;
    const fresh = {};
    for (const [code, mean] of Object.entries({ total: line.average, ...line.criteria })) {
      fresh[code] = exact({ total: number(mean.total), count: mean.count });
    }
    for (const link of ["highest", "firsts"]) if (line[link]) fresh[link] = number(line[link]);
    found[round_id].set(entry, { ...found[round_id].get(entry), ...fresh });
  }
  return found;
}

// Results are the list proposed, approved by whoever grants a prize that is new or lost.
function checkPublished(event, rules, before, after, approved) {
  const moved = (one, other) => [...one].filter(([entry, line]) => other.get(entry)?.prize !== line.prize);
  const [fresh, lost] = [new Map(moved(after, before)), new Map(moved(before, after))];
  const grants = new Map(rules.prizes.map((prize) => [prize.code, prize.authority]));
  const concerned = [...fresh.values(), ...lost.values()].map((line) => grants.get(line.prize));
  const silent = concerned.filter((authority) => !approved.has(authority));
  need("approval", !silent.length, `${silent} have not approved their prizes`);
  const said = asSaid(event.lines ?? event.changed ?? []);
  const isWhole = event.type === "ResultsPublished";
  const isAll = isWhole || (event.lost.length === lost.size && event.lost.every((entry) => lost.has(entry)));
  const isSo = differs(said, isWhole ? after : fresh) === undefined && isAll;
  need("results", isSo, `event ${event.number} is not the list that was proposed`);
}

// What is taken back was held, on a ground of the rules, and is published no longer.
function checkRevoked(event, record, standing) {
  const { entry_id: entry, prize, ground, at } = event;
  const isLost = record.of("ResultsRevised").some((one) => one.at >= at && one.lost.includes(entry));
  const isHeld = !standing.has(entry) || standing.get(entry).prize === prize;
  need("revocations", isHeld && isLost, `${entry}: ${prize} was not held, or stays published`);
  const isGround = record.rulesAt(at).awarding.grounds.includes(ground);
  need("revocations", isGround, `${entry}: ${ground} is no ground of the rules`);
}
