"""Defence days over HTTP: what is refused before there is one, and in which words."""

import pytest

from tests.bookkeeping import eventually
from tests.service.gateway.test_api import CONTEST, RULES, YAML

ROUND = f"/v1/contests/{CONTEST}/rounds/BAO_VE"
HOURS = [{"starts_at": "2022-10-12T07:30:00+07:00", "ends_at": "2022-10-12T11:30:00+07:00"}]
DAY = {"hours": HOURS, "rooms": [{"name": "Hội trường A"}]}


@pytest.fixture
def office(http, sign_in):
    """Open the contest, wait until review has heard of it, and return who may run a round."""
    organiser = sign_in("organiser")
    http.post("/v1/contests", content=RULES, headers=organiser | YAML)
    secretary = sign_in("secretary")
    assert eventually(lambda: "NothingToJudge" in plan(http, secretary).text)
    return secretary


def plan(http, headers, body=DAY):
    return http.post(f"{ROUND}/defence/plan", json=body, headers=headers)


def test_a_day_that_is_not_recorded_is_nowhere_to_be_had(http, office):
    change = {"version": 1, "reason": "Vắng mặt", "withdrawn": ["HS-01"]}

    answers = [
        *(
            http.get(f"{ROUND}/{path}", headers=office)
            for path in (
                *("defence", "defence.ics", "defence/mine.ics", "programme"),
                *("defence/entries/HS-01/calendar.ics", "defence/judges/j-1/calendar.ics"),
            )
        ),
        http.post(f"{ROUND}/defence/changes", json=change, headers=office),
        http.get(f"{ROUND}/programme"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.json()["code"] for answer in answers} == {"NoDefenceDay"}
    assert answers[0].json()["detail"].startswith("Chưa có lịch bảo vệ")


def test_who_does_not_run_the_round_neither_plans_nor_records(http, office, sign_in):
    assert office
    for role in ("entrant", "judge", "clerk"):
        headers = sign_in(role)

        recorded = http.post(f"{ROUND}/defence", json=DAY | {"reason": "Thử"}, headers=headers)

        assert (plan(http, headers).status_code, recorded.status_code) == (403, 403)


def test_a_time_without_its_zone_is_no_time(http, office):
    naive = [{"starts_at": "2022-10-12T07:30:00", "ends_at": "2022-10-12T11:30:00"}]

    answer = plan(http, office, DAY | {"hours": naive})

    assert answer.status_code == 400
    assert "starts_at" in answer.text
