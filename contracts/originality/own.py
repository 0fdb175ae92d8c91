"""Checks of a text that is not handed in: an entrant's own, and one that the secretary tries.

A text comes as it is, or as the file it stands in.
"""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from contracts.message import Command, Query
from contracts.originality.report import Excluded, PassageKind, SourceKind, Tier


class CheckText(Query, frozen=True, kw_only=True):
    """Compare a text with everything a contest knows, and keep nothing of it. Reply: `Report`.

    Either `text`, or `content` of a `media_type`, up to 6 MiB.
    """

    contest_id: str
    text: str = ""
    content: bytes = b""
    media_type: str = ""


class CheckMyText(Command, frozen=True, kw_only=True):
    """An entrant's own check before handing in, as often as the rules allow. Reply: `OwnCheck`."""

    contest_id: str
    text: str = ""
    content: bytes = b""
    media_type: str = ""


class OwnSource(Struct, frozen=True, kw_only=True):
    """A source of an own check. Of another entry nothing is told but that it is one."""

    source_kind: SourceKind
    share: Decimal  # of the words, 0..1
    title: str | None = None
    place: str | None = None
    applied_on: date | None = None


class OwnPassage(Struct, frozen=True, kw_only=True):
    """A passage of the entrant's own text; `sources` are places in `OwnCheck.sources`."""

    start: int
    end: int
    text: str
    sources: tuple[int, ...]
    kind: PassageKind | None = None
    tier: Tier | None = None


class OwnCheck(Struct, frozen=True, kw_only=True):
    """What an entrant learns of their own text; never a word of anybody else's entry.

    `left` is how many checks they may still make on this day.
    """

    words: int
    share: Decimal
    excluded_share: Decimal
    sources: tuple[OwnSource, ...]
    passages: tuple[OwnPassage, ...]
    left: int
    share_without: Decimal | None = None
    excluded: tuple[Excluded, ...] = ()
    flags: tuple[str, ...] = ()
