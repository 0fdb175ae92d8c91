"""How minutes are drawn from what is stored. Start with `drawn`."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts import review
from kernel.database import Work
from services.review import store
from services.review.domain import rounds
from services.review.domain.entries import Entry
from services.review.domain.jury import Seat
from services.review.domain.minutes.drawing import Drawn, Replaced, draw
from services.review.domain.minutes.facts import Facts, Line, OtherMinutes
from services.review.domain.minutes.meeting import Attendance, attend
from services.review.domain.minutes.saying import long_date
from services.review.domain.rounds import State
from services.review.service.field import left
from services.review.store.minutes_tables import MinutesRow


@dataclass(frozen=True, slots=True)
class Asked:
    """Which minutes are to be drawn, with what a person adds; `replaced` is issued before them."""

    contest: store.Contest
    played: store.RoundInPlay
    minutes_id: str
    kind: review.MinutesKind
    meeting: review.Meeting
    drafter: str
    reason: str = ""
    replaced: MinutesRow | None = None


def drawn(work: Work, asked: Asked) -> tuple[Drawn, Attendance]:
    """Draw minutes from the record as it is now.

    Names are read of those alone whom the minutes turn out to name: nobody learns an author's.
    """
    held, _ = store.load_keys(work.session, (asked.contest.contest_id, asked.played.round_id))
    holders = held.holders if asked.kind == "UNSEALING" else ()
    seats = seats_at(work, asked)
    attendance = attend(asked.meeting, seats, holders, asked.drafter, asked.contest.rules.jury)
    facts = recalled(work, asked)
    replaced = replacing(asked)
    blank = draw(asked.kind, facts, attendance, {}, replaced)
    names = store.names_of(work.session, {*blank.unnamed, *asked.meeting.names})
    return draw(asked.kind, facts, attendance, names, replaced), attendance


def replacing(asked: Asked) -> Replaced | None:
    """Say which issued version the one asked for replaces, if any."""
    before = asked.replaced
    if before is None or before.dated is None:
        return None
    return Replaced(before.number, long_date(before.dated), asked.reason)


def seats_at(work: Work, asked: Asked) -> list[Seat]:
    """Return the seats of the jury and of the round's panels, held at the meeting or since."""
    panels = {
        one.panel_id
        for one in store.load_sub_juries(work.session, asked.contest.contest_id)
        if not one.rounds or asked.played.round_id in one.rounds
    }
    return [
        one.seat
        for one in store.load_tenures(work.session, asked.contest.contest_id)
        if one.left_at is None or one.left_at > asked.meeting.began_at
        if one.seat.panel_id is None or one.seat.panel_id in panels
    ]


def recalled(work: Work, asked: Asked) -> Facts:
    """Gather all there is about a round. Points are read only once it is closed."""
    session, played, rules = work.session, asked.played, asked.contest.rules
    row = store.load_row(session, played)
    keys, _ = store.load_keys(session, (played.contest_id, played.round_id))
    entries = store.load_entries(session, played.contest_id, store.entries_in(session, played))
    codes = {entry.entry_id: entry.code or "" for entry in entries}
    areas = {area.code: area.name for area in rules.areas}
    is_closed = played.state is State.CLOSED
    kept = store.load_minutes(session, played.contest_id, played.round_id)
    return Facts(
        contest=rules.title,
        timezone=rules.timezone,
        rules=played.rules,
        heads=rules.minutes,
        host=rules.organiser.host,
        is_last=rounds.is_last(rules, played.round_id),
        opened_at=row.opened_at,
        officers=keys.officers,
        recovery=keys.recovery,
        public_key=played.public_key,
        unsealed_at=row.sheets_opened_at,
        closed_at=row.closed_at,
        hides_conflicts=hides_conflicts(work, asked.contest),
        areas={entry.code or "": areas.get(entry.area, entry.area) for entry in entries},
        noted=store.load_happenings(session, played),
        keys=store.load_keys_used(session, played),
        sheets=store.load_sheets_given(session, played, codes, with_totals=is_closed),
        votes=store.load_votes_taken(work, played, codes),
        vacant=tuple(sorted(codes[one] for one in store.count_vacancies(session, played))),
        left=tuple((one.code, one.reason) for one in left(work, played)),
        table=table(played, entries, blind=hides_conflicts(work, asked.contest)),
        others=others(kept, asked.minutes_id),
        numbers={one.minutes_id: one.number for one in kept},
    )


def hides_conflicts(work: Work, contest: store.Contest) -> bool:
    """Say whether a blind round is still to close: until then grounds tell whose an entry is."""
    progress = store.load_progress(work.session, contest.contest_id)
    return any(
        one.blind and (one.id not in progress or progress[one.id].state is not State.CLOSED)
        for one in store.rounds_as_opened(work.session, contest)
    )


def table(played: store.RoundInPlay, entries: Sequence[Entry], *, blind: bool) -> tuple[Line, ...]:
    """Return the table a round closed with, with titles: blind, as judges may read them."""
    titles = {
        entry.entry_id: entry.title
        if not blind
        else entry.readable.title
        if entry.readable
        else ""
        for entry in entries
    }
    return tuple(
        Line(
            one.rank,
            one.code,
            titles.get(one.entry_id, ""),
            one.score,
            one.advances,
            one.tied_at_cutoff,
        )
        for one in played.table
    )


def others(kept: Sequence[MinutesRow], minutes_id: str) -> tuple[OtherMinutes, ...]:
    """Name the issued minutes of the round but for these, every version."""
    return tuple(
        OtherMinutes(row.number, row.kind, row.version, row.digest)
        for row in kept
        if row.number and row.minutes_id != minutes_id
    )
