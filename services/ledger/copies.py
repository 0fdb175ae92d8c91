"""A chain as a file: JSON lines, the head first, then every link. Read by anyone, anywhere.

A file may hold the chains of several tenants one after another.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

import msgspec

from kernel.errors import Refused
from services.ledger.domain import Head, Line, Recorded


class CopyUnreadable(Refused):
    """This file is not a copy of a ledger."""


class Chain(msgspec.Struct, frozen=True, tag_field="is", tag="chain", forbid_unknown_fields=True):
    """The line a chain begins with: whose it is and where it ends."""

    tenant: str
    length: int
    digest: str


class Link(msgspec.Struct, frozen=True, tag_field="is", tag="link", forbid_unknown_fields=True):
    """A line for a link; `body` is the canonical envelope, null where only its digest is kept."""

    sequence: int
    event_id: str
    type: str
    occurred_at: datetime
    body: str | None
    body_digest: str
    digest: str


def write_chain(into: BinaryIO, tenant: str, head: Head, lines: Iterable[Line]) -> None:
    """Write one chain to the end of the file."""
    encode = msgspec.json.encode
    into.write(encode(Chain(tenant, head.length, head.digest)) + b"\n")
    for line in lines:
        kept = line.recorded
        parts = (kept.event_id, kept.type, kept.occurred_at, kept.body, kept.body_digest)
        into.write(encode(Link(line.sequence, *parts, line.digest)) + b"\n")


def read_chains(source: BinaryIO) -> Iterator[tuple[str, Head, Iterator[Line]]]:
    """Read one chain after another, a line at a time. Raises `CopyUnreadable` with the line."""
    found = False
    for _, rows in groupby(numbered(source), key=itemgetter(0)):
        found = True
        yield open_chain(row for _, row in rows)
    if not found:
        raise CopyUnreadable("The file is empty.")


def open_chain(rows: Iterator[Chain | Link]) -> tuple[str, Head, Iterator[Line]]:
    """Read the head of a chain; its links are read as they are asked for."""
    first = next(rows)
    if isinstance(first, Link):
        raise CopyUnreadable("The file does not begin with the head of a chain.")
    links = (to_line(row) for row in rows if isinstance(row, Link))
    return first.tenant, Head(first.length, first.digest), links


def numbered(source: BinaryIO) -> Iterator[tuple[int, Chain | Link]]:
    """Read each line with the number of the chain it belongs to."""
    decoder = msgspec.json.Decoder(Chain | Link)
    chain = 0
    for number, text in enumerate(source, start=1):
        try:
            row = decoder.decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise CopyUnreadable(
                "Line {number} of the file cannot be read: {why}", number=number, why=error
            ) from error
        chain += isinstance(row, Chain)
        yield chain, row


def to_line(link: Link) -> Line:
    """Make the value of a line of the file."""
    recorded = Recorded(link.event_id, link.type, link.occurred_at, link.body, link.body_digest)
    return Line(link.sequence, recorded, link.digest)
