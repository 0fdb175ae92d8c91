"""The council's votes on equals."""

from sqlalchemy import Select, select

from contracts.rules.reckoning import Vote
from kernel.database import Work
from services.review.store.rounds import RoundInPlay
from services.review.store.tables import VoteRow


def add_vote(work: Work, played: RoundInPlay, vote: Vote) -> None:
    """Write a vote down behind those before; none is overwritten."""
    taken = len(work.session.scalars(votes(played)).all())
    work.session.add(
        VoteRow(
            contest_id=played.contest_id,
            round_id=played.round_id,
            number=taken + 1,
            entry_ids=list(vote.order),
            minutes=vote.minutes,
            reason=vote.reason,
            recorded_by=work.actor.true_id or work.actor.id,
            recorded_at=work.now,
        )
    )


def load_votes(work: Work, played: RoundInPlay) -> tuple[Vote, ...]:
    """Read the votes of a round, in the order they were taken."""
    rows = work.session.scalars(votes(played))
    return tuple(Vote(tuple(row.entry_ids), row.minutes, row.reason) for row in rows)


def votes(played: RoundInPlay) -> Select[VoteRow]:
    """Select the votes of a round."""
    query = select(VoteRow).where(
        VoteRow.contest_id == played.contest_id, VoteRow.round_id == played.round_id
    )
    return query.order_by(VoteRow.number)
