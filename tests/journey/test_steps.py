"""Every page of a played contest asks for all it shows at once, or says why it cannot.

A gateway of the test's own, on the broker and the databases of the running platform, counts what
each page asks for.
"""

import pytest
from litestar.testing import TestClient

from kernel.database import Database
from kernel.settings import KernelSettings, load
from services.gateway import app
from services.gateway.accounts import Accounts
from services.gateway.caller import Door
from services.gateway.service import SERVICES
from services.gateway.settings import GatewaySettings
from services.gateway.turns import Turns
from tests.asking import QUIET, Counting
from tests.journey.every_page import NOBODY, PAGES

# Pages that cannot know at first what to ask for: whose rules, drawings or texts these are.
IN_THREE = {
    "/toi": "of which contest, where none is named, and which rounds it has",
    "/toi/van-hanh": "of which contest, where none is named, and which rounds it has",
}
IN_FOUR = {"/toi/giai-trinh/{contest_id:str}/{entry:str}": "a calibration is computed for seconds"}
IN_TWO = {
    "/toi/ho-so/{entry_id:str}": "of which contest the entry is",
    "/toi/ho-so/{entry_id:str}/che-ten": "of which contest the entry is",
    "/toi/ho-so/{entry_id:str}/trung-lap": "which report is the newest",
    "/toi/cham/{contest_id:str}/{round_id:str}/{code:str}": "which report is the newest",
    "/toi/thong-ke": "which contests there are to draw",
    "/ho-so/{entry_id:str}": "of which contest the entry is",
    "/ho-so/{entry_id:str}/tai-lieu": "of which contest the entry is",
}

# In one until something is in use in the province, then in two: which charts there are to draw.
AT_MOST_TWO = {"/nhan-rong/{contest_id:str}", "/toi/nhan-rong/{contest_id:str}"}
STEPS = dict.fromkeys(IN_TWO, 2) | dict.fromkeys(IN_THREE, 3) | dict.fromkeys(IN_FOUR, 4)
MANY = 100  # questions that a service is asked at once: no page of ours asks for more

pytestmark = [pytest.mark.slow, pytest.mark.stack]


@pytest.fixture(scope="module")
def door(stage):
    """Return a door like that of the platform, whose client counts."""
    told = stage.stack.env("gateway")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in told.items():
            patch.setenv(name, value)
        database = Database()
        database.connect(load(KernelSettings, told), wake=lambda: None)
        own = load(GatewaySettings, told)
        client = Counting(told["AMQP_URL"], speaker="gateway", services=SERVICES)
        client.forget()
        accounts = Accounts(database, door_key=own.door_key)
        yield Door(client, accounts, own, Turns(MANY, own.ask_seconds))
        database.stop()


def steps_of(http, door, path, expected):
    """Open a page; return in how many steps it asked.

    Whatever holds a question up makes a step more: where there are more than expected, it is
    opened again and each step is given longer.
    """
    for quiet in (QUIET, 4 * QUIET, 16 * QUIET):
        door.client.forget(quiet)
        answer = http.get(path)
        assert answer.status_code == 200, (path, answer.text[:300])
        if door.client.steps <= expected:
            break
    return door.client.steps


@pytest.fixture(scope="module")
def walked(stage, filled, door):
    """Return in how many steps each page asked, by its route and who looked at it."""
    found = {}
    for login in {one for page in PAGES for one in page.seen_by}:
        with TestClient(app.build(door), base_url=door.settings.portal_url) as http:
            if login != NOBODY:
                form = {"login": login, "password": stage.passwords[login]}
                http.post("/dang-nhap", data=form, headers={"Origin": door.settings.portal_url})
            for page in (one for one in PAGES if login in one.seen_by):
                expected = STEPS.get(page.route, 2 if page.route in AT_MOST_TWO else 1)
                found[page.route, login] = steps_of(http, door, filled(page), expected)
    return found


def test_every_page_of_a_played_contest_asks_at_once_for_all_it_shows(walked):
    steps = {}
    for (route, _), count in walked.items():
        steps[route] = max(count, steps.get(route, 0))

    assert max(steps.pop(route) for route in AT_MOST_TWO) <= 2
    assert {route: count for route, count in steps.items() if count > 1} == STEPS
