"""Minutes of a played round: over the API, on the portal's page, at the command line."""

import re
from io import BytesIO

import httpx
import pypdfium2
import pytest
from docx import Document

from demo.api import Api, ApiRefused

pytestmark = [pytest.mark.slow, pytest.mark.stack]
MET = {
    "place": "Phòng họp số 2, Sở Nội vụ",
    "began_at": "2022-10-01T08:00:00+07:00",
    "ended_at": "2022-10-01T09:30:00+07:00",
    "conclusion": "Các thành viên thống nhất",
}


@pytest.fixture(scope="module")
def signed_in(stack, stage):
    """Return a function that signs somebody of the cast in."""
    opened = []

    def sign_in(login):
        opened.append(Api(stack.addresses.http_url).sign_in(login, stage.passwords[login]))
        return opened[-1]

    yield sign_in
    for api in opened:
        api.close()


@pytest.fixture(scope="module")
def issued(stage, signed_in):
    """Issue minutes of the first round's closing."""
    secretary, chair = signed_in("thu-ky-1"), signed_in("giam-khao-1")
    told = {"kind": "CLOSING", "kept_by": secretary.person_id, **MET}
    made = secretary.post(f"{stage.contest}/rounds/SO_KHAO/minutes", told)
    secretary.post(f"{stage.contest}/minutes/{made['minutes_id']}/check")
    return chair.post(f"{stage.contest}/minutes/{made['minutes_id']}/issue")


def file_of(api, stage, made, form):
    answer = api.send("GET", f"{stage.contest}/minutes/{made['minutes_id']}.{form}")
    assert answer.status_code == 302, answer.text
    return httpx.get(answer.headers["Location"]).content


def test_both_files_hold_the_table_the_round_closed_with(stage, organiser, issued):
    table = organiser.get(f"{stage.contest}/rounds/SO_KHAO")["table"]

    with pypdfium2.PdfDocument(file_of(organiser, stage, issued, "pdf")) as document:
        said = " ".join(page.get_textpage().get_text_range() for page in document)
    docx = Document(BytesIO(file_of(organiser, stage, issued, "docx")))
    (rows,) = [one.rows for one in docx.tables if one.rows[0].cells[0].text == "Hạng"]

    figures = [(line["code"], f"{line['score']}".replace(".", ",")) for line in table]
    assert [(row.cells[1].text, row.cells[3].text) for row in rows[1:]] == figures
    assert all(code in said for code, _ in figures)
    assert issued["number"] in said


def test_an_entrant_learns_of_no_minutes(stage, signed_in, issued):
    entrant = signed_in("du-thi-17")

    assert entrant.get(f"{stage.contest}/minutes") == []
    with pytest.raises(ApiRefused) as refused:
        entrant.get(f"{stage.contest}/minutes/{issued['minutes_id']}.pdf")
    assert refused.value.code == "UnknownMinutes"
    assert "quyền xem" in refused.value.detail


def test_page_lists_drafts_and_lets_who_signs_sign(stack, stage, signed_in, issued):
    base = stack.addresses.http_url
    page = f"/toi/bien-ban/{stage.cast.contest}"
    with httpx.Client(base_url=base, follow_redirects=True, timeout=60) as browser:
        login = {"login": "thu-ky-1", "password": stage.passwords["thu-ky-1"]}
        browser.post("/dang-nhap", data=login).raise_for_status()
        shown = browser.get(page).text
        form = re.search(r'name="form" value="([^"]+)"', shown)[1]
        told = {
            "form": form,
            "kind": "VOTE",
            "place": "Hội trường A",
            "began_at": "2022-10-01T08:00",
            "ended_at": "2022-10-01T09:00",
            "kept_by": signed_in("thu-ky-1").person_id,
        }
        drafted = browser.post(f"{page}/SO_KHAO", data=told).text
        (step,) = re.findall(r'action="([^"]+/kiem-tra)"', drafted)
        checked = browser.post(step, data={"form": form}).text

    assert issued["number"] in shown
    assert "Đã ban hành" in shown
    assert "Biểu quyết xếp thứ tự các bài bằng điểm" in drafted
    assert "Đã kiểm tra" in checked


def test_a_file_is_known_again_at_the_command_line(stage, sangkien, issued, tmp_path):
    contest, file = stage.cast.contest, tmp_path / "bien-ban.pdf"

    fetched = sangkien("review", "minutes", "fetch", contest, issued["minutes_id"], file)
    known = sangkien("review", "minutes", "verify", contest, file)
    file.write_bytes(file.read_bytes() + b"\n")
    changed = sangkien("review", "minutes", "verify", contest, file)

    assert fetched.returncode == 0, fetched.stderr
    assert (known.returncode, changed.returncode) == (0, 1), known.stderr
    assert issued["number"] in known.stdout
    assert "không phải biên bản" in changed.stdout
