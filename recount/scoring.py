"""From sheets to a round's table: totals, means, ranks, the cut-off. All numbers are exact."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from math import floor
from statistics import median
from typing import Any

from recount.kit import Json, need

Mean = tuple[Fraction, int]  # a sum of points, and over how many sheets
Place = tuple[Fraction, int]  # the score, rounded, and the rank
Marks = Mapping[str, str]  # by line of the rubric
Votes = Sequence[Sequence[str]]  # orders of the council, the latest last
Merits = Mapping[str, tuple[Fraction, ...]]  # by entry: the score and the chain behind it
Values = Mapping[str, Mapping[str, Mapping[str, Fraction]]]  # by round, entry and link
Totals = dict[str, dict[str, Fraction]]  # by entry and judge
FREEDOM = 10  # sheets beyond those that severities use up; with fewer they are a guess
STILL = 1e-11  # points by which severities move no further

number = lru_cache(maxsize=4096)(Fraction)


def rounded(value: Fraction, rule: Json) -> Fraction:
    """Round once, halves up or to even."""
    units = value * 10 ** rule["places"]
    whole = floor(units + Fraction(1, 2)) if rule["mode"] == "half_up" else round(units)
    return Fraction(whole, 10 ** rule["places"])


def check_marks(step: str, name: str, rules: Json, marks: Marks) -> None:
    """Every line of the rubric has its mark, and that is on the scale and a whole step."""
    lines = {}
    for one in rules["rubric"]:
        parts = one["sub"] if one["marked"] == "parts" else [one]
        for part in () if one["comment_only"] else parts:
            code = one["code"] if part is one else f"{one['code']}.{part['code']}"
            lines[code] = number(part["max"]), number(one["step"] or rules["step"])
    need(step, set(marks) == set(lines), f"{name} does not fill the rubric")
    for code, (most, least) in lines.items():
        mark = number(marks[code])
        need(step, 0 <= mark <= most and not mark % least, f"{name}: {marks[code]} for {code}")


def points(criterion: Json, marks: Marks) -> Fraction:
    """What a sheet gives for a criterion, by itself or part by part."""
    own = (number(mark) for code, mark in marks.items() if code.split(".")[0] == criterion["code"])
    return sum(own, Fraction())


def total(rubric: Sequence[Json], marks: Marks) -> Fraction:
    return sum((number(one["weight"]) * points(one, marks) for one in rubric), Fraction())


def aggregate(values: Iterable[Fraction], rule: Json) -> Mean:
    """Sum what counts; a trimmed mean leaves out as many of the highest as of the lowest."""
    rising = sorted(values)
    count, cut = len(rising), 0
    if rule["method"] != "mean" and count >= rule["from_sheets"]:
        share = rule["drop_share"]
        cut = min(rule["drop"] if share is None else int(number(share) * count), (count - 1) // 2)
    kept = rising[cut : count - cut]
    return sum(kept, Fraction()), len(kept)


def exact(mean: Mean) -> Fraction:
    return mean[0] / mean[1]


def spread(totals: Collection[Fraction], measure: str) -> Fraction:
    """How far apart totals stand: as a range, or the furthest from their median."""
    middle = median(totals)
    furthest = max(abs(one - middle) for one in totals)
    return furthest if measure == "median" else max(totals) - min(totals)


def parted(equals: list[str], votes: Votes) -> list[list[str]]:
    """Part equals by the latest vote that orders all of them."""
    for order in reversed(votes):
        if set(equals) <= set(order):
            return [[one] for one in order if one in equals]
    return [equals]


def chain_of(rules: Json, entry: str, values: Values) -> tuple[Fraction, ...]:
    """What the chain of a round or of the whole contest compares, in its order."""
    links = [link.split(".", 1) for link in rules["tie_break"] if link != "council_vote"]
    return tuple(values[round_][entry][what] for round_, what in links)


def classes_of(rules: Json) -> dict[str, str]:
    """The class of entrants that a kind of entries is in; of several the first."""
    classes = reversed(rules["entrants"]["classes"])
    return {kind: one["code"] for one in classes for kind in one["kinds"]}


def placed(merits: Merits, rule: Json, votes: Votes = ()) -> dict[str, Place]:
    """Rank by score and the chain behind it; who is equal in all shares a rank."""
    scores = {entry: rounded(merit[0], rule) for entry, merit in merits.items()}
    told = {entry: (scores[entry], *merit[1:]) for entry, merit in merits.items()}
    keys = merits if rule["rank_by"] == "exact" else told
    places: dict[str, Place] = {}
    for _, equals in groupby(sorted(keys, key=keys.__getitem__, reverse=True), keys.__getitem__):
        for tied in parted(list(equals), votes):
            rank = len(places) + 1
            places |= {entry: (scores[entry], rank) for entry in tied}
    return places


def read(said: Any) -> Any:
    """A figure as a table says it, in the form that it is counted in."""
    if isinstance(said, dict):
        if "count" in said:
            return number(said["total"]), said["count"]
        return {code: read(one) for code, one in said.items()}
    return number(said) if isinstance(said, str) else said


def severities(totals: Totals, rule: Json) -> dict[str, float]:
    """What each judge gives more than entries are worth; nothing where sheets do not suffice.

    An entry is worth the mean of what it got, severities taken off; a judge's severity is the
    mean of what they gave beyond that. Gone round until nothing moves: these are least squares.
    """
    sheets = [(e, judge, float(gave)) for e, own in totals.items() for judge, gave in own.items()]
    many = Counter(judge for _, judge, _ in sheets)
    group = {judge: judge for judge in many}  # who marked entries in common
    for own in totals.values():
        joined = {group[judge] for judge in own}
        group |= {judge: min(joined) for judge, was in group.items() if was in joined}
    is_thin = min(map(len, totals.values())) < rule["min_sheets_per_entry"]
    is_idle = min(many.values()) < rule["min_sheets_per_judge"]
    is_parted = len(set(group.values())) > 1 or len(group) < 2
    if is_thin or is_idle or is_parted or len(sheets) - len(totals) - len(many) + 1 < FREEDOM:
        return {}
    severity, moved = dict.fromkeys(many, 0.0), 1.0
    while moved > STILL:
        worth, beyond = dict.fromkeys(totals, 0.0), dict.fromkeys(many, 0.0)
        for entry, judge, gave in sheets:
            worth[entry] += (gave - severity[judge]) / len(totals[entry])
        for entry, judge, gave in sheets:
            beyond[judge] += gave - worth[entry]
        middle = sum(beyond.values()) / len(sheets)  # severities weigh zero in all
        new = {judge: one / many[judge] - middle for judge, one in beyond.items()}
        moved = max(abs(one - severity[judge]) for judge, one in new.items())
        severity = new
    return severity


class Table:
    """How a round comes out of its sheets; `lines` are by entry, figures by their names."""

    def __init__(self, rules: Json, earlier: Values) -> None:
        self.rules, self.earlier = rules, earlier
        self.totals: Totals = {}
        self.criteria: dict[str, dict[str, Mean]] = {}
        self.values: dict[str, dict[str, Fraction]] = {}  # what a chain may name
        self.lines: dict[str, Json] = {}

    def add(self, entry: str, sheets: Mapping[str, Marks]) -> None:
        rubric, rule = self.rules["rubric"], self.rules["aggregate"]
        self.totals[entry] = {judge: total(rubric, marks) for judge, marks in sheets.items()}
        gave = {one["code"]: [points(one, own) for own in sheets.values()] for one in rubric}
        self.criteria[entry] = {code: aggregate(all_, rule) for code, all_ in gave.items()}

    def severe(self, entries: Iterable[str], said: Marks) -> dict[str, Fraction]:
        """Go on with the entries of a table; severities are those that their sheets have."""
        id_, rule = self.rules["id"], self.rules["calibration"]
        self.totals = {entry: self.totals[entry] for entry in entries}
        own = severities(self.totals, rule) if rule["counts"] and self.totals else {}
        need("table", set(said) == set(own), f"{id_}: severities are not of whom they must be")
        for judge, found in own.items():
            is_so = abs(float(said[judge]) - found) <= 0.5 / 10 ** rule["places"] + 1e-6
            need("table", is_so, f"{id_}: {judge} is severe by {found:g}, not {said[judge]}")
        return {judge: number(one) for judge, one in said.items()}

    def rank(self, off: Mapping[str, Fraction], votes: Votes) -> None:
        """Work out the line of each entry, with severities taken `off` by judge."""
        rules, best = self.rules, dict[str, Fraction]()
        for own in self.totals.values():
            best |= {judge: max(gave, best.get(judge, gave)) for judge, gave in own.items()}
        for entry, own in self.totals.items():
            corrected = [gave - off.get(judge, 0) for judge, gave in own.items()]
            average, criteria = aggregate(corrected, rules["aggregate"]), self.criteria[entry]
            firsts = sum(gave == best[judge] for judge, gave in own.items())
            line: Json = {"highest": max(own.values()), "firsts": firsts}
            self.lines[entry] = {"average": average, "criteria": criteria, **line}
            # A criterion that is named "total" is asked for first.
            named = {"total": average, **criteria}
            self.values[entry] = {code: exact(mean) for code, mean in named.items()} | line
        known = {**self.earlier, rules["id"]: self.values}
        links = {entry: chain_of(rules, entry, known) for entry in self.lines}
        merits = {e: (exact(own["average"]), *links[e]) for e, own in self.lines.items()}
        for entry, (score, rank) in placed(merits, rules["rounding"], votes).items():
            self.lines[entry] |= {"score": score, "rank": rank}

    def cut_off(self, accepted: Json, whole: Json, votes: Votes) -> None:
        """Say of each line whether it goes on, and whether it stands tied across the edge."""
        rule, lines, class_of = self.rules["advance"], self.lines, classes_of(whole)
        for line in lines.values():
            line |= {"advances": rule is None, "tied_at_cutoff": False}
        is_exact = self.rules["rounding"]["rank_by"] == "exact"
        score = {e: exact(x["average"]) if is_exact else x["score"] for e, x in lines.items()}
        apart = defaultdict[object, list[str]](list)
        for entry in sorted(lines, key=lambda one: lines[one]["rank"]) if rule else ():
            said, per = accepted[entry], rule["per"]
            apart[class_of.get(said["kind"]) if per == "class" else said.get(per)].append(entry)
        for own in apart.values():
            good = [entry for entry in own if score[entry] >= number(rule["min_score"])]
            share = rule["max_share"] and int(number(rule["max_share"]) * len(own))
            room = min(one for one in (rule["max_count"], share, len(good)) if one is not None)
            ranks = [lines[entry]["rank"] for entry in good]
            is_tied = 0 < room < len(good) and ranks[room - 1] == ranks[room]
            tied = {entry for entry in good if is_tied and lines[entry]["rank"] == ranks[room]}
            sure, order = set(good[:room]) - tied, parted(sorted(tied), votes)
            if rule["at_cutoff"] == "include_ties":
                sure |= tied
            elif rule["at_cutoff"] == "council_vote" and len(order) > 1:
                sure |= {entry for (entry,) in order[: room - len(sure)]}
            for entry in own:
                lines[entry] |= {"advances": entry in sure, "tied_at_cutoff": entry in tied}
