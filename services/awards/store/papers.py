"""Issued papers: what they are, whose, their files, whether they are revoked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from msgspec import convert, to_builtins
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from contracts.awards import Paper, PaperSignature
from kernel.errors import Conflict, NotFound
from services.awards.store.tables import PaperRow


class UnknownPaper(NotFound):
    """There is no such paper."""


class NotPrinted(Conflict):
    """The paper has its number and is being printed; try again in a moment."""


class AlreadyRevoked(Conflict):
    """The paper is revoked already."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Where a file lies in the bucket, its SHA-256 in hex, and those of it before signatures."""

    key: str
    sha256: str
    older: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper, whose it is, what is printed on it, and its files by format once it is printed."""

    contest_id: str
    paper: Paper
    author_ids: tuple[str, ...]
    files: dict[str, StoredFile]
    model: Any = None
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    signatures: tuple[PaperSignature, ...] = ()

    def file(self, form: str) -> StoredFile:
        """Return one of its files; raises `NotPrinted`."""
        if form not in self.files:
            raise NotPrinted
        return self.files[form]


def save_paper(session: Session, issued: IssuedPaper) -> None:
    """Keep an issued paper."""
    row = PaperRow(
        paper_id=issued.paper.paper_id,
        contest_id=issued.contest_id,
        paper=to_builtins(issued.paper),
        author_ids=list(issued.author_ids),
        files=to_builtins(issued.files),
        model=to_builtins(issued.model),
        signatures=to_builtins(issued.signatures),
    )
    session.add(row)


def load_paper(session: Session, paper_id: str) -> IssuedPaper:
    """Read an issued paper; raises `UnknownPaper`."""
    return read_paper(find(session, paper_id))


def lock_paper(session: Session, paper_id: str) -> PaperRow:
    """Keep others from changing a paper meanwhile; raises `UnknownPaper`."""
    return find(session, paper_id, is_locked=True)


def find(session: Session, paper_id: str, *, is_locked: bool = False) -> PaperRow:
    """Return the row of a paper; raises `UnknownPaper`."""
    query = select(PaperRow).where(PaperRow.paper_id == paper_id)
    row = session.scalar(query.with_for_update() if is_locked else query)
    if row is None:
        raise UnknownPaper
    return row


def read_paper(row: PaperRow) -> IssuedPaper:
    """Read a row."""
    known = {
        "contest_id": row.contest_id,
        "paper": row.paper,
        "author_ids": row.author_ids,
        "files": row.files,
        "model": row.model,
        "revoked_at": row.revoked_at,
        "revoked_by": row.revoked_by,
        "signatures": row.signatures,
    }
    return convert(known, IssuedPaper, strict=False)


def load_papers(session: Session, contest_id: str | None = None) -> list[IssuedPaper]:
    """Read every paper of the tenant, or of a contest, by day of issue and number."""
    query = select(PaperRow)
    if contest_id is not None:
        query = query.where(PaperRow.contest_id == contest_id)
    rows = map(read_paper, session.scalars(query))
    return sorted(rows, key=place_of)


def papers_by_digest(session: Session, sha256: str) -> list[IssuedPaper]:
    """Read the papers whose PDF has, or once had before it was signed, this digest in hex."""
    if not sha256:
        return []
    query = select(PaperRow).where(
        or_(
            PaperRow.files["pdf"]["sha256"].astext == sha256,
            PaperRow.files["pdf"]["older"].contains([sha256]),
        )
    )
    return sorted(map(read_paper, session.scalars(query)), key=place_of)


def place_of(issued: IssuedPaper) -> tuple[date, str, int, int]:
    """Return what papers are listed by: a decision stands before its certificates."""
    paper = issued.paper
    return paper.dated, paper.symbol, paper.number, paper.register or 0


def mark_revoked(session: Session, paper_id: str, by_decision: str, at: datetime) -> None:
    """Note by which decision a paper is revoked; raises `UnknownPaper`, `AlreadyRevoked`."""
    row = lock_paper(session, paper_id)
    if row.revoked_at is not None:
        raise AlreadyRevoked(
            "The paper {paper} was revoked by {decision} already.",
            paper=paper_id,
            decision=row.revoked_by,
        )
    row.revoked_at, row.revoked_by = at, by_decision


def revoked_papers(session: Session, paper_ids: Iterable[str]) -> set[str]:
    """Return which of these papers no longer hold."""
    gone = select(PaperRow.paper_id).where(PaperRow.revoked_at.is_not(None))
    return set(session.scalars(gone.where(PaperRow.paper_id.in_(list(paper_ids)))))


def tenants_unprinted(session: Session) -> list[str]:
    """Return the tenants that have papers to print."""
    return list(session.scalars(select(PaperRow.tenant).where(PaperRow.files == {}).distinct()))


def unprinted(session: Session, most: int) -> list[PaperRow]:
    """Return papers that wait to be printed, and that nobody else prints now."""
    waiting = select(PaperRow).where(PaperRow.files == {}).order_by(PaperRow.paper_id).limit(most)
    return list(session.scalars(waiting.with_for_update(skip_locked=True)))


def put_printed(row: PaperRow, issued: IssuedPaper) -> None:
    """Note where the files of a paper are that was printed later, and who signed it at once."""
    row.files = to_builtins(issued.files)
    row.signatures = to_builtins(issued.signatures)


def put_signed(
    row: PaperRow, issued: IssuedPaper, key: str, content: bytes, signature: PaperSignature
) -> None:
    """Put the signed PDF in the place of the one before; that one stays in the bucket."""
    before = issued.files["pdf"]
    signed = StoredFile(key, sha256(content).hexdigest(), (*before.older, before.sha256))
    row.files = to_builtins({**issued.files, "pdf": signed})
    row.signatures = to_builtins((*issued.signatures, signature))
