"""Versions, revisions, declarations and confirmations of entries, kept and found again."""

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec import convert, to_builtins
from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from services.intake.domain.contents import Contents
from services.intake.domain.declarations import Made
from services.intake.domain.drafts import Edit
from services.intake.domain.versions import Paper, Version
from services.intake.store.tables import (
    ConfirmationRow,
    DeclarationRow,
    EditRow,
    Table,
    VersionRow,
)

KEEP_VERSION = insert(Table.metadata.tables["version"])  # composed once


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The part of a version that is kept as one piece of JSON."""

    contents: Contents
    papers: tuple[Paper, ...]
    declarations: tuple[str, ...]


def keep_version(session: Session, entry_id: str, version: Version) -> None:
    """Keep what was handed in; nothing ever changes it."""
    content = HandedIn(version.contents, version.papers, version.declarations)
    row = {
        "entry_id": entry_id,
        "number": version.number,
        "content": to_builtins(content),
        "sha256": version.sha256,
        "handed_at": version.at,
        "handed_by": version.by,
    }
    session.execute(KEEP_VERSION, row)


def load_versions(session: Session, entry_id: str) -> tuple[Version, ...]:
    """Read every version of an entry, the first first."""
    query = select(VersionRow).where(VersionRow.entry_id == entry_id)
    return tuple(map(_version, session.scalars(query.order_by(VersionRow.number))))


def find_version(session: Session, entry_id: str, number: int) -> Version | None:
    """Return a version; None if it was handed in before versions were kept, or never."""
    query = select(VersionRow).where(VersionRow.entry_id == entry_id)
    row = session.scalar(query.where(VersionRow.number == number))
    return None if row is None else _version(row)


def add_edit(session: Session, entry_id: str, edit: Edit) -> None:
    """Keep which fields a revision changed."""
    session.add(
        EditRow(
            entry_id=entry_id,
            revision=edit.revision,
            fields=list(edit.fields),
            saved_at=edit.at,
            saved_by=edit.by,
        )
    )


def edits_after(session: Session, entry_id: str, revision: int) -> tuple[Edit, ...]:
    """Return what was saved after a revision, in order."""
    query = select(EditRow).where(EditRow.entry_id == entry_id, EditRow.revision > revision)
    return tuple(
        Edit(row.revision, tuple(row.fields), row.saved_by, row.saved_at)
        for row in session.scalars(query.order_by(EditRow.revision))
    )


def keep_declarations(session: Session, entry_id: str, version: int, made: Iterable[Made]) -> None:
    """Keep what was declared on handing in this version."""
    session.add_all(
        DeclarationRow(
            entry_id=entry_id,
            code=one.code,
            for_version=version,
            text_version=one.version,
            sha256=one.sha256,
            made_at=one.at,
            made_by=one.by,
        )
        for one in made
    )


def load_declarations(session: Session, entry_id: str) -> tuple[Made, ...]:
    """Return everything ever declared of an entry, in order."""
    query = select(DeclarationRow).where(DeclarationRow.entry_id == entry_id)
    ordered = query.order_by(DeclarationRow.for_version, DeclarationRow.code)
    return tuple(
        Made(row.code, row.text_version, row.sha256, row.made_at, row.made_by)
        for row in session.scalars(ordered)
    )


def add_confirmation(session: Session, row: ConfirmationRow) -> None:
    """Keep what the head of a unit says of a version."""
    session.add(row)
    session.flush()


def find_confirmation(session: Session, entry_id: str, version: int) -> ConfirmationRow | None:
    """Return the last word of the unit's head on this version."""
    return session.scalar(_confirmations(entry_id, version).limit(1))


def _confirmations(entry_id: str, version: int) -> Select[ConfirmationRow]:
    return (
        select(ConfirmationRow)
        .where(ConfirmationRow.entry_id == entry_id, ConfirmationRow.version == version)
        .order_by(ConfirmationRow.said_at.desc(), ConfirmationRow.confirmation_id.desc())
    )


def _version(row: VersionRow) -> Version:
    kept = convert(row.content, HandedIn)
    return Version(
        row.number, kept.contents, kept.papers, kept.declarations, row.handed_at, row.handed_by
    )
