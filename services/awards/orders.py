"""What goes to the press and what comes back; apart from the press, which is heavy to import."""

from datetime import datetime

from msgspec import Struct, json, msgpack

from kernel.crunch import Crunch
from services.awards.domain.paper import Certificate, Decision


class Job(Struct, frozen=True, kw_only=True):
    """What to print: one of the two papers, and the folder the fonts are found under.

    `dated`, an aware instant, becomes the files' own date.
    """

    font_path: str
    dated: datetime
    decision: Decision | None = None
    certificate: Certificate | None = None

    @property
    def paper(self) -> Decision | Certificate:
        """Return the paper to print."""
        if paper := self.decision or self.certificate:
            return paper
        raise ValueError("A job needs a decision or a certificate.")


class Sheet(Struct, frozen=True, kw_only=True):
    """A printed file and its SHA-256 in hex."""

    content: bytes
    sha256: str


class Printed(Struct, frozen=True, kw_only=True):
    """The same paper in both formats."""

    pdf: Sheet
    docx: Sheet


def print_paper(
    press: Crunch, paper: Decision | Certificate, font_path: str, dated: datetime
) -> Printed:
    """Have a paper printed in a child process."""
    job = Job(
        font_path=font_path,
        dated=dated.replace(microsecond=0),  # a PDF's date is good to the second
        decision=paper if isinstance(paper, Decision) else None,
        certificate=paper if isinstance(paper, Certificate) else None,
    )
    return msgpack.decode(press.call("press", json.encode(job)), type=Printed)
