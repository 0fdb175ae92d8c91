"""How a defence day is drawn up, and what may stand against holding it."""

from collections.abc import Callable

from contracts import review
from kernel.database import Work
from services.review import store
from services.review.domain import rounds
from services.review.domain.assignment.posing import own_seed
from services.review.domain.defence import checking, day, posing
from services.review.domain.defence.day import Day
from services.review.domain.defence.hours import check_hours, spans
from services.review.domain.defence.puzzle import Order, Puzzle
from services.review.service.defending import Stage

Arrange = Callable[[Puzzle], Order]
Asked = review.PlanDefence | review.RecordDefence


def draw_up(arrange: Arrange, work: Work, stage: Stage, asked: Asked) -> tuple[Day, Order]:
    """Put the finalists of a round in order."""
    check_hours(asked.hours)
    finalists = sorted(stage.finalists.values(), key=lambda one: one.code)
    if not finalists:
        raise rounds.NothingToJudge
    panels = {
        panel.panel_id: panel
        for panel in store.load_sub_juries(work.session, asked.contest_id)
        if panel.sits_in(asked.round_id)
    }
    posing.check_rooms(asked.rooms, finalists, panels)
    limits = posing.limits_of(asked.availability, finalists)
    rooms = {one.code: posing.room_of(one, asked.rooms, panels).name for one in finalists}
    times = spans(asked.hours, stage.slot)
    seed = asked.seed or own_seed(stage.contest.secret, f"{asked.round_id}\ndefence")
    order = arrange(posing.pose(finalists, rooms, times, limits, seed))
    drawn = Day(
        slot=stage.slot,
        hours=asked.hours,
        rooms=asked.rooms,
        availability=asked.availability,
        seed=seed,
        bookings=day.book(
            finalists,
            rooms,
            {code: times[place].starts_at for code, place in order.places.items()},
            {one.code: f"{work.new_id()}@sangkien" for one in finalists},
        ),
    )
    return drawn, order


def check_coded(work: Work, stage: Stage) -> None:
    """Raise while codes are not yet given for good: later entries would shift them."""
    entries = store.load_entries(work.session, stage.contest.contest_id, stage.finalists)
    if any(entry.code is None for entry in entries):
        raise posing.CodesNotDrawn


def check_held(stage: Stage, drawn: Day) -> None:
    """Raise what stands against holding a day."""
    finalists = list(stage.finalists.values())
    named = {one.code for one in finalists}
    named |= {judge for one in finalists for judge in (*one.judges, *one.away)}
    known = [one for one in drawn.availability if one.of in named]
    checking.check_day(drawn, stage.finalists, posing.limits_of(known, finalists))
