// From the tables of all rounds to the list of prizes. As recount/prizes.py.
import { Exact, chainOf, number, placed, sum, whole } from "./scoring.js";

// Why a list cannot be drawn by the rules.
export class CannotDraw extends Error {}

// What the council decided: votes, prizes left unawarded, side prizes.
export class Council {
  votes = [];
  limits = new Map();
  named = new Map();

  // Take a decision on a prize; one before that it contradicts no longer holds.
  decide(prize, count, entries) {
    if (count === null) this.named.set(prize, entries);
    else this.limits.set(prize, count);
    const named = new Set(this.named.get(prize) ?? []);
    if (named.size > (this.limits.get(prize) ?? entries.length)) (count === null ? this.limits : this.named).delete(prize);
  }
}

// The final score of each entry, unrounded, and the chain behind it.
function meritsOf(entries, rules, values) {
  const factors = Object.entries(rules.weights).map(([round, weight]) => {
    if (rules.final_scale === null) return [round, number(weight)];
    const { scale } = rules.rounds.find((one) => one.id === round);
    return [round, number(weight).times(number(rules.final_scale)).by(number(scale))];
  });
  return entries.map((entry) => {
    const weighed = factors.map(([round, factor]) => {
      const own = values[round]?.get(entry);
      if (!own) throw new CannotDraw(`${entry} has nothing in ${round}`);
      return factor.times(own.total);
    });
    return [entry, [sum(weighed), ...chainOf(rules, entry, values)]];
  });
}

// Who gets which prize; class by class where there are classes.
export function draw(entries, rules, values, council, accepted) {
  const { classes } = rules.entrants;
  const once = rules.awarding.per_author === "best";
  const authors = new Map();
  for (const [entry, said] of accepted) {
    // Where an author wins once, the kit must show authors.
    if (once && !said.author_ids) throw new CannotDraw("authors are not shown");
    authors.set(entry, new Set(once ? said.author_ids : []));
  }
  if (!classes.length) return new Giving(rules, council, authors).table(entries, rules.prizes, values);
  const classOf = new Map([...classes].reverse().flatMap((one) => one.kinds.map((kind) => [kind, one.code])));
  const drawn = new Map();
  for (const { code } of classes) {
    const own = entries.filter((entry) => classOf.get(accepted.get(entry).kind) === code);
    const prizes = rules.prizes.filter((prize) => prize.entry_class === code);
    for (const [entry, line] of new Giving(rules, council, authors).table(own, prizes, values)) drawn.set(entry, line);
  }
  return drawn;
}

// The giving of one table of prizes; `authors` are there where each wins once.
class Giving {
  lines = new Map();
  holders = new Set();

  constructor(rules, council, authors) {
    Object.assign(this, { rules, council, authors });
  }

  held = (entry) => [...this.authors.get(entry)].some((author) => this.holders.has(author));

  // Give the main prizes by rank, then the side prizes.
  table(entries, prizes, values) {
    const { final_rounding: rounding } = this.rules;
    const { votes } = this.council;
    const places = placed(meritsOf(entries, this.rules, values), rounding, votes);
    this.allot(places, prizes.filter((prize) => prize.side_by === null), places);
    for (const prize of prizes.filter((one) => one.side_by !== null)) {
      if (prize.side_by === "council") {
        for (const entry of new Set(this.council.named.get(prize.code) ?? [])) {
          if (!places.has(entry) || this.lines.has(entry) || this.held(entry)) {
            throw new CannotDraw(`${prize.code}: ${entry} is named, but cannot have it`);
          }
          this.record(prize, entry, places.get(entry), whole(1));
        }
        continue;
      }
      const at = prize.side_by.indexOf(".");
      const [round, what] = [prize.side_by.slice(0, at), prize.side_by.slice(at + 1)];
      const rest = [...places.keys()].filter((entry) => !this.lines.has(entry));
      this.allot(placed(rest.map((entry) => [entry, [values[round].get(entry)[what]]]), rounding, votes), [prize], places);
    }
    return this.lines;
  }

  // Give prizes down the ranks of `by`; lines name the final score and rank, `places`.
  allot(by, prizes, places) {
    const waiting = [];
    for (const entry of [...by.keys()].sort((one, two) => by.get(one).rank - by.get(two).rank)) {
      if (waiting.length && by.get(waiting.at(-1)[0]).rank === by.get(entry).rank) waiting.at(-1).push(entry);
      else waiting.push([entry]);
    }
    let over = 0; // how many more got a prize than there were, where that leaves fewer of the next
    for (const prize of prizes) {
      const count = Math.min(prize.count, this.council.limits.get(prize.code) ?? prize.count);
      let room = Math.max(count - over, 0);
      over = Math.max(over - count, 0);
      while (room && waiting.length && by.get(waiting[0][0]).score.compare(number(prize.min_score)) >= 0) {
        const equals = waiting.shift().filter((entry) => !this.held(entry));
        const named = equals.flatMap((entry) => [...this.authors.get(entry)]);
        if (new Set(named).size < named.length) throw new CannotDraw(`${equals} are tied`);
        const beyond = equals.length - room;
        let share = whole(1);
        if (beyond > 0) {
          if (prize.shared === "never") throw new CannotDraw(`${equals} are tied`);
          if (this.rules.awarding.after_share === "fewer") over += beyond;
          if (prize.shared === "split") share = new Exact(BigInt(room), BigInt(equals.length));
        }
        for (const entry of equals) this.record(prize, entry, places.get(entry), share);
        room -= Math.min(room, equals.length);
      }
    }
  }

  record(prize, entry, { score, rank }, share) {
    this.lines.set(entry, { prize: prize.code, score, rank, share });
    for (const author of this.authors.get(entry)) this.holders.add(author);
  }
}
