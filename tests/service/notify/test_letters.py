"""Letters: who gets which, through a real relay."""

from datetime import date

import pytest
from sqlalchemy import event, select

from contracts import intake, review
from services.notify.store import DeliveryRow
from tests.service.notify.events import (
    CLOSING,
    HG,
    accepted,
    assigned,
    came_late,
    defence,
    disqualified,
    opened,
    person,
    published,
    refused,
    reminded,
    returned,
    round_closed,
    round_opened,
    second_look,
    submitted,
    withdrawn,
)
from tests.unit.notify.builders import some_rules


@pytest.fixture
def contest(bench):
    """Open a contest and register those who write and judge."""
    bench.hear(opened())
    for person_id in ("p-1", "p-2", "p-3", "clerk", "j-1", "j-2"):
        name = f"Nguyễn Văn {person_id}"
        bench.hear(person(person_id, name, f"{person_id}@example.vn"), id=f"of-{person_id}")
    return bench


def subjects(relay, person_id):
    return [one["Subject"] for one in relay.letters_to(f"{person_id}@example.vn")]


def text_of(relay, person_id):
    return relay.letters_to(f"{person_id}@example.vn")[-1].get_body(("plain",)).get_content()


def recipients(bench):
    rows = bench.rows(select(DeliveryRow))
    return sorted((row.recipient, row.template, row.state) for row in rows)


def test_an_event_reads_its_contest_once(contest):
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    event.listen(contest.database.engine, "before_cursor_execute", note)
    contest.hear(submitted(1))

    assert len([one for one in statements if "FROM contest" in one]) == 1


def test_the_receipt_reaches_the_authors_and_lists_what_is_missing(contest, relay):
    contest.hear(submitted(1, author_ids=("p-1", "p-2"), missing=("BAN_THUYET_MINH",)), id="m-1")

    contest.tick("send_letters")

    (letter,) = relay.letters_to("p-1@example.vn")
    (row, _) = contest.rows(select(DeliveryRow).order_by(DeliveryRow.recipient))
    assert letter["Subject"] == "Giấy biên nhận hồ sơ dự thi số H30-220815-0001"
    assert letter["To"] == "Nguyễn Văn p-1 <p-1@example.vn>"
    assert letter["From"] == "tiep-nhan@haugiang.example"
    assert letter["Message-ID"] == f"<{row.delivery_id}@haugiang.example>"
    assert "08 giờ 00 phút, ngày 15 tháng 8 năm 2022" in letter.get_body(("plain",)).get_content()
    assert (
        "Hồ sơ còn thiếu thành phần sau:\n\n- Bản thuyết minh\n"
        in letter.get_body(("plain",)).get_content()
    )
    assert subjects(relay, "p-2") == ["Giấy biên nhận hồ sơ dự thi số H30-220815-0001"]


def test_nobody_is_written_to_from_a_sandbox(contest, relay):
    sandbox = "hau-giang-sandbox"
    contest.hear(opened(), tenant=sandbox)
    contest.hear(person("p-1", "Nguyễn Văn Thử", "p-1@example.vn"), tenant=sandbox)
    contest.hear(submitted(1, author_ids=("p-1",)), tenant=sandbox)

    contest.tick("send_letters", tenant=sandbox)

    assert contest.rows(select(DeliveryRow), sandbox) == []
    assert relay.received == []


def test_one_event_heard_twice_is_told_once(contest, relay):
    contest.hear(submitted(), id="m-1")

    contest.hear(submitted(), id="m-1")
    contest.tick("send_letters")
    contest.tick("send_letters")

    assert len(relay.received) == 1


def test_an_author_who_filed_the_entry_gets_one_receipt(contest, relay):
    contest.hear(submitted(author_ids=("p-1", "p-2"), filed_by="p-2"), id="m-1")

    contest.tick("send_letters")

    assert len(relay.received) == 2


def test_a_clerk_gets_the_receipt_of_what_they_filed(contest, relay):
    contest.hear(submitted(channel="DESK", filed_by="clerk"), id="m-1")
    contest.hear(accepted(filed_by="clerk"), id="m-2")

    contest.tick("send_letters")

    assert len(subjects(relay, "clerk")) == 1
    assert len(subjects(relay, "p-1")) == 2


def test_who_comes_late_is_told_so_and_later_what_was_decided(contest, relay):
    contest.hear(came_late(), id="m-1")
    contest.tick("send_letters")
    late = text_of(relay, "p-1")

    contest.hear(refused(), id="m-2")
    contest.tick("send_letters")

    assert subjects(relay, "p-1") == [
        "Hồ sơ dự thi số H30-220815-0001 nộp sau thời hạn",
        "Từ chối tiếp nhận hồ sơ dự thi H30-220815-0001",
    ]
    assert "- Căn cứ: Hạn nộp là 24:00 15/08/2022; hồ sơ đến lúc 00:00:01 16/08/2022.\n" in late
    assert "Hồ sơ được lưu giữ và đánh dấu là nộp muộn." in late


@pytest.mark.parametrize(
    ("event", "subject", "words"),
    [
        (returned(), "Yêu cầu bổ sung hồ sơ dự thi", "Hạn bổ sung: trước 08 giờ 00 phút"),
        (accepted(), "Hồ sơ dự thi H30-220815-0001 hợp lệ", "đầy đủ, hợp lệ"),
        (refused(), "Từ chối tiếp nhận hồ sơ dự thi", "Lý do: Nộp sau thời hạn."),
        (withdrawn(), "Xác nhận rút hồ sơ dự thi", "đã được rút khỏi"),
        (disqualified(), "bị loại khỏi cuộc thi", "Lý do: Trùng với sáng kiến đã biết."),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, intake.EntryEvent) else "",
)
def test_what_happens_to_an_entry_is_told_to_its_author(contest, relay, event, subject, words):
    contest.hear(submitted(), id="m-1")
    contest.tick("send_letters")

    contest.hear(event, id="m-2")
    contest.tick("send_letters")

    letter = relay.letters_to("p-1@example.vn")[-1]
    assert subject in letter["Subject"]
    assert words in letter.get_body(("plain",)).get_content()


def test_an_event_that_overtakes_the_submission_waits_for_it(contest, relay):
    early = contest.hear(accepted(), id="m-2")

    contest.hear(submitted(), id="m-1")
    contest.retry(intake.EntryAccepted)
    contest.tick("send_letters")

    assert early == "retry"
    assert len(subjects(relay, "p-1")) == 2


def test_a_person_whose_name_comes_late_is_told_when_it_has_come(bench, relay):
    bench.hear(opened())
    bench.hear(submitted(author_ids=("late",), filed_by="late"), id="m-1", now=CLOSING)
    bench.tick("send_letters", now=CLOSING)

    bench.hear(person("late", "Trần Văn Muộn", "late@example.vn"), id="m-2")
    bench.tick("send_letters", now=CLOSING.replace(minute=1))

    (letter,) = relay.received
    assert letter["To"] == "Trần Văn Muộn <late@example.vn>"


def test_an_older_submission_that_comes_late_changes_nothing(contest, relay):
    contest.hear(submitted(version=2, author_ids=("p-2",), filed_by="p-2"), id="m-2")
    contest.hear(submitted(version=1, author_ids=("p-1",)), id="m-1")

    contest.hear(accepted(), id="m-3")
    contest.tick("send_letters")

    assert "Hồ sơ dự thi H30-220815-0001 hợp lệ" in subjects(relay, "p-2")


def test_letters_quote_the_newest_amendment_whatever_the_order(contest, relay):
    rules = some_rules(HG, title="Cuộc thi đã gia hạn")
    amended = intake.ContestAmended(
        contest_id=HG, rules=rules, sha256="b" * 64, number=1, reason="Gia hạn"
    )
    contest.hear(amended, id="m-2")

    contest.hear(opened(), id="m-1")
    contest.hear(submitted(), id="m-3")
    contest.tick("send_letters")

    assert "Cuộc thi đã gia hạn" in text_of(relay, "p-1")


def test_jury_members_are_appointed(contest, relay):
    seats = (review.Seat(person_id="j-1", role="CHAIR"), review.Seat(person_id="j-2"))

    contest.hear(review.JurySeated(contest_id=HG, seats=seats), id="m-1")
    contest.tick("send_letters")

    assert "nhiệm vụ: Trưởng Ban Giám khảo." in text_of(relay, "j-1")
    assert "nhiệm vụ: Thành viên Ban Giám khảo." in text_of(relay, "j-2")


def test_deputy_and_who_takes_a_seat_later_are_appointed_too(contest, relay):
    seats = (
        review.Seat(person_id="j-1", role="DEPUTY"),
        review.Seat(person_id="j-1", panel_id="A"),
    )
    decision = review.Decision(number="05/QĐ-BTC", issued_on=date(2022, 8, 20))
    replaced = review.JudgeReplaced(
        contest_id=HG,
        judge_id="j-9",
        decision=decision,
        reason="Đi công tác",
        seats=(review.Seat(person_id="j-2"),),
    )

    contest.hear(review.JurySeated(contest_id=HG, seats=seats), id="m-1")
    contest.hear(replaced, id="m-2")
    contest.tick("send_letters")

    assert "nhiệm vụ: Phó Trưởng Ban Giám khảo." in text_of(relay, "j-1")
    assert "nhiệm vụ: Thành viên Ban Giám khảo." in text_of(relay, "j-2")


def test_a_judge_gets_one_letter_for_all_entries_of_a_blind_round(contest, relay):
    for number in (1, 2, 3):
        contest.hear(submitted(number), id=f"s-{number}")
    contest.hear(assigned(3, "j-1", "j-2"), id="m-3")
    contest.hear(round_opened(1, 2, 3), id="m-0")
    contest.hear(assigned(1, "j-1"), id="m-1")
    contest.hear(assigned(2, "j-1"), id="m-2")

    contest.tick("send_letters")

    assert subjects(relay, "j-1") == ["Phân công chấm 3 hồ sơ - Vòng sơ khảo"]
    assert subjects(relay, "j-2") == ["Phân công chấm 1 hồ sơ - Vòng sơ khảo"]
    assert "- Hồ sơ HS-01\n- Hồ sơ HS-02\n- Hồ sơ HS-03\n" in text_of(relay, "j-1")
    assert "Sáng kiến" not in text_of(relay, "j-1").replace(some_rules().title, "")


def test_a_judge_who_steps_in_later_is_told_at_once_and_alone(contest, relay):
    contest.hear(round_opened(1), id="m-0")
    contest.hear(assigned(1, "j-1"), id="m-1")

    contest.hear(assigned(1, "j-1", "j-2"), id="m-2")
    contest.tick("send_letters")

    assert len(subjects(relay, "j-1")) == 1
    assert len(subjects(relay, "j-2")) == 1


def test_titles_are_named_where_the_round_is_not_blind(contest, relay):
    contest.hear(submitted(1), id="s-1")
    contest.hear(round_opened(1, round_id="BAO_VE"), id="m-0")

    contest.hear(assigned(1, "j-1", round_id="BAO_VE"), id="m-1")
    contest.tick("send_letters")

    assert "- Hồ sơ HS-01: Sáng kiến 1\n" in text_of(relay, "j-1")


def test_a_second_look_is_asked_for_without_a_score(contest, relay):
    contest.hear(second_look(4, "j-1", "j-2"), id="m-1")

    contest.tick("send_letters")

    assert subjects(relay, "j-2") == ["Đề nghị xem lại hồ sơ HS-04 - Vòng sơ khảo"]
    assert "31" not in text_of(relay, "j-1")


def test_a_key_that_stood_in_is_told_to_all_who_hold_one_and_an_officers_own_to_nobody(
    contest, relay
):
    said = {"contest_id": HG, "round_id": "SO_KHAO", "holders": ("j-1", "j-2")}
    contest.hear(review.KeyGiven(**said, holder_id="j-1"), id="m-1")
    stated = {"lost": "j-2", "minutes": "07/BB-BGK", "reason": "Hỏng máy tính."}
    contest.hear(review.KeyGiven(**said, holder_id="s-9", **stated), id="m-2")

    contest.tick("send_letters")

    subject = "Đã dùng khóa dự phòng để mở niêm phong phiếu chấm - Vòng sơ khảo"
    assert subjects(relay, "j-1") == subjects(relay, "j-2") == [subject]
    assert "biên bản số 07/BB-BGK" in text_of(relay, "j-2")


def test_an_extension_is_told_to_judges_who_still_have_sheets_to_give(contest, relay):
    extended = review.RoundExtended(
        contest_id=HG,
        round_id="SO_KHAO",
        until=CLOSING,
        reason="Hai giám khảo đi công tác.",
        minutes="08/BB-BGK",
        judge_ids=("j-2",),
    )

    contest.hear(extended, id="m-1")
    contest.tick("send_letters")

    assert subjects(relay, "j-1") == []
    assert subjects(relay, "j-2") == ["Gia hạn nộp phiếu chấm - Vòng sơ khảo"]
    assert "Hai giám khảo đi công tác." in text_of(relay, "j-2")


def test_who_accepted_an_entry_hears_that_copies_wait_to_be_checked(contest, relay):
    made = intake.CopiesMade(contest_id=HG, entry_id="e-1", version=1, ordered_by="j-1", waiting=2)

    contest.hear(made, id="m-1")
    contest.tick("send_letters")

    assert subjects(relay, "j-1") == ["Bản che tên chờ kiểm tra"]
    assert "2 bản chờ kiểm tra" in text_of(relay, "j-1")


def test_finalists_are_told_without_a_score_and_the_others_are_not(contest, relay):
    contest.hear(submitted(1), id="s-1")
    contest.hear(submitted(2, author_ids=("p-2",), filed_by="p-2"), id="s-2")
    contest.tick("send_letters")

    contest.hear(round_closed((1, True), (2, False)), id="m-1")
    contest.tick("send_letters")

    assert subjects(relay, "p-1")[1:] == ["Hồ sơ được vào Vòng bảo vệ ý tưởng"]
    assert subjects(relay, "p-2")[1:] == []
    assert "10 phút trình bày và 5 phút" in text_of(relay, "p-1")
    assert "87" not in text_of(relay, "p-1")


def test_the_end_of_the_last_round_is_told_to_nobody(contest):
    contest.hear(round_closed((1, True), is_last=True, round_id="BAO_VE"), id="m-1")

    assert recipients(contest) == []


def test_a_defence_day_reaches_those_whose_time_it_changed_with_a_calendar(contest, relay):
    for number, author in ((1, "p-1"), (2, "p-2"), (3, "p-1")):
        contest.hear(submitted(number, author_ids=(author,), filed_by=author), id=f"s-{number}")
    contest.tick("send_letters")
    before = len(subjects(relay, "p-2"))

    contest.hear(defence(1, 2, 3, changed=(1, 3), judges=[("j-1", (1, 3), (2,))]), id="m-1")
    contest.tick("send_letters")

    own, heard = (relay.letters_to(f"{one}@example.vn")[-1] for one in ("p-1", "j-1"))
    assert own["Subject"] == "Lịch bảo vệ - Vòng bảo vệ ý tưởng"
    said = own.get_body(("plain",)).get_content()
    assert "Sáng kiến 1" in said
    assert "10 giờ 00 phút, ngày 15 tháng 8 năm 2022, tại Hội trường A" in said
    assert [one.get_content().strip() for one in own.iter_attachments()] == [
        "BEGIN:VCALENDAR 1",
        "BEGIN:VCALENDAR 3",
    ]
    assert len(subjects(relay, "p-2")) == before
    assert "hồ sơ HS-02: Sáng kiến 2 (đề nghị Ông/Bà tạm rời phòng)" in (
        heard.get_body(("plain",)).get_content()
    )
    assert [one.get_content_type() for one in heard.iter_attachments()] == ["text/calendar"]


def test_results_reach_winners_and_all_who_were_judged(contest, relay):
    for number, author in ((1, "p-1"), (2, "p-2"), (3, "p-3")):
        who = {"author_ids": (author,), "filed_by": author}
        contest.hear(submitted(number, **who), id=f"s-{number}")
        contest.hear(accepted(number, **who), id=f"a-{number}")
    contest.hear(disqualified(3), id="d-3")
    contest.tick("send_letters")
    before = len(subjects(relay, "p-3"))

    contest.hear(published((1, "NHAT")), id="m-1")
    contest.tick("send_letters")

    assert subjects(relay, "p-1")[-1] == "Chúc mừng Ông/Bà đoạt giải của cuộc thi"
    assert "- Giải Nhất: Sáng kiến 1" in text_of(relay, "p-1")
    assert "87" not in text_of(relay, "p-1")
    assert subjects(relay, "p-2")[-1] == "Công bố kết quả cuộc thi"
    assert len(subjects(relay, "p-3")) == before


def test_whoever_answers_for_a_milestone_is_reminded(contest, relay):
    contest.hear(reminded("p-1"), id="m-1")
    contest.hear(reminded("p-1"), id="m-1")
    contest.tick("send_letters")

    assert subjects(relay, "p-1") == ["Mốc nhân rộng sáng kiến đến hạn sau 7 ngày"]
    assert "Mốc thực hiện: Tập huấn cán bộ\n" in text_of(relay, "p-1")


def test_other_tenants_letters_stay_theirs(contest, relay):
    contest.hear(submitted(), id="m-1")

    contest.tick("send_letters", tenant="ca-mau")

    assert relay.received == []
