"""How facts and a meeting become a paper. Start with `draw`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from zoneinfo import ZoneInfo

from msgspec import json

from contracts.review import Meeting
from services.review.domain.minutes.closing import closed
from services.review.domain.minutes.facts import Facts
from services.review.domain.minutes.meeting import Attendance
from services.review.domain.minutes.missing import missed
from services.review.domain.minutes.opening import opened
from services.review.domain.minutes.paper import Paper, Part, Table, head_lines
from services.review.domain.minutes.reconsidering import reconsidered, voted
from services.review.domain.minutes.saying import SUBJECTS, Voice, long_date, sentence
from services.review.domain.minutes.unsealing import unsealed

CONTENT: Mapping[str, Callable[[Facts, Voice], tuple[Part, ...]]] = {
    "OPENING": opened,
    "MISSING": missed,
    "UNSEALING": unsealed,
    "RECONSIDERING": reconsidered,
    "VOTE": voted,
    "CLOSING": closed,
}


@dataclass(frozen=True, slots=True)
class Replaced:
    """The issued version that a new one replaces, and why."""

    number: str
    dated: str
    reason: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper, and the ids of those whom nobody has named."""

    paper: Paper
    unnamed: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of what the paper says, as JSON with sorted members."""
        return digest_of(self.paper)


def draw(
    kind: str,
    facts: Facts,
    attendance: Attendance,
    names: Mapping[str, str],
    replaced: Replaced | None = None,
) -> Drawn:
    """Write minutes of this kind: what happened off the facts, the rest off the meeting."""
    meeting = attendance.meeting
    voice = Voice({**meeting.names, **names}, ZoneInfo(facts.timezone), facts.numbers, set())
    paper = Paper(
        parent=head_lines(facts.heads.parent or facts.host),
        issuer=head_lines(facts.heads.issuer),
        number="",
        symbol=facts.heads.symbol,
        subject=f"Về việc {SUBJECTS[kind]} – {facts.rules.name}, {facts.contest}",
        replaces="" if replaced is None else replacing(replaced),
        labelled=(
            ("Thời gian bắt đầu", f"{voice.moment(meeting.began_at)}."),
            ("Địa điểm", sentence(meeting.place)),
        ),
        attendance=attended(attendance, voice),
        led_by=(
            ("Chủ trì (chủ tọa)", signed(attendance.presider, attendance, voice)),
            ("Thư ký (người ghi biên bản)", signed(attendance.keeper, attendance, voice)),
        ),
        content=(*CONTENT[kind](facts, voice), *said(meeting, voice)),
        ended=ending(meeting, voice),
        keeper=voice.name(attendance.keeper),
        presider=voice.name(attendance.presider),
        recipients=facts.heads.recipients,
    )
    return Drawn(paper, tuple(sorted(voice.unnamed)))


def digest_of(paper: Paper) -> str:
    """Return the SHA-256 of what a paper says, as JSON with sorted members."""
    return sha256(json.encode(paper, order="sorted")).hexdigest()


def numbered(paper: Paper, number: str) -> Paper:
    """Give a paper its number."""
    return replace(paper, number=number)


def replacing(replaced: Replaced) -> str:
    """Say which version this one replaces, and why."""
    return (
        f"Biên bản này thay thế Biên bản số {replaced.number} {replaced.dated}."
        f" Lý do: {sentence(replaced.reason)}"
    )


def signed(person_id: str, attendance: Attendance, voice: Voice) -> str:
    """Name somebody with their title."""
    return f"{voice.name(person_id)} – {attendance.titles[person_id]}."


def attended(attendance: Attendance, voice: Voice) -> Part:
    """List who belongs to the meeting, and who was there."""
    rows = tuple(
        (str(place), voice.name(person), title, presence(person, attendance))
        for place, (person, title) in enumerate(attendance.titles.items(), start=1)
    )
    enough = "đủ" if attendance.is_quorate else "chưa đủ"
    counted = (
        f"Có mặt {attendance.present_judges}/{attendance.judges} giám khảo; {enough} số lượng tối"
        f" thiểu {attendance.quorum} giám khảo theo thể lệ."
    )
    guests = tuple(
        f"Khách mời: {sentence(guest)}" for guest in attendance.meeting.guests if guest.strip()
    )
    columns = ("STT", "Họ và tên", "Tư cách", "Có mặt")
    table = Table(columns, (12, 58, 53, 40), rows)
    return Part("Thành phần tham dự", (counted, *guests), table)


def presence(person: str, attendance: Attendance) -> str:
    """Say whether somebody was there, and if not why."""
    if person not in attendance.absent:
        return "Có mặt"
    reason = attendance.absent[person]
    return f"Vắng mặt: {reason}" if reason else "Vắng mặt"


def said(meeting: Meeting, voice: Voice) -> Iterator[Part]:
    """Tell what was said and concluded."""
    if meeting.opinions:
        yield Part(
            "Ý kiến",
            tuple(
                f"{voice.name(one.person_id)}: {sentence(one.words)}" for one in meeting.opinions
            ),
        )
    if meeting.conclusion.strip():
        yield Part("Kết luận", (sentence(meeting.conclusion),))


def ending(meeting: Meeting, voice: Voice) -> str:
    """Say when the meeting ended."""
    local = meeting.ended_at.astimezone(voice.zone)
    return f"Cuộc họp kết thúc vào {local:%H} giờ {local:%M} phút, {long_date(local.date())}./."
