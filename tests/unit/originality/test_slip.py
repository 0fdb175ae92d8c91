"""The slip for the file says everything the report does, in either format, in any letters."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from contracts import originality
from services.gateway.portal import originality as page
from services.originality.domain import wording
from services.originality.domain.slip import draw_up
from services.originality.orders import Order
from services.originality.press import in_letters, press
from tests.unit.originality.builders import TITLE
from tests.unit.originality.reports import full_report

HOST = "UBND tỉnh Hậu Giang"
NOON = datetime(2022, 8, 1, 5, tzinfo=UTC)


def printed(report: originality.Report, form: str) -> bytes:
    slip = draw_up(report, TITLE, HOST)
    order = Order(slip=slip, format=form, dated=NOON, font_path="/usr/share/fonts")
    return press(json.encode(order))


def text_of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return flat(" ".join(page.get_textpage().get_text_range() for page in document))


def text_of_docx(content: bytes) -> str:
    body = docx.Document(BytesIO(content)).element.body
    return flat(" ".join(node.text or "" for node in body.iter(qn("w:t"))))


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def said(slip: object) -> list[str]:
    """Return every string of a slip."""
    match slip:
        case str():
            return [slip]
        case dict():
            return [one for value in slip.values() for one in said(value)]
        case list() | tuple():
            return [one for value in slip for one in said(value)]
        case _:
            return []


@pytest.mark.slow
@pytest.mark.parametrize(("form", "read"), [("pdf", text_of_pdf), ("docx", text_of_docx)])
def test_everything_of_the_slip_is_on_paper(form, read):
    report = full_report()

    text = read(printed(report, form)).casefold()

    shown = json.decode(json.encode(draw_up(report, TITLE, HOST)))
    # A passage may go over a page, where the number and the heading of the table come between.
    passages = {pair[side] for one in shown["compared"] for pair in one["pairs"] for side in pair}
    whole = [one for one in said(shown) if one not in passages]
    assert [one for one in whole if flat(one).casefold() not in text] == []
    sentences = [part for one in passages for part in one.split(". ")]
    lost = [part for part in sentences if flat(part).casefold() not in text]
    assert len(lost) <= 4  # those that the foot of a page cuts


@pytest.mark.slow
def test_long_passages_stay_within_the_margins():
    document = pypdfium2.PdfDocument(printed(full_report(times=6), "pdf"))

    assert len(document) > 8
    for sheet in document:
        width, height = sheet.get_size()
        for place in sheet.get_objects():
            left, bottom, right, top = place.get_bounds()
            assert left >= millimetres(31) - 2
            assert right <= width - millimetres(16) + 2
            assert bottom >= millimetres(20) - 6
            assert top <= height - millimetres(10)


def millimetres(length: float) -> float:
    return length * 72 / 25.4


@pytest.mark.slow
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_same_report_prints_to_the_same_bytes(form):
    assert printed(full_report(), form) == printed(full_report(), form)


def test_parts_of_a_word_document_are_of_the_day_of_the_report():
    with ZipFile(BytesIO(printed(full_report(), "docx"))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2022, 8, 1, 5, 0, 0)}


@pytest.mark.slow
def test_letters_without_a_shape_do_not_keep_a_report_from_being_printed():
    odd = replace(full_report(), title="Một cửa \N{GRINNING FACE} số\x07\u202e", reason="漢字")

    text = text_of_pdf(printed(odd, "pdf"))

    assert "Mộtcửa□số" in text
    assert "□□" in text


@pytest.mark.slow
def test_word_document_has_the_decrees_margins_and_repeats_its_headings():
    document = docx.Document(BytesIO(printed(full_report(), "docx")))

    section = document.sections[0]
    # Word counts in twentieths of a point.
    assert abs(section.left_margin - Mm(31)) < Pt(0.05)
    assert abs(section.right_margin - Mm(16)) < Pt(0.05)
    assert section.different_first_page_header_footer
    fonts = {run.font.name for one in document.paragraphs for run in one.runs}
    assert fonts == {"Times New Roman"}
    headed = list(document.element.body.iter(qn("w:tblHeader")))
    assert len(headed) == 4  # sources, two of passages, ideas


@given(st.text(max_size=40))
def test_what_is_printed_is_one_line_of_known_letters(text):
    letters = frozenset("aă □")

    shown = in_letters([text], letters)

    assert set(shown[0]) <= letters
    assert shown[0] == shown[0].strip()


def test_slip_without_findings_says_so():
    clear = originality.Report(
        report_id="r-1",
        contest_id="HG-2022",
        entry_id="e-1",
        version=1,
        level="CLEAR",
        share=Decimal(0),
        excluded_share=Decimal(0),
        words=500,
        matches=(),
        made_at=NOON,
    )

    slip = draw_up(clear, TITLE, HOST)

    assert slip.ruling == (("Kết luận", "Không cần kết luận"),)
    assert (slip.sources, slip.compared, slip.ideas, slip.flags) == ((), (), (), ())
    assert slip.scope == (("Đã loại trừ", "không có"),)
    assert [said for _, said in slip.shares] == ["500", "0,0%", "0,0%"]


def test_page_and_paper_use_the_same_words():
    paper = (
        wording.KINDS,
        wording.TIERS,
        wording.LEVELS,
        wording.RULINGS,
        wording.SOURCES,
        wording.EXCLUDED,
        wording.FLAGS,
    )

    assert paper == (
        page.KINDS,
        page.TIERS,
        page.LEVELS,
        page.RULINGS,
        page.SOURCES,
        page.EXCLUDED,
        page.FLAGS,
    )
    for words, hint in zip(
        paper[:6],
        (
            originality.PassageKind,
            originality.Tier,
            originality.Level,
            originality.Ruling,
            originality.SourceKind,
            originality.ExclusionReason,
        ),
        strict=True,
    ):
        assert set(words) == set(hint.__args__)


@pytest.mark.parametrize(
    ("instant", "written"),
    [
        (datetime(2022, 8, 14, 17, tzinfo=UTC), "ngày 15 tháng 8 năm 2022"),
        (datetime(2022, 2, 4, 17, tzinfo=UTC), "ngày 05 tháng 02 năm 2022"),
    ],
)
def test_day_is_written_as_the_decree_has_it(instant, written):
    assert wording.long_day(instant) == written


@pytest.mark.slow
def test_words_without_a_break_stay_in_their_column():
    endless = "https://hau-giang.example/" + "a" * 300
    report = full_report()
    passages = (replace(report.matches[0].passages[0], text=endless, source_text=endless),)
    odd = replace(report, matches=(replace(report.matches[0], passages=passages),))

    document = pypdfium2.PdfDocument(printed(odd, "pdf"))

    rights = [place.get_bounds()[2] for sheet in document for place in sheet.get_objects()]
    assert max(rights) <= millimetres(210 - 16) + 2
