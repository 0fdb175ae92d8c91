"""An entrant's own pages, from the first word to the receipt, as a browser without JavaScript."""

import re

import pytest

from tests.service.gateway.conftest import PASSWORD
from tests.service.gateway.forms import form_of, send
from tests.service.gateway.test_api import CONTEST, RULES, YAML

DECLARED = ["CHINH_TAC_GIA", "CHUA_CONG_BO", "CHUA_DU_THI"]
TYPED = {
    "group": "NGUOI_DAN",
    "area": "TTHC",
    "title": "Một cửa <b>tại nhà</b>",
    "author.0.full_name": "Nguyễn Thị An",
}


@pytest.fixture
def browse(http, sign_in):
    """Open a contest; return a function that signs somebody in by the form."""
    opened = http.post("/v1/contests", content=RULES, headers=sign_in("organiser") | YAML)
    assert opened.status_code == 201, opened.text

    def enter(*roles: str) -> None:
        sign_in(*roles, login=f"{roles[0]}-x")
        http.cookies.clear()
        http.post("/dang-nhap", data={"login": f"{roles[0]}-x", "password": PASSWORD})

    return enter


def begun(http, typed=TYPED):
    """Begin an entry and return its page."""
    path = f"/du-thi/{CONTEST}"
    page = send(http, http.get(path), path, **typed)
    assert re.fullmatch(r"/ho-so/\w+", page.url.path), page.text
    return page


def test_an_entrant_goes_from_draft_to_receipt_without_a_script(http, browse):
    browse("entrant")
    page = begun(http)
    path = page.url.path

    saved = send(http, page, path, summary="Hẹn giờ qua tin nhắn.", step="review")
    handed = http.post(
        f"{path}/nop",
        data=form_of(saved.text, f"{path}/nop") | {"declared": DECLARED},
        follow_redirects=True,
    )

    assert "Một cửa &lt;b&gt;tại nhà&lt;/b&gt;" in page.text
    assert "Còn thiếu: tóm tắt" in page.text
    assert saved.url.path == f"{path}/nop"
    assert "Bản thuyết minh mô hình" in saved.text  # a document that is still missing
    assert "Đã nộp hồ sơ. Vui lòng giữ giấy biên nhận." in handed.text
    assert re.search(r"H30-220701-\d{4}", handed.text)
    assert "Đã nộp hồ sơ, lần 1." in handed.text
    assert f"{path}/bien-nhan.pdf" in handed.text
    assert "Đã nộp, chờ kiểm tra" in http.get("/du-thi").text


def test_a_stale_save_is_refused_with_what_was_typed_and_may_be_put_over_it(http, browse):
    browse("entrant")
    page = begun(http)
    path = page.url.path
    send(http, page, path, title="Của máy khác", step="save")

    stale = send(http, page, path, title="Của máy này", step="save", key="another-page")
    again = send(http, stale, path, step="save")

    assert stale.status_code == 409
    assert "Nội dung ông/bà vừa nhập vẫn còn ở dưới." in stale.text
    assert form_of(stale.text, path)["title"] == "Của máy này"
    assert (again.status_code, form_of(again.text, path)["title"]) == (200, "Của máy này")


def test_a_script_saves_and_is_told_what_is_missing_and_of_a_stale_save(http, browse):
    browse("entrant")
    page = begun(http)
    path = page.url.path
    form = form_of(page.text, path) | {"summary": "Tóm tắt"}

    first = http.post(f"{path}/luu", data=form | {"key": "k-1"})
    same = http.post(f"{path}/luu", data=form | {"key": "k-1"})
    stale = http.post(f"{path}/luu", data=form | {"key": "k-2", "title": "Khác"})

    assert (first.json()["revision"], first.json()["lacks"]) == (2, "")
    assert re.fullmatch(r"\d\d:\d\d", first.json()["saved_at"])
    assert same.json()["revision"] == 2
    assert (stale.status_code, stale.json()["code"]) == (409, "StaleRevision")


def test_authors_are_added_one_by_one_and_a_mistake_is_tied_to_its_field(http, browse):
    browse("entrant")
    page = begun(http)
    path = page.url.path

    two = send(http, page, path, kind="COLLECTIVE", step="author")
    wrong = send(http, two, path, **{"author.1.full_name": "Trần Văn Bình", "author.1.share": "x"})
    typed = {"author.0.share": "60", "author.1.share": "40", "step": "save"}
    right = send(http, wrong, path, **typed)

    assert 'name="author.1.full_name"' in two.text
    assert wrong.status_code == 422
    assert re.search(r'name="author.1.share"[^>]*value="x"[^>]*aria-describedby="loi"', wrong.text)
    assert right.status_code == 200, right.text
    assert form_of(right.text, path)["author.1.full_name"] == "Trần Văn Bình"


def test_a_supplement_is_asked_for_and_answered_and_an_entry_withdrawn(http, browse, sign_in):
    browse("entrant")
    page = begun(http, TYPED)
    path = page.url.path
    send(http, page, path, summary="Tóm tắt", step="save")
    http.post(f"{path}/nop", data=form_of(http.get(f"{path}/nop").text, f"{path}/nop"))
    asked = {"request": "Đề nghị cam kết lại.", "missing": ["BAN_CAM_KET"]}
    entry_id = path.rpartition("/")[2]
    http.post(f"/v1/entries/{entry_id}/return", json=asked, headers=sign_in("secretary"))

    returned = http.get(path).text
    form = form_of(http.get(f"{path}/nop").text, f"{path}/nop") | {"declared": DECLARED}
    answered = http.post(f"{path}/nop", data=form, follow_redirects=True)
    gone = send(http, answered, f"{path}/rut", reason="Đổi ý")

    assert "Đề nghị cam kết lại." in returned
    assert "Thời hạn nộp lại: hết ngày" in returned
    assert "Đã nộp hồ sơ, lần 2." in answered.text
    assert "Đã rút hồ sơ: Đổi ý" in gone.text
    assert "Lưu bản nháp" not in gone.text


def test_nobody_else_sees_an_entry_and_only_entrants_begin_one(http, browse):
    browse("entrant")
    path = begun(http).url.path
    browse("judge")
    form = {"form": form_of(http.get("/toi").text, "/dang-xuat")["form"], **TYPED}

    assert http.get(path).status_code == 404
    assert http.post(path, data=form).status_code == 404
    assert http.post(f"/du-thi/{CONTEST}", data=form).status_code == 403
    assert http.get(f"/toi/tiep-nhan/{CONTEST}").status_code == 200  # a form; intake refuses it
