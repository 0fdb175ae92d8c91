"""The cast of the demo, typed: who plays, what each files and when, which marks are given.

Start with `read_cast`; `cast.yaml` holds the values and says what they mean.
"""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct, convert
from ruamel.yaml import YAML

from contracts.intake import Channel, Enterprise, EntrantKind
from contracts.originality import KnownInitiative
from contracts.review import SeatRole

HERE = Path(__file__).parent

Marks: TypeAlias = dict[str, Decimal]  # a mark per code of the round's rubric


class Role(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of the cast. A key that is not known here is a mistake in the file."""


class Person(Role, frozen=True):
    """An account: somebody who can be written to and has roles."""

    id: str
    full_name: str
    email: str
    roles: tuple[str, ...]
    unit: str | None = None


class Seat(Role, frozen=True):
    """A place on the jury."""

    person: str
    role: SeatRole


class Part(Role, frozen=True):
    """An author's part of an entry, in percent."""

    person: str
    share: Decimal


class ByOrder(Role, frozen=True):
    """What the first, second and third judge of an entry add to one criterion of round 1."""

    criterion: str
    offsets: tuple[Decimal, ...]


class ByJudge(Role, frozen=True):
    """The criterion of round 2 that an entry's `offsets` go to."""

    criterion: str


class Improves(Role, frozen=True):
    """An index an entry improves, as its entrant types it: numbers with a decimal comma."""

    index: str
    component: str
    baseline: str
    target: str
    year: int
    evidence: str


class Filed(Role, frozen=True):
    """What every entry of the cast has, whatever becomes of it."""

    number: int
    file: str
    kind: EntrantKind
    group: str
    area: str
    role: str
    outcome: Literal["VALID", "REFUSED", "LATE", "WITHDRAWN", "DUPLICATE"]
    channel: Channel
    filed_by: str
    at: datetime
    authors: tuple[Part, ...]
    unit: str | None = None
    enterprise: Enterprise | None = None
    improves: tuple[Improves, ...] = ()


class Entry(Filed, frozen=True):
    """An entry and its fate. `papers` are the other files of its dossier, by code."""

    external_code: str | None = None
    papers: tuple[str, ...] = ()
    lacks_at_first: str | None = None
    asked_at: datetime | None = None
    completed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_because: str | None = None
    repeats: int | str | None = None
    ruling: str | None = None
    conflict: str | None = None
    round1: Marks | None = None
    diverging: bool = False
    first_look: Marks | None = None
    second_look: Marks | None = None
    round2: Marks | None = None
    offsets: tuple[Decimal, ...] = ()


class Won(Role, frozen=True):
    """A prize that the marks lead to."""

    entry: int
    prize: str
    final: Decimal


class Expected(Role, frozen=True):
    """How the contest must come out; lists are of entry numbers."""

    valid: int
    advancing: tuple[int, ...]
    tied_at_cutoff: tuple[int, ...]
    below_minimum: tuple[int, ...]
    tied_finals: tuple[tuple[int, ...], ...]
    prizes: tuple[Won, ...]


class Cast(Role, frozen=True):
    """Everything the demo plays."""

    contest: str
    rules: str
    people: tuple[Person, ...]
    jury: tuple[Seat, ...]
    round1_by_order: ByOrder
    round2_by_judge: ByJudge
    entries: tuple[Entry, ...]
    expected: Expected

    def person(self, person_id: str) -> Person:
        """Return somebody by id. Raises StopIteration when nobody has it."""
        return next(person for person in self.people if person.id == person_id)

    def head_of(self, unit: str | None) -> Person | None:
        """Return who heads a unit, if anybody in the cast does."""
        heads = (person for person in self.people if "head" in person.roles)
        return next((person for person in heads if person.unit == unit), None)

    def first_marks(self, entry: Entry, order: int) -> Marks:
        """Return what the judge marking this entry as number `order` (0, 1, 2) gives at first."""
        if entry.diverging and entry.first_look and order == 0:
            return entry.first_look
        return self.marks_again(entry, order)

    def marks_again(self, entry: Entry, order: int) -> Marks:
        """Return what the same judge gives when asked to look again."""
        rule = self.round1_by_order
        return moved(entry.round1 or {}, rule.criterion, rule.offsets[order])

    def defence_marks(self, entry: Entry, seat: int) -> Marks:
        """Return what the judge of this seat (0 to 6) gives in round 2."""
        return moved(entry.round2 or {}, self.round2_by_judge.criterion, entry.offsets[seat])


class Register(Role, frozen=True):
    """The register of known initiatives, as originality imports it."""

    register: str
    initiatives: tuple[KnownInitiative, ...]


def moved(marks: Marks, criterion: str, offset: Decimal) -> Marks:
    """Return the marks with one of them moved by a few points."""
    return {code: mark + offset * (code == criterion) for code, mark in marks.items()}


def read_cast() -> Cast:
    """Read `cast.yaml`. Raises msgspec.ValidationError with the path of a mistake."""
    return convert(load(HERE / "cast.yaml"), Cast)


def read_register() -> Register:
    """Read `register.yaml`. Raises msgspec.ValidationError with the path of a mistake."""
    return convert(load(HERE / "register.yaml"), Register)


def load(path: Path) -> object:
    """Load a YAML file without its comments."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))
