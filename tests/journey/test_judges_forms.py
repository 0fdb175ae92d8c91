"""A judge's sheet without JavaScript, and as the script of its page sends it."""

import re
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from tests.journey import jury as at
from tests.journey.test_judges_desk import MARKS, path_of

pytestmark = [pytest.mark.slow, pytest.mark.stack]

TYPED = {f"mark.{code}": mark for code, mark in MARKS.items()} | {
    "comment": "Dòng một\r\nDòng hai",
    "reason": "Xem lại",
}


@contextmanager
def browse_as(jury, login):
    """Sign somebody in by the form."""
    headers = {"X-Tenant": at.TENANT}
    options = {"base_url": jury.url, "headers": headers, "follow_redirects": True, "timeout": 60}
    with httpx.Client(**options) as client:
        page = client.post("/dang-nhap", data={"login": login, "password": at.WORD})
        assert page.url.path == "/toi", page.text
        yield client


@pytest.fixture
def browse(jury):
    """Return a function that signs somebody in by the form."""
    with ExitStack() as open_ones:
        yield lambda login: open_ones.enter_context(browse_as(jury, login))


@pytest.fixture
def place(jury):
    """Return where the first sheet of gk-2 is."""
    return path_of(jury.desk("gk-2")[0]["code"])


def hidden(page, action):
    """Return the hidden fields of the form with this action."""
    form = page.text.partition(f'action="{action}"')[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def mine(jury):
    return jury.desk("gk-2")[0]


def test_a_sheet_is_typed_read_over_and_handed_in_without_javascript(jury, browse, place):
    client, before = browse("gk-2"), mine(jury)["version"]
    drafted = client.post(place, data=hidden(client.get(place), place) | TYPED | {"step": "draft"})
    shown = client.post(place, data=hidden(drafted, place) | TYPED | {"step": "check"})
    typed_on = client.post(place, data=hidden(shown, place) | {"step": "edit"})
    meanwhile = mine(jury)["version"]

    done = client.post(place, data=hidden(shown, place) | {"step": "give"})

    assert "Đã lưu bản nháp." in drafted.text
    assert "<strong>83</strong>/100" in shown.text
    assert 'value="25,5"' in typed_on.text
    assert meanwhile == before
    given = mine(jury)
    assert (given["version"], given["marks"]["TINH_MOI"]) == (before + 1, "25.5")
    assert given["comment"].splitlines() == ["Dòng một", "Dòng hai"]
    assert "Đã nộp phiếu." in done.text
    assert given["digest"] in done.text


def test_a_refused_sheet_keeps_what_was_typed(jury, browse, place):
    client, before = browse("gk-2"), mine(jury)["version"]
    wrong = TYPED | {"mark.KHA_THI": "bảy", "step": "give"}

    said = client.post(place, data=hidden(client.get(place), place) | wrong)

    assert said.status_code == 422
    assert "bằng số, ví dụ 7,5" in said.text
    assert 'value="25,5"' in said.text
    assert mine(jury)["version"] == before


def test_a_sheet_sent_twice_under_its_key_is_one_version(jury, browse, place):
    client, before = browse("gk-2"), mine(jury)["version"]
    sheet = hidden(client.get(place), place) | TYPED | {"step": "give", "key": f"k-{before}"}

    first, second = (client.post(f"{place}/gui", data=sheet) for _ in range(2))
    other = client.post(f"{place}/gui", data=sheet | {"key": f"other-{before}"})

    assert [first.json(), second.json()] == [{"version": before + 1}] * 2
    assert (other.status_code, other.json()["code"]) == (409, "SheetOvertaken")
    assert mine(jury)["version"] == before + 1


def test_the_script_is_told_that_the_sign_in_has_ended(browse, place):
    client = browse("gk-2")
    sheet = hidden(client.get(place), place) | TYPED | {"step": "give", "key": "k-ended"}
    client.cookies.clear()

    said = client.post(f"{place}/gui", data=sheet)

    assert (said.status_code, said.json()["code"]) == (401, "SignInNeeded")


def test_pages_of_a_judge_are_not_cached_and_run_no_script_but_ours(browse, place):
    page = browse("gk-2").get(place)

    assert page.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'; connect-src 'self'" in page.headers["Content-Security-Policy"]
    assert re.findall(r"<script(?![^>]* src=)", page.text) == []
    assert len(re.findall(r"<script", page.text)) == 4


def test_the_browsers_key_is_the_persons_own_and_the_same_at_each_sign_in(browse):
    keys = [
        re.search(r'data-key="([^"]+)"', browse(login).get("/toi").text)[1]
        for login in ("gk-2", "gk-2", "gk-3")
    ]

    assert keys[0] == keys[1] != keys[2]


def test_a_sheet_is_shown_to_its_judge_alone(jury, browse, place):
    sheet = {"marks": MARKS, "comment": "chi-minh-toi-doc", "reason": "Xem lại"}
    jury.callers["gk-2"].put(f"{jury.round}/sheets/{mine(jury)['code']}", sheet)

    shown = {
        login: "chi-minh-toi-doc" in browse(login).get(place).text
        for login in ("gk-1", "gk-2", "gk-3", "thu-ky", "tac-gia")
    }

    assert [login for login, is_shown in shown.items() if is_shown] == ["gk-2"]
