"""The register of known initiatives: what is in it, and how things come in and go out."""

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Query

# Where an initiative is known from: one unit of the province, the whole province, another
# province, a book, journal or broadcast, another contest.
Scope = Literal["UNIT", "PROVINCE", "OTHER_PROVINCE", "PUBLICATION", "OTHER_CONTEST"]

# What becomes of a file in which an initiative is told twice, or told as it is known already:
# nothing is recorded; the two become one; both are kept.
OnTwins = Literal["REFUSE", "MERGE", "KEEP"]


class KnownInitiative(Struct, frozen=True, kw_only=True):
    """An initiative already applied or published (sáng kiến đã biết)."""

    code: str
    title: str
    text: str
    applied_at: str  # where: the unit or province, as its source names it
    applied_on: date | None = None  # the first day it was applied, or published
    applied_until: date | None = None  # the last; it stays known afterwards
    scope: Scope = "PROVINCE"
    summary: str = ""


class ImportInitiatives(Command, frozen=True, kw_only=True):
    """Add to the register of known initiatives. Reply: how many are known now."""

    register: str
    initiatives: tuple[KnownInitiative, ...]


class ImportRegister(Command, frozen=True, kw_only=True):
    """Add the initiatives of a file to a register, all or none. Reply: `RegisterRead`.

    `content` is CSV, XLSX, or a ZIP of one such sheet and the documents it names. An initiative
    known by its code is recorded anew. A dry run changes nothing and says what would change.
    """

    register: str
    content: bytes
    dry_run: bool = False
    on_twins: OnTwins = "REFUSE"


class RowMistake(Struct, frozen=True, kw_only=True):
    """What is wrong in a sheet. `row` counts from 1, `column` is a letter, empty for a whole row.

    `template` with `params` is the sentence, to be translated.
    """

    row: int
    column: str
    value: str
    code: str
    template: str
    params: dict[str, str] = {}


class Twin(Struct, frozen=True, kw_only=True):
    """A row that tells what another one, or the register under another code, tells already.

    `likeness` is the share of fingerprints the two have in common, 0..1; 1 for the same text.
    `other_row` is None where the other is in the register.
    """

    row: int
    code: str
    title: str
    other_code: str
    other_title: str
    likeness: Decimal
    other_row: int | None = None


class RegisterRead(Struct, frozen=True, kw_only=True):
    """What became of a file. With mistakes, or after a dry run, nothing is `recorded`.

    Nor is anything with twins that nobody has chosen what to do with. `merged` are the rows that
    became part of another initiative.
    """

    rows: int
    added: int
    changed: int
    merged: int
    recorded: bool
    mistakes: tuple[RowMistake, ...] = ()
    twins: tuple[Twin, ...] = ()
    scans: int = 0  # initiatives known by title and summary until their pages are recognised


class RemoveInitiative(Command, frozen=True, kw_only=True):
    """Take an initiative out of a register; reports that name it are made anew. Reply: None."""

    register: str
    code: str


class ListInitiatives(Query, frozen=True, kw_only=True):
    """Reply: tuple of `InitiativeLine`, by code; of one register, or of all.

    `words` are looked for in codes, titles and places; `known_from` is a scope. At most `most`
    from the `first` on, if said; `after` is the register and code that a page before ended with.
    """

    register: str | None = None
    words: str = ""
    known_from: Scope | None = None
    first: int = 0
    most: int | None = None
    after: tuple[str, str] | None = None


class ShowInitiative(Query, frozen=True, kw_only=True):
    """Reply: `Initiative`."""

    register: str
    code: str


class InitiativeLine(Struct, frozen=True, kw_only=True):
    """A known initiative in a list. `entry_id` is of the entry it was, if it won here."""

    register: str
    code: str
    title: str
    applied_at: str
    scope: Scope
    applied_on: date | None = None
    applied_until: date | None = None
    entry_id: str | None = None
    reading: str = ""  # WAITING for its scan to be recognised, or why that failed


class Initiative(Struct, frozen=True, kw_only=True):
    """A known initiative with the text that others are compared with, its title first."""

    line: InitiativeLine
    summary: str
    text: str
