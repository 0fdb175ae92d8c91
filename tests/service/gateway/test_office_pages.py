"""The pages of clerk, secretary, organiser and unit, as a browser without JavaScript uses them."""

import re

import pytest

from services.gateway.domain import Account
from tests.service.gateway.conftest import PASSWORD
from tests.service.gateway.forms import form_of, send
from tests.service.gateway.test_api import CONTEST, RULES, YAML, entry, submit

QUEUE, DASHBOARD = f"/toi/hang-doi/{CONTEST}", f"/toi/bang-dieu-hanh/{CONTEST}"
UNIT = {"unit_id": "STP", "name": "Sở Tư pháp", "kind": "SO_BAN_NGANH"}


@pytest.fixture
def browse(http, sign_in, accounts, tenant):
    """Open a contest with a unit; return a function that signs somebody in by the form."""
    organiser = sign_in("organiser")
    opened = http.post("/v1/contests", content=RULES, headers=organiser | YAML)
    assert opened.status_code == 201, opened.text
    http.put("/v1/agencies", json={"agencies": [UNIT]}, headers=organiser)

    def enter(*roles: str, unit: str | None = None) -> None:
        login = f"{roles[0]}-y"
        person = Account(f"{'0' * 20}{roles[0]}", "PERSON", login, frozenset(roles), unit)
        accounts.register(tenant, person, PASSWORD)
        http.cookies.clear()
        http.post("/dang-nhap", data={"login": login, "password": PASSWORD})

    return enter


def test_a_clerk_finds_a_dossier_checks_it_beside_and_prints_slips(http, browse, sign_in, upload):
    path = f"/toi/ho-so/{submit(http, sign_in('entrant'), upload)}"
    browse("secretary")

    desk = http.get("/toi").text
    found = http.get(QUEUE, params={"tu": "mot cua", "trang_thai": "SUBMITTED"}).text
    none = http.get(QUEUE, params={"tu": "lanh hai"}).text
    page = http.get(path)
    findings = {"ok.CHECK.DUNG_LINH_VUC": "yes", "ok.CHECK.DU_NOI_DUNG": "yes"}
    checked = send(http, page, f"{path}/kiem-tra", **findings)
    form = form_of(checked.text, path)
    asked = http.post(
        path,
        data=form | {"step": "return", "request": "Nộp lại cam kết.", "missing": ["BAN_CAM_KET"]},
        follow_redirects=True,
    )
    twice = http.post(path, data=form | {"step": "return", "request": "Nữa.", "key": "k-9"})
    slip = http.get(f"{path}/phieu/bo-sung").text

    assert "Hồ sơ chờ kiểm tra" in desk
    assert f'href="{path}"' in found
    assert "0 hồ sơ." in none
    assert checked.url.path == path
    assert 'value="accept"' in checked.text
    assert "Nộp lại cam kết." in asked.text
    assert (twice.status_code, 'role="alert"' in twice.text) == (409, True)
    assert "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ DỰ THI" in slip
    assert "Nộp lại cam kết." in slip
    assert http.get(f"{path}/phieu/tu-choi").status_code == 404


def test_a_clerk_takes_in_what_somebody_brings(http, browse):
    browse("clerk")
    counter = f"/toi/tiep-nhan/{CONTEST}"
    typed = {"group": "NGUOI_DAN", "area": "TTHC", "title": "Hộp thư góp ý"}

    page = send(http, http.get(counter), counter, **typed, **{"author.0.full_name": "Lê Thị Mẫu"})
    path = page.url.path
    papers = {"papers.BAN_THUYET_MINH": "1", "copies.BAN_THUYET_MINH": "2"}
    given = send(http, page, f"{path}/ban-giao", applicant="Lê Thị Mẫu", **papers)
    saved = send(http, given, path, summary="Góp ý tại chỗ.", step="review")
    handed = send(http, saved, f"{path}/nop")

    assert re.fullmatch(r"/ho-so/\w+", path), page.text
    assert "Đã ghi nhận giấy tờ bàn giao." in given.text
    assert "Đã nộp hồ sơ." in handed.text
    assert "Nộp trực tiếp" in http.get(QUEUE).text


def test_an_organiser_sees_numbers_as_charts_and_as_tables(http, browse, sign_in, upload):
    submit(http, sign_in("entrant"), upload)
    browse("organiser")

    page = http.get("/toi/bang-dieu-hanh", follow_redirects=True)

    assert page.url.path == DASHBOARD
    assert page.text.count("<svg") == page.text.count("Xem dưới dạng bảng") == 5
    assert re.search(
        r'<th scope="row">Cải cách thủ tục hành chính</th><td class="right">1<', page.text
    )
    assert "0 trên 1 đơn vị đã tham gia (0,0%)" in page.text
    assert "Sở Tư pháp" in page.text


def test_who_speaks_for_a_unit_sees_its_entries_and_no_other(http, browse, sign_in):
    an, path = sign_in("entrant"), f"/toi/don-vi/{CONTEST}"
    ours = entry("Của Sở Tư pháp") | {"group": "SO_BAN_NGANH", "unit_id": "STP"}
    for typed in (ours, entry("Của người dân")):
        made = http.post(f"/v1/contests/{CONTEST}/entries", json=typed, headers=an).json()
        http.post(f"/v1/entries/{made['entry_id']}/submit", headers=an)
    browse("head", "coordinator", unit="STP")

    page = http.get("/toi/don-vi", follow_redirects=True)
    denied = send(http, page, path, step="deny")
    confirmed = send(http, denied, path, step="confirm", note="Đúng", key="k-2")

    assert "Của Sở Tư pháp" in page.text
    assert "Của người dân" not in page.text
    assert denied.status_code == 422
    assert confirmed.status_code == 200


@pytest.mark.parametrize("path", [QUEUE, DASHBOARD, f"/toi/don-vi/{CONTEST}"])
def test_an_entrant_is_told_that_these_pages_are_not_theirs(http, browse, path):
    browse("entrant")

    assert http.get(path).status_code == 403


def test_an_operator_sees_every_service_and_nothing_dead(http, browse):
    browse("operator")

    page = http.get("/toi/van-hanh").text
    dead = http.get("/toi/van-hanh/intake").text

    assert page.count("trả lời sau") == 5  # originality does not run here
    assert page.count("không trả lời") == 1
    assert "Vòng sơ khảo" in page
    assert "Không có tin nào ngừng xử lý." in dead
    assert http.get("/toi/van-hanh/khong-co").status_code == 404
    browse("secretary")
    assert http.get("/toi/van-hanh").status_code == 403
