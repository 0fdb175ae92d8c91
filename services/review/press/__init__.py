"""The press: prints minutes as PDF/A and as DOCX, in a child process.

Computing, not waiting: `press` is what the service's `Crunch` calls. One document model goes in,
both formats come out, so that they cannot say different things.
"""

import re
from hashlib import sha256

from msgspec import convert, json, msgpack, to_builtins

from services.review.domain.minutes.paper import Paper
from services.review.papers import Job, Printed, Sheet
from services.review.press.font import characters, find_font
from services.review.press.pdf import typeset
from services.review.press.word import compose


def press(order: bytes) -> bytes:
    """Print one `Job` (JSON) and return `Printed` (MessagePack)."""
    job = json.decode(order, type=Job)
    letters = characters(find_font(job.font_path))
    paper = convert(in_letters(to_builtins(job.paper), letters), Paper)
    pdf = typeset(paper, job.font_path, job.dated)
    docx = compose(paper, job.dated)
    return msgpack.encode(Printed(pdf=sheet(pdf), docx=sheet(docx)))


def in_letters(part: object, letters: frozenset[str]) -> object:
    """Return a part of a paper without what the font has no shape for.

    PDF/A allows no character without a shape, Word none that XML has no place for.
    """
    match part:
        case str():
            return re.sub(" {2,}", " ", "".join(each for each in part if each in letters)).strip()
        case list() | tuple():
            return [in_letters(each, letters) for each in part]
        case dict():
            return {name: in_letters(each, letters) for name, each in part.items()}
        case _:
            return part


def sheet(content: bytes) -> Sheet:
    """Put a checksum beside the content."""
    return Sheet(content=content, sha256=sha256(content).hexdigest())
