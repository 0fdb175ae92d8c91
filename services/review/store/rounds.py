"""Rounds: opened under the rules of that moment, closed with a table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from msgspec import convert, structs, to_builtins
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from contracts.review import RoundLine
from contracts.rules import Round, Rules
from services.review.domain.rounds import Progress, RoundNotOpen, State
from services.review.store.contests import Contest
from services.review.store.tables import AssignmentRow, RoundRow


@dataclass(frozen=True, slots=True)
class RoundInPlay:
    """A round that was opened, with its rules as of then.

    `severities` are those of its judges if it was closed and corrected scores counted.
    """

    contest_id: str
    round_id: str
    state: State
    rules: Round
    table: tuple[RoundLine, ...]
    severities: Mapping[str, Decimal]
    public_key: str | None = None
    due: datetime | None = None


def open_round(
    session: Session, contest: Contest, rules: Round, public_key: str, now: datetime
) -> RoundInPlay:
    """Write down that a round is open; a later amendment does not reach it."""
    contest_id = contest.contest_id
    session.add(
        RoundRow(
            contest_id=contest_id,
            round_id=rules.id,
            state=State.OPEN.value,
            rules=to_builtins(rules),
            opened_at=now,
            public_key=public_key,
            table=[],
            contest_rules=to_builtins(contest.rules),
        )
    )
    return RoundInPlay(contest_id, rules.id, State.OPEN, rules, (), {}, public_key)


def find_round(session: Session, contest_id: str, round_id: str) -> RoundInPlay | None:
    """Read a round, if it was ever opened."""
    row = session.scalar(named(contest_id, round_id))
    return None if row is None else round_from(row)


def as_opened(session: Session, contest: Contest, played: RoundInPlay) -> Contest:
    """Return a contest with the rules that a round opened under, as far as they were kept.

    How papers of the contest look and which steps need minutes is as it is now.
    """
    query = select(RoundRow.contest_rules).where(
        RoundRow.contest_id == played.contest_id, RoundRow.round_id == played.round_id
    )
    kept = session.scalar(query)
    if kept is None:
        return contest
    rules = convert(kept, Rules, strict=False)
    return replace(contest, rules=structs.replace(rules, minutes=contest.rules.minutes))


def rounds_as_opened(session: Session, contest: Contest) -> tuple[Round, ...]:
    """Return the rounds of a contest: by the rules each opened under, else by the newest."""
    query = select(RoundRow.round_id, RoundRow.rules).where(
        RoundRow.contest_id == contest.contest_id
    )
    opened = {
        round_id: convert(rules, Round, strict=False) for round_id, rules in session.execute(query)
    }
    return tuple(opened.get(one.id, one) for one in contest.rules.rounds)


def hold_open(
    session: Session, contest_id: str, round_id: str, *, alone: bool = False
) -> RoundInPlay:
    """Read a round that is open or opened and keep it so until the work is done.

    Judges hold it together, so that sheets come in side by side; who opens the sheets or closes
    the round holds it alone.
    """
    row = session.scalar(named(contest_id, round_id).with_for_update(read=not alone))
    if row is None or row.state == State.CLOSED.value:
        raise RoundNotOpen("The round {round} is not open.", round=round_id)
    return round_from(row)


def named(contest_id: str, round_id: str) -> Select[RoundRow]:
    """Select one round."""
    return select(RoundRow).where(RoundRow.contest_id == contest_id, RoundRow.round_id == round_id)


def round_in_play(session: Session, contest_id: str) -> RoundInPlay | None:
    """Read the round that is not closed, of which a contest has one at most; hold it alone.

    No sheet comes in while its panels change: a judge who waited would miss who stepped in.
    """
    query = select(RoundRow).where(
        RoundRow.contest_id == contest_id, RoundRow.state != State.CLOSED.value
    )
    row = session.scalar(query.with_for_update())
    return None if row is None else round_from(row)


def round_from(row: RoundRow) -> RoundInPlay:
    """Make the value of a row."""
    return RoundInPlay(
        row.contest_id,
        row.round_id,
        State(row.state),
        convert(row.rules, Round, strict=False),
        convert(row.table, tuple[RoundLine, ...], strict=False),
        convert(row.severities or {}, dict[str, Decimal], strict=False),
        row.public_key,
        row.due,
    )


def load_progress(session: Session, contest_id: str) -> dict[str, Progress]:
    """Say how far each opened round has come, who is in it and who went on if it is closed."""
    query = select(RoundRow).where(RoundRow.contest_id == contest_id)
    rounds = [round_from(row) for row in session.scalars(query)]
    return {
        one.round_id: Progress(
            one.state,
            entered=entries_in(session, one),
            advanced=frozenset(line.entry_id for line in one.table if line.advances),
        )
        for one in rounds
    }


def entries_in(session: Session, played: RoundInPlay) -> frozenset[str]:
    """Name the entries that judges were assigned to."""
    query = select(AssignmentRow.entry_id).where(
        AssignmentRow.contest_id == played.contest_id, AssignmentRow.round_id == played.round_id
    )
    return frozenset(session.scalars(query.distinct()))


def save_severities(
    session: Session, played: RoundInPlay, severities: Mapping[str, Decimal]
) -> None:
    """Write down what was taken off the totals of judges in the table."""
    session.scalars(named(played.contest_id, played.round_id)).one().severities = to_builtins(
        severities
    )


def load_closed(
    session: Session, contest_id: str, among: Collection[str] | None = None
) -> dict[str, RoundInPlay]:
    """Read the closed rounds of a contest, all or some, by their ids."""
    query = select(RoundRow).where(
        RoundRow.contest_id == contest_id, RoundRow.state == State.CLOSED.value
    )
    if among is not None:
        query = query.where(RoundRow.round_id.in_(among))
    return {row.round_id: round_from(row) for row in session.scalars(query)}


def set_due(session: Session, played: RoundInPlay, due: datetime) -> None:
    """Write down until when sheets are taken."""
    session.scalars(named(played.contest_id, played.round_id)).one().due = due


def open_sheets(session: Session, played: RoundInPlay, now: datetime) -> None:
    """Write down that the sheets of a round are opened."""
    row = session.scalars(named(played.contest_id, played.round_id)).one()
    row.state = State.OPENED.value
    row.sheets_opened_at = now


def close_round(
    session: Session, played: RoundInPlay, table: tuple[RoundLine, ...], now: datetime
) -> None:
    """Write down a round's table; from now on it stands."""
    row = session.scalars(named(played.contest_id, played.round_id)).one()
    row.state = State.CLOSED.value
    row.table = to_builtins(table)
    row.closed_at = now
