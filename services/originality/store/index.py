"""Texts and what they are found by, on their way in and out.

Texts are rows; what they are found by is in the inverted index (`postings`). Every query names
the tenant besides row-level security, so that it can use the table's index.
"""

import zlib
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, delete, func, insert, select, tuple_
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.domain import Scope
from services.originality.extraction.documents import blank
from services.originality.store import ideas, postings
from services.originality.store.kept import PRINTED, KeptText, Kind, PackedText, Prints
from services.originality.store.postings import Channel
from services.originality.store.tables import TextRow
from services.originality.store.wanted import one_of


def lock_contest(session: Session, contest_id: str) -> None:
    """Let one transaction at a time index and compare entries of a contest.

    Otherwise two entries indexed at once would not see each other. The register stays as it is
    meanwhile.
    """
    register = _key("register")
    session.execute(select(func.pg_advisory_xact_lock_shared(register)))
    session.execute(select(func.pg_advisory_xact_lock(_key(f"contest {contest_id}"))))


def lock_register(session: Session) -> None:
    """Let nobody compare anything while the register changes."""
    session.execute(select(func.pg_advisory_xact_lock(_key("register"))))


def lock(session: Session, name: str) -> None:
    """Let one transaction of this tenant at a time do what has this name."""
    session.execute(select(func.pg_advisory_xact_lock(_key(name))))


def _key(name: str) -> ColumnElement[int]:
    """Return the number of an advisory lock of this tenant."""
    return func.hashtextextended(f"originality {current_tenant.get()} {name}", 0)


def save_texts(session: Session, texts: Sequence[tuple[KeptText, "Prints"]]) -> list[int]:
    """Put texts of different sources into the index, all at once; return their ids in order."""
    if not texts:
        return []
    _drop(session, [text for text, _ in texts])
    added = insert(TextRow).returning(TextRow.text_id, sort_by_parameter_order=True)
    rows = [
        {
            "kind": text.kind,
            "register": text.register,
            "source_id": text.source_id,
            "title": text.title,
            "body": zlib.compress(text.body.encode()),
            "contest_id": text.contest_id,
            "filed_at": text.filed_at,
            "applied_at": text.applied_at,
            "applied_on": text.applied_on,
            "applied_until": text.applied_until,
            "scope": text.scope,
            "summary": text.summary,
            "entry_id": text.entry_id,
            "sha256": text.sha256,
            "prints": len(postings.keys_of(prints.fingerprints)),
            "pages": list(text.pages),
            "masked": list(text.masked),
            "left_out": prints.left_out,
        }
        for text, prints in texts
    ]
    text_ids = list(session.scalars(added, rows))
    index_texts(session, zip(text_ids, (prints for _, prints in texts), strict=True))
    return text_ids


def index_texts(session: Session, texts: Iterable[tuple[int, "Prints"]]) -> None:
    """Make texts findable by their ids; none of them is now."""
    given = list(texts)
    text_ids, found_by = [number for number, _ in given], [prints for _, prints in given]
    # Made as they are asked for: of a register all channels at once are large.
    added: dict[Channel, Iterable[postings.Postings]] = {
        channel: map(postings.postings_of, text_ids, [each.under(channel) for each in found_by])
        for channel in PRINTED
    }
    added[Channel.TERM] = (
        postings.postings_of(text_id, idea.terms.hashes, idea.terms.counts.tolist())
        for text_id, prints in given
        if (idea := prints.idea) is not None
    )
    postings.add_each(session, added)
    for text_id, prints in given:
        for placed in prints.idea.meanings if prints.idea else ():
            ideas.save(session, text_id, placed.meaning, placed.centroids)


def drop_entry_text(session: Session, entry_id: str) -> None:
    """Take an entry's text out of the index."""
    _drop(session, [KeptText(Kind.ENTRY, entry_id, title="", body="")])


def drop_text(session: Session, kind: Kind, register: str, source_id: str) -> bool:
    """Take a source out of the index; say whether it was there."""
    return _drop(session, [KeptText(kind, source_id, title="", body="", register=register)])


def _drop(session: Session, texts: Iterable[KeptText]) -> bool:
    """Take what these texts' sources have there out of the index; say whether any had."""
    sources = [(text.kind, text.register, text.source_id) for text in texts]
    key = tuple_(TextRow.kind, TextRow.register, TextRow.source_id)
    gone = delete(TextRow).where(TextRow.tenant == current_tenant.get(), key.in_(sources))
    text_ids = session.scalars(gone.returning(TextRow.text_id)).all()
    if text_ids:
        postings.remove(session, *text_ids)
        ideas.remove(session, *text_ids)
    return bool(text_ids)


def entry_text(session: Session, entry_id: str) -> KeptText:
    """Return the text of an entry; an unreadable entry's body is empty."""
    query = select(TextRow).where(TextRow.kind == Kind.ENTRY, TextRow.source_id == entry_id)
    return kept_text(session.scalars(query).one())


def find_texts(session: Session, text_ids: Sequence[int]) -> dict[int, KeptText]:
    """Read texts by their ids."""
    rows = session.scalars(select(TextRow).where(TextRow.text_id.in_(text_ids)))
    return {row.text_id: kept_text(row) for row in rows}


def find_packed(session: Session, text_ids: Sequence[int]) -> dict[int, PackedText]:
    """Return what texts are compared by, in the order of these ids."""
    row = TextRow
    query = select(row.text_id, row.body, row.masked, row.left_out).where(*one_of(text_ids))
    found = {
        number: PackedText(with_blanks(body, masked) if masked else bytes(body), left_out)
        for number, body, masked, left_out in session.execute(query)
    }
    return {number: found[number] for number in text_ids}


def with_blanks(body: bytes, masked: Iterable[tuple[int, int, str]]) -> bytes:
    """Return a packed text, packed again with blanks for what is masked."""
    text = blank(zlib.decompress(body).decode(), [(start, end) for start, end, _ in masked])
    return zlib.compress(text.encode())


def find_titles(session: Session, text_ids: Collection[int]) -> dict[int, KeptText]:
    """Return texts by their ids without their words, whose unpacking takes time."""
    row = TextRow
    query = select(
        *(row.text_id, row.kind, row.source_id, row.title, row.register, row.contest_id),
        *(row.filed_at, row.applied_at, row.applied_on, row.applied_until, row.entry_id),
    ).where(row.tenant == current_tenant.get(), row.text_id.in_(text_ids))
    return {
        each.text_id: KeptText(
            kind=Kind(each.kind),
            source_id=each.source_id,
            title=each.title,
            body="",
            register=each.register,
            contest_id=each.contest_id,
            filed_at=each.filed_at,
            applied_at=each.applied_at,
            applied_on=each.applied_on,
            applied_until=each.applied_until,
            entry_id=each.entry_id,
        )
        for each in (session.execute(query) if text_ids else ())
    }


def kept_text(row: TextRow) -> KeptText:
    """Read a text off its row."""
    return KeptText(
        kind=Kind(row.kind),
        source_id=row.source_id,
        title=row.title,
        body=zlib.decompress(row.body).decode(),
        register=row.register,
        contest_id=row.contest_id,
        filed_at=row.filed_at,
        applied_at=row.applied_at,
        applied_on=row.applied_on,
        applied_until=row.applied_until,
        scope=Scope(row.scope),
        summary=row.summary,
        entry_id=row.entry_id,
        pages=tuple(row.pages),
        masked=tuple((start, end, why) for start, end, why in row.masked),
        left_out=row.left_out,
    )


def count_known(session: Session) -> int:
    """Return how many initiatives the registers hold."""
    query = select(func.count()).where(TextRow.kind == Kind.KNOWN_INITIATIVE)
    return session.scalar(query) or 0
