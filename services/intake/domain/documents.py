"""Documents of a dossier: what may be uploaded, in which parts, and what became of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from contracts.rules import Dossier, Paper
from kernel.errors import NotFound, Refused
from services.intake.domain.faults import Fault, NotWhatWasAnnounced

MEGABYTE = 1024 * 1024
PART_BYTES = 8 * MEGABYTE  # what a browser hashes at once, and loses with a connection

# MinIO forgets an upload in parts after a day by itself; nothing that lasts longer is promised.
ABANDONED_AFTER = timedelta(hours=24)

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


class UnknownPaper(NotFound):
    """The dossier of this contest has no such paper."""


class WrongType(Refused):
    """This paper cannot be handed in as such a file."""


class TooLarge(Refused):
    """The file is too large."""


class EmptyFile(Refused):
    """The file is empty."""


class NoDigest(Refused):
    """Give the SHA-256 of the file, or that of each of its parts."""


class NotUploaded(NotFound):
    """The file has not been uploaded yet."""


class UploadAbandoned(NotFound):
    """The upload was not finished within a day and is given up; begin it anew."""


class DocumentState(StrEnum):
    """Where a document stands. REFUSED and QUARANTINED ones say why; neither is ever read."""

    UPLOADING = "UPLOADING"
    STORED = "STORED"
    REFUSED = "REFUSED"
    QUARANTINED = "QUARANTINED"
    ABANDONED = "ABANDONED"


@dataclass(frozen=True, slots=True)
class Announced:
    """A document as its uploader described it. `size` in bytes.

    Its digest is `sha256` of the whole, or `parts` of each `PART_BYTES`; lower-case hex.
    `file_name` is composed, `sent_name` exactly what was sent.
    """

    code: str
    file_name: str
    media_type: str
    size: int
    sha256: str = ""
    parts: tuple[str, ...] = ()
    sent_name: str = ""

    @property
    def part_count(self) -> int:
        """Return in how many parts it is uploaded."""
        return -(-self.size // PART_BYTES)

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
        if self.size > paper.max_mb * MEGABYTE:
            raise TooLarge(
                "{name} is larger than {most} MB.", name=self.file_name, most=paper.max_mb
            )
        if self.size <= 0:
            raise EmptyFile("{name} is empty.", name=self.file_name)
        whole = not self.parts and is_digest(self.sha256)
        if not whole and not (
            len(self.parts) == self.part_count and all(map(is_digest, self.parts))
        ):
            raise NoDigest(
                "Give the SHA-256 of the file, or that of each of its {count} parts "
                "of {megabytes} MB.",
                count=self.part_count,
                megabytes=PART_BYTES // MEGABYTE,
            )

    def part_sizes(self) -> tuple[int, ...]:
        """Return the size of each part in bytes; the last is what is left."""
        starts = range(0, self.size, PART_BYTES)
        return tuple(min(PART_BYTES, self.size - start) for start in starts)


@dataclass(frozen=True, slots=True)
class Document:
    """A document of an entry; `version` counts those of the same paper.

    `begun_at` is when its upload was asked for: what was begun in time may finish in the grace.
    `upload_id` is the store's name of its upload in parts, `fault` why it was refused.
    """

    document_id: str
    announced: Announced
    begun_at: datetime
    key: str
    version: int = 0
    state: DocumentState = DocumentState.UPLOADING
    upload_id: str = ""
    kind: str | None = None
    pages: int | None = None
    minutes: Decimal | None = None
    fault: Fault | None = None

    @property
    def is_stored(self) -> bool:
        """Say whether its bytes are verified, and there to be read."""
        return self.state is DocumentState.STORED

    def check_stored(self) -> None:
        """Raise unless its bytes are there to be read."""
        self.check_not_given_up()
        if not self.is_stored:
            name = self.announced.file_name
            raise NotUploaded("{name} has not been uploaded yet.", name=name)

    def check_not_given_up(self) -> None:
        """Raise what it was refused for, or that nobody waits for its bytes any more."""
        if self.fault is not None:
            raise self.fault.refusal()
        if self.state is DocumentState.ABANDONED:
            raise UploadAbandoned

    def check_arrived(self, size: int) -> None:
        """Raise unless the parts at the store are as many bytes as were announced."""
        name, announced = self.announced.file_name, self.announced.size
        if size == announced:
            return
        if size == 0:
            raise NotUploaded("{name} has not been uploaded yet.", name=name)
        if size < announced:
            raise NotUploaded(
                "{name} is not uploaded to its end: {size} of {announced} bytes are there; "
                "go on with the upload.",
                name=name,
                size=size,
                announced=announced,
            )
        raise NotWhatWasAnnounced


def current(dossier: Dossier, documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return the stored documents that count.

    Of a required or conditional paper that is the newest; of an optional one, of which there may
    be many, the newest of each file name. A paper that an amendment has dropped is none.
    """
    papers = {paper.code for paper in (*dossier.required, *dossier.optional, *dossier.conditional)}
    newest: dict[tuple[str, str], Document] = {}
    for document in sorted(documents, key=lambda one: one.version):
        if document.is_stored and document.announced.code in papers:
            newest[place_of(dossier, document)] = document
    return tuple(newest.values())


def place_of(dossier: Dossier, document: Document) -> tuple[str, str]:
    """Return what two documents have in common of which only the newer counts."""
    code, name = document.announced.code, document.announced.file_name
    is_single = any(paper.code == code for paper in (*dossier.required, *dossier.conditional))
    return code, "" if is_single else name


def paper_of(dossier: Dossier, code: str) -> Paper:
    """Return the paper with this code. Raises `UnknownPaper`."""
    papers = (*dossier.required, *dossier.optional, *dossier.conditional)
    found = next((paper for paper in papers if paper.code == code), None)
    if found is None:
        raise UnknownPaper("The dossier has no paper {code}.", code=code)
    return found


def type_of(media_type: str) -> str | None:
    """Return the rules' name of a media type, e.g. `docx`; parameters are ignored."""
    plain = media_type.partition(";")[0].strip().lower()
    return next((name for name, known in KNOWN_TYPES.items() if known == plain), None)


def is_digest(text: str) -> bool:
    """Say whether it is a SHA-256 in lower-case hex."""
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None
