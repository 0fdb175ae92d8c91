"""Traces of who made an entry, found however they are written; and plain words left alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.traces import MARK, Identity, Kind, Named, Unit, find, treat
from services.intake.domain.traces.folding import bare

AN = Named("Nguyễn Văn Hoà", "hoanv.snv@haugiang.gov.vn", "0912 345 678", "Trưởng phòng Cải cách")
ME = Identity(
    people=(AN, Named("Lê Ân")),
    units=(
        Unit("Ủy ban nhân dân huyện Châu Thành A", "UBND-CTA"),
        Unit("Sở Nội vụ tỉnh Hậu Giang", "SNV"),
    ),
    enterprise="Công ty TNHH Sao Biển Xanh",
    tax_code="6300123456",
)


def taken(text: str, identity: Identity = ME) -> list[str]:
    return [text[one.start : one.end] for one in find(text, identity)]


@pytest.mark.parametrize(
    "written",
    [
        "Nguyễn Văn Hoà",
        "Nguyễn Văn Hòa",
        "NGUYỄN VĂN HOÀ",
        "Nguyen Van Hoa",
        "nguyen van hoa",
        "Nguyễn Văn\nHoà",
        "Nguyễn  Văn\u00a0Hoà",
        "Nguy\u00adễn Văn Hoà",
        "Nguy\u200bễn Văn Hoà",
        "N G U Y Ễ N  V Ă N  H Ò A",
        "Nguyễn-Văn-Hoà",
        "Hoà Nguyễn Văn",
        "Nguуễn Văn Hоà",  # with letters of another script
        "Ｎguyễn Văn Hoà",  # a full-width letter
        "Văn Hoà",
        "Nguyễn Hoà",
        "N.V. Hoà",
        "N. V. Hoà",
        "N.V.H",
        "Nguyễn V. Hoà",
        "hoanv",
        "NguyenVanHoa",
        "Lê Ân",
        "LÊ ÂN",
        "Le An",
        "Trưởng phòng Cải cách",
        "hoanv.snv@haugiang.gov.vn",
        "hoanv.snv (at) haugiang.gov.vn",
        "0912345678",
        "0912.345.678",
        "+84 912 345 678",
        "84912345678",
        "Sở Nội vụ tỉnh Hậu Giang",
        "SỞ NỘI VỤ",
        "So Noi vu",
        "SNV",
        "UBND huyện Châu Thành A",
        "huyện Châu Thành A",
        "H. Châu Thành A",
        "UBND-CTA",
        "Công ty TNHH Sao Biển Xanh",
        "Sao Biển Xanh",
        "6300123456",
        "6300 123 456",
        unicodedata.normalize("NFD", "Nguyễn Văn Hoà"),
    ],
)
def test_a_trace_is_found_however_it_is_written(written):
    assert taken(f"theo {written}, đề xuất") == [written]


@pytest.mark.parametrize("written", ["ông Hoà", "bà Hòa", "Anh Hoà", "đồng chí HOÀ", "ThS. Hoà"])
def test_a_given_name_is_taken_out_after_a_title(written):
    assert taken(f"do {written} trình bày") == [written[-3:]]


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("SK_NguyenVanHoa2024.docx", "NguyenVanHoa"),
        ("Họ và tên: Trần Thị Bưởi\nTuổi", "Trần Thị Bưởi"),
        ("Địa chỉ: số 5 đường Mẫu\nĐiện", "số 5 đường Mẫu"),
        ("CCCD số 093088001234 cấp", "093088001234"),
        ("số 093 088 001 234 cấp", "093 088 001 234"),
        ("CMND: 361 234 567, cấp", "361 234 567"),
        ("MST: 0312345678-001.", "0312345678-001"),
        ("hỏi ai-do@mau.example nhé", "ai-do@mau.example"),
        ("gọi (0293) 3876 543 nhé", "(0293) 3876 543"),
    ],
)
def test_what_looks_like_somebodys_is_taken_out_whoever_they_are(text, gone):
    assert taken(text) == [gone]


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Văn Hoàng và Nguyễn Văn Hoan",
        "hoà bình, hòa giải ở cơ sở, chan hoà",
        "lẻ ăn, lê an toàn",
        "Sở Tài chính và các sở, ngành; nội vụ",
        "huyện Châu Thành, huyện Châu Thành B",
        "Nghị định 61/2018/NĐ-CP ngày 23/4/2018",
        "Kinh phí 84.000.000.000 đồng, 2.345.678.901 lượt, 0,123 giây",
        "Từ 01/01/2021 đến 31/12/2022, mã hồ sơ 000.00.00.H30-220815-0001",
        "Sao biển, màu xanh; công ty",
        "snv",
    ],
)
def test_plain_words_and_other_names_stay(text):
    assert taken(text) == []


def test_words_may_be_added_and_taken_back():
    text = "Mô hình Cây Tre của Sở Nội vụ, gọi 0912345678"
    wished = Identity(units=ME.units, added=("cây tre",), kept=("Sở Nội vụ",))

    found = [(text[one.start : one.end], one.kind) for one in find(text, wished)]

    assert found == [("Cây Tre", Kind.ADDED), ("0912345678", Kind.PHONE)]


def test_lines_stay_lines_and_a_mark_is_of_one_length():
    lines, found = treat(("Của Nguyễn Văn", "Hoà và Lê Ân", "Hết."), ME)

    assert lines == (f"Của {MARK}", f" và {MARK}", "Hết.")
    assert len(found) == 2


SYLLABLES = st.sampled_from(
    [
        "Nguyễn",
        "Trần",
        "Lê",
        "Phạm",
        "Văn",
        "Thị",
        "Hữu",
        "Minh",
        "Hoà",
        "Thuý",
        "Ngọc",
        "Đức",
        "Quỳnh",
        "Sơn",
    ]
)
# Of fewer letters, small ones are other words: `lê lê lê` is not looked for.
NAMES = (
    st.lists(SYLLABLES, min_size=3, max_size=4)
    .map(" ".join)
    .filter(lambda name: len(bare(name)) >= 7)
)
WAYS = st.sampled_from(
    (
        str,
        str.upper,
        str.lower,
        lambda name: "".join(
            letter
            for letter in unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
            if not unicodedata.combining(letter)
        ),
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: name.replace(" ", "\n"),
        lambda name: " ".join(name.upper()),
        lambda name: name.replace("oà", "òa").replace("uý", "úy"),
    )
)


@given(NAMES, WAYS, st.text(alphabet="ab cđ,.\n", max_size=20))
def test_nothing_of_a_full_name_is_left_whatever_stands_around_it(name, way, around):
    text = f"{around} {way(name)} {around}"

    (treated, *_), _ = treat((text.replace("\n", " "),), Identity(people=(Named(name),)))

    assert way(name).replace("\n", " ") not in treated


@given(st.text(max_size=200))
def test_ranges_found_are_in_order_apart_and_inside_the_text(text):
    found = find(text, ME)

    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
