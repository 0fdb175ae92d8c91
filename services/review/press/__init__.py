"""The press: prints minutes as PDF/A and as DOCX, in a child process.

Computing, not waiting: `press` is what the service's `Crunch` calls. One document model goes in,
both formats come out, so that they cannot say different things.
"""

from pathlib import Path

from msgspec import convert, json, msgpack, to_builtins

from press.font import characters, find_font
from press.sheets import Printed, in_letters, sheet
from press.typesetting import typeset
from services.review.domain.minutes.paper import Paper
from services.review.papers import Job
from services.review.press.word import compose

TEMPLATE = Path(__file__).parents[1] / "templates" / "minutes.typ"


def press(order: bytes) -> bytes:
    """Print one `Job` (JSON) and return `Printed` (MessagePack)."""
    job = json.decode(order, type=Job)
    letters = characters(find_font(job.font_path))
    paper = convert(in_letters(to_builtins(job.paper), letters), Paper)
    inputs = {"paper": json.encode(paper).decode()}
    pdf = typeset(TEMPLATE, inputs, job.font_path, job.dated, mark=job.mark)
    docx = compose(paper, job.dated, job.mark)
    return msgpack.encode(Printed(pdf=sheet(pdf), docx=sheet(docx)))
