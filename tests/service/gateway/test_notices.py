"""Notices on pages and over the API, as entrants and the office use them."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.bookkeeping import eventually
from tests.service.gateway.conftest import PASSWORD
from tests.service.gateway.test_api import CONTEST, RULES, YAML, submit
from tests.service.gateway.test_portal import fields_of

BOX = "/toi/thong-bao"
NO_ADDRESS = "Người nhận không có địa chỉ thư điện tử."


@pytest.fixture
def told(http, sign_in, upload):
    """Have somebody hand an entry in, and wait until they are told; return what signs them in."""
    opened = http.post("/v1/contests", content=RULES, headers=sign_in("organiser") | YAML)
    assert opened.status_code == 201, opened.text
    author = sign_in("entrant", login="tac-gia")
    submit(http, author, upload)
    eventually(lambda: http.get("/v1/me/notices", headers=author).json().get("unread") == 1)
    return author


def note_in(shown):
    """Find why somebody was not told; in no other language."""
    return NO_ADDRESS if NO_ADDRESS in shown and "has no e-mail" not in shown else shown


def browse(http, login):
    form = {"login": login, "password": PASSWORD}
    assert http.post("/dang-nhap", data=form, follow_redirects=True).url.path == "/toi"


def test_a_notice_lies_in_the_box_until_it_is_read(http, told):
    browse(http, "tac-gia")
    desk, before = http.get("/toi").text, http.get(BOX).text

    http.post(BOX, data=fields_of(before, BOX), follow_redirects=True)
    after = http.get("/v1/me/notices", headers=told).json()

    assert "Thông báo (1)" in desk
    assert "Giấy biên nhận hồ sơ dự thi số" in before
    assert (after["unread"], after["notices"][0]["read_at"] is None) == (0, False)


def test_wishes_are_kept_and_what_one_has_a_right_to_hear_cannot_be_turned_off(http, told):
    browse(http, "tac-gia")
    form = fields_of(http.get(f"{BOX}/tuy-chon").text, f"{BOX}/tuy-chon")

    http.post(f"{BOX}/tuy-chon", data=form | {"language": "en", "wanted": "digest"})
    wishes = http.get("/v1/me/notices/wishes", headers=told).json()
    refused = http.put("/v1/me/notices/wishes", json={"off": ["receipt"]}, headers=told)

    assert (wishes["language"], "digest" in wishes["off"]) == ("en", False)
    assert (refused.status_code, refused.json()["code"]) == (422, "RightToHear")
    assert "Entry" in http.get(BOX).text or "Receipt" in http.get(BOX).text


def test_the_office_sees_who_was_told_what_and_takes_it_home(http, told, sign_in):
    secretary = sign_in("secretary", login="thu-ky")
    browse(http, "thu-ky")
    log = f"/v1/contests/{CONTEST}/notices"
    # Whoever has no address is told in the box alone; the log changes until that is known.
    eventually(
        lambda: {each["state"] for each in http.get(log, headers=secretary).json()} & {"FAILED"}
    )

    lines = http.get(log, headers=secretary).json()
    page = http.get(f"{BOX}/nhat-ky/{CONTEST}").text
    table = http.get(f"{BOX}/nhat-ky/{CONTEST}/tep/csv").text
    whole = http.get(f"/v1/contests/{CONTEST}/notices.csv", headers=secretary).text
    sheet = http.get(f"/v1/contests/{CONTEST}/notices.xlsx", headers=secretary).content
    stranger = http.get(f"/v1/contests/{CONTEST}/notices", headers=sign_in("entrant"))

    assert [line["recipient"] for line in lines] == [told["X-Person"]]
    assert lines[0]["title"] in page
    assert lines[0]["title"] in table
    assert (whole, whole.count("\n")) == (table, 2)
    assert [note_in(page), note_in(table)] == [NO_ADDRESS] * 2
    assert NO_ADDRESS in [cell.value for cell in load_workbook(BytesIO(sheet)).active[2]]
    assert lines[0]["last_error"] == "This person has no e-mail address."
    assert stranger.status_code == 403


def test_the_office_words_its_notices_and_a_mistake_is_said_with_its_line(http, told, sign_in):
    del told
    sign_in("organiser", login="ban-to-chuc")
    browse(http, "ban-to-chuc")
    path = f"{BOX}/mau/{CONTEST}"
    form = fields_of(
        http.get(f"{path}?loai=accepted").text.rpartition("<h2>Hồ sơ hợp lệ")[2], path
    )
    words = {"short": "Hồ sơ {{ code }}", "form_id": "123456", "step": "keep"}

    wrong = http.post(path, data=form | words | {"text": "Hợp lệ\n\n{{ diem }}"})
    right = http.post(path, data=form | words | {"text": "Hợp lệ\nChào {{ name }}", "key": "k-2"})

    assert wrong.status_code == 422
    assert "Dòng 3: không có chỗ điền diem." in wrong.text
    assert "[MẪU] Hợp lệ" in right.text
    assert "HG-CCHC-2022.1+vi-" in right.text
    assert 'name="form_id" value="123456"' in right.text


def test_a_link_that_is_none_of_ours_stops_nothing(http):
    page = http.get("/thoi-nhan-thu/abc")

    assert page.status_code == 404
    assert "Liên kết không đúng" in page.text
