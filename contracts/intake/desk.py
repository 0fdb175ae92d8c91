"""What intake is asked by the desk: paper dossiers handed over, and many at once from a sheet."""

from datetime import datetime

from msgspec import Struct

from contracts.message import Command, Query


class PaperCount(Struct, frozen=True, kw_only=True):
    """How many originals and copies of a paper were handed over. `code` is the dossier's."""

    code: str
    originals: int = 0
    copies: int = 0


class RecordHandover(Command, frozen=True, kw_only=True):
    """Say who handed a paper dossier over, and what was in it. Reply: None.

    Said again, the newest word counts. It is for the receipt, whatever is uploaded besides.
    """

    entry_id: str
    applicant: str
    papers: tuple[PaperCount, ...]
    phone: str | None = None


class Handover(Struct, frozen=True, kw_only=True):
    """Who handed a paper dossier over, and what was in it; `recorded_by` is a clerk."""

    applicant: str
    phone: str | None
    papers: tuple[PaperCount, ...]
    recorded_by: str
    recorded_at: datetime


class ImportEntries(Command, frozen=True, kw_only=True):
    """Enter many paper dossiers from a sheet (XLSX): all of them or none. Reply: `Imported`.

    A dry run does all the same and keeps nothing of it.
    """

    contest_id: str
    sheet: bytes
    dry_run: bool = False


class DrawSheet(Query, frozen=True, kw_only=True):
    """Reply: the bytes of an empty sheet (XLSX) to fill in for this contest."""

    contest_id: str


class CellMistake(Struct, frozen=True, kw_only=True):
    """What is wrong in a sheet. `row` counts from 1, `column` is a letter, empty for a whole row.

    `template` with `params` is the sentence, to be translated.
    """

    row: int
    column: str
    value: str
    code: str
    template: str
    params: dict[str, str] = {}


class ImportedEntry(Struct, frozen=True, kw_only=True):
    """What a row has become: a draft, or an entry with its receipt."""

    row: int
    entry_id: str
    receipt_code: str | None = None
    late: bool = False


class Imported(Struct, frozen=True, kw_only=True):
    """The outcome of an import. With mistakes, or after a dry run, nothing was entered."""

    rows: int
    mistakes: tuple[CellMistake, ...] = ()
    entries: tuple[ImportedEntry, ...] = ()
    dry_run: bool = False
