"""How a defence day is shown: whole, to whom it concerns, to everybody, as a plan."""

from collections.abc import Sequence

from msgspec.structs import replace

from contracts import review
from contracts.rules import Round
from kernel.database import Work
from services.review import store
from services.review.domain.defence.checking import leavings_of
from services.review.domain.defence.day import Booking, Day
from services.review.domain.defence.puzzle import Order
from services.review.service.defending import Stage
from services.review.service.invitations import titles_of
from services.review.service.owning import own_bookings
from services.review.store.defence import Recorded


def plan(work: Work, stage: Stage, drawn: Day, order: Order) -> review.DefencePlan:
    """Show a day that is not kept."""
    return review.DefencePlan(
        slots=Reader(work, stage.contest, stage.rules, drawn).slots(drawn.in_order()),
        leavings=order.leavings,
        at_least=order.at_least,
        is_best=order.is_best,
        seed=drawn.seed,
        present_minutes=drawn.slot.present_minutes,
        question_minutes=drawn.slot.question_minutes,
    )


class Reader:
    """Whoever looks at a day: who marks in a blind round sees neither titles nor others' ties."""

    def __init__(self, work: Work, contest: store.Contest, rules: Round, day: Day) -> None:
        self.me = work.actor.id
        self.day = day
        self.titles = titles_of(work, contest.contest_id, day)
        is_judge = any(self.me in (*one.judges, *one.away) for one in day.bookings)
        self.is_kept_blind = rules.blind and is_judge

    def slots(
        self, bookings: Sequence[Booking], *, with_people: bool = True
    ) -> tuple[review.DefenceSlot, ...]:
        """Show slots; without people only whether the reader leaves the room."""
        return tuple(self.slot(one, with_people=with_people) for one in bookings)

    def slot(self, one: Booking, *, with_people: bool) -> review.DefenceSlot:
        """Show a slot."""
        span = self.day.span(one)
        own = tuple(judge for judge in one.away if judge == self.me)
        return review.DefenceSlot(
            code=one.code,
            title="" if self.is_kept_blind else self.titles[one.entry_id],
            room=one.room,
            starts_at=span.starts_at,
            answers_at=span.answers_at,
            ends_at=span.ends_at,
            state=one.state,
            uid=one.uid,
            sequence=one.sequence,
            judge_ids=one.judges if with_people else (),
            away=one.away if with_people and not self.is_kept_blind else own,
        )


def shown(
    reader: Reader, version: Recorded, slots: tuple[review.DefenceSlot, ...], rules: Round
) -> review.DefenceDay:
    """Show what everybody who sees a day is told of it."""
    slot = reader.day.slot
    return review.DefenceDay(
        round_id=rules.id,
        version=version.version,
        newest=version.version,
        is_whole=False,
        slots=slots,
        leavings=0,
        present_minutes=slot.present_minutes,
        question_minutes=slot.question_minutes,
        warn_minutes=slot.warn_minutes,
    )


def whole(
    work: Work,
    contest: store.Contest,
    rules: Round,
    versions: Sequence[Recorded],
    version: Recorded,
) -> review.DefenceDay:
    """Show all of a day and its versions."""
    day = version.day
    reader = Reader(work, contest, rules, day)
    return replace(
        shown(reader, version, reader.slots(day.in_order()), rules),
        newest=len(versions),
        is_whole=True,
        leavings=leavings_of(day),
        hours=day.hours,
        rooms=day.rooms,
        availability=day.availability,
        versions=tuple(
            review.DefenceVersion(
                version=one.version,
                recorded_at=one.recorded_at,
                recorded_by=one.recorded_by,
                reason=one.reason,
                changed=one.changed,
            )
            for one in versions
        ),
    )


def own(work: Work, contest: store.Contest, rules: Round, version: Recorded) -> review.DefenceDay:
    """Show a judge or an author the slots that concern them; raises `NoDefenceDay` for others."""
    mine = own_bookings(work, version.day)
    reader = Reader(work, contest, rules, version.day)
    return shown(reader, version, reader.slots(mine, with_people=False), rules)


def public(
    work: Work, contest: store.Contest, rules: Round, version: Recorded
) -> review.Programme:
    """Show the programme to everybody: no names, and in a blind round no titles."""
    day = version.day
    titles = titles_of(work, contest.contest_id, day)
    return review.Programme(
        round_id=rules.id,
        round_name=rules.name,
        version=version.version,
        lines=tuple(
            review.ProgrammeLine(
                entry=one.code if rules.blind else titles[one.entry_id],
                room=one.room,
                starts_at=one.starts_at,
                ends_at=day.span(one).ends_at,
            )
            for one in day.standing
        ),
    )
