"""What signatures look like, measured in the file (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from datetime import UTC, datetime
from io import BytesIO

import msgspec
import pypdfium2
import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader

from services.awards.orders import Job, Key, Pressed
from services.awards.press import press
from services.awards.signing.appearance import PictureUnfit
from services.awards.signing.keyfile import KeyFile
from services.awards.signing.sample import make_test_ca
from services.awards.signing.verifying import accept, read_roots
from tests.unit.awards.test_press import CERTIFICATE, DECISION, MM, printed

NOW = datetime(2023, 1, 5, 2, tzinfo=UTC)
PASSWORD = "mật khẩu thử"  # noqa: S105
ROLES = ("approve", "issue")
ROOM = 25.0  # millimetres between title and name


@pytest.fixture
def keys(tmp_path):
    make_test_ca(tmp_path, ROLES, PASSWORD)
    return tmp_path


def draw(path, colour, size_mm, dpi=150):
    """Draw a ring, as a stand-in for a picture of a signature or seal."""
    width, height = (round(side / 25.4 * dpi) for side in size_mm)
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    image.paste(colour, (0, 0, width, height // 3))
    image.save(path, dpi=(dpi, dpi))


def signed(keys, roles=ROLES, **paper):
    used = tuple(Key(role=r, path=str(keys / f"{r}.p12"), password=PASSWORD) for r in roles)
    job = Job(font_path="/usr/share/fonts", dated=NOW, keys=used, **paper)
    return msgspec.msgpack.decode(press(msgspec.json.encode(job)), type=Pressed).pdf.content


def fields(pdf):
    """Return each signature's page (from 0), and its box: left, bottom, right, top in mm."""
    reader, found = PdfFileReader(BytesIO(pdf)), {}
    for signature in reader.embedded_signatures:
        box = [float(each) / MM for each in signature.sig_field["/Rect"]]
        found[signature.field_name] = box
    return found


def place_of(pdf, words):
    """Return the box of these words, where the first page says them last, in mm."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        search, last = text.search(words, match_case=True), None
        while found := search.get_next():
            last = found
        boxes = [text.get_charbox(last[0] + at) for at in range(last[1])]
        lows = [min(box[side] for box in boxes) / MM for side in (0, 1)]
        highs = [max(box[side] for box in boxes) / MM for side in (2, 3)]
        return (*lows, *highs)


@pytest.mark.parametrize("paper", [{"document": DECISION}, {"certificate": CERTIFICATE}])
def test_pictures_stand_under_the_title_and_the_seal_covers_a_third_from_the_left(keys, paper):
    draw(keys / "approve.png", (20, 60, 200, 255), (45, 18))
    draw(keys / "issue.png", (220, 20, 20, 255), (36, 36))

    pdf = signed(keys, **paper)

    left, bottom, right, top = fields(pdf)["KyPheDuyet"]
    seal = fields(pdf)["KyPhatHanh"]
    title = place_of(pdf, "CHỦ TỊCH")
    assert (right - left, top - bottom) == pytest.approx((45, 18), abs=0.5)
    assert (left + right) / 2 == pytest.approx((title[0] + title[2]) / 2, abs=1)
    assert 0 < title[1] - top < ROOM
    assert (seal[2] - seal[0], seal[3] - seal[1]) == pytest.approx((36, 36), abs=0.5)
    assert seal[2] == pytest.approx(left + 15, abs=0.6)
    assert (seal[1] + seal[3]) / 2 == pytest.approx((bottom + top) / 2, abs=0.6)


def test_what_is_seen_is_blue_and_red(keys):
    draw(keys / "approve.png", (20, 60, 200, 255), (45, 18))
    draw(keys / "issue.png", (220, 20, 20, 255), (36, 36))

    with pypdfium2.PdfDocument(signed(keys, certificate=CERTIFICATE)) as document:
        document.init_forms()
        shown = document[0].render(scale=1, may_draw_forms=True).to_pil().convert("RGB")

    colours = {colour for _, colour in shown.getcolors(1 << 20)}
    assert (20, 60, 200) in colours
    assert (220, 20, 20) in colours


def test_without_pictures_lines_say_who_and_when_by_iso_8601(keys):
    pdf = signed(keys, document=DECISION)

    reader = PdfFileReader(BytesIO(pdf))
    boxes = fields(pdf)
    assert boxes["KyPheDuyet"][1] >= boxes["KyPhatHanh"][3] - 0.5
    for each in reader.embedded_signatures:
        drawn = each.sig_field["/AP"]["/N"]
        (mark,) = drawn["/Resources"]["/XObject"]
        mark = drawn["/Resources"]["/XObject"][mark]
        fonts = mark["/Resources"]["/Font"]
        assert all("LiberationSerif" in fonts[name]["/BaseFont"] for name in fonts)


def test_an_annexs_signature_is_text_at_the_top_right_of_the_first_page(keys):
    make_test_ca(keys, ("attach",), PASSWORD)

    left, bottom, right, top = fields(signed(keys, ("attach",), document=DECISION))["KyDinhKem"]

    assert right == pytest.approx(210 - 16, abs=0.5)
    assert 297 - 22 < bottom < top < 297
    assert left > 105


def test_a_seen_signature_is_accepted_when_it_comes_back(keys):
    draw(keys / "approve.png", (20, 60, 200, 255), (45, 18))
    pdf = printed(document=DECISION).pdf.content
    full = signed(keys, ("approve",), document=DECISION)

    assert full.startswith(pdf)
    assert accept(pdf, full, read_roots(str(keys / "root.pem")), NOW).field == "KyPheDuyet"


@pytest.mark.parametrize(("mode", "dpi"), [("RGB", (150, 150)), ("RGBA", None)])
def test_a_picture_without_clear_ground_or_size_is_said_to_be_unfit(keys, mode, dpi):
    Image.new(mode, (90, 30)).save(keys / "approve.png", **({"dpi": dpi} if dpi else {}))

    with pytest.raises(PictureUnfit, match=r"approve\.png must be PNG"):
        signed(keys, ("approve",), document=DECISION)


def test_a_key_without_a_room_signs_unseen(keys):
    pdf = printed(certificate=CERTIFICATE).pdf.content

    unseen = KeyFile.read(str(keys / "approve.p12"), PASSWORD, NOW).sign(pdf, "approve")

    assert fields(unseen)["KyPheDuyet"] == [0, 0, 0, 0]
