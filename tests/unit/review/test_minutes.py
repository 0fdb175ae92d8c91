"""What minutes say, who may sign and read them, and which steps must name some."""

import re
from dataclasses import astuple, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from contracts.review import Meeting
from contracts.review.minutes import Absence
from contracts.rules import JuryRules, MinutesRules
from services.review.domain.jury import Role, Seat
from services.review.domain.minutes import stages
from services.review.domain.minutes.citing import KINDS, Kept, MinutesNotKept, check_cited
from services.review.domain.minutes.drawing import CONTENT, Replaced, digest_of, draw, numbered
from services.review.domain.minutes.facts import Dealt, Extended, Noted, StoodDown
from services.review.domain.minutes.meeting import (
    EndsBeforeItBegins,
    NobodyPresides,
    NotOfTheMeeting,
    OneHand,
    PlaceMissing,
    attend,
)
from services.review.domain.minutes.paper import head_lines
from services.review.domain.minutes.saying import figure, grouped
from services.review.domain.minutes.stages import Reader, Version, may_read
from tests.unit.review.minuted import (
    CODES,
    LONG,
    MEETING,
    NAMES,
    a_round,
    at,
    attendance,
    drawn,
)

TOLD_ONCE = {
    "OPENING": ("cùng đơn vị với tác giả hoặc bài dự thi", "đã có khai báo xung đột lợi ích"),
    "MISSING": ("Không đúng chuyên môn", "Nghỉ ốm dài ngày", "Đi công tác xa", "Nhiều bài dài"),
    "UNSEALING": ("Hỏng máy tính giữ khóa", "Cộng nhầm điểm phần hai"),
    "RECONSIDERING": ("17,5", "22,25", "Đánh giá lại tính mới", "Thống nhất giữ nguyên phiếu",
                      "70,75", "66,5"),
    "VOTE": ("Tính mới cao hơn",),
    "CLOSING": ("90,05", "Bài HG-2022-060: đã rút", "05/BB-BTC"),
}  # fmt: skip


def text_of(part) -> str:
    """Return everything a paper or a part of one says."""
    if isinstance(part, str):
        return part
    if isinstance(part, tuple | list):
        return "\n".join(text_of(one) for one in part)
    return "" if part is None or isinstance(part, int) else text_of(astuple(part))


@pytest.mark.parametrize("kind", CONTENT)
def test_every_fact_of_a_round_is_told_once_and_in_one_kind_of_minutes(kind):
    said = {other: text_of(drawn(other).paper) for other in CONTENT}

    for fact in TOLD_ONCE[kind]:
        assert [other for other in CONTENT if fact in said[other]] == [kind]
        assert said[kind].count(fact) == 1


def test_every_sheet_and_every_panel_is_a_row():
    facts = a_round()
    sealed = [grouped(one.digest) for one in facts.sheets if one.digest]

    unsealing = drawn("UNSEALING").paper.content[2].table
    opening = drawn("OPENING").paper.content[2].table

    assert [row[4] for row in unsealing.rows] == sealed
    assert [row[1] for row in opening.rows] == list(CODES)


def test_form_1_9_is_followed_from_the_beginning_to_the_signatures():
    paper = drawn("CLOSING").paper

    assert paper.labelled == (
        ("Thời gian bắt đầu", "08 giờ 05 phút, ngày 16 tháng 8 năm 2022."),
        ("Địa điểm", "Phòng họp số 2, Sở Nội vụ."),
    )
    assert paper.led_by == (
        ("Chủ trì (chủ tọa)", "Giám khảo mẫu số 1 – Trưởng Ban Giám khảo."),
        ("Thư ký (người ghi biên bản)", "Thư ký mẫu – Thư ký Ban Giám khảo."),
    )
    assert paper.ended == "Cuộc họp kết thúc vào 10 giờ 35 phút, ngày 16 tháng 8 năm 2022./."
    assert (paper.keeper, paper.presider) == ("Thư ký mẫu", "Giám khảo mẫu số 1")
    assert paper.recipients == ("Lưu: VT, Hồ sơ",)


def test_attendance_counts_judges_against_the_quorum_of_the_rules():
    part = drawn("VOTE").paper.attendance

    assert part.lines[0] == (
        "Có mặt 20/21 giám khảo; đủ số lượng tối thiểu 14 giám khảo theo thể lệ."
    )
    assert part.table.rows[3] == ("4", LONG, "Giám khảo", "Có mặt")
    assert part.table.rows[20][3] == "Vắng mặt: Đi công tác"


def test_grounds_do_not_show_while_a_blind_round_is_still_to_close():
    facts = a_round(hides_conflicts=True)

    opening = text_of(drawn("OPENING", facts).paper)
    missing = text_of(drawn("MISSING", facts).paper)

    assert "Có 2 trường hợp, liên quan 2 giám khảo và 2 bài." in opening
    assert "cùng đơn vị" not in opening
    assert "Không đúng chuyên môn" not in missing
    assert "Do xung đột lợi ích: 1 trường hợp; từng trường hợp được lưu" in missing
    assert "Giám khảo mẫu số 5" not in text_of(drawn("MISSING", facts).paper.content)
    assert "Giám khảo mẫu số 1\n" in text_of(drawn("MISSING", facts).paper.content)


def test_rules_may_ask_for_counts_of_conflicts_for_good():
    facts = a_round(heads=MinutesRules(conflicts="COUNTS"))

    assert "cùng đơn vị" not in text_of(drawn("OPENING", facts).paper)


def test_points_do_not_show_before_the_round_is_closed():
    sheets = tuple(replace(one, total=None) for one in a_round().sheets)
    facts = a_round(closed_at=None, sheets=sheets, table=())

    said = text_of(drawn("RECONSIDERING", facts).paper.content)

    assert re.findall(r"\d+,\d+", said) == []
    assert "Điểm được ghi tại biên bản lập sau khi khép lại vòng." in said
    assert "Vòng chấm chưa khép lại." in text_of(drawn("CLOSING", facts).paper)


def test_minutes_kept_here_are_cited_by_number_and_by_themselves():
    said = text_of(drawn("RECONSIDERING").paper)

    assert "Biên bản này." in said  # its own number is not given yet
    assert "Biên bản số 06/BB-BTC" in text_of(drawn("MISSING").paper)
    assert "Biên bản số 07/BB-BGK" in text_of(drawn("MISSING").paper)  # kept elsewhere


def test_a_round_in_which_nothing_happened_says_so():
    facts = a_round(noted=(), keys=(), sheets=(), votes=(), vacant=(), left=(), others=())

    assert "Không có trường hợp nào." in text_of(drawn("MISSING", facts).paper)
    assert "Chưa có khóa nào được đưa." in text_of(drawn("UNSEALING", facts).paper)
    assert "Chưa có biểu quyết nào được ghi nhận." in text_of(drawn("VOTE", facts).paper)
    assert "Không có phiếu nào." in text_of(drawn("RECONSIDERING", facts).paper)
    assert "Chưa có bài nào được phân công." in text_of(drawn("OPENING", facts).paper)


def test_new_version_says_what_it_replaces():
    replaced = Replaced("03/BB-BTC", "ngày 17 tháng 8 năm 2022", "Ghi nhầm địa điểm")

    paper = draw("VOTE", a_round(), attendance(), NAMES, replaced).paper

    assert paper.replaces == (
        "Biên bản này thay thế Biên bản số 03/BB-BTC ngày 17 tháng 8 năm 2022."
        " Lý do: Ghi nhầm địa điểm."
    )


def test_whoever_nobody_has_named_is_told_to_be_missing():
    found = draw("VOTE", a_round(), attendance(), {**NAMES, "j-7": ""})

    assert found.unnamed == ("j-7",)


def test_registered_name_comes_before_a_name_typed():
    meeting = changed(MEETING, names={"j-1": "Tên gõ nhầm", "x": "Người khác"})

    assert "Tên gõ nhầm" not in text_of(drawn("VOTE", meeting=meeting).paper)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"place": " "}, PlaceMissing),
        ({"ended_at": at(-1)}, EndsBeforeItBegins),
        ({"presided_by": "p-author"}, NotOfTheMeeting),
        ({"presided_by": "s-1"}, OneHand),
        ({"presided_by": "j-2", "kept_by": "p-author"}, NotOfTheMeeting),
        ({"present": ("j-1", "p-author")}, NotOfTheMeeting),
        ({"absent": (Absence(person_id="p-author"),)}, NotOfTheMeeting),
    ],
)
def test_what_cannot_be_of_a_meeting_is_refused(said, wrong):
    with pytest.raises(wrong):
        attendance(changed(MEETING, **said))


def test_jury_without_a_chair_needs_somebody_named_to_preside():
    seats = (Seat("j-1", Role.MEMBER), Seat("s-1", Role.SECRETARY))

    with pytest.raises(NobodyPresides):
        attend(MEETING, seats, (), "s-1", JuryRules())


def test_panels_have_chairs_of_their_own():
    seats = (Seat("j-1", Role.CHAIR, panel_id="T1"), Seat("j-2", Role.MEMBER, panel_id="T1"))
    told = Meeting(place="Phòng 1", began_at=at(0), ended_at=at(1), present=("j-1",))

    found = attend(told, seats, (), "s-9", JuryRules())

    assert found.titles == {
        "j-1": "Trưởng tiểu ban T1",
        "j-2": "Giám khảo",
        "s-9": "Thư ký cuộc họp",
    }
    assert (found.present_judges, found.quorum, found.is_quorate) == (1, 2, False)


# -- stages


def version(**said) -> Version:
    given = {
        "minutes_id": "m-1",
        "version": 1,
        "round_id": "SO_KHAO",
        "kind": "VOTE",
        "state": "DRAFT",
        "keeper": "s-1",
        "presider": "j-1",
        "digest": drawn("VOTE").digest,
    }
    return Version(**(given | said))


PEOPLE = st.sampled_from(["s-1", "j-1", "j-2", "o-1"])


@given(st.lists(st.tuples(st.sampled_from(["redraft", "check", "issue"]), PEOPLE), max_size=8))
def test_nothing_is_issued_that_both_signers_have_not_signed_in_turn(acts):
    one, signed = version(), []
    for act, by in acts:
        try:
            if act == "redraft" and one.state != "ISSUED":
                one, signed = replace(one, state="DRAFT"), []
            elif act == "check":
                stages.check(one, by, drawn("VOTE"), attendance(), at(600))
                one, signed = replace(one, state="CHECKED"), [by]
            elif act == "issue":
                stages.issue(one, by, drawn("VOTE"))
                one, signed = replace(one, state="ISSUED"), [*signed, by]
        except stages.Refused:
            continue

    assert (one.state == "ISSUED") == (signed == ["s-1", "j-1"])


def test_what_has_happened_since_must_be_drafted_anew():
    more = a_round(votes=(*a_round().votes, *a_round().votes))

    for act in (
        lambda one: stages.check(one, "s-1", drawn("VOTE", more), attendance(), at(600)),
        lambda one: stages.issue(replace(one, state="CHECKED"), "j-1", drawn("VOTE", more)),
    ):
        with pytest.raises(stages.RecordMovedOn):
            act(version())


def test_only_names_and_a_meeting_that_is_over_and_quorate_are_checked():
    nameless = draw("VOTE", a_round(), attendance(), {})
    few = attendance(changed(MEETING, present=("j-1", "j-2")))
    small = draw("VOTE", a_round(), few, NAMES)

    with pytest.raises(stages.NamesMissing, match="j-1"):
        stages.check(version(digest=nameless.digest), "s-1", nameless, attendance(), at(600))
    with pytest.raises(stages.MeetingNotOver):
        stages.check(version(), "s-1", drawn("VOTE"), attendance(), at(1))
    with pytest.raises(stages.TooFewPresent, match="2 judges were there of 21"):
        stages.check(version(digest=small.digest), "s-1", small, few, at(600))


def test_opening_needs_no_quorum():
    few = attendance(changed(MEETING, present=("j-1", "s-1")))
    found = draw("OPENING", a_round(), few, NAMES)

    stages.check(version(kind="OPENING", digest=found.digest), "s-1", found, few, at(600))


def test_version_after_an_issued_one_needs_a_reason():
    first = version(state="ISSUED")
    again = version(version=2)

    assert stages.next_version([], "SO_KHAO", "VOTE", "") == (1, False)
    assert stages.next_version([version()], "SO_KHAO", "VOTE", "") == (1, False)
    assert stages.next_version([first], "SO_KHAO", "VOTE", "Nhầm") == (2, True)
    assert stages.next_version([first, again], "SO_KHAO", "VOTE", "Nhầm") == (2, True)
    with pytest.raises(stages.NoReasonForVersion):
        stages.next_version([first], "SO_KHAO", "VOTE", " ")
    with pytest.raises(stages.UnknownMinutes):
        stages.next_version([first], "BAO_VE", "VOTE", "Nhầm")


@given(
    state=st.sampled_from(["DRAFT", "CHECKED", "ISSUED"]),
    kind=st.sampled_from(sorted(CONTENT)),
    judges=st.booleans(),
    holds_key=st.booleans(),
    is_closed=st.booleans(),
)
def test_who_neither_runs_nor_signs_reads_what_is_issued_and_theirs(
    state, kind, judges, holds_key, is_closed
):
    reader = Reader("j-9", runs=False, judges=judges, holds_key=holds_key)

    may = may_read(version(state=state, kind=kind), reader, is_closed=is_closed)

    of_theirs = (judges and is_closed) or (holds_key and kind == "UNSEALING")
    assert may == (state == "ISSUED" and of_theirs)


@pytest.mark.parametrize("person", ["s-1", "j-1"])
def test_who_signs_reads_drafts(person):
    reader = Reader(person, runs=False, judges=False, holds_key=False)

    assert may_read(version(), reader, is_closed=False)


# -- citing

STEPS = st.sampled_from(sorted(KINDS))


@given(STEPS, STEPS, st.text(max_size=5), st.booleans())
def test_steps_the_rules_name_rest_on_minutes_kept_here_and_no_others(step, other, named, cites):
    kept = [Kept("m-1", KINDS[step], frozenset({"05/BB-BTC"}))]
    rules = MinutesRules(required=(step,))
    said = "05/BB-BTC" if cites else named

    if cites or named.strip() == "m-1":
        check_cited(step, said, rules, kept)
    else:
        with pytest.raises(MinutesNotKept):
            check_cited(step, said, rules, kept)
    if other != step:
        check_cited(other, named, rules, [])


def test_minutes_about_something_else_do_not_do():
    kept = [Kept("m-1", "VOTE")]

    with pytest.raises(MinutesNotKept, match="m-1 are none of this round"):
        check_cited("extend", "m-1", MinutesRules(required=("extend",)), kept)


# -- how things are written


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ban Tổ chức", ("BAN TỔ CHỨC",)),
        ("Ủy ban nhân dân tỉnh Hậu Giang", ("ỦY BAN NHÂN DÂN", "TỈNH HẬU GIANG")),
        ("", ()),
    ],
)
def test_head_fits_its_column(name, lines):
    assert head_lines(name) == lines


def test_numbers_have_a_decimal_comma():
    assert figure(Decimal("90.05")) == "90,05"


def test_number_is_part_of_what_is_digested():
    paper = drawn("VOTE").paper

    assert digest_of(numbered(paper, "05/BB-BTC")) != digest_of(paper) == drawn("VOTE").digest


@given(st.integers(0, 5), st.integers(0, 5))
def test_each_deal_and_extension_is_told_however_many_there_are(deals, extensions):
    dealt = [Noted(at(one), "s-1", Dealt({CODES[one]: ("j-1",)})) for one in range(deals)]
    later = [
        Noted(at(one), "s-1", Extended(at(600) + timedelta(days=one), f"Lý do {one}", "m-1"))
        for one in range(extensions)
    ]
    facts = a_round(noted=(*dealt, *later))

    opening, missing = drawn("OPENING", facts).paper, drawn("MISSING", facts).paper

    table = opening.content[2].table
    assert [row[1] for row in table.rows if table] == list(CODES[:deals]) if deals else not table
    assert all(text_of(missing).count(f"Lý do {one}.") == 1 for one in range(extensions))


def test_judge_handed_an_entry_is_named_with_the_one_before():
    facts = a_round(
        noted=(Noted(at(1), "s-1", StoodDown("A", "j-2", "HANDED_ON", "", "", 0, "j-4")),)
    )

    (row,) = drawn("MISSING", facts).paper.content[3].table.rows

    assert row == (
        "08:06:00 16/08/2022",
        "A",
        "Giám khảo mẫu số 2",
        "Phân công lại khi chưa có phiếu chấm.",
        LONG,
    )
