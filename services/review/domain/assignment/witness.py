"""Checks a proof that judges cannot be assigned, from the problem alone.

    python services/review/domain/assignment/witness.py FILE

FILE is JSON: `{"problem": …, "witnesses": […]}`, as `sangkien review plan` writes it. This module
uses the standard library alone and nothing of what finds assignments; start with `verify`.

A witness names entries and judges. The entries need so many reviews; the judges named can take
so many of them at most, and every entry so many more from all the others, of whom at most one of
two kept apart. Where the sum falls short there is no assignment (Hall, 1935, for many reviews).
"""

import json
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self


class NotProven(Exception):
    """The witness does not show what it says."""


@dataclass(frozen=True)
class Field:
    """The problem, without what is settled: reviews to find, who is free, and room."""

    needs: Mapping[str, int]
    free: Mapping[str, frozenset[str]]
    room: Mapping[str, int | None]
    apart: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, problem: Mapping[str, Any]) -> Self:
        """Read a problem as it stands in a file."""
        apart = others([(one, other) for one, other in problem.get("apart", ())])
        fixed = [judge for entry in problem["entries"] for judge in entry.get("fixed", ())]
        return cls(
            needs={
                entry["entry_id"]: max(0, entry["needs"] - len(set(entry.get("fixed", ()))))
                for entry in problem["entries"]
            },
            free={
                entry["entry_id"]: free_for(entry, problem, apart) for entry in problem["entries"]
            },
            room={judge["judge_id"]: room(judge, fixed) for judge in problem["judges"]},
            apart=apart,
        )

    def without(self, entry_id: str, judge_id: str) -> "Field":
        """Keep one judge away from one entry."""
        return replace(self, free={**self.free, entry_id: self.free[entry_id] - {judge_id}})

    def weigh(self, entries: Collection[str], judges: Collection[str]) -> tuple[int, int, int]:
        """Count reviews needed, those that the judges can take at most, and what others can."""
        named = set(judges)
        inside = sum(
            min(
                sum(judge in self.free[entry] for entry in entries),
                sys.maxsize if (limit := self.room[judge]) is None else limit,
            )
            for judge in named
        )
        outside = sum(
            min(self.needs[entry], self.most_together(self.free[entry] - named))
            for entry in entries
        )
        return sum(self.needs[entry] for entry in entries), inside, outside

    def most_together(self, judges: frozenset[str]) -> int:
        """Count how many of these judges can sit together, none kept apart from another."""
        beside = {judge: self.apart.get(judge, frozenset()) & judges for judge in judges}
        bound = frozenset(judge for judge in judges if beside[judge])
        if not bound:
            return len(judges)
        busiest = max(bound, key=lambda judge: (len(beside[judge]), judge))
        rest = bound - {busiest}
        return len(judges - bound) + max(
            self.most_together(rest), 1 + self.most_together(rest - beside[busiest])
        )


def others(pairs: Collection[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Name, for each judge of these pairs, everybody they are kept apart from."""
    return {
        one: frozenset({b for a, b in pairs if a == one} | {a for a, b in pairs if b == one})
        for one in {judge for pair in pairs for judge in pair}
    }


def room(judge: Mapping[str, Any], fixed: Collection[str]) -> int | None:
    """Return how many more entries a judge takes; None for any number."""
    if judge.get("most") is None:
        return None
    held = judge.get("carried", 0) + sum(one == judge["judge_id"] for one in fixed)
    return max(0, int(judge["most"]) - int(held))


def free_for(
    entry: Mapping[str, Any], problem: Mapping[str, Any], apart: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Name the judges that an entry may still be given to."""
    fixed = set(entry.get("fixed", ()))
    barred = set(entry.get("away", ())) | fixed
    barred |= {other for judge in fixed for other in apart.get(judge, ())}
    must_know = problem.get("expertise", "ignored") == "required"
    return frozenset(
        judge["judge_id"]
        for judge in problem["judges"]
        if judge["judge_id"] not in barred
        if not must_know or not judge.get("areas") or entry.get("area", "") in judge["areas"]
    )


def verify(problem: Mapping[str, Any], witnesses: Iterable[Mapping[str, Any]]) -> int:
    """Count the witnesses; raise `NotProven` unless there are some and each one is right."""
    field = Field.of(problem)
    count = 0
    for count, witness in enumerate(witnesses, 1):  # noqa: B007
        check(field, witness)
    if not count:
        raise NotProven("There is no witness.")
    return count


def check(field: Field, witness: Mapping[str, Any]) -> None:
    """Raise `NotProven` unless the counts are right and fall short, in every case."""
    if split := witness.get("split"):
        check_split(field, split)
        return
    entries, judges = witness.get("entries", ()), witness.get("judges", ())
    if len(set(entries)) < len(entries) or len(set(judges)) < len(judges):
        raise NotProven("Something is named twice.")
    if not set(entries) <= field.needs.keys() or not set(judges) <= field.room.keys():
        raise NotProven("It names an entry or a judge that the problem does not know.")
    said = tuple(witness.get(name, 0) for name in ("needed", "inside", "outside"))
    counted = field.weigh(entries, judges)
    if said != counted:
        raise NotProven(f"It counts {said}; counted anew it is {counted}.")
    needed, inside, outside = counted
    if needed <= inside + outside:
        raise NotProven(f"{needed} reviews are needed and {inside + outside} can be had.")


def check_split(field: Field, split: Mapping[str, Any]) -> None:
    """Check both cases: one of two judges kept apart is not on the entry."""
    (first, second), entry = split["apart"], split["entry_id"]
    if second not in field.apart.get(first, ()) or entry not in field.needs:
        raise NotProven(f"{first} and {second} are not kept apart.")
    check(field.without(entry, first), split["without_first"])
    check(field.without(entry, second), split["without_second"])


def main(arguments: list[str]) -> int:
    """Say in Vietnamese whether a file's proof holds; 0 if it does, 1 if not, 2 if unreadable."""
    try:
        proof = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        count = verify(proof["problem"], proof["witnesses"])
    except NotProven as fault:
        print(f"SAI: chứng cứ không đúng. {fault}")  # noqa: T201
        return 1
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as fault:
        print(f"Không đọc được tệp chứng cứ: {fault!r}", file=sys.stderr)  # noqa: T201
        return 2
    print(f"ĐÚNG: không thể phân công đủ giám khảo ({count} chứng cứ).")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
