"""What is typed into an entry, what was handed in, and what an entry may improve."""

import re
from decimal import Decimal
from typing import Annotated

from litestar import Response, get, patch
from litestar.params import HeaderParameter, JSONBody, QueryParameter
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import asdict

from contracts import intake
from kernel.errors import Refused
from services.gateway import words
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.paging import Paging

# What `show_entry` gives: the revision, and what else was shown with it.
ETAG = re.compile(r'\s*(?:W/)?"?(\d{1,9})(?:-[0-9a-f]{1,64})?"?\s*', re.ASCII)


class NoRevision(Refused):
    """Say which revision was changed, in If-Match or in the field revision."""


class NotANumber(Refused):
    """Write numbers with digits and at most one decimal comma, e.g. 77,8."""


class Improves(Struct, frozen=True, kw_only=True):
    """An index the entry improves. Numbers may be written with a decimal comma, as text."""

    index: str
    component: str | None = None
    baseline: str | float | None = None
    target: str | float | None = None
    year: int | None = None
    evidence: str = ""
    document_id: str | None = None


class Changes(Struct, frozen=True, kw_only=True):
    """The fields that were changed, and on which revision unless If-Match says it."""

    revision: int | None = None
    kind: intake.EntrantKind | UnsetType = UNSET
    group: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    summary: str | UnsetType = UNSET
    area: str | UnsetType = UNSET
    authors: tuple[intake.Author, ...] | UnsetType = UNSET
    unit_id: str | UnsetType | None = UNSET
    enterprise: intake.Enterprise | UnsetType | None = UNSET
    improves: tuple[Improves, ...] | UnsetType = UNSET


class Saved(Struct, frozen=True, kw_only=True):
    """The revision there is now."""

    revision: int


@patch("/entries/{entry_id:str}")
async def save_draft(
    caller: Calling,
    entry_id: Name,
    data: JSONBody[Changes],
    if_match: Annotated[str | None, HeaderParameter(name="If-Match")] = None,
) -> Saved:
    """Save changed fields of an entry; refused if somebody changed it since that revision."""
    sent = asdict(data) | {"revision": revision_of(if_match, data.revision)}
    if data.improves is not UNSET:
        sent["improves"] = tuple(map(improvement, data.improves))
    command = intake.SaveDraft(entry_id=entry_id, **sent)
    return Saved(revision=await caller.ask(command, int))


@get("/entries/{entry_id:str}/versions")
async def show_versions(
    caller: Calling, entry_id: Name, paging: Paging
) -> Response[tuple[intake.VersionView, ...]]:
    """Show every version as it was handed in, with what had changed."""
    query = intake.ShowVersions(entry_id=entry_id)
    lines = await caller.ask(query, tuple[intake.VersionView, ...])
    return paging.of(lines, lambda line: str(line.version))


@get("/entries/{entry_id:str}/versions/differences")
async def compare_versions(
    caller: Calling,
    entry_id: Name,
    older: Annotated[int, QueryParameter()],
    newer: Annotated[int, QueryParameter()],
) -> tuple[str, ...]:
    """Say in words what differs between two versions."""
    query = intake.CompareVersions(entry_id=entry_id, older=older, newer=newer)
    return await caller.ask(query, tuple[str, ...])


@get("/indexes")
async def list_indexes(visitor: Calling) -> intake.IndexCatalogue:
    """List the indexes an entry may say it improves, with their components."""
    return await visitor.ask(intake.ListIndexes(), intake.IndexCatalogue)


def revision_of(if_match: str | None, in_body: int | None) -> int:
    """Return the revision a save was made on; the header, if there is one, decides."""
    found = ETAG.fullmatch(if_match or "")
    if found:
        return int(found[1])
    if in_body is None or if_match is not None:
        raise NoRevision
    return in_body


def improvement(typed: Improves) -> intake.Improvement:
    """Return an improvement with its numbers read as Vietnamese write them."""
    numbers = {name: figure(getattr(typed, name)) for name in ("baseline", "target")}
    return intake.Improvement(**asdict(typed) | numbers)


def figure(typed: str | float | None) -> Decimal | None:
    """Read a number as it was typed; an empty text is none."""
    text = "" if typed is None else str(typed).strip()
    try:
        return words.figure(text) if text else None
    except ValueError as problem:
        raise NotANumber from problem


ROUTES = (save_draft, show_versions, compare_versions, list_indexes)
