"""What the other services say ends up in an entry's history, and sometimes ends the entry."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contracts import awards, intake, originality, review
from kernel.testing import Rejected, actor
from tests.service.intake.conftest import BINH, CONTEST, IN_TIME, ORGANISER, SECRETARY, member

LATER = IN_TIME + timedelta(hours=1)
MEAN = review.Average(total=Decimal(260), count=3)


def ruled(entry_id: str, ruling: str) -> originality.OriginalityRuled:
    return originality.OriginalityRuled(
        contest_id=CONTEST,
        entry_id=entry_id,
        report_id="r-1",
        ruling=ruling,
        reason="Chép sáng kiến của Sở Tư pháp",
    )


def line(entry_id: str, *, advances: bool) -> review.RoundLine:
    return review.RoundLine(
        entry_id=entry_id,
        code="A01",
        average=MEAN,
        criteria={"TINH_MOI": MEAN},
        score=Decimal("86.67"),
        rank=1,
        advances=advances,
    )


def last_note(contest, entry_id: str) -> tuple[str, str]:
    return contest.notes(entry_id)[-1]


@pytest.mark.parametrize("is_accepted", [False, True])
def test_entry_of_somebody_who_joins_the_jury_is_out(contest, is_accepted):
    entry_id, other = contest.enter(), contest.enter(BINH)
    if is_accepted:
        contest.accept(entry_id)

    contest.seat("j-1", "p-an")

    (said,) = contest.said(intake.EntryDisqualified)
    assert said.entry_id == entry_id
    assert said.reason.startswith("Thành viên Ban Tổ chức, Ban Giám khảo")
    assert (contest.state(entry_id), contest.state(other)) == ("DISQUALIFIED", "SUBMITTED")


def test_entry_of_a_judge_known_under_a_second_id_is_out(contest):
    authors = (member("Lê Thị Cúc", "100", email="cuc@vd.vn"),)
    entry_id = contest.enter(authors=authors)
    draft = contest.draft(authors=authors)
    judge = intake.RegisterPerson(person_id="j-1", full_name="Lê Thị Cúc", email="CUC@vd.vn")
    contest.ask(judge, ORGANISER)

    contest.seat("j-1")

    assert contest.state(entry_id) == "DISQUALIFIED"
    with pytest.raises(Rejected, match="Excluded"):
        contest.submit(draft)


@pytest.mark.parametrize("role", ["clerk", "secretary", "organiser"])
def test_judge_reads_no_dossier_whatever_else_they_are(contest, role):
    entry_id = contest.enter()
    judge = actor("judge", role, id="j-1")
    document_id = contest.show(entry_id).documents[0].document_id

    contest.seat("j-1")

    for query in (
        intake.ShowEntry(entry_id=entry_id),
        intake.LinkDocument(entry_id=entry_id, document_id=document_id),
    ):
        with pytest.raises(Rejected, match="UnknownEntry"):
            contest.ask(query, judge)
    assert contest.ask(intake.ListEntries(contest_id=CONTEST), judge) == []


def test_judge_decides_on_no_dossier(contest):
    entry_id = contest.enter()
    contest.seat("s-1")

    with pytest.raises(Rejected, match="JudgeOfEntries"):
        contest.accept(entry_id, SECRETARY)


def test_secretary_of_the_jury_goes_on_working_on_dossiers(contest):
    entry_id = contest.enter()
    seats = (review.Seat(person_id="s-1", role="SECRETARY"),)

    contest.bench.hear(review.JurySeated(contest_id=CONTEST, seats=seats))

    contest.accept(entry_id, SECRETARY)


def test_author_who_takes_the_seat_of_a_judge_later_is_out_by_the_rule(contest):
    entry_id = contest.enter()
    replaced = review.JudgeReplaced(
        contest_id=CONTEST,
        judge_id="j-2",
        decision=review.Decision(number="05/QĐ-BTC", issued_on=date(2022, 8, 20)),
        reason="Đi công tác",
        seats=(review.Seat(person_id="p-an"),),
    )

    contest.bench.hear(replaced)

    (out,) = contest.said(intake.EntryDisqualified)
    assert out.entry_id == entry_id
    assert "Ban Giám khảo" in out.reason


def test_jury_that_is_seated_again_disqualifies_nobody_twice(contest):
    contest.enter()

    contest.seat("p-an")
    contest.seat("p-an")

    assert len(contest.said(intake.EntryDisqualified)) == 1


def test_duplicate_is_out_with_the_reason_of_the_ruling(contest):
    entry_id = contest.enter()
    contest.accept(entry_id)

    contest.bench.hear(ruled(entry_id, "DUPLICATE"), now=LATER)

    (said,) = contest.said(intake.EntryDisqualified)
    assert said.reason == "Chép sáng kiến của Sở Tư pháp"
    assert last_note(contest, entry_id) == (
        "DISQUALIFIED",
        "Loại khỏi cuộc thi: Chép sáng kiến của Sở Tư pháp",
    )


def test_ruling_on_a_withdrawn_entry_changes_nothing(contest):
    entry_id = contest.enter()
    contest.ask(intake.WithdrawEntry(entry_id=entry_id))

    contest.bench.hear(ruled(entry_id, "DUPLICATE"), now=LATER)

    assert contest.said(intake.EntryDisqualified) == []
    assert contest.state(entry_id) == "WITHDRAWN"


def test_original_entry_goes_on(contest):
    entry_id = contest.enter()

    contest.bench.hear(ruled(entry_id, "ORIGINAL"), now=LATER)

    assert last_note(contest, entry_id) == ("SUBMITTED", "Kết luận: không trùng lặp.")


def test_report_is_noted_without_its_findings(contest):
    entry_id = contest.enter()

    contest.bench.hear(
        originality.OriginalityReported(
            contest_id=CONTEST,
            entry_id=entry_id,
            version=1,
            report_id="r-1",
            level="REVIEW",
            share=Decimal("0.42"),
            sources=("e-9",),
        ),
        now=LATER,
    )

    assert last_note(contest, entry_id) == ("SUBMITTED", "Đã kiểm tra trùng lặp.")


def test_rounds_are_noted_without_scores(contest):
    entry_id, other = contest.enter(), contest.enter(BINH)

    contest.bench.hear(
        review.EntryScored(
            contest_id=CONTEST, round_id="SO_KHAO", entry_id=entry_id, average=MEAN, criteria={}
        ),
        now=LATER,
    )
    table = (line(entry_id, advances=True), line(other, advances=False))
    for round_id, is_last in (("SO_KHAO", False), ("BAO_VE", True)):
        closed = review.RoundClosed(
            contest_id=CONTEST, round_id=round_id, table=table, is_last=is_last
        )
        contest.bench.hear(closed, now=LATER)

    assert [note for _, note in contest.notes(entry_id)[-3:]] == [
        "Vòng sơ khảo: đã chấm xong.",
        "Vòng sơ khảo: được vào vòng sau.",
        "Vòng bảo vệ ý tưởng: kết thúc.",
    ]
    assert contest.notes(other)[-2] == ("SUBMITTED", "Vòng sơ khảo: không vào vòng sau.")
    assert "86" not in str(contest.notes(entry_id))


def test_results_are_noted_for_winners_and_for_the_others(contest):
    winner, other, withdrawn = contest.enter(), contest.enter(), contest.enter()
    contest.accept(winner)
    contest.accept(other)
    contest.ask(intake.WithdrawEntry(entry_id=withdrawn))
    prize = awards.PrizeLine(
        entry_id=winner,
        title="Nộp hồ sơ một lần",
        author_ids=("p-an",),
        prize="KHUYEN_KHICH",
        score=Decimal("71.5"),
        rank=8,
    )

    contest.bench.hear(
        awards.ResultsPublished(contest_id=CONTEST, lines=(prize,), papers=()), now=LATER
    )

    assert last_note(contest, winner) == ("ACCEPTED", "Đạt Giải Khuyến khích.")
    assert last_note(contest, other) == ("ACCEPTED", "Đã công bố kết quả cuộc thi.")
    assert last_note(contest, withdrawn) == ("WITHDRAWN", "Đã rút hồ sơ.")


def test_event_of_an_unknown_contest_is_tried_again(contest):
    seated = review.JurySeated(contest_id="HG-1999", seats=())

    assert contest.bench.hear(seated) == "retry"
