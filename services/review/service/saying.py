"""What the ways in about conflicts have in common: who may say something, and what follows."""

from msgspec import convert

from contracts import review
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import Forbidden, NotFound
from services.review import store
from services.review.service.access import check_may_see, require_here
from services.review.service.reconsidering import reconsider
from services.review.store.jury_tables import PinRow


class NotSeated(NotFound):
    """This person does not mark on the jury."""


class JurySecret(Forbidden):
    """The rules keep the names of the jury secret; tell the secretariat whom you are close to."""


def check_seated(work: Work, contest_id: str, judge_id: str) -> None:
    """Raise unless somebody marks on the jury, in whatever round."""
    judges = store.load_judges(work.session, contest_id)
    if judge_id not in {judge.person_id for judge in judges}:
        raise NotSeated("{judge} does not mark on this jury.", judge=judge_id)


def check_may_declare(work: Work, asked: review.DeclareConflict) -> None:
    """Raise unless the actor is the judge, an author of the entry, the chair or an organiser."""
    if asked.judge_id == work.actor.id:
        return
    if asked.person_id is None and store.is_author(
        work.session, asked.contest_id, asked.entry_id, work.actor.id
    ):
        contest = store.load_contest(work.session, asked.contest_id)
        if contest.rules.jury.names == "SECRET":
            raise JurySecret
        return
    require_here(work, asked.contest_id, "chair", "organiser")


def leads(work: Work, contest_id: str) -> bool:
    """Say whether the actor chairs the jury."""
    try:
        require_here(work, contest_id, "chair")
    except Forbidden:
        return False
    return True


def may_see(work: Work, contest: store.Contest) -> bool:
    """Say whether the actor may see all conflicts."""
    try:
        check_may_see(work, contest)
    except Forbidden:
        return False
    return True


def act(  # noqa: PLR0913, PLR0917  # what was said, and who mends what follows
    solver: Crunch, work: Work, contest_id: str, judge_id: str, code: str | None, line: str
) -> None:
    """Note what was said, and let the open round follow."""
    played = store.round_in_play(work.session, contest_id)
    store.note(work, line, played or contest_id, code, judge_id)
    if played is not None:
        reconsider(solver, work, played, judge_ids=[judge_id])


def say_pinned(work: Work, row: PinRow) -> None:
    """Tell that the chair has pinned something, or lifted it."""
    work.announce(
        review.ConflictPinned(
            contest_id=row.contest_id,
            pin_id=row.pin_id,
            judge_id=row.judge_id,
            entry_id=row.entry_id,
            side=convert(row.side, review.Side),
            is_lifted=row.lifted_at is not None,
        )
    )
