"""How juries and what was said of conflicts are shown."""

from collections.abc import Iterable
from datetime import date

from msgspec import convert

from contracts import review
from kernel.database import Work
from services.review import store
from services.review.domain.assignment.problem import Desk
from services.review.domain.jury import Seat, quorum_of
from services.review.store.jury_tables import ConflictRow, JuryNoteRow, PinRow


def numbered(decision: review.Decision | None) -> tuple[str | None, date | None]:
    """Return the number and the day of a decision."""
    return (decision.number, decision.issued_on) if decision else (None, None)


def taken_over(ended: Iterable[Seat], asked: review.ReplaceJudge) -> list[Seat]:
    """Return the seats that the substitute takes, if there is one."""
    if asked.substitute_id is None:
        return []
    return [
        Seat(asked.substitute_id, seat.role, asked.substitute_unit_id, seat.panel_id)
        for seat in ended
    ]


def seat(one: Seat) -> review.Seat:
    """Say a seat in the words of the contract."""
    return review.Seat(
        person_id=one.person_id,
        role=one.role.value,
        unit_id=one.unit_id,
        panel_id=one.panel_id,
    )


def jury(work: Work, contest: store.Contest) -> review.JuryView:
    """Show a jury with all who ever sat on it, and the entries that are short of a judge."""
    contest_id = contest.contest_id
    judges = len(store.load_judges(work.session, contest_id))
    desks = store.load_desks(work.session, contest_id)
    vacancies = store.vacancies_of(work.session, contest_id)
    wanted = {one.entry_id for one in vacancies}
    codes = {
        entry.entry_id: entry.code or ""
        for entry in store.load_entries(work.session, contest_id, wanted)
    }
    return review.JuryView(
        panels=tuple(
            review.SubJury(
                panel_id=panel.panel_id,
                name=panel.name,
                areas=tuple(sorted(panel.areas)),
                rounds=tuple(sorted(panel.rounds)),
            )
            for panel in store.load_sub_juries(work.session, contest_id)
        ),
        seats=tuple(
            tenure(one, desks.get(one.seat.person_id) if one.left_at is None else None)
            for one in store.load_tenures(work.session, contest_id)
        ),
        judges=judges,
        quorum=quorum_of(judges, contest.rules.jury),
        vacancies=tuple(
            review.Vacancy(round_id=one.round_id, code=codes[one.entry_id], since=one.since)
            for one in vacancies
        ),
    )


def tenure(one: store.Tenure, desk: Desk | None) -> review.SeatView:
    """Say from when until when somebody holds a seat, and what is known of who sits."""
    return review.SeatView(
        person_id=one.seat.person_id,
        role=one.seat.role.value,
        unit_id=one.seat.unit_id,
        panel_id=one.seat.panel_id,
        seated_at=one.seated_at,
        seated_by=decision(one.seated_by),
        left_at=one.left_at,
        left_by=decision(one.left_by),
        reason=one.reason,
        substitute_id=one.substitute_id,
        areas=desk.areas if desk else (),
        most=desk.most if desk else None,
    )


def decision(said: tuple[str | None, date | None]) -> review.Decision | None:
    """Say a decision, if there is one."""
    number, day = said
    return review.Decision(number=number, issued_on=day) if number and day else None


def jury_note(row: JuryNoteRow) -> review.JuryNote:
    """Say a line for the minutes."""
    return review.JuryNote(
        at=row.at,
        by=row.by,
        words=row.words,
        round_id=row.round_id,
        code=row.code,
        judge_id=row.judge_id,
    )


def declared(row: ConflictRow) -> review.Declared:
    """Say a declaration with its trace."""
    return review.Declared(
        id=row.declaration_id,
        side="DECLARED",
        judge_id=row.judge_id,
        entry=row.named,
        person_id=row.person_id,
        relation=convert(row.relation, review.Relation),
        ground=None,
        reason=row.reason,
        said_by=row.declared_by,
        said_at=row.declared_at,
        ended_by=row.withdrawn_by,
        ended_at=row.withdrawn_at,
        ended_reason=row.withdrawn_reason,
    )


def pinned(row: PinRow) -> review.Declared:
    """Say a pin with its trace."""
    return review.Declared(
        id=row.pin_id,
        side=convert(row.side, review.Side),
        judge_id=row.judge_id,
        entry=row.named,
        person_id=None,
        relation=None,
        ground=row.ground,
        reason=row.reason,
        said_by=row.pinned_by,
        said_at=row.pinned_at,
        ended_by=row.lifted_by,
        ended_at=row.lifted_at,
        ended_reason=row.lifted_reason,
    )
