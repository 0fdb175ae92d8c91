"""The press: prints an official paper as PDF/A and as DOCX, in a child process.

Computing, not waiting: `press` is what the service's `Crunch` calls. One document model goes in,
both formats come out, so that they cannot say different things.
"""

from hashlib import sha256

from msgspec import json, msgpack

from services.awards.orders import Job, Printed, Sheet
from services.awards.press.pdf import typeset
from services.awards.press.word import compose


def press(order: bytes) -> bytes:
    """Print one `Job` (JSON) and return `Printed` (MessagePack)."""
    job = json.decode(order, type=Job)
    pdf = typeset(job.paper, job.font_path, job.dated)
    docx = compose(job.paper, job.dated)
    return msgpack.encode(Printed(pdf=sheet(pdf), docx=sheet(docx)))


def sheet(content: bytes) -> Sheet:
    """Put a checksum beside the content."""
    return Sheet(content=content, sha256=sha256(content).hexdigest())
