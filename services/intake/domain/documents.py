"""Documents of a dossier: what may be uploaded, and whether the bytes are what they claim."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from contracts.rules import Dossier, Paper
from kernel.errors import NotFound, Refused

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 20  # what one request may verify; longer files need an upload in parts
OFFICE = "application/vnd.openxmlformats-officedocument."

# Media types by the names used in rules files.
KNOWN_TYPES = {
    "docx": f"{OFFICE}wordprocessingml.document",
    "doc": "application/msword",
    "pdf": "application/pdf",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
    "mp4": "video/mp4",
}
FIRST_BYTES = {
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "pdf": b"%PDF-",
    "jpg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
}
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


class UnknownPaper(NotFound):
    """The dossier of this contest has no such paper."""


class WrongType(Refused):
    """This paper cannot be handed in as such a file."""


class TooLarge(Refused):
    """The file is too large."""


class EmptyFile(Refused):
    """The file is empty."""


class NotWhatWasAnnounced(Refused):
    """The uploaded file is not the one that was announced; upload it again."""


class ContentMismatch(Refused):
    """The file's content does not match its type; save it again as what it is called."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A document as its uploader described it. `size` in bytes, `sha256` in lower-case hex."""

    code: str
    file_name: str
    media_type: str
    size: int
    sha256: str

    def check(self, dossier: Dossier) -> None:
        """Raise unless the contest's rules allow such a document."""
        paper = paper_of(dossier, self.code)
        kind = type_of(self.media_type)
        if kind not in paper.types:
            raise WrongType(
                "{paper} cannot be a file of the type {given}; use one of: {allowed}.",
                paper=paper.name,
                given=kind or self.media_type,
                allowed=", ".join(paper.types),
            )
        most = min(paper.max_mb, MOST_MEGABYTES)
        if self.size > most * MEGABYTE:
            raise TooLarge("{name} is larger than {most} MB.", name=self.file_name, most=most)
        if self.size <= 0:
            raise EmptyFile("{name} is empty.", name=self.file_name)

    def verify(self, content: bytes) -> None:
        """Raise unless these bytes are the announced ones and of the announced type."""
        if len(content) != self.size or sha256(content).hexdigest() != self.sha256:
            raise NotWhatWasAnnounced
        kind = type_of(self.media_type)
        if kind is None or not looks_like(kind, content):
            raise ContentMismatch(
                "{name} is not a {kind} file; save it again as what it is called.",
                name=self.file_name,
                kind=kind or self.media_type,
            )


@dataclass(frozen=True, slots=True)
class Document:
    """A document of an entry; `version` counts those of the same paper.

    `begun_at` is when its upload was asked for: what was begun in time may finish in the grace.
    """

    document_id: str
    announced: Announced
    begun_at: datetime
    key: str
    version: int = 0
    is_stored: bool = False


def current(dossier: Dossier, documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return the stored documents that count.

    Of a required paper that is the newest; of an optional one, of which there may be many, the
    newest of each file name.
    """
    required = {paper.code for paper in dossier.required}
    newest: dict[tuple[str, str], Document] = {}
    for document in sorted(documents, key=lambda one: one.version):
        if document.is_stored:
            code, name = document.announced.code, document.announced.file_name
            newest[code, "" if code in required else name] = document
    return tuple(newest.values())


def paper_of(dossier: Dossier, code: str) -> Paper:
    """Return the paper with this code. Raises `UnknownPaper`."""
    papers = (*dossier.required, *dossier.optional)
    found = next((paper for paper in papers if paper.code == code), None)
    if found is None:
        raise UnknownPaper("The dossier has no paper {code}.", code=code)
    return found


def type_of(media_type: str) -> str | None:
    """Return the rules' name of a media type, e.g. `docx`; parameters are ignored."""
    plain = media_type.partition(";")[0].strip().lower()
    return next((name for name, known in KNOWN_TYPES.items() if known == plain), None)


def looks_like(kind: str, content: bytes) -> bool:
    """Say whether the content begins, or is packed, as files of this kind are."""
    if kind in FIRST_BYTES:
        return content.startswith(FIRST_BYTES[kind])
    if kind == "mp4":
        return content[4:8] == b"ftyp"
    try:
        with ZipFile(BytesIO(content)) as packed:
            return MAIN_PART[kind] in packed.namelist()
    except (BadZipFile, KeyError, ValueError, NotImplementedError):
        return False
