"""Locks by which a fact and a round that is being opened or judged see each other."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.review.domain.rounds import State
from services.review.store.jury_tables import LookRow
from services.review.store.rounds import RoundInPlay, round_from
from services.review.store.tables import ContestRow, RoundRow

IN_PLAY = (State.OPEN.value, State.OPENED.value)


def due_on(session: Session, now: datetime) -> dict[str, date]:
    """Name the contests with an open round whose conflicts have not been looked for today."""
    query = (
        select(ContestRow.contest_id, ContestRow.rules["timezone"].astext, LookRow.looked_on)
        .join(RoundRow, RoundRow.contest_id == ContestRow.contest_id)
        .outerjoin(LookRow, LookRow.contest_id == ContestRow.contest_id)
        .where(RoundRow.state.in_(IN_PLAY))
    )
    today = {
        contest_id: (now.astimezone(ZoneInfo(zone)).date(), looked_on)
        for contest_id, zone, looked_on in session.execute(query)
    }
    return {
        contest_id: day
        for contest_id, (day, looked_on) in today.items()
        if looked_on is None or looked_on < day
    }


def note_look(session: Session, contest_id: str, day: date) -> None:
    """Remember as of which day conflicts were looked for."""
    query = insert(LookRow).values(contest_id=contest_id, looked_on=day)
    keys = ["tenant", "contest_id"]
    session.execute(query.on_conflict_do_update(index_elements=keys, set_={"looked_on": day}))


def hold_rounds(
    session: Session, contest_id: str | None = None, *, to_amend: bool = False
) -> list[RoundInPlay]:
    """Hold every open round, or that of a contest, before a fact about people or units is kept.

    Whoever opens a round holds its contest alone. So either the fact is there when judges are
    assigned, or the round is open when the fact comes; and of two facts that come while a round
    is open, the second sees the first.
    """
    contests = select(ContestRow.contest_id).order_by(ContestRow.contest_id)
    rounds = select(RoundRow).where(RoundRow.state.in_(IN_PLAY))
    if contest_id is not None:
        contests = contests.where(ContestRow.contest_id == contest_id)
        rounds = rounds.where(RoundRow.contest_id == contest_id)
    session.execute(contests.with_for_update(read=not to_amend))
    rows = session.scalars(rounds.order_by(RoundRow.contest_id).with_for_update())
    return [round_from(row) for row in rows]
