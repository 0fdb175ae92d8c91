"""What intake answers."""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from contracts.intake.desk import Handover
from contracts.intake.documents import UploadPart
from contracts.intake.values import (
    Author,
    Channel,
    Confirmation,
    Enterprise,
    EntrantKind,
    Improvement,
    MadeDeclaration,
)
from contracts.rules import Rules


class RuleMistake(Struct, frozen=True, kw_only=True):
    """A mistake in a rules file. Line and column count from 1."""

    line: int
    column: int
    path: str
    sentence: str


class RulesChecked(Struct, frozen=True, kw_only=True):
    """The outcome of a check; `sha256` is None while there are mistakes."""

    mistakes: tuple[RuleMistake, ...]
    sha256: str | None = None


class OpenedContest(Struct, frozen=True, kw_only=True):
    """A contest and the hash its rules are frozen under. `number` 0 is the original."""

    contest_id: str
    number: int
    sha256: str
    rules: Rules | None = None
    source: str | None = None


class ContestLine(Struct, frozen=True, kw_only=True):
    """A contest in a list; from `watched_from` on outages are measured, None for never."""

    contest_id: str
    title: str
    opens: datetime
    closes: datetime
    watched_from: datetime | None = None


class Upload(Struct, frozen=True, kw_only=True):
    """Where to PUT a document's bytes, and until when.

    `url` is that of the first part: enough for a file of one. `part_size` in bytes.
    """

    document_id: str
    url: str
    expires_at: datetime
    part_size: int = 0
    parts: tuple[UploadPart, ...] = ()


class Submitted(Struct, frozen=True, kw_only=True):
    """The receipt (giấy biên nhận): its code, the counted instant and what is missing.

    `rule` says in Vietnamese what it counts by; a `late` one is kept until the organiser decides.
    """

    entry_id: str
    receipt_code: str
    received_at: datetime
    version: int
    missing: tuple[str, ...]
    late: bool = False
    counted_at: datetime | None = None
    rule: str = ""


class TimelineLine(Struct, frozen=True, kw_only=True):
    """A step of an entry's history."""

    at: datetime
    state: str
    note: str = ""


class DocumentView(Struct, frozen=True, kw_only=True):
    """A document as its entrant sees it."""

    document_id: str
    code: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    version: int
    stored: bool
    state: str = ""
    sent_name: str = ""
    pages: int | None = None
    minutes: Decimal | None = None
    refusal: str = ""  # a template, with what goes into it
    refusal_params: dict[str, str] = {}


class EntryView(Struct, frozen=True, kw_only=True):
    """An entry as those concerned see it.

    Its own people see what was last saved: `edited` if that is not what was handed in, with what
    it `lacks` before it can be. Everybody else sees the version handed in.
    """

    entry_id: str
    contest_id: str
    state: str
    version: int
    kind: EntrantKind
    group: str
    title: str
    summary: str
    area: str
    channel: Channel
    authors: tuple[Author, ...]
    documents: tuple[DocumentView, ...]
    timeline: tuple[TimelineLine, ...]
    unit_id: str | None = None
    receipt_code: str | None = None
    external_code: str | None = None
    missing: tuple[str, ...] = ()
    posted_at: date | None = None
    received_at: datetime | None = None
    counted_at: datetime | None = None
    counting_rule: str = ""
    due_at: datetime | None = None
    returns: int = 0  # how often a supplement was asked for
    handover: Handover | None = None
    revision: int = 1
    edited: bool = False
    lacks: tuple[str, ...] = ()
    enterprise: Enterprise | None = None
    improves: tuple[Improvement, ...] = ()
    declared: tuple[MadeDeclaration, ...] = ()
    confirmation: Confirmation | None = None
    handed_at: datetime | None = None  # when the newest version was handed in
    mine: bool = False  # whoever asks may change it


class EntryLine(Struct, frozen=True, kw_only=True):
    """An entry in a list."""

    entry_id: str
    title: str
    area: str
    state: str
    channel: Channel
    receipt_code: str | None = None
    received_at: datetime | None = None
    unit_id: str | None = None


class CoverageLine(Struct, frozen=True, kw_only=True):
    """How many entries a unit has handed in, its own and those of the units it `continues`.

    `authors` counts people. What the rules ask of a unit is in `owed_entries` and
    `owed_authors`, None where its staff is not known; `nil_reason` is its nil return.
    """

    unit_id: str
    name: str
    entries: int
    kind: str = ""
    individual: int = 0
    collective: int = 0
    authors: int = 0
    staff: int | None = None
    owed_entries: int = 0
    owed_authors: int | None = None
    meets_duty: bool = True
    nil_reason: str | None = None
    continues: tuple[str, ...] = ()
