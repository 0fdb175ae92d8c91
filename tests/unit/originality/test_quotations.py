"""What counts for nothing: law that is quoted as such, the form, headings."""

import time

import pytest

from services.originality.engine.quotations import excluded
from services.originality.engine.words import scan
from tests.unit.originality.disguise import decomposed, text

OWN = "Chúng tôi đặt thùng thư ở đầu mỗi con hẻm để bà con bỏ giấy tờ vào ban đêm."
CLAUSE = "cơ quan có thẩm quyền phải trả lời bằng văn bản trong thời hạn năm ngày làm việc"


def left(written: str, phrases: tuple[str, ...] = ()) -> str:
    """Return the words that are compared."""
    words = scan(written)
    masked = excluded(words, phrases)
    return " ".join(words.written(n, n + 1) for n in range(len(words)) if not masked[n])


def left_as_words(written: str) -> str:
    words = scan(written)
    return " ".join(words.written(n, n + 1) for n in range(len(words)))


def test_quotation_beside_its_citation_is_left_out():
    written = f"Luật Cư trú năm 2020 ghi: “{CLAUSE}”. {OWN}"

    assert CLAUSE not in left(written)
    assert left(written).endswith(left_as_words(OWN))


def test_quotation_cited_after_it_is_left_out():
    written = f"{OWN}\n\n“{CLAUSE}” (khoản 2 Điều 9 Nghị định số 61/2018/NĐ-CP)."

    assert CLAUSE not in left(written)


def test_quotation_marks_alone_excuse_nothing():
    written = f"Người xưa nói: “{CLAUSE}”. {OWN}"

    assert left(written) == left_as_words(written)


def test_run_of_articles_after_a_citation_is_left_out():
    written = (
        "Thông tư số 01/2018/TT-VPCP hướng dẫn:\n\nĐiều 3. Trách nhiệm\n\n"
        f"1. Hằng tuần, {CLAUSE}.\n\n2. Hằng tháng, {CLAUSE}:\n\na) một;\n\nb) hai.\n\n{OWN}"
    )

    assert left(written) == left_as_words(f"Thông tư số 01/2018/TT-VPCP hướng dẫn {OWN}")


def test_clause_of_several_paragraphs_is_left_out_to_its_end():
    written = (
        "Luật Cư trú quy định:\n\nĐiều 3. Trách nhiệm\n\n"
        f"1. Hằng tuần, {CLAUSE}.\n\nTrường hợp khó, {CLAUSE}.\n\n2. Hằng tháng, {CLAUSE}."
        f"\n\n{OWN}\n\n{OWN}\n\n3. Kết quả\n\n{OWN}"
    )

    assert left(written) == left_as_words(f"Luật Cư trú quy định {OWN} {OWN} 3. Kết quả {OWN}")


def test_articles_without_a_citation_are_the_authors_own():
    written = f"{OWN}\n\n{OWN}\n\nĐiều 1. Giờ mở cửa\n\n1. Hằng tuần, {CLAUSE}."

    assert left(written) == left_as_words(written)


def test_own_list_of_measures_after_a_citation_is_compared():
    written = f"Theo tinh thần Nghị quyết 76/NQ-CP, chúng tôi làm ba việc:\n\n1. {OWN}\n\n2. {OWN}"

    assert left(written).endswith(left_as_words(f"1. {OWN} 2. {OWN}"))


def test_sentence_that_renders_a_provision_is_left_out_and_the_next_is_not():
    written = f"Theo quy định tại khoản 1 Điều 5 Nghị định số 61/2018/NĐ-CP, {CLAUSE}. {OWN}"

    assert left(written) == left_as_words(OWN)


def test_provision_broken_into_lines_of_a_page_is_left_out():
    written = (
        "Nghị định số 61/2018/NĐ-CP của Chính phủ quy định như sau:\n"
        "Điều 12. Trách nhiệm của cơ quan có thẩm quyền trong việc tiếp nhận và giải \n"
        "quyết hồ sơ\n"
        f"1. Hằng tuần, cơ quan có thẩm quyền phải trả lời bằng văn bản trong thời hạn \n"
        "năm ngày làm việc.\n"
        "7\n"
        f"{OWN}\n"
    )

    assert left(written) == left_as_words(
        f"Nghị định số 61/2018/NĐ-CP của Chính phủ quy định như sau 7 {OWN}"
    )


def test_form_and_headings_are_left_out():
    written = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        f"Họ và tên: Trần Thị Bưởi\n\nII. Thực trạng\n\n{OWN}\n\nIII. HIỆU QUẢ MANG LẠI"
    )

    assert left(written) == left_as_words(OWN)


def test_text_after_a_label_or_in_capitals_is_compared():
    written = f"Nội dung: {OWN}\n\n{OWN.upper()}"

    assert left(written) == left_as_words(written)


def test_title_of_the_contest_is_left_out_wherever_it_stands():
    title = "Đề xuất mô hình, sáng kiến cải cách hành chính năm 2022"

    assert left(f"{OWN} Chúng tôi dự thi {title.upper()}.", (title,)) == left_as_words(
        f"{OWN} Chúng tôi dự thi"
    )


@pytest.mark.parametrize("name", ["hen_gio", "kho_giay"])
def test_an_authors_own_text_is_compared(name):
    words = scan(text(name))

    assert sum(excluded(words)) < len(words) * 0.1


def test_law_of_one_text_is_left_out_however_its_marks_are_written():
    words, apart = scan(text("dan_luat")), scan(decomposed(text("dan_luat")))

    assert 0.3 < sum(excluded(words)) / len(words) < 0.5
    assert len(apart) == len(words)


@pytest.mark.parametrize("trap", [" " * 100_000, "theo quy định tại Điều 5 Nghị định " * 8_000])
def test_text_without_an_end_delays_nobody(trap):
    began = time.process_time()

    excluded(scan(trap))

    assert time.process_time() - began < 5  # 100 s and 12 s, before each was bounded


def test_sentence_that_never_ends_excuses_only_its_beginning():
    law = "Theo quy định tại Điều 5 Nghị định số 61/2018/NĐ-CP thì "
    endless = law + "người dân nộp hồ sơ trực tuyến " * 400

    masked = excluded(scan(endless))

    assert masked[0]
    assert not masked[-1]


@pytest.mark.parametrize("source", ["(Nguyễn Văn Bền, 2019, tr. 15)", "[12]", "[3, tr. 41]"])
def test_quotation_beside_its_author_is_left_out(source):
    assert left(f"“{CLAUSE}” {source}. {OWN}") == left_as_words(f"{source} {OWN}")


def test_quotation_too_long_for_one_is_compared():
    endless = f"“{OWN * 12}” (Nguyễn Văn Bền, 2019)."

    assert left(endless) == left_as_words(endless)


def test_bibliography_is_left_out_as_far_as_it_goes():
    works = (
        "V. TÀI LIỆU THAM KHẢO\n\n1. Nguyễn Văn Bền (2019), Cải cách ở xã, NXB Lao động.\n\n"
        "2. Báo cáo số 12/BC-UBND năm 2021 của Ủy ban nhân dân phường.\n\n"
        "3. https://haugiang.gov.vn/mot-cua\n\n"
    )

    assert left(f"{OWN}\n\n{works}{OWN}") == left_as_words(f"{OWN} {OWN}")


def test_heading_of_a_bibliography_alone_excuses_nothing():
    assert left(f"Tài liệu tham khảo\n\n{OWN}") == left_as_words(OWN)
