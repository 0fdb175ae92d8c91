"""How a document of the register becomes text: at once, or after its pages were recognised.

Start with `read`. A scan never keeps an import waiting: its initiative is known by title and
summary first, and by what stands on the pages once `recognise` has been through them.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from unicodedata import normalize

from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import Refused
from services.originality import matching, store
from services.originality.extraction.documents import MEDIA_TYPES

OTHER_TYPE = "application/octet-stream"


class UnreadableDocument(Refused):
    """The document cannot be read; save it anew, or fill in the summary instead."""


_SENTENCES = {
    "NO_TEXT": "{file} has no text; fill in the summary instead.",
    "LOCKED": "{file} has a password; save it without one.",
    "UNSAFE": "{file} is built to harm whoever opens it; it is not read.",
    "UNSUPPORTED": "Files like {file} are not read; save it as DOCX or PDF.",
    "TOO_BIG": "{file} is too large: at most 300 pages, 60 scanned, and 1,000,000 characters.",
    "TOO_SLOW": "{file} takes too long to read; save it anew, or fill in the summary instead.",
}
_OTHERWISE = "{file} is damaged; save it anew, or fill in the summary instead."


def read(extractor: Crunch, name: str, body: bytes) -> tuple[str, store.Paper | None]:
    """Return a document's text, and itself where its pages have to be recognised.

    Raises `UnreadableDocument`. What a reader of it does not see is no text of the initiative.
    """
    media_type = MEDIA_TYPES.get(PurePosixPath(name).suffix.casefold(), OTHER_TYPE)
    found = matching.read_file(extractor, body, media_type)
    if found.problem == "NEEDS_OCR" and found.has_pictures:
        return found.blanked, store.Paper(sha256(body).hexdigest(), media_type, body)
    if found.problem:
        sentence = _SENTENCES.get(found.problem, _OTHERWISE)
        raise UnreadableDocument(sentence, file=name, problem=found.problem)
    return found.blanked, None


def recognise(recogniser: Crunch, paper: store.Paper) -> tuple[str | None, str | None]:
    """Return what stands on the pages of a scan, or the problem with them."""
    found = matching.read_file(recogniser, paper.content, paper.media_type, "recognise")
    return (None, found.problem) if found.problem else (found.blanked.replace("\0", ""), None)


def queue(work: Work, register: str, scans: Mapping[str, store.Paper | None]) -> None:
    """Have the scans of these initiatives recognised that are new; forget what has none now."""
    known = store.known_papers(work.session, register, scans)
    gone = [code for code, paper in scans.items() if paper is None and code in known]
    store.drop_papers(work.session, register, gone)
    for code, paper in scans.items():
        if paper and (code not in known or known[code].sha256 != paper.sha256):
            store.save_paper(work.session, (register, code), paper, work.now)


def body_of(title: str, *parts: str) -> str:
    """Return the text that an initiative is found by, its title first."""
    text = "\n\n".join(part for part in parts if part.strip())
    return normalize("NFC", f"{title}\n\n{text}".replace("\0", ""))
