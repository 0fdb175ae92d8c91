"""A receipt as paper and as signature: what it says, and what is noticed when it is altered."""

from ctypes import c_ubyte, cast, create_string_buffer
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json, structs
from pypdfium2 import raw

from contracts.intake import ReceiptClaims, SealedDocument
from kernel.settings import BadSetting
from press.font import find_font
from services.intake.domain import deadlines, paper
from services.intake.domain.documents import Announced, Document
from services.intake.domain.eligibility import Author
from services.intake.domain.entries import Entry
from services.intake.operating.receipt import group
from services.intake.press import Order
from services.intake.press.printing import MOST_IN_A_CODE, picture, press
from services.intake.rules import check
from services.intake.signing import BadSignature, key_id, opened, read_keys, sign
from services.intake.verifying import Verified, verify

KEY, OTHER_KEY = "11" * 32, "22" * 32
KEYS = read_keys(KEY)
RULES = check(Path("contests/hau-giang-2022.yaml").read_text()).rules
CAME = datetime(2022, 7, 1, 2, 3, 4, 250000, tzinfo=UTC)
DOCUMENTS = tuple(
    Document(
        str(place), Announced(code, f"{place}.pdf", "application/pdf", 3, digest * 64), 1, "k"
    )
    for place, (code, digest) in enumerate(
        [("BAN_THUYET_MINH", "a"), ("MINH_CHUNG", "b"), ("MINH_CHUNG", "c")]
    )
)
ENTRY = Entry(
    entry_id="e" * 32, contest_id=RULES.id, kind="COLLECTIVE", group="SO_BAN_NGANH",
    title="Ứng dụng chữ ký số và sổ tay điện tử trong tiếp nhận, luân chuyển và trả kết quả hồ sơ"
    " thủ tục hành chính liên thông từ cấp xã lên cấp huyện trên địa bàn tỉnh 😀",
    summary="Tóm tắt", area="TTHC", channel="DESK", filed_by="c-1",
    authors=(
        Author("p-1", "Nguyễn Thị Mẫu Một", Decimal(60), unit_id="SNV", position="Chuyên viên"),
        Author("p-2", "Trần Mẫu Hai", Decimal(40)),
    ),
    unit_id="SNV", version=2, receipt_code="H30-220701-0007",
    external_code="000.00.00.H30-220701-0009",
)  # fmt: skip
HANDED = paper.Handed(
    DOCUMENTS, ("BAN_CAM_KET",), {"SNV": "Sở Nội vụ"}, "Lê Thị Ví Dụ", date(2022, 7, 1), "s" * 32
)
COUNTED = deadlines.count(deadlines.Arrival(at=CAME), RULES)
PAPER = paper.draw_up(ENTRY, RULES, HANDED, COUNTED)


def claims_of(words: bytes) -> ReceiptClaims:
    return ReceiptClaims(
        tenant="hau-giang", contest_id=RULES.id, entry_id=ENTRY.entry_id,
        code=PAPER.code, version=2, received_at=CAME, counted_at=CAME, late=False,
        rules_number=0, rules_sha256="d" * 64,
        documents=tuple(
            SealedDocument(code=one.announced.code, sha256=one.announced.sha256)
            for one in DOCUMENTS
        ),
        content_sha256="e" * 64, paper_sha256=sha256(words).hexdigest(),
    )  # fmt: skip


WORDS = json.encode(PAPER)
CLAIMS = claims_of(WORDS)
SIGNED = sign(CLAIMS, KEYS)


def print_it(words: bytes = WORDS, signed: str = SIGNED) -> bytes:
    order = Order(words.decode(), signed, key_id(SIGNED), CAME, "/usr/share/fonts")
    return press(json.encode(order))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return print_it()


def line(name: str) -> str:
    return next(each.text for each in PAPER.lines if each.name == name)


def test_paper_says_who_what_when_and_what_is_missing():
    assert (PAPER.code, PAPER.issued) == ("H30-220701-0007", "ngày 01 tháng 7 năm 2022")
    assert PAPER.basis.endswith(
        "theo Kế hoạch 125/KH-UBND ngày 24 tháng 6 năm 2022 của UBND tỉnh Hậu Giang"
    )
    assert line("entrants") == "Nguyễn Thị Mẫu Một, Chuyên viên, Sở Nội vụ; Trần Mẫu Hai"
    assert line("received") == "09 giờ 03 phút 04 giây, ngày 01 tháng 7 năm 2022"
    assert line("standing").startswith("Trong hạn. Nhận trước 24:00 15/08/2022")
    assert line("missing").startswith("Bản cam kết")
    assert line("external_code") == "000.00.00.H30-220701-0009"
    assert [(each.name, each.count) for each in PAPER.components] == [
        ("Bản thuyết minh mô hình, sáng kiến, giải pháp", 1),
        ("Tài liệu minh chứng", 2),
    ]


def test_paper_leaves_out_what_the_font_cannot_show():
    assert line("title").endswith("trên địa bàn tỉnh")


@given(st.text(max_size=60))
def test_what_is_printable_stays_so_and_is_one_line(text):
    once = paper.printable(text)

    assert paper.printable(once) == once
    assert once.isprintable()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 8, 15), "ngày 15 tháng 8 năm 2022"),
        (date(2023, 1, 5), "ngày 05 tháng 01 năm 2023"),
        (date(2023, 2, 9), "ngày 09 tháng 02 năm 2023"),
    ],
)
def test_zero_stands_before_small_days_and_the_first_two_months(day, words):
    assert paper.in_words(day) == words


def test_signature_opens_to_what_was_signed():
    assert opened(SIGNED, KEYS.published) == CLAIMS
    assert sign(CLAIMS, KEYS) == SIGNED


@given(st.data())
def test_no_changed_character_of_a_signature_is_accepted(data):
    place = data.draw(st.integers(0, len(SIGNED) - 2))  # the last holds bits of no meaning
    other = data.draw(st.sampled_from("ABCXYZabcxyz019-_.").filter(lambda c: c != SIGNED[place]))

    with pytest.raises(BadSignature):
        opened(SIGNED[:place] + other + SIGNED[place + 1 :], KEYS.published)


def test_key_of_somebody_else_is_named():
    found = verify(sign(CLAIMS, read_keys(OTHER_KEY)).encode(), KEYS.published)

    assert found.claims is None
    assert found.wrong[0].startswith("Ký bằng khóa không có trong danh sách khóa công khai")


def test_older_keys_are_published_after_the_one_that_signs():
    x = read_keys(OTHER_KEY).published[0].x

    by_seed, by_half = read_keys(f"{KEY}\n{OTHER_KEY}\n"), read_keys(f"{KEY} public:{x}")

    assert by_seed.published == by_half.published
    assert by_seed.published == (*KEYS.published, *read_keys(OTHER_KEY).published)
    assert opened(sign(CLAIMS, read_keys(OTHER_KEY)), by_half.published) == CLAIMS


@pytest.mark.parametrize("setting", ["", "11", "zz" * 32, f"{KEY} public:AAA"])
def test_wrong_key_is_said_without_showing_it(setting):
    with pytest.raises(BadSetting, match="64 hex digits") as told:
        read_keys(setting)

    assert KEY not in str(told.value)


@pytest.mark.slow
def test_printed_receipt_is_genuine_and_prints_the_same_again(pdf):
    assert verify(pdf, KEYS.published).wrong == ()
    assert verify(pdf, KEYS.published).claims == CLAIMS
    assert print_it() == pdf


@pytest.mark.slow
def test_receipt_fits_on_one_page_of_a4_in_the_font_of_official_papers(pdf):
    document = pypdfium2.PdfDocument(pdf)

    assert len(document) == 1
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
    assert b"LiberationSerif" in pdf
    document.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("altered", "label"),
    [
        (replace(PAPER, code="H30-220701-0001"), "Mã hồ sơ"),
        (
            replace(
                PAPER,
                lines=tuple(
                    replace(each, text=each.text.replace("09 giờ", "08 giờ"))
                    for each in PAPER.lines
                ),
            ),
            "Thời điểm tiếp nhận",
        ),
        (replace(PAPER, receiver="Một Người Khác"), "Người tiếp nhận"),
    ],
)
def test_paper_that_shows_something_else_is_named(altered, label):
    # The signature and the words of the genuine receipt, under pages that say something else.
    forged = graft(print_it(), print_it(json.encode(altered)))

    found = verify(forged, KEYS.published)

    assert found.claims == CLAIMS
    assert found.wrong[0].startswith(f"{label} in trên giấy khác với nội dung đã ký")


def graft(genuine: bytes, shown: bytes) -> bytes:
    """Return the pages of one receipt with the attachments of another."""
    with pypdfium2.PdfDocument(genuine) as source, pypdfium2.PdfDocument(shown) as target:
        kept = {
            each.get_name(): bytes(each.get_data())
            for each in map(source.get_attachment, range(source.count_attachments()))
        }
        for _ in range(target.count_attachments()):
            target.del_attachment(0)
        for name, content in kept.items():
            target.new_attachment(name).set_data(content)
        out = BytesIO()
        target.save(out)
        return out.getvalue()


def over(genuine: bytes, at: str, words: str, *, drawn: bool = True, cover: bool = True) -> bytes:
    """Return a receipt with other words, or a blank patch, over those that stand `at` a place."""
    with pypdfium2.PdfDocument(genuine) as pdf:
        page = pdf[0]
        found = page.get_textpage().search(at).get_next()
        left, bottom, _, top = page.get_textpage().get_charbox(found[0], loose=True)
        if cover:
            patch = raw.FPDFPageObj_CreateNewRect(left, bottom, 300, top - bottom)
            raw.FPDFPath_SetDrawMode(patch, raw.FPDF_FILLMODE_WINDING, 0)
            raw.FPDFPageObj_SetFillColor(patch, 255, 255, 255, 255)
            raw.FPDFPage_InsertObject(page, patch)
        content = find_font("/usr/share/fonts").read_bytes()
        data = (c_ubyte * len(content)).from_buffer_copy(content)
        font = raw.FPDFText_LoadFont(pdf, data, len(content), raw.FPDF_FONT_TRUETYPE, 1)
        said = raw.FPDFPageObj_CreateTextObj(pdf, font, 13)
        letters = create_string_buffer((words + "\0").encode("utf-16-le"))
        raw.FPDFText_SetText(said, cast(letters, raw.FPDF_WIDESTRING))
        mode = raw.FPDF_TEXTRENDERMODE_FILL if drawn else raw.FPDF_TEXTRENDERMODE_INVISIBLE
        raw.FPDFTextObj_SetTextRenderMode(said, mode)
        raw.FPDFPageObj_Transform(said, 1, 0, 0, 1, left, bottom + 3)
        raw.FPDFPage_InsertObject(page, said)
        raw.FPDFPage_GenerateContent(page)
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


@pytest.mark.slow
def test_false_words_shown_over_true_ones_are_noticed(pdf):
    early = line("received").replace("09 giờ", "08 giờ")

    found = verify(over(pdf, line("received"), early), KEYS.published)

    # The true words stand in the file still, where a program finds them and no reader does.
    assert found.wrong == (f"Trang 1 không hiện đúng nội dung đã ký: {line('received')}",)


@pytest.mark.slow
def test_words_painted_over_are_not_shown(pdf):
    found = verify(over(pdf, PAPER.receiver, " "), KEYS.published)

    assert found.wrong == (f"Trang 1 không hiện đúng nội dung đã ký: {PAPER.receiver}",)


@pytest.mark.slow
def test_words_added_to_a_receipt_are_named(pdf):
    found = verify(over(pdf, "(Ký nếu", "ĐẠT GIẢI NHẤT", cover=False), KEYS.published)

    assert found.claims == CLAIMS
    assert any("ĐẠT GIẢI NHẤT" in each for each in found.wrong)


@pytest.mark.slow
def test_words_that_nobody_can_see_change_nothing(pdf):
    hidden = over(pdf, PAPER.receiver, "Một Người Khác", drawn=False, cover=False)

    assert verify(hidden, KEYS.published) == Verified(CLAIMS, ())


@pytest.mark.slow
def test_page_too_many_is_noticed(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        document.new_page(595, 842)
        out = BytesIO()
        document.save(out)

    found = verify(out.getvalue(), KEYS.published)

    assert found.wrong == ("Tệp có 2 trang, giấy đã ký có 1 trang.",)


@pytest.mark.slow
def test_note_stuck_on_a_receipt_is_noticed(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        raw.FPDFPage_CloseAnnot(raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_STAMP))
        out = BytesIO()
        document.save(out)

    found = verify(out.getvalue(), KEYS.published)

    assert found.wrong == ("Trang 1 có chú thích hoặc ô nhập không thuộc giấy đã ký.",)


@pytest.mark.slow
def test_command_says_which_font_it_lacks_for_a_fresh_print(tmp_path, keys_file, pdf):
    (tmp_path / "receipt.pdf").write_bytes(pdf)

    done = CliRunner().invoke(
        group,
        [
            *("verify", str(tmp_path / "receipt.pdf")),
            *("--keys", str(keys_file), "--fonts", str(tmp_path)),
        ],
    )

    assert done.exit_code == 1
    assert "fonts-liberation2" in done.output


@pytest.mark.slow
def test_attached_words_that_were_changed_are_noticed():
    found = verify(print_it(json.encode(replace(PAPER, code="H30-220701-0001"))), KEYS.published)

    assert found.wrong == ("Nội dung đính kèm đã bị sửa, không khớp với chữ ký.",)


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken", b"", b"a.b.c", "Biên nhận".encode()])
def test_file_that_is_no_receipt_is_refused(content):
    found = verify(content, KEYS.published)

    assert found.claims is None
    assert len(found.wrong) == 1


def test_long_signature_leaves_a_code_that_can_still_be_scanned():
    short, long = picture("a" * MOST_IN_A_CODE), picture("a" * MOST_IN_A_CODE + ".b.c")

    assert "<svg" in short
    assert len(long) < len(short)


@pytest.fixture
def keys_file(tmp_path) -> Path:
    path = tmp_path / "jwks.json"
    path.write_bytes(json.encode({"keys": KEYS.published}))
    return path


def test_command_says_what_a_genuine_receipt_says(tmp_path, keys_file):
    (tmp_path / "receipt.jws").write_text(SIGNED + "\n")

    done = CliRunner().invoke(
        group, ["verify", str(tmp_path / "receipt.jws"), "--keys", str(keys_file)]
    )

    assert done.exit_code == 0
    assert done.output.splitlines()[0] == "Mã hồ sơ: H30-220701-0007"
    assert done.output.splitlines()[-1] == "HỢP LỆ"


def test_command_fails_for_an_altered_receipt(tmp_path, keys_file):
    other = sign(structs.replace(CLAIMS, code="H30-220701-0001"), KEYS)
    head, _, seal = SIGNED.split(".")
    (tmp_path / "receipt.jws").write_text(".".join((head, other.split(".")[1], seal)))

    done = CliRunner().invoke(
        group, ["verify", str(tmp_path / "receipt.jws"), "--keys", str(keys_file)]
    )

    assert done.exit_code == 1
    assert done.output.splitlines() == [
        "SAI: Chữ ký không khớp với nội dung: nội dung đã bị sửa hoặc chữ ký hỏng.",
        "KHÔNG HỢP LỆ",
    ]


def test_command_takes_the_keys_of_the_service_if_none_are_named(tmp_path):
    (tmp_path / "receipt.jws").write_text(SIGNED)

    done = CliRunner(env={"RECEIPT_KEY": KEY}).invoke(
        group, ["verify", str(tmp_path / "receipt.jws")]
    )

    assert done.exit_code == 0
