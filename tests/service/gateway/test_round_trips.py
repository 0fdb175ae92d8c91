"""What a page asks for: how many messages, in how many steps, how many statements of its own.

The same with one entry as with fifty: no page asks about each line that it shows.
"""

import re
from dataclasses import replace

import pytest
from sqlalchemy import event

from services.gateway.domain import PLAIN_ROLES
from services.gateway.service import SERVICES
from services.gateway.turns import Turns
from tests.asking import Counting
from tests.journey.every_page import AUTHOR, PAGES
from tests.service.gateway.test_api import CONTEST, RULES, YAML, entry

VALUES = {"contest_id": CONTEST, "round_id": "SO_KHAO", "topic": "entries", "service": "notify"}
THING = re.compile(r"\{(?!contest_id|round_id|topic|service|entry)")
# Pages that cannot know at first what to ask for: whose rules, drawings or entries these are.
IN_TWO = {
    "/toi": "of which contest, where none is named",
    "/ho-so/{entry_id:str}": "of which contest the entry is",
    "/ho-so/{entry_id:str}/tai-lieu": "of which contest the entry is",
    "/toi/thong-ke": "which contests there are to draw",
}
# Asked of originality, which does not run behind these tests, or of all services at once: these
# and the pages of a played contest are walked by `tests/journey/test_steps.py`.
ELSEWHERE = re.compile("trung-lap|sang-kien-da-biet|lien-tinh|van-hanh")
HEAVIEST = 100_000  # bytes, unpacked and without style sheets and scripts
LEAST = 30  # pages that opened: were it few, nothing would be shown by this
FORM = {"login": "an-1", "password": "mật khẩu đủ dài"}


@pytest.fixture
def door(door, environment):
    client = Counting(environment["AMQP_URL"], speaker="gateway", services=SERVICES)
    client.forget()
    return replace(door, client=client, turns=Turns(100, 10.0))  # so that no step waits for a turn


@pytest.fixture
def statements(accounts):
    """Note every statement of the gateway's own."""
    found = []

    def note(_connection, _cursor, statement, *_):
        found.append(statement)

    engine = accounts.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def contest(http, sign_in):
    opened = http.post("/v1/contests", content=RULES, headers=sign_in("organiser") | YAML)
    assert opened.status_code == 201, opened.text


@pytest.fixture(params=[1, 50])
def entries(http, sign_in, contest, request):  # noqa: ARG001 -- it must be there
    """Draft so many entries, and sign their author in by cookie."""
    author = sign_in("entrant", login="an-1")
    for number in range(request.param):
        made = http.post(
            f"/v1/contests/{CONTEST}/entries",
            json=entry(f"Sáng kiến thứ {number}"),
            headers=author,
        )
        assert made.status_code == 201, made.text
    http.post("/dang-nhap", data=FORM)
    return request.param


def cost(http, door, statements, path):
    door.client.forget()
    statements.clear()
    page = http.get(path)
    assert page.status_code == 200, page.text
    return sorted(door.client.asked), door.client.steps, len(statements)


@pytest.mark.usefixtures("contest")
def test_the_home_page_asks_once(http, door, statements):
    assert cost(http, door, statements, "/") == (["ListContests", "ListPublished"], 1, 0)


@pytest.mark.usefixtures("contest")
def test_a_change_on_a_condition_asks_once_for_what_its_tag_is_of(http, door, sign_in):
    an = sign_in("organiser")
    contest = f"/v1/contests/{CONTEST}"
    tag = http.get(contest, headers=an).headers["ETag"]
    door.client.forget()

    http.post(f"{contest}/report/drafts", json={}, headers=an | {"If-Match": tag})

    assert door.client.asked == ["ShowContest", "DraftReport"]  # and not for the list of reports


def test_ones_own_page_costs_the_same_however_many_entries(http, door, statements, entries):
    path = f"/toi?contest={CONTEST}"

    asked, steps, own = cost(http, door, statements, path)

    assert http.get(path).text.count("Sáng kiến thứ ") >= entries
    assert asked == [
        *("CountUnread", "FindEntries", "ListAdoptions", "ListContests"),
        *("ShowContest", "ShowPrizes", "ShowResults"),
    ]
    assert (steps, own) == (1, 1)
    assert cost(http, door, statements, "/toi/thong-bao") == (["ListMyNotices"], 1, 1)


@pytest.mark.usefixtures("entries")
def test_the_page_of_staff_lists_no_entry_but_leads_to_the_queue(http, door, statements, sign_in):
    sign_in("clerk", login="tiep-nhan")
    http.cookies.clear()
    http.post("/dang-nhap", data=FORM | {"login": "tiep-nhan"})
    path = f"/toi?contest={CONTEST}"

    asked, steps, own = cost(http, door, statements, path)
    page = http.get(path)

    assert asked == [
        *("CountEntries", "CountUnread", "ListAdoptions", "ListContests"),
        *("ShowContest", "ShowNotices", "ShowPrizes", "ShowResults"),
    ]
    assert (steps, own) == (1, 1)
    assert f'href="/toi/hang-doi/{CONTEST}"' in page.text
    assert len(page.content) < 20_000


@pytest.fixture
def opened(http, door, entries, sign_in):  # noqa: ARG001 -- there are so many
    """Open every page as an author and as somebody with all roles: steps and bytes by route."""
    sign_in("operator", *sorted(PLAIN_ROLES), "authority:CT_UBND", login="moi-vai")
    own = http.get(f"/toi?contest={CONTEST}").text
    entry_id = re.search(r"/ho-so/([0-9a-f-]{20,})", own)[1]
    found = {}
    for login in ("an-1", "moi-vai"):
        http.cookies.clear()
        http.post("/dang-nhap", data=FORM | {"login": login})
        theirs = [one for one in PAGES if (AUTHOR in one.seen_by) == (login == "an-1")]
        for page in theirs:
            if THING.search(page.route) or ELSEWHERE.search(page.route):
                continue
            filled = VALUES | {"entry_id": entry_id, "entry": entry_id}
            door.client.forget()
            at = page.route.replace(":str}", "}").format(**filled) + page.query.partition("{")[0]
            answer = http.get(at, follow_redirects=False)
            if answer.status_code == 200:
                found[page.route, login] = door.client.steps, len(answer.content)
    return found


def test_every_page_asks_at_once_for_all_it_shows_and_is_light(opened):
    slow = {route for (route, _), (steps, _) in opened.items() if steps > 1}
    slower = {route for (route, _), (steps, _) in opened.items() if steps > 2}
    heavy = {where: size for where, (_, size) in opened.items() if size > HEAVIEST}

    assert slow == set(IN_TWO)
    assert (slower, heavy) == (set(), {})
    assert len({route for route, _ in opened}) > LEAST
