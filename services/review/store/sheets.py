"""Sheets as they were given: sealed first, in the open later. A version is never overwritten."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from msgspec.json import encode as to_json
from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from kernel.database import Work
from kernel.tables import current_tenant
from services.review.domain.panel import Sheet
from services.review.domain.sealed import SealedPanel
from services.review.sealing.sheets import Opened
from services.review.store.rounds import RoundInPlay
from services.review.store.sealing import load_drafts
from services.review.store.tables import AssignmentRow, MarkRow, SheetRow

# One statement for many sheets: row by row it would be a trip to the server for each mark.
OPEN = text(
    "WITH said AS MATERIALIZED ("
    " SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS said(entry_id text, judge_id text,"
    " version integer, marks json, comment text, comments jsonb, nonce text, words text)),"
    " marked AS ("
    " INSERT INTO mark (tenant, contest_id, round_id, entry_id, judge_id, version, criterion,"
    " points) SELECT :tenant, :contest_id, :round_id, entry_id, judge_id, version, one.key,"
    " CAST(one.value AS numeric) FROM said, json_each_text(said.marks) AS one)"
    " UPDATE sheet SET comment = said.comment, comments = said.comments, nonce = said.nonce,"
    " words = said.words FROM said"
    " WHERE (sheet.tenant, sheet.contest_id, sheet.round_id) = (:tenant, :contest_id, :round_id)"
    " AND (sheet.entry_id, sheet.judge_id, sheet.version)"
    " = (said.entry_id, said.judge_id, said.version)"
)
AT_ONCE = 5000  # sheets


@dataclass(frozen=True, slots=True)
class SealedSheet:
    """A version of a sheet that nobody can read yet but its judge."""

    entry_id: str
    judge_id: str
    version: int
    sealed: bytes | None
    digest: str
    given_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A judge's draft and newest sheet; while the round is sealed both are ciphertext."""

    judge_id: str
    version: int = 0
    own_copy: bytes = b""
    comment: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)
    draft: str = ""
    digest: str = ""
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What is kept beside the marks of a version: words, what seals it, and why it was given."""

    comment: str = ""
    comments: dict[str, str] | None = None
    reason: str = ""
    minutes: str = ""
    sealed: bytes | None = None
    own_copy: bytes | None = None
    digest: str = ""


def save_version(
    work: Work, played: RoundInPlay, entry_id: str, sheet: Sheet, given: Given
) -> None:
    """Add a version of a sheet; the primary key refuses to write one twice."""
    key = {
        "contest_id": played.contest_id,
        "round_id": played.round_id,
        "entry_id": entry_id,
        "judge_id": sheet.judge_id,
        "version": sheet.version,
    }
    work.session.add(
        SheetRow(
            **key,
            comment=given.comment,
            comments=given.comments or {},
            given_by=work.actor.true_id or work.actor.id,
            given_at=work.now,
            reason=given.reason,
            minutes=given.minutes,
            sealed=given.sealed,
            own_copy=given.own_copy,
            digest=given.digest,
        )
    )
    work.session.add_all(
        MarkRow(**key, criterion=code, points=points) for code, points in sheet.marks.items()
    )


def load_sealed_panel(session: Session, played: RoundInPlay, entry_id: str) -> SealedPanel:
    """Read who judges an entry and who has given a sheet, and lock it until the work is done."""
    seated = (
        select(AssignmentRow.judge_id)
        .where(of_round(AssignmentRow, played), AssignmentRow.entry_id == entry_id)
        .where(~AssignmentRow.stood_down)
        .order_by(AssignmentRow.judge_id)
        .with_for_update()
    )
    judges = frozenset(session.scalars(seated))
    given = versions(session, played, entry_id).get(entry_id, {})
    return SealedPanel(judges, {judge: given[judge] for judge in judges if judge in given})


def load_sealed_panels(session: Session, played: RoundInPlay) -> dict[str, SealedPanel]:
    """Read who judges what and who has given a sheet, by entry."""
    seats: defaultdict[str, set[str]] = defaultdict(set)
    query = select(AssignmentRow.entry_id, AssignmentRow.judge_id, AssignmentRow.stood_down)
    for entry_id, judge_id, stood_down in session.execute(
        query.where(of_round(AssignmentRow, played))
    ):
        seats[entry_id] |= set() if stood_down else {judge_id}
    given = versions(session, played)
    return {
        entry_id: SealedPanel(
            frozenset(judges),
            {judge: n for judge, n in given.get(entry_id, {}).items() if judge in judges},
        )
        for entry_id, judges in seats.items()
    }


def versions(
    session: Session, played: RoundInPlay, entry_id: str | None = None
) -> dict[str, dict[str, int]]:
    """Count the versions each judge has given, by entry."""
    query = select(SheetRow.entry_id, SheetRow.judge_id, func.max(SheetRow.version))
    query = query.where(of_round(SheetRow, played))
    if entry_id is not None:
        query = query.where(SheetRow.entry_id == entry_id)
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for entry, judge, version in session.execute(
        query.group_by(SheetRow.entry_id, SheetRow.judge_id)
    ):
        found[entry][judge] = version
    return found


def load_sealed(session: Session, played: RoundInPlay) -> list[SealedSheet]:
    """Read every version of every sealed sheet of a round, in one order."""
    query = (
        select(
            SheetRow.entry_id, SheetRow.judge_id, SheetRow.version, SheetRow.sealed,
            SheetRow.digest, SheetRow.given_at, SheetRow.reason,
        )
        .where(of_round(SheetRow, played), SheetRow.sealed.is_not(None))
        .order_by(SheetRow.entry_id, SheetRow.judge_id, SheetRow.version)
    )  # fmt: skip
    return [SealedSheet(*row) for row in session.execute(query)]


def save_opened(
    session: Session, played: RoundInPlay, sheets: Sequence[SealedSheet], opened: Sequence[Opened]
) -> None:
    """Write down what is in sheets just opened, a whole round's at once."""
    rows = [
        {
            "entry_id": sheet.entry_id,
            "judge_id": sheet.judge_id,
            "version": sheet.version,
            "marks": one.text.marks,
            "comment": one.text.comment,
            "comments": one.text.comments,
            "nonce": one.nonce,
            "words": one.words,
        }
        for sheet, one in zip(sheets, opened, strict=True)
    ]
    named = {"contest_id": played.contest_id, "round_id": played.round_id}
    for start in range(0, len(rows), AT_ONCE):
        given = to_json(rows[start : start + AT_ONCE]).decode()
        session.execute(OPEN, {**named, "tenant": current_tenant.get(), "rows": given})


def own_sheets(session: Session, played: RoundInPlay, judge_id: str) -> Mapping[str, OwnSheet]:
    """Read a judge's drafts and newest sheets, by entry, as the judge alone may see them."""
    found: defaultdict[str, OwnSheet] = defaultdict(lambda: OwnSheet(judge_id))
    query = (
        select(
            SheetRow.entry_id, SheetRow.version, SheetRow.own_copy, SheetRow.comment,
            SheetRow.comments, SheetRow.digest, SheetRow.given_at,
        )
        .where(of_round(SheetRow, played), SheetRow.judge_id == judge_id)
        .order_by(SheetRow.version)
    )  # fmt: skip
    for entry, version, copy, comment, comments, digest, given_at in session.execute(query):
        found[entry] = OwnSheet(
            judge_id, version, copy or b"", comment, comments, digest=digest, given_at=given_at
        )
    for entry, draft in load_drafts(session, played, judge_id).items():
        found[entry] = replace(found[entry], draft=draft)
    return found


def of_round(table: type[AssignmentRow | SheetRow], played: RoundInPlay) -> ColumnElement[bool]:
    """Select the rows of one round."""
    return (table.contest_id == played.contest_id) & (table.round_id == played.round_id)
