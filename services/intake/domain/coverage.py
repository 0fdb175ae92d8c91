"""Coverage: which units take part in a contest, as of a day (tỷ lệ đơn vị tham gia).

A merged unit counts once, with the entries of those it continues; every entry counts exactly
once. Start with `cover`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from contracts.rules import UnitDuty
from kernel.errors import Refused
from services.intake.domain.collation import sort_key
from services.intake.domain.succession import Successions, continuing, is_succeeded

RATE_PLACES = Decimal("0.0001")


class UnitHasEntered(Refused):
    """A unit that has entered cannot say that it has nothing to enter."""


class NoUnit(Refused):
    """Only who acts for a unit can say that it has nothing to enter."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is on record. `staff` is how many people work there, if that is known."""

    unit_id: str
    name: str
    kind: str = ""
    staff: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def exists(self, day: date) -> bool:
        """Say whether there was such a unit on that day; both days of its validity are in it."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry that competes: which unit it counts for, if any, its kind and its authors."""

    unit_id: str | None
    kind: str
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """How a unit takes part. `authors` are different people; `nil_reason` is its nil return."""

    unit: Unit
    individual: int = 0
    collective: int = 0
    authors: int = 0
    nil_reason: str | None = None
    continues: tuple[str, ...] = ()
    owed_entries: int = 0
    owed_authors: int | None = None

    @property
    def entries(self) -> int:
        """Return how many entries it has, of both kinds."""
        return self.individual + self.collective

    @property
    def is_silent(self) -> bool:
        """Say whether it has neither entered nor said that it has nothing to enter."""
        return not self.entries and self.nil_reason is None

    @property
    def meets_duty(self) -> bool:
        """Say whether it has done what the rules ask of a unit; without a duty it has."""
        return self.entries >= self.owed_entries and self.authors >= (self.owed_authors or 0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All units on a day, in the order of their names. `without_unit` entries count for none."""

    lines: tuple[Line, ...]
    without_unit: int
    target: Decimal

    @property
    def entered(self) -> int:
        """Return how many units have entered."""
        return sum(line.entries > 0 for line in self.lines)

    @property
    def rate(self) -> Decimal:
        """Return the share of units that have entered, 0..1, to four places; 0 without units."""
        if not self.lines:
            return Decimal(0)
        return (Decimal(self.entered) / len(self.lines)).quantize(RATE_PLACES)

    @property
    def is_reached(self) -> bool:
        """Say whether the target is reached, by the exact share."""
        return bool(self.lines) and self.entered >= self.target * len(self.lines)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of units: those on record, who continues whom, who returned nil and why."""

    units: tuple[Unit, ...]
    links: Successions
    nil_reasons: dict[str, str]


def cover(
    known: Known, entries: Iterable[Entered], duty: UnitDuty | None, target: Decimal, day: date
) -> Coverage:
    """Count every entry for the unit that continues its own on that day."""
    by_unit: dict[str, list[Entered]] = {}
    without_unit = 0
    for entry in entries:
        if entry.unit_id is None:
            without_unit += 1
        else:
            by_unit.setdefault(continuing(known.links, entry.unit_id, day), []).append(entry)
    heirs: dict[str, list[str]] = {}
    for unit_id in sorted({link.predecessor for link in known.links}):
        heirs.setdefault(continuing(known.links, unit_id, day), []).append(unit_id)
    records = {unit.unit_id: unit for unit in known.units}
    listed = {
        unit.unit_id
        for unit in known.units
        if unit.exists(day) and not is_succeeded(known.links, unit.unit_id, day)
    }
    lines = [
        line(
            records.get(unit_id, Unit(unit_id, unit_id)),
            by_unit.get(unit_id, []),
            heirs.get(unit_id, []),
            known.nil_reasons,
        )
        for unit_id in listed | by_unit.keys()
    ]
    owing = (owed(each, duty) for each in lines)
    ordered = sorted(owing, key=lambda each: (sort_key(each.unit.name), each.unit.unit_id))
    return Coverage(tuple(ordered), without_unit, target)


def line(
    unit: Unit, entries: list[Entered], continues: list[str], nil_reasons: dict[str, str]
) -> Line:
    """Return how a unit takes part with these entries.

    What one of the units it continues has returned, it has returned.
    """
    reasons = (nil_reasons.get(one) for one in (unit.unit_id, *continues))
    return Line(
        unit=unit,
        individual=sum(entry.kind == "INDIVIDUAL" for entry in entries),
        collective=sum(entry.kind != "INDIVIDUAL" for entry in entries),
        authors=len({author for entry in entries for author in entry.authors}),
        nil_reason=None if entries else next(filter(None, reasons), None),
        continues=tuple(one for one in continues if one != unit.unit_id),
    )


def owed(line: Line, duty: UnitDuty | None) -> Line:
    """Return the line with what the rules ask of such a unit; a part of a person is one."""
    if duty is None:
        return line
    rate = None
    if line.unit.staff is not None:
        rate = next(
            (
                step.rate
                for step in duty.staff_rates
                if step.below_staff is None or line.unit.staff < step.below_staff
            ),
            None,
        )
    needed = None
    if rate is not None and line.unit.staff is not None:
        needed = int((rate * line.unit.staff).to_integral_value(ROUND_CEILING))
    return Line(
        unit=line.unit,
        individual=line.individual,
        collective=line.collective,
        authors=line.authors,
        nil_reason=line.nil_reason,
        continues=line.continues,
        owed_entries=duty.min_entries,
        owed_authors=needed,
    )
