"""Long lists in pages: one manner for all of them.

`?limit=` is how many lines a page has at most; `Link: <…>; rel="next"` is where the next one is.
A cursor is opaque: it holds where the page ended, by the last line's own name and by its place.
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Struct

from kernel.errors import Refused

T = TypeVar("T")

USUAL, MOST = 500, 1000  # lines of a page
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=MOST)]
Cursor = Annotated[str, QueryParameter(name="cursor", max_length=300, pattern=r"^[A-Za-z0-9_-]*$")]


class BadCursor(Refused):
    """This is no cursor; take it from the Link of the page before, or leave it out."""


class Place(Struct, frozen=True, array_like=True):
    """Where a page ended: how many lines there were up to it, and the name of its last line."""

    seen: int
    last: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The page that is asked for: how many lines, after which place; `url` is the request's."""

    limit: int
    after: Place | None
    url: str

    def ended_with(self, kind: type[T]) -> T | None:
        """Return what the page before ended with, as `line_name` wrote it; raises `BadCursor`."""
        if self.after is None:
            return None
        try:
            found = msgspec.json.decode(self.after.last, type=kind)
        except msgspec.DecodeError as problem:
            raise BadCursor from problem
        if "\\u0000" in self.after.last:  # no text in a database holds it
            raise BadCursor
        return found

    def of(self, lines: tuple[T, ...], name: Callable[[T], str]) -> Response[tuple[T, ...]]:
        """Return one page of lines that all are here; `name` tells them apart."""
        start = 0
        if self.after is not None:
            names = [name(line) for line in lines]
            # Where the last line has gone meanwhile, its place is the best there is.
            is_here = self.after.last in names
            start = names.index(self.after.last) + 1 if is_here else self.after.seen
        return self.page(lines[start : start + self.limit + 1], name, start)

    def page(
        self, lines: tuple[T, ...], name: Callable[[T], str], start: int = 0
    ) -> Response[tuple[T, ...]]:
        """Return a page of lines that were asked for by this place, and one more if there is."""
        shown = lines[: self.limit]
        headers = {}
        if len(lines) > self.limit:
            cursor = written(Place(start + len(shown), name(shown[-1])))
            headers["Link"] = f'<{self.beside(cursor)}>; rel="next"'
        return Response(shown, headers=headers)

    def beside(self, cursor: str) -> str:
        """Return the address of the page at a cursor, with all else as it was asked."""
        path, _, query = self.url.partition("?")
        kept = [one for one in query.split("&") if one and not one.startswith("cursor=")]
        return f"{path}?{'&'.join([*kept, f'cursor={cursor}'])}"


async def paged(
    request: Request[None, None, State], limit: Limit = USUAL, cursor: Cursor = ""
) -> Pages:
    """Return which page a request asks for; raises `BadCursor`."""
    url = f"{request.url.path}?{request.url.query}"
    return Pages(limit, place(cursor) if cursor else None, url)


Paging = NamedDependency[Pages]  # how a route of a long list asks for the page


def line_name(*parts: str) -> str:
    """Return the name of a line that several fields tell apart, in the order of its list."""
    return msgspec.json.encode(parts).decode()


def written(place: Place) -> str:
    """Return the cursor of a place."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def place(cursor: str) -> Place:
    """Read a cursor; raises `BadCursor`."""
    try:
        coded = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        found = msgspec.json.decode(coded, type=Place)
    except (binascii.Error, ValueError, msgspec.DecodeError) as problem:
        raise BadCursor from problem
    if found.seen < 0 or "\0" in found.last:
        raise BadCursor
    return found
