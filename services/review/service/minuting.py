"""What the ways in about minutes have in common: finding them, who may read, how they show."""

from collections.abc import Iterable, Sequence

from msgspec import convert

from contracts import review
from contracts.rules import MinutedStep
from kernel.database import Work
from kernel.errors import Forbidden
from services.review import store
from services.review.domain.minutes.citing import check_cited
from services.review.domain.minutes.stages import Reader, UnknownMinutes, may_read
from services.review.domain.rounds import RoundNotOpen, State
from services.review.service.access import require_here
from services.review.service.recalling import Asked
from services.review.store.minutes_tables import MinutesRow


def cite(work: Work, step: MinutedStep, played: store.RoundInPlay, minutes: str) -> None:
    """Raise where the rules demand minutes kept here for a step, and these are not."""
    rules = store.load_contest(work.session, played.contest_id).rules.minutes
    if rules.required:
        kept = store.kept_minutes(work.session, played.contest_id, played.round_id)
        check_cited(step, minutes, rules, kept)


def began(work: Work, contest_id: str, round_id: str) -> store.RoundInPlay:
    """Read a round that was opened, in whatever state; of none other there are minutes."""
    played = store.find_round(work.session, contest_id, round_id)
    if played is None:
        raise RoundNotOpen("The round {round} is not open.", round=round_id)
    return played


def asked_of(work: Work, contest_id: str, minutes_id: str) -> tuple[MinutesRow, Asked]:
    """Read the newest version of minutes, held, and what it takes to draw it again."""
    rows = store.lock_minutes(work.session, contest_id, minutes_id)
    row = rows[-1]
    played = began(work, contest_id, row.round_id)
    contest = store.load_contest(work.session, contest_id)
    found = Asked(
        contest=store.as_opened(work.session, contest, played),
        played=played,
        minutes_id=minutes_id,
        kind=convert(row.kind, review.MinutesKind),
        meeting=store.meeting_of(row),
        drafter=row.drafted_by,
        reason=row.reason,
        replaced=rows[-2] if len(rows) > 1 else None,
    )
    return row, found


def check_signers(work: Work, row: MinutesRow) -> None:
    """Raise as for unknown minutes for whoever neither signs them nor runs the round."""
    if work.actor.id not in (row.keeper_id, row.presider_id) and not runs(work, row.contest_id):
        raise UnknownMinutes


def runs(work: Work, contest_id: str) -> bool:
    """Say whether the actor is of the secretariat or chairs the jury."""
    try:
        require_here(work, contest_id, "chair", "secretary", "organiser")
    except Forbidden:
        return False
    return True


def new_version(work: Work, found: Asked, number: int, rows: Sequence[MinutesRow]) -> MinutesRow:
    """Return the row of a draft: the one that is there, or a new one beside those issued."""
    row = rows[number - 1] if number <= len(rows) else MinutesRow(
        contest_id=found.contest.contest_id,
        minutes_id=found.minutes_id,
        version=number,
        round_id=found.played.round_id,
        kind=found.kind,
        number="",
    )  # fmt: skip
    row.state, row.drafted_by, row.drafted_at = "DRAFT", work.actor.id, work.now
    row.checked_by = row.checked_at = None
    return row


def readable(work: Work, contest: store.Contest, rows: Iterable[MinutesRow]) -> list[MinutesRow]:
    """Return those of these minutes that the actor may read."""
    me, contest_id = work.actor.id, contest.contest_id
    seat = store.find_seat(work.session, contest_id, me)
    does_run = runs(work, contest_id)
    progress = store.load_progress(work.session, contest_id)
    found = []
    for row in rows:
        keys, _ = store.load_keys(work.session, (contest_id, row.round_id))
        reader = Reader(me, does_run, seat is not None and seat.marks, me in keys.holders)
        is_closed = progress[row.round_id].state is State.CLOSED
        if may_read(store.version_of(row), reader, is_closed=is_closed):
            found.append(row)
    return found


def view(row: MinutesRow, rows: Iterable[MinutesRow]) -> review.MinutesView:
    """Say a version in the words of the contract; `rows` are those it may be replaced by."""
    return review.MinutesView(
        minutes_id=row.minutes_id,
        version=row.version,
        round_id=row.round_id,
        kind=convert(row.kind, review.MinutesKind),
        state=convert(row.state, review.MinutesState),
        kept_by=row.keeper_id,
        presided_by=row.presider_id,
        drafted_by=row.drafted_by,
        drafted_at=row.drafted_at,
        digest=row.digest,
        pdf_sha256=row.files["pdf"]["sha256"],
        docx_sha256=row.files["docx"]["sha256"],
        number=row.number,
        dated=row.dated,
        reason=row.reason,
        is_replaced=any(
            one.minutes_id == row.minutes_id and one.version > row.version and one.number
            for one in rows
        ),
        meeting=store.meeting_of(row),
    )
