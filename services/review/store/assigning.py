"""What assigning judges goes by beside conflicts, and panels as they stand in an open round."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import cast

from sqlalchemy import Table as SaTable
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.review import Seat
from kernel.database import Work
from services.review.domain.assignment.posing import Place
from services.review.domain.assignment.problem import Desk
from services.review.store.assigning_tables import ApartRow, DeskRow, ReleaseRow, SeedRow
from services.review.store.rounds import RoundInPlay
from services.review.store.tables import AssignmentRow, SheetRow

SEATS = cast("SaTable", AssignmentRow.__table__)
ANEW = ("asked_again", "looked_again", "called", "stood_down", "ground", "handed_on")


def save_desks(session: Session, contest_id: str, seats: Iterable[Seat]) -> None:
    """Write down what each judge knows and takes, in the place of what was said before.

    Who has several seats knows what any of them says, and takes the least that one of them says.
    """
    session.execute(delete(DeskRow).where(DeskRow.contest_id == contest_id))
    held: defaultdict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        held[seat.person_id].append(seat)
    session.add_all(
        DeskRow(
            contest_id=contest_id,
            person_id=person_id,
            areas=sorted({area for seat in own for area in seat.areas}),
            most=min((seat.most for seat in own if seat.most is not None), default=None),
        )
        for person_id, own in held.items()
    )


def load_desks(session: Session, contest_id: str) -> dict[str, Desk]:
    """Read what judges know and take, by judge; of who was seated earlier nothing is known."""
    query = select(DeskRow).where(DeskRow.contest_id == contest_id)
    return {
        row.person_id: Desk(judge_id=row.person_id, areas=tuple(row.areas), most=row.most)
        for row in session.scalars(query)
    }


def load_apart(session: Session, contest_id: str) -> frozenset[tuple[str, str]]:
    """Read the pairs of judges who never mark one entry."""
    query = select(ApartRow.one_id, ApartRow.other_id).where(
        ApartRow.contest_id == contest_id, ApartRow.ended_at.is_(None)
    )
    return frozenset((one, other) for one, other in session.execute(query))


def keep_apart(work: Work, contest_id: str, pair: tuple[str, str], reason: str) -> None:
    """Write down that two judges are kept apart, by whom and why."""
    one_id, other_id = sorted(pair)
    work.session.add(
        ApartRow(
            contest_id=contest_id,
            one_id=one_id,
            other_id=other_id,
            reason=reason,
            said_by=work.actor.true_id or work.actor.id,
            said_at=work.now,
        )
    )


def let_together(work: Work, contest_id: str, pair: tuple[str, str], reason: str) -> None:
    """Write down that two judges are no longer kept apart, by whom and why."""
    one_id, other_id = sorted(pair)
    work.session.execute(
        update(ApartRow)
        .where(ApartRow.contest_id == contest_id, ApartRow.ended_at.is_(None))
        .where(ApartRow.one_id == one_id, ApartRow.other_id == other_id)
        .values(
            ended_at=work.now,
            ended_by=work.actor.true_id or work.actor.id,
            ended_why=reason,
        )
    )


def release(work: Work, played: RoundInPlay, judge_id: str, reason: str) -> None:
    """Write down that a judge left a round, by whose word and why."""
    query = insert(ReleaseRow).values(
        contest_id=played.contest_id,
        round_id=played.round_id,
        judge_id=judge_id,
        reason=reason,
        said_by=work.actor.true_id or work.actor.id,
        said_at=work.now,
    )
    work.session.execute(query.on_conflict_do_nothing())


def load_released(session: Session, contest_id: str, round_id: str) -> frozenset[str]:
    """Name the judges who left a round."""
    query = select(ReleaseRow.judge_id).where(
        ReleaseRow.contest_id == contest_id, ReleaseRow.round_id == round_id
    )
    return frozenset(session.scalars(query))


def keep_seed(session: Session, contest_id: str, round_id: str, seed: str) -> None:
    """Keep the seed a round opens with; the first stays."""
    query = insert(SeedRow).values(contest_id=contest_id, round_id=round_id, seed=seed)
    session.execute(query.on_conflict_do_nothing())


def find_seed(session: Session, contest_id: str, round_id: str) -> str | None:
    """Return the seed a round was opened with."""
    return session.scalar(
        select(SeedRow.seed).where(SeedRow.contest_id == contest_id, SeedRow.round_id == round_id)
    )


def load_places(session: Session, played: RoundInPlay) -> dict[str, Place]:
    """Read who judges what and who has given a sheet; no mark is read."""
    seated: defaultdict[str, set[str]] = defaultdict(set)
    query = select(AssignmentRow.entry_id, AssignmentRow.judge_id, AssignmentRow.stood_down).where(
        AssignmentRow.contest_id == played.contest_id, AssignmentRow.round_id == played.round_id
    )
    for entry_id, judge_id, stood_down in session.execute(query):
        seated[entry_id].update(() if stood_down else (judge_id,))
    given: defaultdict[str, set[str]] = defaultdict(set)
    sheets = select(SheetRow.entry_id, SheetRow.judge_id).where(
        SheetRow.contest_id == played.contest_id, SheetRow.round_id == played.round_id
    )
    for entry_id, judge_id in session.execute(sheets.distinct()):
        given[entry_id].add(judge_id)
    return {
        entry_id: Place(frozenset(judges), frozenset(judges & given[entry_id]))
        for entry_id, judges in seated.items()
    }


def load_barred(session: Session, contest_id: str, round_id: str) -> frozenset[tuple[str, str]]:
    """Name the (entry, judge) pairs that are not assigned again: the judge stood down."""
    query = select(AssignmentRow.entry_id, AssignmentRow.judge_id).where(
        AssignmentRow.contest_id == contest_id,
        AssignmentRow.round_id == round_id,
        AssignmentRow.stood_down,
        ~AssignmentRow.handed_on,
    )
    return frozenset((entry_id, judge_id) for entry_id, judge_id in session.execute(query))


def load_missed(session: Session, contest_id: str, round_id: str) -> frozenset[str]:
    """Name the judges whose sheet did not come, so that another stepped in or none was awaited."""
    query = select(AssignmentRow.judge_id).where(
        AssignmentRow.contest_id == contest_id,
        AssignmentRow.round_id == round_id,
        AssignmentRow.stood_down,
        AssignmentRow.ground.in_(("REPLACED", "COUNTED_WITHOUT")),
    )
    return frozenset(session.scalars(query.distinct()))


def reseat(
    session: Session,
    played: RoundInPlay,
    panels: Mapping[str, tuple[frozenset[str], frozenset[str]]],
) -> None:
    """Hand entries on to other judges: `panels` names, by entry, who left, who came."""
    seats = [
        {
            "contest_id": played.contest_id,
            "round_id": played.round_id,
            "entry_id": entry_id,
            "judge_id": judge_id,
            "asked_again": False,
            "looked_again": False,
            "called": False,
            "stood_down": is_leaving,
            "ground": "HANDED_ON" if is_leaving else None,
            "handed_on": is_leaving,
        }
        for entry_id, both in panels.items()
        for is_leaving, judges in zip((True, False), both, strict=True)
        for judge_id in sorted(judges)
    ]
    query = insert(SEATS)
    session.flush()
    if seats:
        session.connection().execute(
            query.on_conflict_do_update(
                index_elements=["tenant", "contest_id", "round_id", "entry_id", "judge_id"],
                set_={name: query.excluded[name] for name in ANEW},
            ),
            seats,
        )
    session.expire_all()
