"""Coverage of a contest as of a day: asked and answered."""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from contracts.intake.replies import CoverageLine
from contracts.message import Query


class SumUpCoverage(Query, frozen=True, kw_only=True):
    """How far the contest reaches, as of a local day or now. Reply: `CoverageReport`."""

    contest_id: str
    as_of: date | None = None


class CoverageReport(Struct, frozen=True, kw_only=True):
    """How many units have entered, of how many; rate and target are shares, 0..1."""

    contest_id: str
    as_of: date
    units: int
    entered: int
    nil_returns: int
    silent: int
    rate: Decimal
    target: Decimal
    reached: bool
    without_unit: int
    lines: tuple[CoverageLine, ...]


class ListSilentUnits(Query, frozen=True, kw_only=True):
    """Whom to remind: units without entry and nil return. Reply: tuple of `SilentUnit`."""

    contest_id: str
    as_of: date | None = None


class SilentUnit(Struct, frozen=True, kw_only=True):
    """A unit to remind; `days_left` to hand in, the last one counted, 0 when it is over."""

    unit_id: str
    name: str
    closes: datetime
    days_left: int
    contact_email: str | None = None


class ExportCoverage(Query, frozen=True, kw_only=True):
    """Reply: coverage as an XLSX file, in bytes."""

    contest_id: str
    as_of: date | None = None


class ExportEntries(Query, frozen=True, kw_only=True):
    """Reply: the entries handed in, and their authors, as an XLSX file, in bytes."""

    contest_id: str
