"""What happened in a round, as minutes tell it: written down once, read with what tables hold."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from msgspec import convert, to_builtins
from sqlalchemy import select
from sqlalchemy.orm import Session

from kernel.database import Work
from services.review.domain.minutes import facts
from services.review.domain.sheets import weighed
from services.review.store.entries import load_entries
from services.review.store.minutes_tables import HappeningRow
from services.review.store.rounds import RoundInPlay
from services.review.store.sealing import RoundKeyRow
from services.review.store.tables import MarkRow, PersonRow, RoundRow, SheetRow
from services.review.store.votes import votes

KINDS: Mapping[str, type[facts.Happened]] = {
    one.__name__: one
    for one in (
        facts.Dealt,
        facts.StoodDown,
        facts.Extended,
        facts.AskedAgain,
        facts.Discussed,
        facts.LetStand,
    )
}


def happen(work: Work, played: RoundInPlay, what: facts.Happened) -> None:
    """Write down that something happened in a round."""
    work.session.add(
        HappeningRow(
            contest_id=played.contest_id,
            round_id=played.round_id,
            at=work.now,
            by=work.actor.true_id or work.actor.id,
            kind=type(what).__name__,
            said=to_builtins(what),
        )
    )
    work.session.flush()


def load_happenings(session: Session, played: RoundInPlay) -> tuple[facts.Noted, ...]:
    """Read what happened in a round, in order."""
    query = select(HappeningRow).where(
        HappeningRow.contest_id == played.contest_id, HappeningRow.round_id == played.round_id
    )
    return tuple(
        facts.Noted(row.at, row.by, convert(row.said, KINDS[row.kind], strict=False))
        for row in session.scalars(query.order_by(HappeningRow.number))
    )


def load_row(session: Session, played: RoundInPlay) -> RoundRow:
    """Read when a round was opened, unsealed and closed."""
    query = select(RoundRow).where(
        RoundRow.contest_id == played.contest_id, RoundRow.round_id == played.round_id
    )
    return session.scalars(query).one()


def load_keys_used(session: Session, played: RoundInPlay) -> tuple[facts.KeyUsed, ...]:
    """Read who gave a key, in the order they did."""
    query = select(RoundKeyRow).where(
        RoundKeyRow.contest_id == played.contest_id,
        RoundKeyRow.round_id == played.round_id,
        RoundKeyRow.given_at.is_not(None),
    )
    rows = session.scalars(query.order_by(RoundKeyRow.given_at, RoundKeyRow.place))
    return tuple(
        facts.KeyUsed(row.holder_id, row.given_at, row.lost, row.minutes, row.reason)
        for row in rows
        if row.given_at is not None
    )


def load_sheets_given(
    session: Session, played: RoundInPlay, codes: Mapping[str, str], *, with_totals: bool
) -> tuple[facts.Sheet, ...]:
    """Read every version of every sheet, by code, judge and version; totals only when asked."""
    own = {"contest_id": played.contest_id, "round_id": played.round_id}
    marks: defaultdict[tuple[str, str, int], dict[str, Decimal]] = defaultdict(dict)
    for row in session.scalars(select(MarkRow).filter_by(**own)) if with_totals else ():
        marks[row.entry_id, row.judge_id, row.version][row.criterion] = row.points
    columns = (
        SheetRow.entry_id, SheetRow.judge_id, SheetRow.version, SheetRow.given_at,
        SheetRow.digest, SheetRow.reason, SheetRow.minutes,
    )  # fmt: skip
    found = []
    for one in session.execute(select(*columns).filter_by(**own)):
        points = marks.get((one.entry_id, one.judge_id, one.version))
        found.append(
            facts.Sheet(
                code=codes.get(one.entry_id, ""),
                judge_id=one.judge_id,
                version=one.version,
                given_at=one.given_at,
                digest=one.digest,
                reason=one.reason,
                minutes=one.minutes,
                total=weighed(played.rules.rubric, points) if points else None,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.code, one.judge_id, one.version)))


def load_votes_taken(
    work: Work, played: RoundInPlay, codes: Mapping[str, str]
) -> tuple[facts.Voted, ...]:
    """Read the council's votes, in the order they were taken."""
    return tuple(
        facts.Voted(
            row.recorded_at,
            row.recorded_by,
            tuple(codes.get(entry, "") for entry in row.entry_ids),
            row.minutes,
            row.reason,
        )
        for row in work.session.scalars(votes(played))
    )


def names_of(session: Session, person_ids: Collection[str]) -> dict[str, str]:
    """Read the registered names of persons; callers ask for those of a jury or its staff alone."""
    query = select(PersonRow.person_id, PersonRow.full_name).where(
        PersonRow.person_id.in_(person_ids), PersonRow.full_name != ""
    )
    return dict(session.execute(query).all())


def codes_and_areas(
    session: Session, contest_id: str, entry_ids: Iterable[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Read codes by entry, and areas by code."""
    entries = load_entries(session, contest_id, set(entry_ids))
    codes = {entry.entry_id: entry.code or "" for entry in entries}
    return codes, {entry.code or "": entry.area for entry in entries}
