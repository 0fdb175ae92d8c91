// From sheets to a round's table: totals, means, ranks, the cut-off. All numbers are exact.
import { need } from "./kit.js";

const FREEDOM = 10; // sheets beyond those that severities use up
const STILL = 1e-11; // points by which severities move no further

const divisor = (one, other) => {
  while (other) [one, other] = [other, one % other];
  return one < 0n ? -one : one;
};

// A fraction of whole numbers, in lowest terms.
export class Exact {
  constructor(over, under = 1n) {
    const common = divisor(over, under) || 1n;
    const sign = under < 0n ? -1n : 1n;
    this.over = (sign * over) / common;
    this.under = (sign * under) / common;
    if (!this.under) throw new TypeError("divided by zero");
  }

  plus = (other) => new Exact(this.over * other.under + other.over * this.under, this.under * other.under);
  minus = (other) => this.plus(new Exact(-other.over, other.under));
  times = (other) => new Exact(this.over * other.over, this.under * other.under);
  by = (other) => new Exact(this.over * other.under, this.under * other.over);
  compare = (other) => Number(signOf(this.over * other.under - other.over * this.under));
  equals = (other) => other instanceof Exact && !this.compare(other);
  floor = () => (this.over - (((this.over % this.under) + this.under) % this.under)) / this.under;
  toNumber = () => Number((this.over * 10n ** 12n) / this.under) / 1e12;
  toString = () => (this.under === 1n ? `${this.over}` : `${this.over}/${this.under}`);
}

const signOf = (whole) => (whole > 0n ? 1n : whole < 0n ? -1n : 0n);
export const whole = (count) => new Exact(BigInt(count));
export const ZERO = whole(0);
const known = new Map();

// A mark, a weight or a share as it is written: `12.5`, `1/3`, `1E+1`.
export function number(said) {
  if (said instanceof Exact) return said;
  const word = String(said);
  if (!known.has(word)) {
    const found = /^\s*(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?(?:\/(\d+))?\s*$/.exec(word);
    if (!found || !(found[2] || found[3])) throw new TypeError(`no number: ${word}`);
    const [, sign, front, rest = "", power = "0", under = "1"] = found;
    const shift = Number(power) - rest.length;
    const digits = BigInt(`${sign}${front}${rest}`);
    const over = shift > 0 ? digits * 10n ** BigInt(shift) : digits;
    known.set(word, new Exact(over, BigInt(under) * (shift < 0 ? 10n ** BigInt(-shift) : 1n)));
  }
  return known.get(word);
}

// A finite decimal without trailing zeros and exponent.
export function plain(value) {
  let places = 0;
  while ((value.over * 10n ** BigInt(places)) % value.under) places += 1;
  const digits = (value.over * 10n ** BigInt(places)) / value.under;
  const word = String(digits < 0n ? -digits : digits).padStart(places + 1, "0");
  const point = word.length - places;
  return `${digits < 0n ? "-" : ""}${word.slice(0, point)}${places ? `.${word.slice(point)}` : ""}`;
}

// Round once, halves up or to even.
export function rounded(value, rule) {
  const power = whole(10n ** BigInt(rule.places));
  const scaled = value.times(power);
  const units = scaled.floor();
  const half = scaled.minus(whole(units)).compare(new Exact(1n, 2n));
  const up = half > 0 || (half === 0 && (rule.mode === "half_up" || units % 2n !== 0n));
  return whole(units + (up ? 1n : 0n)).by(power);
}

export const sum = (values) => values.reduce((one, two) => one.plus(two), ZERO);
const rising = (values) => [...values].sort((one, two) => one.compare(two));

// Every line of the rubric has its mark, and that is on the scale and a whole step.
export function checkMarks(step, name, rules, marks) {
  const lines = new Map();
  for (const one of rules.rubric.filter((line) => !line.comment_only)) {
    for (const part of one.marked === "parts" ? one.sub : [one]) {
      const code = part === one ? one.code : `${one.code}.${part.code}`;
      lines.set(code, [number(part.max), number(one.step ?? rules.step)]);
    }
  }
  const codes = Object.keys(marks);
  need(step, codes.length === lines.size && codes.every((code) => lines.has(code)), `${name} does not fill the rubric`);
  for (const [code, [most, least]] of lines) {
    const mark = number(marks[code]);
    const isOn = mark.compare(ZERO) >= 0 && mark.compare(most) <= 0 && mark.by(least).under === 1n;
    need(step, isOn, `${name}: ${marks[code]} for ${code}`);
  }
}

// What a sheet gives for a criterion, by itself or part by part.
const points = (criterion, marks) =>
  sum(Object.keys(marks).filter((code) => code.split(".")[0] === criterion.code).map((code) => number(marks[code])));

export const total = (rubric, marks) => sum(rubric.map((one) => number(one.weight).times(points(one, marks))));

// A mean is a sum and how many it is of; a trimmed one leaves out as many highest as lowest.
export function aggregate(values, rule) {
  const sorted = rising(values);
  let cut = 0;
  if (rule.method !== "mean" && sorted.length >= rule.from_sheets) {
    const share = rule.drop_share;
    cut = share === null ? rule.drop : Number(number(share).times(whole(sorted.length)).floor());
    cut = Math.min(cut, Math.floor((sorted.length - 1) / 2));
  }
  const kept = sorted.slice(cut, sorted.length - cut);
  return { total: sum(kept), count: kept.length };
}

export const exact = (mean) => mean.total.by(whole(mean.count));

// How far apart totals stand: as a range, or the furthest from their median.
export function spread(totals, measure) {
  const sorted = rising(totals);
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (measure !== "median") return high.minus(low);
  const [one, two] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  const middle = one.plus(two).by(whole(2));
  return rising([middle.minus(low), high.minus(middle)])[1];
}

// Part equals by the latest vote that orders all of them.
function parted(equals, votes) {
  const order = [...votes].reverse().find((one) => equals.every((entry) => one.includes(entry)));
  return order ? order.filter((one) => equals.includes(one)).map((one) => [one]) : [equals];
}

// What the chain of a round or of the whole contest compares, in its order.
export const chainOf = (rules, entry, values) =>
  rules.tie_break
    .filter((link) => link !== "council_vote")
    .map((link) => {
      const at = link.indexOf(".");
      const value = values[link.slice(0, at)]?.get(entry)?.[link.slice(at + 1)];
      if (value === undefined) throw new TypeError(`the chain names ${link}, which has no marks`);
      return value;
    });

const compareKeys = (one, two) => {
  for (let at = 0; at < one.length; at += 1) {
    const found = one[at].compare(two[at]);
    if (found) return found;
  }
  return 0;
};

// Rank by score and the chain behind it; who is equal in all shares a rank.
export function placed(merits, rule, votes = []) {
  const lines = [...merits].map(([entry, merit]) => {
    const score = rounded(merit[0], rule);
    return { entry, score, key: rule.rank_by === "exact" ? merit : [score, ...merit.slice(1)] };
  });
  lines.sort((one, two) => compareKeys(two.key, one.key));
  const places = new Map();
  for (let at = 0; at < lines.length; ) {
    let end = at;
    while (end < lines.length && !compareKeys(lines[at].key, lines[end].key)) end += 1;
    for (const tied of parted(lines.slice(at, end).map((line) => line.entry), votes)) {
      const rank = places.size + 1;
      for (const entry of tied) places.set(entry, { score: lines[at].score, rank });
    }
    at = end;
  }
  return places;
}

// What each judge gives more than entries are worth; nothing where sheets do not suffice.
export function severities(totals, rule) {
  const byJudge = new Map();
  for (const [entry, own] of totals) {
    for (const [judge, gave] of own) {
      if (!byJudge.has(judge)) byJudge.set(judge, new Map());
      byJudge.get(judge).set(entry, gave.toNumber());
    }
  }
  let group = new Map([...byJudge.keys()].map((judge) => [judge, judge]));
  for (const own of totals.values()) {
    const joined = new Set([...own.keys()].map((judge) => group.get(judge)));
    const least = [...joined].sort()[0];
    group = new Map([...group].map(([judge, was]) => [judge, joined.has(was) ? least : was]));
  }
  const sizes = (map) => [...map.values()].map((own) => own.size);
  const sheets = sizes(byJudge).reduce((one, two) => one + two, 0);
  const isThin = Math.min(...sizes(totals)) < rule.min_sheets_per_entry;
  const isIdle = Math.min(...sizes(byJudge)) < rule.min_sheets_per_judge;
  const isParted = new Set(group.values()).size > 1 || group.size < 2;
  if (isThin || isIdle || isParted || sheets - totals.size - byJudge.size + 1 < FREEDOM) return new Map();
  let severity = new Map([...byJudge.keys()].map((judge) => [judge, 0]));
  for (let moved = 1; moved > STILL; ) {
    const worth = new Map();
    for (const [entry, own] of totals) {
      let all = 0;
      for (const judge of own.keys()) all += byJudge.get(judge).get(entry) - severity.get(judge);
      worth.set(entry, all / own.size);
    }
    const beyond = new Map();
    for (const [judge, own] of byJudge) {
      let all = 0;
      for (const [entry, gave] of own) all += gave - worth.get(entry);
      beyond.set(judge, all);
    }
    const middle = [...beyond.values()].reduce((one, two) => one + two, 0) / sheets;
    const fresh = new Map([...beyond].map(([judge, one]) => [judge, one / byJudge.get(judge).size - middle]));
    moved = Math.max(...[...fresh].map(([judge, one]) => Math.abs(one - severity.get(judge))));
    severity = fresh;
  }
  return severity;
}

// How a round comes out of its sheets; `lines` are by entry, figures by their names.
export class Table {
  totals = new Map();
  criteria = new Map();
  off = new Map(); // severities, by judge
  values = new Map(); // what a chain may name
  lines = new Map();

  constructor(rules) {
    this.rules = rules;
  }

  add(entry, sheets) {
    const { rubric, aggregate: rule } = this.rules;
    this.totals.set(entry, new Map([...sheets].map(([judge, marks]) => [judge, total(rubric, marks)])));
    const mean = (one) => aggregate([...sheets.values()].map((marks) => points(one, marks)), rule);
    this.criteria.set(entry, Object.fromEntries(rubric.map((one) => [one.code, mean(one)])));
  }

  // Go on with the entries of a table; severities are those that their sheets have.
  severe(entries, said) {
    const { id, calibration: rule } = this.rules;
    const all = this.totals;
    this.totals = new Map([...entries].map((entry) => [entry, all.get(entry)]));
    for (const [entry, own] of this.totals) need("table", own?.size, `${id}: ${entry} has no sheet that counts`);
    const own = rule.counts && this.totals.size ? severities(this.totals, rule) : new Map();
    const named = Object.keys(said);
    const isOfAll = named.length === own.size && named.every((judge) => own.has(judge));
    need("table", isOfAll, `${id}: severities are not of whom they must be`);
    for (const [judge, found] of own) {
      const isSo = Math.abs(Number(said[judge]) - found) <= 0.5 / 10 ** rule.places + 1e-6;
      need("table", isSo, `${id}: ${judge} is severe by ${found}, not ${said[judge]}`);
    }
    this.off = new Map(named.map((judge) => [judge, number(said[judge])]));
  }

  rank(earlier, votes) {
    const best = new Map();
    for (const own of this.totals.values()) {
      for (const [judge, gave] of own) {
        if (!best.has(judge) || gave.compare(best.get(judge)) > 0) best.set(judge, gave);
      }
    }
    for (const [entry, own] of this.totals) {
      const corrected = [...own].map(([judge, gave]) => gave.minus(this.off.get(judge) ?? ZERO));
      const average = aggregate(corrected, this.rules.aggregate);
      const highest = rising(own.values()).at(-1);
      const firsts = [...own].filter(([judge, gave]) => gave.equals(best.get(judge))).length;
      const criteria = this.criteria.get(entry);
      this.lines.set(entry, { average, criteria, highest, firsts });
      const named = Object.fromEntries(Object.entries(criteria).map(([code, one]) => [code, exact(one)]));
      this.values.set(entry, { total: exact(average), ...named, highest, firsts: whole(firsts) });
    }
    const all = { ...earlier, [this.rules.id]: this.values };
    const merits = [...this.lines].map(([entry, line]) => [
      entry,
      [exact(line.average), ...chainOf(this.rules, entry, all)],
    ]);
    for (const [entry, place] of placed(merits, this.rules.rounding, votes)) {
      Object.assign(this.lines.get(entry), place);
    }
  }

  // Say of each line whether it goes on, and whether it stands tied across the edge.
  cutOff(groups, votes) {
    const rule = this.rules.advance;
    const [going, ties] = [new Set(rule ? [] : this.lines.keys()), new Set()];
    const rank = (entry) => this.lines.get(entry).rank;
    const figure = (entry) => {
      const line = this.lines.get(entry);
      return this.rules.rounding.rank_by === "exact" ? exact(line.average) : line.score;
    };
    const apart = new Map();
    for (const entry of rule ? [...this.lines.keys()].sort((one, two) => rank(one) - rank(two)) : []) {
      const name = String(groups.get(entry)[rule.per]);
      if (!apart.has(name)) apart.set(name, []);
      apart.get(name).push(entry);
    }
    for (const own of apart.values()) {
      const good = own.filter((entry) => figure(entry).compare(number(rule.min_score)) >= 0);
      const share = rule.max_share && Number(number(rule.max_share).times(whole(own.length)).floor());
      const room = Math.min(...[rule.max_count, share, good.length].filter((one) => one !== null));
      if (!(room > 0 && room < good.length) || rank(good[room - 1]) < rank(good[room])) {
        for (const entry of good.slice(0, room)) going.add(entry); // nobody is tied across the edge
        continue;
      }
      const edge = rank(good[room - 1]);
      const sure = good.filter((entry) => rank(entry) < edge);
      const tied = good.filter((entry) => rank(entry) === edge);
      const order = parted(tied, votes);
      for (const entry of tied) ties.add(entry);
      let more = rule.at_cutoff === "include_ties" ? tied : [];
      if (rule.at_cutoff === "council_vote" && order.length > 1) more = order.slice(0, room - sure.length).flat();
      for (const entry of [...sure, ...more]) going.add(entry);
    }
    for (const [entry, line] of this.lines) {
      Object.assign(line, { advances: going.has(entry), tied_at_cutoff: ties.has(entry) });
    }
  }
}
