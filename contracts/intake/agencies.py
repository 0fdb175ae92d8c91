"""Agencies from files, their successions, and nil returns: asked, answered and said."""

from datetime import date
from typing import ClassVar, Literal

from msgspec import Struct

from contracts.message import PUBLIC, Command, Event, Query


class ImportAgencyFile(Command, frozen=True, kw_only=True):
    """Record the units of a CSV or XLSX file, all or none. Reply: `AgencyFileRead`.

    A dry run changes nothing and says what would change.
    """

    file_name: str
    content: bytes
    dry_run: bool = False


class SheetMistake(Struct, frozen=True, kw_only=True):
    """What is wrong with a cell; rows count from 1, the header is the first."""

    row: int
    column: str
    sentence: str


class AgencyFileRead(Struct, frozen=True, kw_only=True):
    """What became of a file; with mistakes, or after a dry run, nothing is `recorded`."""

    units: int
    added: int
    changed: int
    recorded: bool
    mistakes: tuple[SheetMistake, ...] = ()


class AgencySuccession(Struct, frozen=True, kw_only=True):
    """One unit continues another from a local day on; `basis` is the document that says so."""

    predecessor_id: str
    successor_id: str
    on: date
    kind: Literal["RENAMED", "MERGED", "SPLIT"]
    basis: str


class RecordSuccessions(Command, frozen=True, kw_only=True):
    """Record who continues whom; known ones change nothing. Reply: how many are known now."""

    successions: tuple[AgencySuccession, ...]


class ListSuccessions(Query, frozen=True, kw_only=True):
    """Reply: tuple of `AgencySuccession`, in the order they were recorded."""

    scope: ClassVar = PUBLIC


class AgenciesSucceeded(Event, frozen=True, kw_only=True):
    """Units continue others, as recorded."""

    successions: tuple[AgencySuccession, ...]


class ReturnNil(Command, frozen=True, kw_only=True):
    """Say, for one's unit, that it has nothing to enter, and why. Reply: None."""

    contest_id: str
    reason: str


class NilReturned(Event, frozen=True, kw_only=True):
    """A unit has nothing to enter."""

    contest_id: str
    unit_id: str
    reason: str
