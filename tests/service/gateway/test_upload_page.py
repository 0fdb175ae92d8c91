"""What the page for uploads shows and what its script is answered, without the script."""

import re
from hashlib import sha256
from unicodedata import normalize

import pytest

from tests.files import pdf
from tests.service.gateway.conftest import PASSWORD
from tests.service.gateway.test_api import CONTEST, RULES, YAML, entry

CONTENT = pdf()
NAME = normalize("NFD", "Bản thuyết minh.pdf")


@pytest.fixture
def place(http, sign_in):
    """Return the page of an entry of somebody who is signed in by cookie."""
    http.post("/v1/contests", content=RULES, headers=sign_in("organiser") | YAML)
    entrant = sign_in("entrant", login="du-thi")
    made = http.post(f"/v1/contests/{CONTEST}/entries", json=entry("Một cửa"), headers=entrant)
    enter(http, "du-thi")
    return f"/ho-so/{made.json()['entry_id']}/tai-lieu"


def enter(http, login):
    http.cookies.clear()
    http.post("/dang-nhap", data={"login": login, "password": PASSWORD})


def announced(http, place, **other):
    """Announce a file as the script does."""
    page = http.get(place).text
    token = re.findall(r'name="form" value="([^"]*)"', page)[-1]
    form = {
        "form": token,
        "code": "BAN_THUYET_MINH",
        "file_name": NAME,
        "size": str(len(CONTENT)),
        "part": sha256(CONTENT).hexdigest(),
    }
    return http.post(place, data=form | other)


def test_only_this_page_runs_our_script_and_reaches_the_store(http, place):
    page, desk = http.get(place), http.get("/toi")

    rules = page.headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in rules
    assert "script-src 'self'" in rules
    assert "connect-src 'self' https://store.example" in rules
    assert re.findall(r"<script[^>]*>(.*?)</script>", page.text) == [""]
    assert "script-src" not in desk.headers["content-security-policy"]
    assert place in desk.text


def test_without_javascript_the_page_says_so_and_shows_no_form(http, place):
    page = http.get(place).text

    assert '<noscript><p class="mistake">Trang này cần JavaScript' in page
    assert all(" hidden" in form for form in re.findall(r'<form class="upload"[^>]*>', page))


def test_a_file_is_announced_uploaded_and_kept_under_the_name_it_was_sent_by(http, place, upload):
    begun = announced(http, place).json()
    again = announced(http, place).json()
    before = http.get(f"{place}/{begun['document_id']}").json()
    upload(begun["parts"][0]["url"], CONTENT, "application/pdf")
    after = http.get(f"{place}/{begun['document_id']}").json()
    token = re.findall(r'name="form" value="([^"]*)"', http.get(place).text)[-1]
    done = http.post(f"{place}/{begun['document_id']}", data={"form": token})

    assert again["document_id"] == begun["document_id"]
    assert [part["there"] for part in (*before["parts"], *after["parts"])] == [False, True]
    assert done.status_code == 204
    shown = http.get(place).text
    assert normalize("NFC", NAME) in shown
    assert "Đã nhận" in shown


def test_a_refusal_is_a_sentence_for_the_script(http, place):
    refused = announced(http, place, file_name="Bản thuyết minh.mp4")

    assert refused.status_code == 422
    assert refused.json()["code"] == "WrongType"


def test_another_site_can_announce_nothing(http, place):
    refused = announced(http, place, form="guessed")

    assert refused.status_code == 403
    assert refused.json()["code"] == "FormTooOld"


def test_a_stranger_sees_no_page_and_no_parts(http, place, sign_in):
    begun = announced(http, place).json()
    sign_in("entrant", login="nguoi-khac")
    enter(http, "nguoi-khac")

    page, parts = http.get(place), http.get(f"{place}/{begun['document_id']}")

    assert page.status_code in (403, 404)
    assert parts.status_code in (403, 404)
    assert "X-Amz-Signature" not in page.text + parts.text


def test_who_has_not_signed_in_is_sent_to_where_they_can(http, place):
    http.cookies.clear()

    page = http.get(place, follow_redirects=False)
    parts = http.get(f"{place}/x", follow_redirects=False)

    assert (page.status_code, page.headers["location"]) == (303, "/dang-nhap")
    assert parts.status_code == 401
