"""The portal as a browser without JavaScript uses it."""

import re

import pytest

from tests.service.gateway.conftest import PASSWORD
from tests.service.gateway.test_api import CONTEST, RULES, YAML, entry, submit

PAGES = ["/", "/dang-nhap", "/ket-qua/X"]


@pytest.fixture
def contest(http, sign_in):
    opened = http.post("/v1/contests", content=RULES, headers=sign_in("organiser") | YAML)
    assert opened.status_code == 201, opened.text


@pytest.fixture
def browse(http, sign_in):
    """Return a function that signs somebody in by the form and gives their first page."""

    def open_desk(*roles: str) -> str:
        sign_in(*roles, login=f"{roles[0]}-1")
        form = {"login": f"{roles[0]}-1", "password": PASSWORD}
        page = http.post("/dang-nhap", data=form, follow_redirects=True)
        assert page.url.path == "/toi"
        return page.text

    return open_desk


def fields_of(page: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the form with this action."""
    form = page.partition(f'action="{action}"')[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_vietnamese_and_runs_no_script(http, path):
    page = http.get(path)

    assert '<html lang="vi">' in page.text
    assert re.search(r"<title>[^<]+ – Cuộc thi sáng kiến</title>", page.text)
    assert "<script" not in page.text
    assert "style=" not in page.text


@pytest.mark.usefixtures("contest")
def test_the_first_page_tells_the_dates_of_a_contest(http):
    page = http.get("/").text

    assert "ngày 30/06/2022" in page
    assert "hết ngày 15/08/2022" in page
    assert "Đang nhận hồ sơ" in page


@pytest.mark.usefixtures("contest")
def test_results_are_not_there_before_they_are_published(http):
    page = http.get(f"/ket-qua/{CONTEST}")

    assert page.status_code == 404
    assert "<h1>Không tìm thấy</h1>" in page.text


def test_a_wrong_password_is_said_beside_the_form(http):
    page = http.post("/dang-nhap", data={"login": "an", "password": "wrong"})

    assert page.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page.text
    assert 'value="an"' in page.text


def test_a_login_is_shown_as_text_whatever_it_contains(http):
    page = http.post("/dang-nhap", data={"login": '"><script>', "password": "wrong"})

    assert "<script" not in page.text


def test_a_page_of_ones_own_sends_to_the_form_first(http):
    page = http.get("/toi", follow_redirects=True)

    assert page.url.path == "/dang-nhap"


def test_a_page_of_ones_own_is_there_before_any_contest_is(browse):
    assert "Chưa có cuộc thi nào." in browse("entrant")


@pytest.mark.usefixtures("contest")
def test_signing_out_ends_the_session(http, browse):
    page = browse("entrant")
    cookie = http.cookies["sangkien"]

    http.post("/dang-xuat", data=fields_of(page, "/dang-xuat"))
    http.cookies.set("sangkien", cookie)

    assert http.get("/toi", follow_redirects=False).status_code == 303


@pytest.mark.usefixtures("contest")
def test_a_form_from_elsewhere_is_refused(http, browse):
    browse("secretary")

    forged = http.post("/toi/ho-so/e-1/tiep-nhan", data={"form": "0" * 64})

    assert forged.status_code == 403
    assert "Biểu mẫu này không thuộc phiên đăng nhập hiện tại" in forged.text


def test_another_site_cannot_sign_somebody_in(http):
    form = {"login": "an", "password": PASSWORD}

    answer = http.post("/dang-nhap", data=form, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


@pytest.mark.usefixtures("contest")
def test_an_entrant_sees_where_their_entry_stands(http, sign_in, browse):
    browse("entrant")
    an = {"Authorization": f"Bearer {http.cookies['sangkien']}"}
    http.post(f"/v1/contests/{CONTEST}/entries", json=entry("Một cửa số"), headers=an)
    http.post(
        f"/v1/contests/{CONTEST}/entries", json=entry("Của ai khác"), headers=sign_in("entrant")
    )

    page = http.get("/toi").text

    assert "Một cửa số" in page
    assert "Bản nháp" in page
    assert "Của ai khác" not in page


@pytest.mark.usefixtures("contest")
def test_a_secretary_checks_a_dossier_and_accepts_it(http, sign_in, browse, upload):
    path = f"/toi/ho-so/{submit(http, sign_in('entrant'), upload)}"
    desk = browse("secretary")
    form = fields_of(http.get(f"{path}/kiem-tra").text, f"{path}/kiem-tra")
    found = {"ok.CHECK.DUNG_LINH_VUC": "yes", "ok.CHECK.DU_NOI_DUNG": "yes"}

    checked = http.post(f"{path}/kiem-tra", data=form | found, follow_redirects=True)
    accept = fields_of(checked.text, f"{path}/tiep-nhan")
    answer = http.post(f"{path}/tiep-nhan", data=accept, follow_redirects=True)

    assert f'href="/toi/hang-doi/{CONTEST}?trang_thai=SUBMITTED"' in desk
    assert "Chưa xem" not in checked.text
    assert (answer.status_code, answer.url.path) == (200, path)
    assert "Đã tiếp nhận" in answer.text


@pytest.mark.parametrize("page", ["1000001", "9" * 30])
def test_page_of_a_list_that_no_list_reaches_is_refused_clearly(http, browse, page):
    browse("secretary")

    shown = http.get(f"/toi/sang-kien-da-biet?trang={page}")

    assert shown.status_code == 404
    assert "Không có trang này" in shown.text
