"""From the tables of all rounds to the list of prizes. Start with `draw`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, groupby

from recount.kit import Json, need
from recount.scoring import Merits, Place, Values, chain_of, classes_of, number, placed

Line = tuple[str, Fraction, int, Fraction]  # prize, score, rank, share of the money
Lines = dict[str, Line]  # by entry


@dataclass
class Council:
    """What the council decided: votes, prizes left unawarded, side prizes."""

    votes: list[list[str]] = field(default_factory=list)
    limits: dict[str, int] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)

    def decide(self, prize: str, count: int | None, entries: list[str]) -> None:
        """Take a decision on a prize; one before that it contradicts no longer holds."""
        if count is None:
            self.named[prize] = entries
        else:
            self.limits[prize] = count
        if len(set(self.named.get(prize, ()))) > self.limits.get(prize, len(entries)):
            (self.limits if count is None else self.named).pop(prize)


def merits(entries: Sequence[str], rules: Json, values: Values) -> Merits:
    """The final score of each entry, unrounded, and the chain behind it."""
    rounds = {one["id"]: number(one["scale"]) for one in rules["rounds"]}
    scales = {id_: number(rules["final_scale"] or own) / own for id_, own in rounds.items()}
    factors = {id_: number(weight) * scales[id_] for id_, weight in rules["weights"].items()}
    found = {}
    for entry in entries:
        weighed = (one * values[round_][entry]["total"] for round_, one in factors.items())
        found[entry] = (sum(weighed, Fraction()), *chain_of(rules, entry, values))
    return found


def draw(entries: list[str], rules: Json, values: Values, council: Council, known: Json) -> Lines:
    """Who gets which prize; class by class where there are classes."""
    classes, once = rules["entrants"]["classes"], rules["awarding"]["per_author"] == "best"
    # Where an author wins once, the kit must show authors; one that does not cannot be read.
    authors = {e: frozenset(said["author_ids"] if once else ()) for e, said in known.items()}
    class_of, drawn = classes_of(rules), Lines()
    for code in [one["code"] for one in classes] or [None]:
        own = [e for e in entries if not code or class_of[known[e]["kind"]] == code]
        prizes = [prize for prize in rules["prizes"] if prize["entry_class"] == code]
        drawn |= Giving(rules, council, authors).table(own, prizes, values)
    return drawn


class Giving:
    """The giving of one table of prizes; `authors` are there where each wins once."""

    def __init__(self, rules: Json, council: Council, authors: Json) -> None:
        self.rules, self.council, self.authors = rules, council, authors
        self.lines: Lines = {}
        self.holders: set[str] = set()

    def table(self, entries: Sequence[str], prizes: list[Json], values: Values) -> Lines:
        """Give the main prizes by rank, then the side prizes."""
        rounding, votes = self.rules["final_rounding"], self.council.votes
        places = placed(merits(entries, self.rules, values), rounding, votes)
        self.allot(places, [prize for prize in prizes if prize["side_by"] is None], places)
        for prize in prizes:
            if prize["side_by"] == "council":
                for entry in dict.fromkeys(self.council.named.get(prize["code"], ())):
                    is_free = entry not in self.lines and not self.authors[entry] & self.holders
                    need("prizes", entry in places and is_free, f"{entry} was named in vain")
                    self.record(prize, entry, places[entry], Fraction(1))
            elif prize["side_by"] is not None:
                round_, what = prize["side_by"].split(".", 1)
                rest = {e: (values[round_][e][what],) for e in places if e not in self.lines}
                self.allot(placed(rest, rounding, votes), [prize], places)
        return self.lines

    def allot(self, by: Json, prizes: Sequence[Json], places: Json) -> None:
        """Give prizes down the ranks of `by`; lines name the final score and rank, `places`."""
        ordered = sorted(by, key=lambda entry: by[entry][1])
        waiting = [list(own) for _, own in groupby(ordered, lambda entry: by[entry][1])]
        over = 0  # how many more got a prize than there were, where that leaves fewer of the next
        for prize in prizes:
            count = min(prize["count"], self.council.limits.get(prize["code"], prize["count"]))
            room, over = max(count - over, 0), max(over - count, 0)
            while room and waiting and by[waiting[0][0]][0] >= number(prize["min_score"]):
                equals = [e for e in waiting.pop(0) if not self.authors[e] & self.holders]
                shared = [self.authors[a] & self.authors[b] for a, b in combinations(equals, 2)]
                need("prizes", not any(shared), f"nothing parts {equals}, of one author")
                beyond, share = len(equals) - room, Fraction(1)
                if beyond > 0:
                    need("prizes", prize["shared"] != "never", f"nothing parts {equals}")
                    over += beyond if self.rules["awarding"]["after_share"] == "fewer" else 0
                    share = Fraction(room, len(equals)) if prize["shared"] == "split" else share
                for entry in equals:
                    self.record(prize, entry, places[entry], share)
                room -= min(room, len(equals))

    def record(self, prize: Json, entry: str, place: Place, share: Fraction) -> None:
        self.lines[entry] = (prize["code"], *place, share)
        self.holders |= self.authors[entry]
