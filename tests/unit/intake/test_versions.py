"""Versions: what makes two the same, and how their differences are told."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import given

from services.intake.domain.contents import Improvement
from services.intake.domain.eligibility import Author
from services.intake.domain.versions import Paper, Version, differences
from tests.unit.intake.writing import FIRM, IN_TIME, WRITTEN, contents

TEXT = Paper("d-1", "BAN_THUYET_MINH", "Thuyết minh.pdf", "0" * 64)
FIRST = Version(1, WRITTEN, (TEXT,), ("CHUA_DU_THI",), IN_TIME, "p-1")


@given(contents, contents)
def test_versions_differ_in_words_exactly_when_their_digests_do(one, other):
    older, newer = replace(FIRST, contents=one), replace(FIRST, contents=other)

    assert (differences(older, newer) == ()) == (older.sha256 == newer.sha256)
    assert (one == other) == (older.sha256 == newer.sha256)


def test_digest_is_of_what_was_handed_in_not_of_when_or_by_whom():
    again = replace(FIRST, number=2, at=IN_TIME + timedelta(days=1), by="c-1")
    other_bytes = replace(FIRST, papers=(replace(TEXT, sha256="1" * 64),))

    assert again.sha256 == FIRST.sha256
    assert other_bytes.sha256 != FIRST.sha256


def test_every_difference_is_a_sentence():
    newer = replace(
        FIRST,
        contents=replace(
            WRITTEN,
            title="Nộp hồ sơ một lần duy nhất",
            authors=(Author("p-1", "Nguyễn Văn An", Decimal("62.5")), Author("p-2", "Y Blim")),
            enterprise=FIRM,
            improves=(Improvement("PAPI", "TTHC", Decimal("77.8"), Decimal(80), 2023, "Báo cáo"),),
        ),
        papers=(replace(TEXT, document_id="d-2", file_name="Bản mới.pdf"),),
        declarations=("CHINH_TAC_GIA",),
    )

    assert differences(FIRST, newer) == (
        "Sửa tên bài dự thi: “Nộp hồ sơ một lần” thành “Nộp hồ sơ một lần duy nhất”.",
        "Thêm tác giả Y Blim (100%).",
        "Sửa tác giả: Nguyễn Văn An (100%) thành Nguyễn Văn An (62,5%).",
        (
            "Sửa doanh nghiệp: để trống thành “Doanh nghiệp mẫu”, mã số thuế 0123456789,"
            " đại diện Người đại diện mẫu."
        ),
        "Thêm chỉ số cải thiện: PAPI (TTHC), từ 77,8 thành 80, năm 2023, minh chứng: Báo cáo.",
        "Thêm tài liệu BAN_THUYET_MINH: Bản mới.pdf.",
        "Bớt tài liệu BAN_THUYET_MINH: Thuyết minh.pdf.",
        "Thêm cam kết CHINH_TAC_GIA.",
        "Không còn cam kết CHUA_DU_THI.",
    )


def test_same_authors_in_another_order_are_told():
    pair = (Author("p-1", "An", Decimal(50)), Author("p-2", "Bình", Decimal(50)))
    older = replace(FIRST, contents=replace(WRITTEN, authors=pair))
    newer = replace(FIRST, contents=replace(WRITTEN, authors=pair[::-1]))

    assert differences(older, newer) == ("Đổi thứ tự tác giả.",)
