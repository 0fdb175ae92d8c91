"""A round that was played to its end with everything minutes can tell, and its meeting."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from contracts.review import Meeting
from contracts.review.minutes import Absence, Opinion
from contracts.rules import JuryRules, MinutesRules
from services.review.domain.jury import Role, Seat
from services.review.domain.minutes.drawing import Drawn, draw
from services.review.domain.minutes.facts import (
    AskedAgain,
    Dealt,
    Discussed,
    Extended,
    Facts,
    KeptAway,
    KeyUsed,
    Line,
    Noted,
    OtherMinutes,
    Sheet,
    StoodDown,
    Voted,
)
from services.review.domain.minutes.meeting import Attendance, attend
from tests.unit.review.builders import FIRST

AT = datetime(2022, 8, 16, 1, 5, tzinfo=UTC)
LONG = "Nguyễn Trần Hoàng Khánh Phương Uyên (mẫu)"
SEATS = (
    Seat("j-1", Role.CHAIR),
    Seat("j-2", Role.DEPUTY),
    *(Seat(f"j-{number}", Role.MEMBER) for number in range(3, 22)),
    Seat("s-1", Role.SECRETARY),
)
NAMES = {
    **{f"j-{number}": f"Giám khảo mẫu số {number}" for number in range(1, 22)},
    "j-4": LONG,
    "s-1": "Thư ký mẫu",
    "k-1": "Người giữ khóa dự phòng mẫu",
    "o-1": "Cán bộ mẫu",
}
CODES = tuple(f"HG-2022-{number:03d}" for number in range(1, 61))
MEETING = Meeting(
    place="Phòng họp số 2, Sở Nội vụ",
    began_at=AT,
    ended_at=AT + timedelta(hours=2, minutes=30),
    absent=(Absence(person_id="j-21", reason="Đi công tác"),),
    guests=("Đại diện Văn phòng UBND tỉnh",),
    opinions=(Opinion(person_id="j-3", words="Đề nghị giữ nguyên thang điểm"),),
    conclusion="Các thành viên dự họp thống nhất với nội dung biên bản",
)


def at(minutes: int) -> datetime:
    """Return an instant so long after the opening."""
    return AT + timedelta(minutes=minutes)


def panel(place: int) -> tuple[str, ...]:
    """Return the judges of an entry by its place."""
    return tuple(f"j-{1 + (place * 3 + seat) % 21}" for seat in range(3))


def sheet(place: int, judge: str, **said: object) -> Sheet:
    """Return a sheet; one without a digest of its own is given sealed."""
    code = CODES[place]
    given = {
        "version": 1,
        "given_at": at(60 + place),
        "digest": sha256(f"{code} {judge} {said}".encode()).hexdigest(),
        "total": Decimal("81.25"),
    }
    return Sheet(code=code, judge_id=judge, **(given | said))


def a_round(**changed: object) -> Facts:
    """Return the facts of a closed round, with some of them changed."""
    first, second = CODES[:2]
    noted = (
        Noted(
            at(0),
            "s-1",
            Dealt(
                {code: panel(place) for place, code in enumerate(CODES)},
                (KeptAway(first, "j-9", "OWN_UNIT"), KeptAway(second, "j-10", "DECLARED")),
                at(6000),
            ),
        ),
        Noted(at(30), "j-1", StoodDown(first, "j-1", "DECLINED", "Không đúng chuyên môn")),
        Noted(at(40), "s-1", StoodDown(second, "j-5", "FOUND", sheets=1, substitute="j-4")),
        Noted(
            at(50),
            "s-1",
            StoodDown(first, "j-2", "REPLACED", "Nghỉ ốm dài ngày", "m-1", substitute="j-12"),
        ),
        Noted(
            at(55),
            "s-1",
            StoodDown(second, "j-6", "COUNTED_WITHOUT", "Đi công tác xa", "07/BB-BGK"),
        ),
        Noted(at(58), "o-1", Extended(at(9000), "Nhiều bài dài", "m-1", ("j-3", "j-7"))),
        Noted(at(200), "s-1", AskedAgain(first, ("j-1", "j-3"), Decimal("17.5"))),
        Noted(at(201), "s-1", AskedAgain(second, ("j-14",), Decimal("22.25"), called=True)),
        Noted(at(210), "s-1", Discussed(second, "Thống nhất giữ nguyên phiếu", "m-2")),
    )
    sheets = [sheet(place, judge) for place in range(len(CODES)) for judge in panel(place)]
    sheets += [
        sheet(0, "j-3", version=2, reason="Cộng nhầm điểm phần hai"),
        sheet(0, "j-3", version=3, digest="", minutes="m-2", reason="Đánh giá lại tính mới",
              total=Decimal("70.75")),
        sheet(1, "j-14", digest="", total=Decimal("66.5")),
    ]  # fmt: skip
    facts = Facts(
        contest="Sáng kiến cải cách hành chính (mẫu)",
        timezone="Asia/Ho_Chi_Minh",
        rules=FIRST,
        heads=MinutesRules(),
        host="Ủy ban nhân dân tỉnh mẫu",
        is_last=False,
        opened_at=at(0),
        officers=("j-1", "s-1"),
        recovery="k-1",
        public_key="sk1.mẫu",
        unsealed_at=at(190),
        closed_at=at(300),
        hides_conflicts=False,
        areas=dict.fromkeys(CODES, "Cải cách thủ tục hành chính"),
        noted=noted,
        keys=(
            KeyUsed("s-1", at(180)),
            KeyUsed("k-1", at(190), "j-1", "m-3", "Hỏng máy tính giữ khóa"),
        ),
        sheets=tuple(sorted(sheets, key=lambda one: (one.code, one.judge_id, one.version))),
        votes=(Voted(at(250), "j-1", (CODES[3], CODES[2]), "09/BB-BTC", "Tính mới cao hơn"),),
        vacant=(CODES[40],),
        left=((CODES[59], "WITHDRAWN"),),
        table=tuple(
            Line(
                place + 1,
                code,
                f"Giải pháp mẫu số {place + 1} nâng cao chất lượng phục vụ người dân tại bộ phận"
                " tiếp nhận và trả kết quả",
                Decimal("90.05") - place,
                place < 4,
                place in {2, 3},
            )
            for place, code in enumerate(CODES[:59])
        ),
        others=(OtherMinutes("05/BB-BTC", "OPENING", 1, "ab" * 32),),
        numbers={"m-1": "06/BB-BTC", "m-2": "", "m-3": "08/BB-BTC"},
    )
    return replace(facts, **changed)


def attendance(meeting: Meeting = MEETING, holders: tuple[str, ...] = ()) -> Attendance:
    """Return who was at the meeting of a jury of 21."""
    return attend(meeting, SEATS, holders, "s-1", JuryRules())


def drawn(kind: str, facts: Facts | None = None, meeting: Meeting = MEETING) -> Drawn:
    """Draw minutes of a kind."""
    holders = ("j-1", "s-1", "k-1") if kind == "UNSEALING" else ()
    return draw(kind, facts or a_round(), attendance(meeting, holders), NAMES)
