"""Prizes, petitions and revocations at the door: before there are results, and on the pages."""

import re

import pytest

from tests.bookkeeping import eventually
from tests.service.gateway.test_api import CONTEST, RULES, YAML

PRIZES = f"/v1/contests/{CONTEST}/prizes"
AWARDING = f"/toi/xet-giai/{CONTEST}"
PETITIONS = f"/toi/kien-nghi/{CONTEST}"


@pytest.fixture
def office(http, sign_in):
    """Open the contest and wait until awards has heard of it."""
    organiser = sign_in("organiser")
    http.post("/v1/contests", content=RULES, headers=organiser | YAML)
    assert eventually(lambda: http.get(PRIZES, headers=organiser).status_code == 200)
    return organiser


def cookie(headers):
    return {"Cookie": f"sangkien={headers['Authorization'].removeprefix('Bearer ')}"}


def on_page(http, headers, path, **fields):
    """Send a form as the page makes it."""
    mine = cookie(headers) | {"Accept": "text/html"}
    token = re.search(r'name="form" value="(\w+)"', http.get(path, headers=mine).text).group(1)
    return http.post(path, data={"form": token, **fields}, headers=mine, follow_redirects=False)


def test_nothing_of_results_is_to_be_had_before_they_are_published(http, office):
    paths = ("results", "open-results", "open-results.csv")

    answers = [http.get(f"/v1/contests/{CONTEST}/{path}") for path in paths]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.json()["code"] for answer in answers} == {"NotPublished"}
    assert office


def test_steps_with_a_list_that_is_not_there_are_refused_in_vietnamese(http, office, sign_in):
    meeting = {"number": "05/BB-BTC", "held_on": "2022-07-01", "conclusion": "Nhất trí."}
    authority = sign_in("authority:CT_UBND", login="ct-ubnd")
    said = [
        http.post(f"{PRIZES}/meeting", json=meeting, headers=office),
        http.post(
            f"{PRIZES}/returns",
            json={"authority": "CT_UBND", "reason": "Thiếu"},
            headers=authority,
        ),
        http.post(f"{PRIZES}/approvals", json={"authority": "CT_UBND"}, headers=authority),
    ]
    stranger = http.post(f"{PRIZES}/meeting", json=meeting, headers=sign_in("entrant"))

    assert {answer.json()["code"] for answer in said} == {"NoPrizesProposed"}
    assert said[0].json()["detail"].startswith("Chưa có danh sách đề xuất giải thưởng")
    assert stranger.status_code == 403


def test_the_page_of_prizes_shows_where_the_list_stands_and_why_a_step_is_refused(http, office):
    shown = http.get(AWARDING, headers=cookie(office))

    refused = on_page(http, office, AWARDING, step="propose")
    left = on_page(http, office, AWARDING, step="unawarded", prize="BA", count="1",
                   minutes="08/BB-BTC", reason="Chưa xứng đáng.")  # fmt: skip
    unread = on_page(http, office, AWARDING, step="unawarded", prize="BA", count="một",
                     minutes="08/BB", reason="Vì")  # fmt: skip

    assert "Lập danh sách" in shown.text
    assert "Vòng thi chưa kết thúc" in refused.text
    assert left.status_code == 303
    assert "Vui lòng ghi số nguyên" in unread.text


def test_who_did_not_enter_disputes_nothing_and_sees_no_petition(http, office, sign_in):
    stranger = sign_in("entrant")
    asked = {"kind": "COMPLAINT", "grounds": "Chấm chưa đúng."}

    filed = http.post(
        f"/v1/contests/{CONTEST}/entries/khong-co/petitions", json=asked, headers=stranger
    )
    listed = http.get(f"/v1/contests/{CONTEST}/petitions", headers=stranger)
    page = http.get(PETITIONS, headers=cookie(stranger))

    assert filed.json()["code"] == "NotYourEntry"
    assert listed.json() == []
    assert "Không có kiến nghị, khiếu nại nào." in page.text
    assert http.get(f"/v1/contests/{CONTEST}/revocations", headers=stranger).status_code == 403
    assert http.get(f"{PRIZES}/money", headers=office).json()["is_due"] is False
