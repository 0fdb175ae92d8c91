"""How a contest takes entries in: when, from whom, of what kind, with which documents."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from contracts.rules.part import Part


class Outage(Part, frozen=True):
    """When an outage of the platform before the deadline proposes an extension (sự cố hệ thống).

    If entries could not be handed in for `at_least_minutes` in all during the last
    `within_hours` before closing, an extension by `extend_hours` is proposed to the organiser.
    """

    within_hours: int
    at_least_minutes: int
    extend_hours: int


class Window(Part, frozen=True):
    """A half-open span of time: from `opens` up to, not including, `closes`. Aware instants.

    An upload begun before `closes` may finish within `grace_minutes`. A dossier sent by post
    counts by its postmark or by its arrival.
    """

    opens: datetime
    closes: datetime
    grace_minutes: int = 0
    post_counts_by: Literal["POSTMARK", "ARRIVAL"] = "POSTMARK"
    outage: Outage | None = None


class Supplement(Part, frozen=True):
    """How often and how long a dossier may be completed (bổ sung hồ sơ)."""

    max_requests: int
    working_days: int
    never_after_closing_by: int  # working days after the intake window closes


class Holiday(Part, frozen=True):
    """A day off (type 0) or a make-up working day (type 1), as one-stop systems record them."""

    day: date
    type: Literal[0, 1] = 0


class Area(Part, frozen=True):
    """A content area an entry may belong to (lĩnh vực)."""

    code: str
    name: str


class Group(Part, frozen=True):
    """Where an entrant belongs: a department, a district, an enterprise (nhóm đối tượng).

    STAFF names a unit, CITIZEN none, ENTERPRISE the enterprise and its tax code.
    """

    code: str
    name: str
    entrant: Literal["STAFF", "CITIZEN", "ENTERPRISE"] = "STAFF"


class EntryClass(Part, frozen=True):
    """Entries that compete among themselves, with a prize table of their own (bảng thi)."""

    code: str
    name: str
    kinds: tuple[Literal["INDIVIDUAL", "COLLECTIVE"], ...]


class StaffRate(Part, frozen=True):
    """The share of a unit's staff that takes part, in units of fewer than `below_staff` people.

    `below_staff` is None in the last line, for all larger units. `rate` is 0..1.
    """

    rate: Decimal
    below_staff: int | None = None


class UnitDuty(Part, frozen=True):
    """What every unit owes the contest (chỉ tiêu của đơn vị)."""

    min_entries: int = 0
    staff_rates: tuple[StaffRate, ...] = ()


class Entrants(Part, frozen=True):
    """Who may enter, and who may not (đối tượng dự thi)."""

    kinds: tuple[Literal["INDIVIDUAL", "COLLECTIVE"], ...]
    groups: tuple[Group, ...]
    excluded: tuple[str, ...]
    excluded_rule: str  # the sentence of the rules shown to whoever is refused
    max_authors: int
    shares_required: bool
    coverage_target: Decimal = Decimal(1)  # share of the units that should take part, 0..1
    head_confirms: bool = False  # the head of the unit confirms entries of its staff
    unit_duty: UnitDuty | None = None
    classes: tuple[EntryClass, ...] = ()


# The words `scope` and `forbid` are made of. What was applied in one unit of the province was
# applied in the province; mass media publish.
Applied = Literal["unit_applied", "province_applied", "other_provinces_public"]
Forbidden = Literal["published", "mass_media", "other_contest"]


class Novelty(Part, frozen=True):
    """What an entry must not repeat, and when a person has to look.

    `scope` is made of words of `Applied`, `forbid` of words of `Forbidden`. `cutoff` is the last
    day on which something applied or published counts.
    """

    scope: tuple[str, ...]
    forbid: tuple[str, ...]
    cutoff: date
    report_above: Decimal  # share of the text, 0..1
    must_review_above: Decimal
    stages: tuple[Literal["PROPOSAL", "PILOTED", "APPLIED"], ...] = ()  # none named: all
    own_checks: int = 0  # checks of their own text an entrant may make a day before handing in


class Declaration(Part, frozen=True):
    """What an entrant declares on handing in (cam kết), in the words of this version.

    `paper` is the dossier's paper that it makes up for, if any.
    """

    code: str
    text: str
    version: int = 1
    paper: str | None = None


class CheckItem(Part, frozen=True):
    """What a clerk looks at beside what is computed (mục kiểm tra thể thức)."""

    code: str
    name: str


class Paper(Part, frozen=True):
    """A document of the dossier (thành phần hồ sơ). Sizes in megabytes, lengths in pages.

    `form` says what fulfils it: an uploaded FILE; the REGISTRATION, which is the entry as typed
    in; or a DECLARATION, made by naming the paper's code when the entry is handed in. The latter
    two may be uploaded as a file as well, e.g. scanned at the desk.
    """

    code: str
    name: str
    types: tuple[str, ...]
    max_mb: int
    form: Literal["FILE", "REGISTRATION", "DECLARATION"] = "FILE"
    max_pages: int | None = None
    max_minutes: int | None = None  # of a video
    when: Literal["ALWAYS", "STAFF", "FILED_BY_OTHER"] = "ALWAYS"  # of a conditional paper
    is_description: bool = False  # the text whose originality is checked


class Dossier(Part, frozen=True):
    """The documents an entry consists of.

    A conditional paper is required where its `when` holds. `checklist` is looked at by a clerk.
    """

    required: tuple[Paper, ...]
    optional: tuple[Paper, ...] = ()
    conditional: tuple[Paper, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    checklist: tuple[CheckItem, ...] = ()


class Receipt(Part, frozen=True):
    """The receipt and its code, e.g. `{unit}-{yyMMdd}-{seq:04d}`.

    LOCAL codes are ours; with ONEGATE an entry that came with a one-stop code keeps that one.
    """

    title: str
    unit_code: str
    code_format: str
    code_authority: Literal["LOCAL", "ONEGATE"] = "LOCAL"
