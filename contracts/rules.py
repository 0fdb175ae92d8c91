"""The rules of one contest as every service sees them: the frozen content of a rules file.

Start with `Rules`. Where the numbers come from is said in the file itself (`contests/*.yaml`).
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of the rules. A key that is not known here is a mistake in the file."""


class Basis(Part, frozen=True):
    """A document the contest rests on (căn cứ)."""

    doc: str
    issued_on: date
    issuer: str


class Organiser(Part, frozen=True):
    """Who runs the contest: host, standing unit and the desk that receives entries."""

    host: str
    standing_unit: str
    intake_desk: str


class Window(Part, frozen=True):
    """A half-open span of time: from `opens` up to, not including, `closes`. Aware instants."""

    opens: datetime
    closes: datetime


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
    """Where an entrant belongs: a department, a district, an enterprise (nhóm đối tượng)."""

    code: str
    name: str


class Entrants(Part, frozen=True):
    """Who may enter, and who may not (đối tượng dự thi)."""

    kinds: tuple[Literal["INDIVIDUAL", "COLLECTIVE"], ...]
    groups: tuple[Group, ...]
    excluded: tuple[str, ...]
    excluded_rule: str  # the sentence of the rules shown to whoever is refused
    max_authors: int
    shares_required: bool
    coverage_target: Decimal = Decimal(1)  # share of the units that should take part, 0..1


class Novelty(Part, frozen=True):
    """What an entry must not repeat, and when a person has to look."""

    scope: tuple[str, ...]
    forbid: tuple[str, ...]
    cutoff: date
    report_above: Decimal  # share of the text, 0..1
    must_review_above: Decimal


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
    is_description: bool = False  # the text whose originality is checked


class Dossier(Part, frozen=True):
    """The documents an entry consists of."""

    required: tuple[Paper, ...]
    optional: tuple[Paper, ...] = ()


class Receipt(Part, frozen=True):
    """The receipt and its code, e.g. `{unit}-{yyMMdd}-{seq:04d}`."""

    title: str
    unit_code: str
    code_format: str


class SubCriterion(Part, frozen=True):
    """What a criterion is made of, to guide the judges; marks are given for the whole."""

    code: str
    name: str
    max: Decimal


class Criterion(Part, frozen=True):
    """A line of the rubric (tiêu chí); `max` in points, to which its parts sum."""

    code: str
    name: str
    max: Decimal
    sub: tuple[SubCriterion, ...] = ()


class Divergence(Part, frozen=True):
    """When judges stand too far apart: the range of their totals exceeds `threshold` points."""

    threshold: Decimal


class Rounding(Part, frozen=True):
    """How a published score is rounded, once."""

    places: int
    mode: Literal["half_up", "half_even"] = "half_up"


class Advance(Part, frozen=True):
    """Who goes on: at least `min_score`, at most `max_count`, all tied at the cut-off included."""

    min_score: Decimal
    max_count: int
    at_cutoff: Literal["include_ties"] = "include_ties"


class Slot(Part, frozen=True):
    """How long an entry has on the defence day, in minutes."""

    present_minutes: int
    question_minutes: int


class Round(Part, frozen=True):
    """One round of judging (vòng thi). `judges_per_entry` is None where all judges mark."""

    id: str
    name: str
    blind: bool
    scale: Decimal  # what the rubric sums to
    step: Decimal  # smallest difference between two marks
    rubric: tuple[Criterion, ...]
    rounding: Rounding
    judges_per_entry: int | None = None
    divergence: Divergence | None = None
    advance: Advance | None = None
    slot: Slot | None = None


class Prize(Part, frozen=True):
    """A kind of prize (cơ cấu giải thưởng), best first in the rules."""

    code: str
    name: str
    count: int
    commendation: Literal["BANG_KHEN", "GIAY_KHEN"]
    authority: str  # the code of an Authority
    min_score: Decimal


class Authority(Part, frozen=True):
    """Who decides on prizes (thẩm quyền khen thưởng) and how their documents are headed.

    `parent` and `issuer` are the two lines of the document head, `symbol` follows the number
    (`QĐ-UBND`), `signer_title` stands above the signature. Layout: NĐ 30/2020/NĐ-CP.
    """

    code: str
    name: str
    issuer: str
    symbol: str
    signer_title: str
    place: str
    parent: str | None = None
    signer_name: str | None = None


class Rules(Part, frozen=True):
    """The whole contest. `weights` maps a round's id to its part of the final score (sum 1).

    `tie_break` is a chain of `ROUND.CRITERION`, `ROUND.total` and, last, `council_vote`.
    `defaults` names the paths in the file whose value is a proposal not found in any source.
    """

    id: str
    title: str
    legal_profile: str
    timezone: str
    basis: tuple[Basis, ...]
    organiser: Organiser
    intake: Window
    supplement: Supplement
    areas: tuple[Area, ...]
    indexes: tuple[str, ...]
    entrants: Entrants
    novelty: Novelty
    dossier: Dossier
    receipt: Receipt
    rounds: tuple[Round, ...]
    weights: dict[str, Decimal]
    final_rounding: Rounding
    tie_break: tuple[str, ...]
    authorities: tuple[Authority, ...]
    prizes: tuple[Prize, ...]
    holidays: tuple[Holiday, ...] = ()
    jury_size: int | None = None
    defaults: tuple[str, ...] = ()
