"""What the other services say, for notify to hear."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from contracts import awards, intake, review
from tests.unit.notify.builders import some_rules

HG = "HG-CCHC-2022"
CLOSING = datetime(2022, 8, 15, 1, tzinfo=UTC)
RULES = some_rules(HG)


def opened():
    return intake.ContestOpened(contest_id=HG, rules=RULES, sha256="a" * 64, opened_at=CLOSING)


def person(person_id, full_name="Lê Thị Sen", email="sen@example.vn"):
    return intake.PersonRegistered(person_id=person_id, full_name=full_name, email=email)


def about(number=1, author_ids=("p-1",), filed_by="p-1"):
    return {
        "contest_id": HG,
        "entry_id": f"e-{number}",
        "receipt_code": f"H30-220815-{number:04d}",
        "filed_by": filed_by,
        "author_ids": author_ids,
        "title": f"Sáng kiến {number}",
    }


def submitted(number=1, channel="ONLINE", version=1, missing=(), external_code=None, **who):
    return intake.EntrySubmitted(
        **about(number, **who),
        version=version,
        received_at=CLOSING,
        area="THE_CHE",
        kind="INDIVIDUAL",
        group="NGUOI_DAN",
        channel=channel,
        documents=(),
        missing=missing,
        external_code=external_code,
    )


def came_late(number=1, **who):
    return intake.EntryCameLate(
        **about(number, **who),
        version=1,
        received_at=CLOSING,
        counted_at=CLOSING,
        rule="Hạn nộp là 24:00 15/08/2022; hồ sơ đến lúc 00:00:01 16/08/2022.",
        channel="ONLINE",
    )


def returned(number=1, **who):
    return intake.EntryReturned(
        **about(number, **who),
        request="Nộp bản thuyết minh có chữ ký.",
        missing=("BAN_THUYET_MINH",),
        due_at=CLOSING,
    )


def accepted(number=1, **who):
    return intake.EntryAccepted(
        **about(number, **who),
        version=1,
        area="THE_CHE",
        kind="INDIVIDUAL",
        shares=(intake.Share(person_id="p-1", percent=Decimal(100)),),
        summary="",
    )


def refused(number=1):
    return intake.EntryRefused(**about(number), reason="Nộp sau thời hạn.")


def withdrawn(number=1):
    return intake.EntryWithdrawn(**about(number), reason="")


def disqualified(number=1):
    return intake.EntryDisqualified(**about(number), reason="Trùng với sáng kiến đã biết.")


def round_opened(*numbers, round_id="SO_KHAO"):
    ids = tuple(f"e-{number}" for number in numbers)
    return review.RoundOpened(contest_id=HG, round_id=round_id, entry_ids=ids)


def assigned(number, *judge_ids, round_id="SO_KHAO"):
    return review.JudgesAssigned(
        contest_id=HG,
        round_id=round_id,
        entry_id=f"e-{number}",
        code=f"HS-{number:02d}",
        judge_ids=judge_ids,
    )


def stood_down(number, judge_id, round_id="SO_KHAO", **more):
    about = {"contest_id": HG, "round_id": round_id, "entry_id": f"e-{number}"}
    return review.JudgeStoodDown(**about, judge_id=judge_id, **more)


def second_look(number, *judge_ids, round_id="SO_KHAO"):
    return review.SecondLookNeeded(
        contest_id=HG,
        round_id=round_id,
        entry_id=f"e-{number}",
        code=f"HS-{number:02d}",
        judge_ids=judge_ids,
        spread=Decimal("31.5"),
    )


def round_closed(*lines, is_last=False, round_id="SO_KHAO"):
    return review.RoundClosed(
        contest_id=HG,
        round_id=round_id,
        is_last=is_last,
        table=tuple(
            review.RoundLine(
                entry_id=f"e-{number}",
                code=f"HS-{number:02d}",
                average=review.Average(total=Decimal("262.5"), count=3),
                criteria={},
                score=Decimal("87.50"),
                rank=rank,
                advances=advances,
            )
            for rank, (number, advances) in enumerate(lines, start=1)
        ),
    )


def published(*prizes):
    return awards.ResultsPublished(
        contest_id=HG,
        lines=tuple(
            awards.PrizeLine(
                entry_id=f"e-{number}",
                title=f"Sáng kiến {number}",
                author_ids=(),
                prize=prize,
                score=Decimal("87.50"),
                rank=rank,
            )
            for rank, (number, prize) in enumerate(prizes, start=1)
        ),
        papers=(
            awards.Paper(
                paper_id="paper-1",
                kind="DECISION",
                authority="CT_UBND",
                number=5,
                symbol="QĐ-UBND",
                dated=date(2022, 11, 20),
            ),
        ),
    )


def defence(*numbers, version=1, changed=(), judges=()):
    """Return a defence day of entries, an hour each; `judges` are (id, heard, left for)."""
    return review.DefenceRecorded(
        contest_id=HG,
        round_id="BAO_VE",
        version=version,
        reason="Đổi phòng.",
        slots=tuple(
            review.SlotNews(
                entry_id=f"e-{number}",
                code=f"HS-0{number}",
                room="Hội trường A",
                starts_at=CLOSING + timedelta(hours=place),
                ends_at=CLOSING + timedelta(hours=place, minutes=15),
                state="CONFIRMED",
                calendar=f"BEGIN:VCALENDAR {number}" if number in changed else "",
            )
            for place, number in enumerate(numbers)
        ),
        judges=tuple(
            review.JudgeNews(
                judge_id=judge_id,
                entry_ids=tuple(f"e-{number}" for number in heard),
                away=tuple(f"e-{number}" for number in away),
                calendar=f"BEGIN:VCALENDAR {judge_id}",
            )
            for judge_id, heard, away in judges
        ),
    )


def reminded(person_id):
    return awards.MilestoneReminded(
        contest_id=HG,
        entry_id="e-1",
        plan_id="plan-1",
        number=1,
        title="Sáng kiến 1",
        adopter="Sở Tư pháp",
        what="Tập huấn cán bộ",
        due_on=date(2022, 12, 1),
        days=-7,
        responsible_id=person_id,
    )
