"""Real requests to real services: what the table of access says of reading is so."""

import re
import secrets
from itertools import count

import pytest

from docs.generator import access
from services.gateway.domain import Account
from tests.service.gateway.conftest import PASSWORD
from tests.service.gateway.test_api import CONTEST, RULES, YAML, submit

ROLES = (
    *("entrant", "clerk", "secretary", "judge", "chair", "organiser", "authority:UBND"),
    *("coordinator", "head", "operator"),
)
STOPPED = {401, 403}
OF_A_JURY = ("judge", "chair")  # nobody is seated here: the role alone opens nothing
BESIDE = ("/static", "/schema", "/health")
READ = [
    route
    for route in access.access()
    if route.startswith("GET ") and not route.partition(" ")[2].startswith(BESIDE)
]


@pytest.fixture
def place(http, sign_in, upload):
    """Open a contest with an entry; what addresses name, and somebody of every role."""
    boss = sign_in("organiser")
    assert http.post("/v1/contests", content=RULES, headers=boss | YAML).status_code == 201
    entry_id = submit(http, sign_in("entrant", login="author"), upload)
    given = {"contest_id": CONTEST, "round_id": "SO_KHAO", "entry_id": entry_id, "entry": entry_id}
    people = {role: sign_in(role, login=f"role-{n}") for n, role in enumerate(ROLES)}
    return given, people


def read(http, route, given, person):
    """Ask for an address as somebody, as its kind is asked; the status."""
    path = re.sub(r"\{(\w+)\}", lambda found: given.get(found[1], "x"), route.partition(" ")[2])
    http.cookies.clear()
    if path.startswith("/v1/"):
        return http.get(path, headers=person, follow_redirects=False).status_code
    if person:
        http.cookies.set("sangkien", person["Authorization"].removeprefix("Bearer "))
    answer = http.get(path, follow_redirects=False)
    to_the_form = answer.headers.get("location") == "/dang-nhap"
    return 401 if to_the_form else answer.status_code


def holders(who):
    """Return the roles of ours that a line lets in."""
    named = set(who) if isinstance(who, list) else set()
    return [role for role in ROLES if role.partition(":")[0] in named]


def test_roles_open_what_the_table_says_and_nothing_else(http, place):
    given, people = place
    turn, wrong = count(), []

    for route in READ:
        who = access.access()[route]
        visitor = read(http, route, given, {})
        is_told = visitor < 400
        if visitor in STOPPED if who == access.EVERYBODY else is_told:
            wrong.append((route, "visitor", visitor))
        if not isinstance(who, list):
            continue
        may_not = sorted(set(ROLES) - set(holders(who)))
        may = [role for role in holders(who) if role not in OF_A_JURY]
        chosen = next(turn)
        if may:
            role = may[chosen % len(may)]
            status = read(http, route, given, people[role])
            if status in STOPPED:
                wrong.append((route, role, status))
        if may_not:
            role = may_not[chosen % len(may_not)]
            status = read(http, route, given, people[role])
            if status < 400:
                wrong.append((route, role, status))

    assert wrong == []


def test_nothing_of_another_authority_is_reached(http, place, accounts):
    given, _ = place
    roles = frozenset({"organiser", "operator", "secretary", "chair", "judge"})
    elsewhere = f"tinh-khac-{secrets.token_hex(4)}"
    accounts.register(elsewhere, Account(secrets.token_hex(16), "PERSON", "an", roles), PASSWORD)
    token = accounts.sign_in(elsewhere, "an", PASSWORD).token
    stranger = {"Authorization": f"Bearer {token}"}
    told = []

    for route in READ:
        path = re.sub(r"\{(\w+)\}", lambda f: given.get(f[1], "x"), route.partition(" ")[2])
        if path.startswith("/v1/") and "{" in route:
            answer = http.get(path, headers=stranger, follow_redirects=False)
            if answer.is_success and given["entry_id"] in answer.text:
                told.append(route)

    assert told == []


def test_pages_tell_browsers_to_run_embed_and_keep_nothing(http, sign_in):
    sign_in("entrant", login="an")
    http.post("/dang-nhap", data={"login": "an", "password": PASSWORD})
    token = http.cookies["sangkien"]

    for path in ("/", "/toi", "/toi/tai-khoan", "/toi/tai-khoan/hai-buoc", "/khong-co"):
        page = http.get(path, headers={"Accept": "text/html", "Origin": "https://evil.example"})
        policy = page.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["cross-origin-opener-policy"] == "same-origin"
        assert page.headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in page.headers
        assert token not in page.text
        if path.startswith("/toi"):
            assert page.headers["cache-control"] in {"private, no-cache", "no-store"}
