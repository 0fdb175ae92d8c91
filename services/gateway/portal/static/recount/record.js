// What the events of a kit say, sorted by what they are about. As recount/record.py.
import { need } from "./kit.js";

// What gives somebody more time: who closes it keeps back what would excuse them.
export const EXCUSES = ["EntryReturned", "DeadlineExtended"];
const CROSSING = 2 * 60e3; // a withdrawal and the close of a round may cross: milliseconds
const COUNTED = new Set(
  (
    "ContestOpened ContestAmended EntrySubmitted EntryAccepted EntryRefused EntryWithdrawn " +
    "EntryDisqualified OriginalityRuled JurySeated JudgeReplaced ConflictPinned RoundOpened " +
    "RoundSealed JudgesAssigned JudgeStoodDown SheetSealed SheetsOpened MarksGiven " +
    "SecondLookNeeded DiscussionRecorded VoteRecorded RoundClosed RejudgingSeated EntryRejudged " +
    "RejudgingOrdered PetitionMoved PrizesProposed TieResolved CouncilDecided PrizesSubmitted " +
    "PrizesReturned PrizesApproved ResultsPublished ResultsRevised AwardRevoked PaperRevoked " +
    "PaperPrinted"
  )
    .split(" ")
    .concat(EXCUSES),
);
// What a kit may keep closed in them: words about people. All else must be there to be counted.
const CLOSED = new Set(
  (
    "author_ids title filed_by group channel documents missing unit_id external_code shares " +
    "summary reason report_id due conclusion decision note answer_by"
  ).split(" "),
);
const before = (one, other) => (one.at === other.at ? one.number - other.number : one.at < other.at ? -1 : 1);
export const inOrder = (events) => [...events].sort(before);
export const when = (at) => {
  const found = Date.parse(at);
  if (Number.isNaN(found)) throw new TypeError(`no instant: ${at}`);
  return found;
};

// The same in millionths of a second, which a `Date` does not have.
export const micros = (at) => {
  const [, whole, rest = "", zone] = /^(.+?)(?:\.(\d{1,6})\d*)?(Z|[+-]\d\d:\d\d)$/.exec(at) ?? [];
  return 1e3 * when(whole + zone) + Number(rest.padEnd(6, "0"));
};

export class Record {
  byType = new Map([...COUNTED].map((name) => [name, []]));
  byPlace = new Map();
  rounds = new Set();
  known = new Set();

  add(event, closed) {
    const name = event.type.slice(event.type.indexOf(".") + 1);
    need("chain", !this.known.has(event.id), `event ${event.number} (${name}) has the id ${event.id} of another`);
    this.known.add(event.id);
    if (!COUNTED.has(name)) return;
    const hidden = closed.map((one) => one.replace(/^\w+\/\d+\//, "")).filter((one) => !CLOSED.has(one));
    need("shown", !hidden.length || EXCUSES.includes(name), `event ${event.number} (${name}) keeps ${hidden} closed`);
    const kept = { ...event, type: name };
    this.byType.get(name).push(kept);
    if (event.round_id !== undefined) this.rounds.add(event.round_id);
    if (event.round_id !== undefined && event.entry_id !== undefined) {
      const key = JSON.stringify([event.round_id, event.entry_id]);
      if (!this.byPlace.has(key)) this.byPlace.set(key, []);
      this.byPlace.get(key).push(kept);
    }
  }

  settle() {
    for (const [name, events] of this.byType) this.byType.set(name, inOrder(events));
  }

  // Events of these types up to an instant that say so and so, in order.
  of(names, about = {}, until = "9") {
    const wanted = Object.entries(about);
    const found = [names].flat().flatMap((name) => this.byType.get(name));
    const fits = (event) => event.at <= until && wanted.every(([name, value]) => event[name] === value);
    return inOrder(found.filter(fits));
  }

  at(round, entry, name) {
    const found = this.byPlace.get(JSON.stringify([round, entry])) ?? [];
    return inOrder(found.filter((event) => event.type === name));
  }

  rulesAt(instant) {
    const found = this.of(["ContestOpened", "ContestAmended"], {}, instant);
    need("rules", found.length, `none were in force at ${instant}`);
    return found.reduce((one, two) => (two.said.number > one.said.number ? two : one)).rules;
  }

  accepted(until = "9") {
    return new Map(this.of("EntryAccepted", {}, until).map((event) => [event.entry_id, event]));
  }

  revoked(until) {
    return new Set(this.of("AwardRevoked", {}, until).map((event) => event.entry_id));
  }

  // Entries surely out at an instant, and those about to leave or just gone.
  outAt(instant) {
    const own = ["EntryRefused", "EntryWithdrawn", "EntryDisqualified", "AwardRevoked"];
    const gone = [...this.of(own), ...this.of("OriginalityRuled", { ruling: "DUPLICATE" })];
    const after = new Map(gone.map((event) => [event.entry_id, when(event.at) - when(instant)]));
    const those = (fits) => new Set([...after].filter(([, passed]) => fits(passed)).map(([entry]) => entry));
    return [those((passed) => passed < -CROSSING), those((passed) => Math.abs(passed) <= CROSSING)];
  }
}
