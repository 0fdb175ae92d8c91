"""What the maker of copies is asked and answers; apart from it, for it is heavy to import."""

from msgspec import Struct

from services.intake.domain.copies import Box, Problem, Removed
from services.intake.domain.traces import Identity


class Order(Struct, frozen=True, kw_only=True):
    """A document to copy, at a URL that reads it, and what must not stand in the copy.

    `kind` is the rules' name of its type, e.g. `docx`; `size` in bytes.
    """

    url: str
    size: int
    kind: str
    identity: Identity
    boxes: tuple[Box, ...] = ()
    font_path: str


class Task(Struct, frozen=True, kw_only=True):
    """An order with the document's bytes, as the process gets it that opens them."""

    body: bytes
    kind: str
    identity: Identity
    boxes: tuple[Box, ...] = ()
    font_folder: str = ""


class Copy(Struct, frozen=True, kw_only=True):
    """A copy as PDF, or the `problem` why there is none.

    `unread` are pages, from 1, with something that was not read: a person must look there.
    `left_out` counts what no copy takes over, by what it is.
    """

    pdf: bytes = b""
    pages: int = 0
    removed: tuple[Removed, ...] = ()
    unread: tuple[int, ...] = ()
    left_out: dict[str, int] = {}
    problem: Problem | None = None
