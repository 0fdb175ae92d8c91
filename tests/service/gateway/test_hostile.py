"""What the door does with requests that nobody honest would send."""

from datetime import timedelta

import pytest

from services.gateway import accounts
from services.gateway.accounts import machine_now
from services.gateway.domain import form_token
from tests.service.gateway.conftest import PASSWORD

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
AN = {"login": "an", "password": PASSWORD, "full_name": "Nguyễn Thị An"}


@pytest.mark.parametrize(
    "body",
    [
        b'{"login": "an", "password": "a\\u0000b", "full_name": "An"}',
        b'{"login": "an", "password": "0123456789", "full_name": "\\u0000"}',
        b'{"login": "an", "password": "0123456789", "full_name": "\xff"}',
        b'{"login": "an", "password": "0123456789", "full_name": "\\ud800"}',
        b'{"login": "an", "password": "0123456789", "full_name": ' + b"[" * 100_000,
        b"{",
        b"",
    ],
)
def test_a_body_that_is_no_text_is_refused_as_such(http, body):
    answer = http.post("/v1/registrations", content=body, headers=JSON)

    assert answer.status_code == 400
    assert answer.json()["title"] == "Yêu cầu không hợp lệ"
    assert answer.json()["detail"]


@pytest.mark.parametrize("path", ["/v1/contests/%00", "/v1/papers/%00.pdf", "/toi?contest=%00"])
def test_an_address_with_a_nul_is_refused(http, path):
    assert http.get(path).status_code == 400


def test_a_rules_file_that_is_no_text_is_refused(http, sign_in):
    answer = http.post("/v1/contests", content=b"\xff\xfe", headers=sign_in("organiser"))

    assert answer.json()["code"] == "BadText"


@pytest.mark.parametrize("login", ["a\0b", "An", "x" * 200])
def test_what_cannot_be_a_login_is_a_wrong_one(http, login):
    form = {"grant_type": "client_credentials", "client_id": login, "client_secret": "x"}

    assert http.post("/dang-nhap", data={"login": "An", "password": "x"}).status_code == 401
    assert http.post("/v1/token", data=form).status_code == 401


def test_a_visitor_cannot_make_an_organising_authority(http):
    answer = http.post("/v1/registrations", json=AN, headers={"X-Tenant": "tinh-bia-dat"})

    assert answer.status_code == 400
    assert answer.json()["code"] == "BadTenant"


def test_guesses_have_to_wait_longer_and_longer(http, monkeypatch):
    http.post("/v1/registrations", json=AN)
    wrong = {"login": "an", "password": "a wrong password"}

    guesses = [http.post("/v1/sessions", json=wrong).status_code for _ in range(6)]
    right = http.post("/v1/sessions", json=AN)
    page = http.post("/dang-nhap", data=AN)
    in_a_minute = machine_now() + timedelta(minutes=1)
    monkeypatch.setattr(accounts, "machine_now", lambda: in_a_minute)
    later = http.post("/v1/sessions", json=AN)

    assert guesses == [401, 401, 401, 401, 401, 429]
    assert right.status_code == 429
    assert int(right.headers["Retry-After"]) >= 1
    assert right.json()["detail"].startswith("Sai mật khẩu quá nhiều lần")
    assert "Sai mật khẩu quá nhiều lần" in page.text
    assert later.status_code == 201


def test_a_form_with_a_token_in_strange_letters_is_refused(http, sign_in):
    token = sign_in("entrant")["Authorization"].partition(" ")[2]

    answer = http.post("/dang-xuat", data={"form": "é"}, headers={"Cookie": f"sangkien={token}"})

    assert answer.status_code == 403


def test_a_step_nobody_knows_publishes_nothing(http, sign_in):
    token = sign_in("organiser")["Authorization"].partition(" ")[2]

    answer = http.post(
        "/toi/giai/HG-CCHC-2022/gi-do",
        data={"form": form_token(token)},
        headers={"Cookie": f"sangkien={token}"},
    )

    assert "Không có bước này." in answer.text


def test_a_person_who_lost_the_way_sees_a_page_and_a_program_a_problem(http):
    page = http.get("/khong-co", headers=BROWSER)
    problem = http.get("/khong-co")

    assert page.status_code == problem.status_code == 404
    assert page.headers["Content-Type"].startswith("text/html")
    assert "Không có nội dung nào ở địa chỉ này." in page.text
    assert problem.json()["detail"] == "Không có nội dung nào ở địa chỉ này."


def test_who_has_signed_in_is_not_asked_to(http, sign_in):
    token = sign_in("entrant")["Authorization"].partition(" ")[2]

    answer = http.get(
        "/dang-nhap", headers={"Cookie": f"sangkien={token}"}, follow_redirects=False
    )

    assert (answer.status_code, answer.headers["Location"]) == (303, "/toi")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/contests/c/extensions", {"until": "2022-08-20T17:00:00", "reason": "Mưa lũ"}),
        ("/v1/entries/e/submit", {"arrived_at": "2022-08-20T17:00:00"}),
    ],
)
def test_a_time_of_day_without_its_zone_is_refused(http, sign_in, path, body):
    answer = http.post(path, json=body, headers=sign_in("organiser"))

    (mistake,) = answer.json()["errors"]
    assert (answer.status_code, mistake["reason"]) == (
        400,
        "Thời điểm này phải ghi kèm múi giờ, ví dụ 2022-08-15T16:59:00+07:00.",
    )
