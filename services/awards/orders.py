"""What goes to the press and what comes back; apart from the press, which is heavy to import."""

from datetime import datetime
from typing import Literal

from msgspec import Struct, json, msgpack

from contracts.sandbox import mark_of
from kernel.crunch import Crunch
from kernel.database import Work
from press.sheets import Printed
from services.awards.domain.paper import Certificate, Document

Role = Literal["approve", "issue", "attach"]

# Whoever has the power signs, then the clerk for the agency; an annex of its own comes last.
ROLES: tuple[Role, ...] = ("approve", "issue")


class Key(Struct, frozen=True, kw_only=True):
    """A PKCS #12 file to sign with, in one of the three roles.

    The time stamping authority at the address `tsa`, if there is one, stamps the signature.
    """

    role: Role
    path: str
    password: str = ""
    tsa: str = ""


class Job(Struct, frozen=True, kw_only=True):
    """What to print: a document or a certificate, and the folder the fonts are found under.

    `dated`, an aware instant, becomes the files' own date. The PDF is signed with `keys` in turn.
    Every page bears the `mark`, if there is one.
    """

    font_path: str
    dated: datetime
    document: Document | None = None
    certificate: Certificate | None = None
    keys: tuple[Key, ...] = ()
    mark: str = ""

    @property
    def paper(self) -> Document | Certificate:
        """Return the paper to print."""
        if paper := self.document or self.certificate:
            return paper
        raise ValueError("A job needs a document or a certificate.")


class Returned(Struct, frozen=True, kw_only=True):
    """A file that was given out to be signed, and what came back at the instant `at`.

    `roots` is the path of the trusted roots; `asks` says whether CAs are asked what they have
    withdrawn.
    """

    original: bytes
    returned: bytes
    roots: str
    at: datetime
    asks: bool = False


class Judged(Struct, frozen=True, kw_only=True):
    """Who signed, and when by their own word; or, with a `template`, why it is not accepted.

    `serial` and `certificate` (SHA-256) of the certificate are in hex.
    """

    signer: str = ""
    serial: str = ""
    certificate: str = ""
    signed_at: datetime | None = None
    stamped_at: datetime | None = None
    withdrawn: bool | None = None
    template: str = ""
    params: dict[str, str] = {}


class Identified(Struct, frozen=True, kw_only=True):
    """Whose certificate it is (`contracts.awards.Signer`); or why it cannot be bound."""

    subject: str = ""
    issuer: str = ""
    serial: str = ""
    sha256: str = ""
    template: str = ""
    params: dict[str, str] = {}


class Pressed(Printed, frozen=True, kw_only=True):
    """A printed paper, and the SHA-256 in hex of each certificate it was signed with, in turn."""

    certificates: tuple[str, ...] = ()


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
    work: Work,
    keys: tuple[Key, ...] = (),
) -> Pressed:
    """Have a paper of the work's tenant printed, and signed with keys, in a child process."""
    job = Job(
        font_path=font_path,
        dated=work.now.replace(microsecond=0),  # a PDF's date is good to the second
        mark=mark_of(work.tenant),
        document=paper if isinstance(paper, Document) else None,
        certificate=paper if isinstance(paper, Certificate) else None,
        keys=keys,
    )
    return msgpack.decode(press.call("press", json.encode(job)), type=Pressed)
