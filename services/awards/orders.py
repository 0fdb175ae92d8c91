"""What goes to the press and what comes back; apart from the press, which is heavy to import."""

from datetime import datetime
from typing import Literal

from msgspec import Struct, json, msgpack

from kernel.crunch import Crunch
from press.sheets import Printed
from services.awards.domain.paper import Certificate, Document

Role = Literal["approve", "issue", "attach"]

# Whoever has the power signs, then the clerk for the agency; an annex of its own comes last.
ROLES: tuple[Role, ...] = ("approve", "issue")


class Key(Struct, frozen=True, kw_only=True):
    """A PKCS #12 file to sign with, in one of the three roles."""

    role: Role
    path: str
    password: str = ""


class Job(Struct, frozen=True, kw_only=True):
    """What to print: a document or a certificate, and the folder the fonts are found under.

    `dated`, an aware instant, becomes the files' own date. The PDF is signed with `keys` in turn.
    """

    font_path: str
    dated: datetime
    document: Document | None = None
    certificate: Certificate | None = None
    keys: tuple[Key, ...] = ()

    @property
    def paper(self) -> Document | Certificate:
        """Return the paper to print."""
        if paper := self.document or self.certificate:
            return paper
        raise ValueError("A job needs a document or a certificate.")


class Returned(Struct, frozen=True, kw_only=True):
    """A file that was given out to be signed, and what came back at the instant `at`.

    `roots` is the path of the trusted roots.
    """

    original: bytes
    returned: bytes
    roots: str
    at: datetime


class Judged(Struct, frozen=True, kw_only=True):
    """Who signed, and when by their own word; or, with a `template`, why it is not accepted."""

    signer: str = ""
    signed_at: datetime | None = None
    template: str = ""
    params: dict[str, str] = {}


class Sheet(Struct, frozen=True):
    """A list to draw as a sheet: its title, headings with widths in characters, and rows."""

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str | int | None, ...], ...]


def draw_workbook(press: Crunch, sheets: tuple[Sheet, ...]) -> bytes:
    """Have sheets drawn as one XLSX file, in a child process."""
    return press.call("draw", msgpack.encode(sheets))


def print_paper(
    press: Crunch,
    paper: Document | Certificate,
    font_path: str,
    dated: datetime,
    keys: tuple[Key, ...] = (),
) -> Printed:
    """Have a paper printed, and signed if there are keys, in a child process."""
    job = Job(
        font_path=font_path,
        dated=dated.replace(microsecond=0),  # a PDF's date is good to the second
        document=paper if isinstance(paper, Document) else None,
        certificate=paper if isinstance(paper, Certificate) else None,
        keys=keys,
    )
    return msgpack.decode(press.call("press", json.encode(job)), type=Printed)
