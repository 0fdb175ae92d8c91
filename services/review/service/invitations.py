"""What calendars and letters say of a defence day."""

from collections.abc import Iterable, Mapping
from typing import Any

from contracts import review
from contracts.rules import Round
from kernel.database import Work
from services.review import calendars, store
from services.review.calendars import Appointment
from services.review.domain.defence.day import Booking, Day, changed, seen_by


class Invitations:
    """Writes the calendars of a day, for whom each of them is."""

    def __init__(self, work: Work, contest: store.Contest, rules: Round, day: Day) -> None:
        self.work = work
        self.contest = contest
        self.rules = rules
        self.day = day
        self.titles = titles_of(work, contest.contest_id, day)

    def write(self, shown: Iterable[Appointment]) -> bytes:
        """Write a calendar of these appointments."""
        host = self.contest.rules.organiser.host
        name = f"{self.rules.name} – {self.contest.rules.title}"
        return calendars.write(name, host, self.work.now, shown)

    def of_entries(self, bookings: Iterable[Booking], *, blind: bool = False) -> bytes:
        """Write the slots of entries for those who present them; blind, by codes."""
        return self.write(
            self.appointment(
                one, f"Bảo vệ ý tưởng: {one.code if blind else self.titles[one.entry_id]}"
            )
            for one in bookings
        )

    def of_judge(self, judge_id: str, *, leaves: bool = True) -> bytes:
        """Write the slots of a judge; unless left out, where they leave the room too."""
        return self.write(
            self.appointment(
                booking,
                f"Nghe bảo vệ bài {self.called(booking)}"
                if judge_id in booking.judges
                else f"Tạm rời phòng khi bảo vệ bài {booking.code}",
            )
            for booking in self.day.in_order()
            if judge_id in booking.judges or (leaves and judge_id in booking.away)
        )

    def of_day(self, *, blind: bool) -> bytes:
        """Write all slots; in a blind calendar by codes alone."""
        return self.write(
            self.appointment(
                booking,
                booking.code if blind else f"{booking.code}: {self.titles[booking.entry_id]}",
            )
            for booking in self.day.in_order()
        )

    def called(self, booking: Booking) -> str:
        """Name an entry as its judges may know it."""
        if self.rules.blind:
            return booking.code
        return f"{booking.code}: {self.titles[booking.entry_id]}"

    def appointment(self, booking: Booking, summary: str) -> Appointment:
        """Make an appointment of a slot."""
        span, slot = self.day.span(booking), self.day.slot
        said = f"Trình bày {slot.present_minutes} phút, trả lời {slot.question_minutes} phút."
        return Appointment(
            uid=booking.uid,
            sequence=booking.sequence,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            room=booking.room,
            summary=summary,
            description=f"{self.rules.name}. {said}",
            is_cancelled=not booking.stands,
        )


def titles_of(work: Work, contest_id: str, day: Day) -> Mapping[str, str]:
    """Return the titles of the entries of a day."""
    entry_ids = [booking.entry_id for booking in day.bookings]
    entries = store.load_entries(work.session, contest_id, entry_ids)
    return {entry.entry_id: entry.title for entry in entries}


def news(
    work: Work, contest: store.Contest, rules: Round, before: Day | None, after: Day
) -> dict[str, Any]:
    """Return what a version tells entrants and judges: `slots` and `judges` of the event."""
    written = Invitations(work, contest, rules, after)
    is_news = set(changed(before, after))
    everybody = {
        judge
        for day in (before, after)
        for booking in (day.bookings if day else ())
        for judge in (*booking.judges, *booking.away)
    }
    return {
        "slots": tuple(
            review.SlotNews(
                entry_id=booking.entry_id,
                code=booking.code,
                room=booking.room,
                starts_at=booking.starts_at,
                ends_at=after.span(booking).ends_at,
                state=booking.state,
                calendar=written.of_entries([booking]).decode() if booking.code in is_news else "",
            )
            for booking in after.in_order()
        ),
        "judges": tuple(
            review.JudgeNews(
                judge_id=judge,
                entry_ids=hears(after, judge),
                away=leaves(after, judge),
                calendar=written.of_judge(judge).decode(),
            )
            for judge in sorted(everybody)
            if seen_by(before, judge) != seen_by(after, judge)
        ),
    }


def hears(day: Day, judge_id: str) -> tuple[str, ...]:
    """Name the entries a judge hears, in order."""
    return tuple(one.entry_id for one in day.standing if judge_id in one.judges)


def leaves(day: Day, judge_id: str) -> tuple[str, ...]:
    """Name the entries a judge leaves the room for, in order."""
    return tuple(one.entry_id for one in day.standing if judge_id in one.away)
