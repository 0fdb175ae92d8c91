"""An explanation names every reason for a person to look, and none that is not one."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from services.originality.domain import Comparison, Overlap, Reading, judge
from services.originality.domain.entries import Policy
from services.originality.domain.explaining import explain, reasons
from services.originality.operating.check import told
from tests.unit.originality.builders import some_rules
from tests.unit.originality.reports import full_report

NOVELTY = some_rules().novelty
POLICY = Policy.of(some_rules())


@given(
    st.integers(40, 2000),
    st.integers(0, 2000),
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 400), st.integers(0, 400)), max_size=3),
)
def test_reasons_are_those_for_which_the_level_was_given(words, excluded, shared):
    excluded = min(excluded, words)
    counting = words - excluded
    overlaps = tuple(
        Overlap(n, min(matched, counting), length, min(strong, matched, counting))
        for n, (matched, length, strong) in enumerate(shared)
    )
    found = Comparison(words, excluded, max((o.matched for o in overlaps), default=0), overlaps)
    verdict = judge(POLICY, Reading(words, Decimal(1)), found)
    match = full_report().matches[0]
    report = replace(
        full_report(),
        level=verdict.level.value,
        words=words,
        share=verdict.share,
        excluded_share=verdict.excluded_share,
        matches=tuple(
            replace(
                match,
                matched=overlap.matched,
                source_words=overlap.words,
                strong=overlap.strong,
            )
            for overlap in overlaps
        ),
    )

    given_reasons = reasons(report, NOVELTY)

    needs_nobody = given_reasons == [
        "không nguồn nào trùng rõ và tổng tỷ lệ không vượt ngưỡng phải xem xét"
    ]
    assert needs_nobody == (report.level == "CLEAR")


def test_every_step_is_told_with_its_figures():
    known, earlier = full_report().matches
    report = replace(
        full_report(),
        matches=(
            replace(known, matched=95, source_words=100),
            replace(earlier, matched=697, source_words=700),
        ),
    )

    text = "\n".join(explain(report, NOVELTY))

    for said in (
        "1. Văn bản: 1.774 chữ, lần nộp 1, nộp 09 giờ 00 phút, ngày 01/08/2022.",
        "2. Loại trừ 4,5% số chữ:",
        "- Dẫn văn bản pháp luật: 2 chỗ",
        "3. Còn lại để tính tỷ lệ: 1.694 chữ.",
        "4. Đối chiếu với 41 hồ sơ nộp trước và 1.203 sáng kiến đã biết (TINH)",
        "có từ 01/05/2019, Sở Nội vụ tỉnh Hậu Giang; trùng 14,1%",
        "đoạn 2.2: diễn đạt lại, có khả năng",
        "41,0% sau loại trừ; 43,9% khi không loại trừ gì",
        "báo cáo nguồn khi trùng trên 20,0%, phải xem xét khi trên 30,0%",
        "nguồn 1 trùng rõ: 95 chữ, là 95,0% của nguồn ngắn",
        "nguồn 2 trùng rõ: 697 chữ (từ 100 chữ trở lên)",
        "tổng tỷ lệ trùng 41,0% vượt 30,0%",
        "10. Kết luận: Trùng lặp, Trần Thị Sen, 11 giờ 00 phút, ngày 01/08/2022; lý do: Giải",
        f"tham số {report.parameters}, văn bản {report.text_sha256}, chỉ mục 7",
    ):
        assert said in text


def test_passages_beyond_chance_are_a_reason_however_little_they_are_of_a_source():
    known, _ = full_report().matches
    report = replace(
        full_report(),
        share=Decimal("0.05"),
        flags=(),
        matches=(replace(known, matched=62, source_words=9_000, strong=55),),
    )

    assert reasons(report, NOVELTY) == [
        "nguồn 1 trùng rõ: 55 chữ trong các đoạn trùng rõ ràng (từ 40 chữ trở lên)"
    ]


def test_letters_that_would_move_a_terminal_are_not_printed():
    report = full_report()
    known, earlier = report.matches
    said = replace(known.passages[0], text="\x1b[2J\x1b]0;x\x07Hẹn giờ\u202e nộp hồ sơ")
    spoiled = replace(known, title="\x1b[31mMô hình", passages=(said,))

    lines = told(replace(report, matches=(spoiled, earlier)))

    assert "   1.1 Nguyên văn: “[2J]0;xHẹn giờ nộp hồ sơ”" in lines
    assert all(line.isprintable() for line in lines)


def test_unreadable_text_is_never_told_to_be_original():
    report = replace(full_report(), level="UNREADABLE", share=Decimal(0), matches=())

    assert reasons(report, NOVELTY) == [
        "Không đọc được văn bản; không đọc được thì không phải là 0% trùng lặp."
    ]


def test_old_report_is_explained_as_far_as_it_goes():
    report = replace(
        full_report(), compared=None, excluded=(), share_without=None, ruling=None, manifest=None
    )

    text = "\n".join(explain(report, NOVELTY))

    assert "4. Phạm vi đối chiếu: báo cáo cũ không ghi." in text
    assert "10. Kết luận: chưa có." in text


def test_check_tells_every_source_and_passage():
    report = full_report()

    lines = told(report)

    assert lines[0] == "REVIEW: Cần người có thẩm quyền xem xét, kết luận"
    assert [line.split()[0] for line in lines if line.startswith("   ")] == ["1.1", "2.1", "2.2"]
    assert "1. Hẹn giờ qua tin nhắn cho người dân ấp xa (Sáng kiến đã biết SK-2019-07; " in (
        "\n".join(lines)
    )


def test_hidden_text_that_nobody_could_look_for_is_told_at_the_command_line():
    report = replace(full_report(), flags=("HIDDEN_UNSOUGHT",), signs=())

    assert "dấu hiệu: Không kiểm tra được chữ ẩn trong tệp định dạng cũ (.doc, .xls)" in told(
        report
    )
    assert (
        "8. Dấu hiệu: Không kiểm tra được chữ ẩn trong tệp định dạng cũ (.doc, .xls)."
        in explain(report, NOVELTY)
    )
