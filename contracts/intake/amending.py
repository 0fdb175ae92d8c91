"""What is asked and answered about rules that change, or would: amendments and replays."""

from datetime import datetime

from msgspec import Struct

from contracts.intake.values import EntrantKind
from contracts.message import Query
from contracts.rules import Rules


class ListAmendments(Query, frozen=True, kw_only=True):
    """Reply: tuple of `Amendment`, the original first. Public."""

    contest_id: str


class Amendment(Struct, frozen=True, kw_only=True):
    """A version of the rules as frozen; number 0 is the original, which changes nothing.

    `changes` are sentences, each of one difference from the version before.
    """

    number: int
    frozen_at: datetime
    sha256: str
    reason: str | None = None
    changes: tuple[str, ...] = ()


class ReplayEntries(Query, frozen=True, kw_only=True):
    """Which of a contest's entries would be in it under other rules. Reply: `EntriesReplayed`."""

    contest_id: str
    source: str


class ReplayedEntry(Struct, frozen=True, kw_only=True):
    """An entry that was handed in: whether it was in the contest, and whether it would be.

    Why it would not is told as an error is: by code, English template and parameters.
    """

    entry_id: str
    title: str
    kind: EntrantKind
    was_in: bool
    would_be_in: bool
    code: str = ""
    template: str = ""
    params: dict[str, str] = {}


class EntriesReplayed(Struct, frozen=True, kw_only=True):
    """The entries under other rules, in the order they were received, and those rules."""

    rules: Rules
    entries: tuple[ReplayedEntry, ...]
