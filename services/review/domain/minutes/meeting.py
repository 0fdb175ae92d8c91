"""Who was at a meeting, who presided and who kept its minutes. Start with `attend`."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.review import Meeting
from contracts.rules import JuryRules
from kernel.errors import Refused
from services.review.domain.jury import Role, Seat, quorum_of

ROLES = {
    Role.CHAIR: "Trưởng Ban Giám khảo",
    Role.DEPUTY: "Phó Trưởng Ban Giám khảo",
    Role.MEMBER: "Giám khảo",
    Role.SECRETARY: "Thư ký Ban Giám khảo",
}
PANEL_ROLES = {Role.CHAIR: "Trưởng tiểu ban", Role.DEPUTY: "Phó Trưởng tiểu ban"}
HOLDER = "Người giữ khóa"


class PlaceMissing(Refused):
    """Say where the meeting was."""


class EndsBeforeItBegins(Refused):
    """A meeting ends after it has begun."""


class NotOfTheMeeting(Refused):
    """Only those who belong to the meeting are present, absent, presiding or quoted."""


class NobodyPresides(Refused):
    """Say who presided: the jury has no chair."""


class OneHand(Refused):
    """Who presided and who kept the minutes are two persons."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """A meeting's people: everybody who belongs to it with their titles, and who was there.

    `absent` maps those who were not there to the reason, perhaps empty. `present_judges` of
    `judges` were there, at least `quorum` of them should be.
    """

    meeting: Meeting
    titles: dict[str, str]
    absent: dict[str, str]
    presider: str
    keeper: str
    judges: int
    present_judges: int
    quorum: int

    @property
    def is_quorate(self) -> bool:
        """Say whether enough judges were there."""
        return self.present_judges >= self.quorum


def attend(
    meeting: Meeting, seats: Sequence[Seat], holders: Sequence[str], drafter: str, rules: JuryRules
) -> Attendance:
    """Say who was at a meeting; `holders` of keys belong to it as well where it opens sheets."""
    if not meeting.place.strip():
        raise PlaceMissing
    if meeting.ended_at < meeting.began_at:
        raise EndsBeforeItBegins
    presider = meeting.presided_by or chair_of(seats)
    keeper = meeting.kept_by or secretary_of(seats) or drafter
    if presider is None:
        raise NobodyPresides
    if presider == keeper:
        raise OneHand
    titles = titled(seats, holders)
    judges = [seat.person_id for seat in seats if seat.marks]
    if presider not in judges:
        check_belong({presider}, judges)
    if keeper == drafter:
        titles.setdefault(keeper, "Thư ký cuộc họp")
    check_belong({keeper}, titles)
    excused = {one.person_id: one.reason for one in meeting.absent}
    named = set(meeting.present) | set(excused) | {one.person_id for one in meeting.opinions}
    check_belong(named, titles)
    present = (set(meeting.present) or set(titles)) - set(excused) | {presider, keeper}
    absent = {one: excused.get(one, "") for one in titles if one not in present}
    return Attendance(
        meeting=meeting,
        titles=titles,
        absent=absent,
        presider=presider,
        keeper=keeper,
        judges=len(set(judges)),
        present_judges=len(set(judges) & present),
        quorum=quorum_of(len(set(judges)), rules),
    )


def check_belong(persons: set[str], among: Sequence[str] | dict[str, str]) -> None:
    """Raise for those who do not belong to the meeting."""
    if strangers := sorted(persons - set(among)):
        raise NotOfTheMeeting(
            "Not of this meeting: {persons}. It is the jury's, and at an opening of sheets the"
            " key holders' too.",
            persons=", ".join(strangers),
        )


def titled(seats: Sequence[Seat], holders: Sequence[str]) -> dict[str, str]:
    """Say as what everybody belongs, the whole jury before its panels, chairs first."""
    order = list(Role)
    found: dict[str, str] = {}
    for seat in sorted(seats, key=lambda one: (one.panel_id or "", order.index(one.role))):
        found.setdefault(seat.person_id, title(seat))
    for holder in holders:
        found[holder] = f"{found[holder]}, {HOLDER.lower()}" if holder in found else HOLDER
    return found


def title(seat: Seat) -> str:
    """Say what somebody is on the jury."""
    if seat.panel_id is None or seat.role not in PANEL_ROLES:
        return ROLES[seat.role]
    return f"{PANEL_ROLES[seat.role]} {seat.panel_id}"


def chair_of(seats: Sequence[Seat]) -> str | None:
    """Name who chairs the whole jury, or else the first panel."""
    chairs = [seat for seat in seats if seat.role is Role.CHAIR]
    chairs.sort(key=lambda seat: (seat.panel_id or "", seat.person_id))
    return chairs[0].person_id if chairs else None


def secretary_of(seats: Sequence[Seat]) -> str | None:
    """Name the jury's secretary."""
    found = sorted(seat.person_id for seat in seats if seat.role is Role.SECRETARY)
    return found[0] if found else None
