"""What every operation of the API does alike: pages, tags, limits, sizes, other sites' pages."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.gateway import changing
from services.gateway.limits import Limits, TooManyRequests

RULES = (Path(__file__).parents[3] / "contests/hau-giang-2022.yaml").read_text()
CONTEST = "HG-CCHC-2022"
ENTRIES = f"/v1/contests/{CONTEST}/entries"


@pytest.fixture
def an(http, sign_in):
    """Return an entrant in an open contest."""
    headers = sign_in("organiser") | {"Content-Type": "text/yaml"}
    assert http.post("/v1/contests", content=RULES, headers=headers).status_code == 201
    return sign_in("entrant")


def draft(http, an, title, area="TTHC"):
    typed = {"kind": "INDIVIDUAL", "group": "NGUOI_DAN", "title": title, "area": area}
    made = http.post(ENTRIES, json=typed, headers=an)
    assert made.status_code == 201, made.text
    return made.json()["entry_id"]


def test_a_list_is_read_page_by_page_to_its_end(http, an):
    made = [draft(http, an, f"Sáng kiến {number}") for number in range(5)]
    draft(http, an, "Lĩnh vực khác", area="THE_CHE")

    seen, address = [], f"{ENTRIES}?area=TTHC&limit=2"
    while address:
        page = http.get(address, headers=an)
        seen.append([line["entry_id"] for line in page.json()])
        address = page.links.get("next", {}).get("url")

    assert seen == [made[:2], made[2:4], made[4:]]


def test_a_cursor_that_is_none_is_refused(http, an):
    answers = [http.get(f"{ENTRIES}?cursor={one}", headers=an) for one in ("x", "AAAA", "W10")]

    assert [one.json()["code"] for one in answers] == ["BadCursor"] * 3
    assert http.get(f"{ENTRIES}?limit=0", headers=an).status_code == 400


def test_a_parameter_that_is_said_once_is_refused_said_twice(http, an, sign_in):
    twice = http.get(f"{ENTRIES}?area=TTHC&area=THE_CHE", headers=an)
    several = http.get("/v1/statistics?contest=A&contest=B", headers=sign_in("organiser"))

    assert (twice.status_code, [one["field"] for one in twice.json()["errors"]]) == (400, ["area"])
    assert several.status_code == 200


def test_a_key_that_is_none_is_refused_also_where_nobody_has_signed_in(http):
    form = {"token": "x", "client_id": "y", "client_secret": "z"}

    answer = http.post("/v1/token/revocation", data=form, headers={"Idempotency-Key": "a b"})

    assert (answer.status_code, answer.json()["code"]) == (400, "BadKey")


def test_what_is_kept_and_still_holds_is_not_sent_again(http, an):
    path = f"/v1/entries/{draft(http, an, 'Một cửa')}"

    tag = http.get(path, headers=an).headers["ETag"]
    same = http.get(path, headers=an | {"If-None-Match": tag})
    saved = http.patch(path, json={"title": "Hai cửa"}, headers=an | {"If-Match": tag})
    changed = http.get(path, headers=an | {"If-None-Match": tag})
    stale = http.patch(path, json={"title": "Ba cửa"}, headers=an | {"If-Match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert saved.json() == {"revision": 2}
    assert "ETag" not in saved.headers
    assert (changed.status_code, changed.json()["title"]) == (200, "Hai cửa")
    assert (stale.status_code, stale.json()["code"]) == (412, "StaleRevision")


def test_a_change_is_held_to_the_tag_of_what_it_changes_or_lies_in(http, an):
    path = f"/v1/entries/{draft(http, an, 'Một cửa')}"
    wishes, entry = "/v1/me/notices/wishes", http.get(path, headers=an).headers["ETag"]
    tag = http.get(wishes, headers=an).headers["ETag"]
    wish = {"language": "en"}

    def put(given):
        return http.put(wishes, json=wish, headers=an | {"If-Match": given})

    answers = [put(one) for one in (tag, tag, '"khac"', entry, "*", "khac")]
    taken = http.post(f"{path}/withdraw", headers=an | {"If-Match": entry})
    late = http.post(f"{path}/withdraw", headers=an | {"If-Match": entry})

    assert [one.status_code for one in answers] == [204, 412, 412, 412, 204, 412]
    assert answers[1].json()["code"] == "ChangedMeanwhile"
    assert (taken.status_code, late.status_code) == (204, 412)


def test_of_all_who_change_what_they_have_seen_one_does(http, an):
    wishes = "/v1/me/notices/wishes"
    tag = http.get(wishes, headers=an).headers["ETag"]

    def put(_):
        wish = {"language": "en"}
        return http.put(wishes, json=wish, headers=an | {"If-Match": tag}).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(put, range(6)))

    assert statuses == [204, 412, 412, 412, 412, 412]


def test_what_one_holds_waits_for_no_other_and_is_let_go_of(accounts, tenant, monkeypatch):
    database = accounts.database
    held = changing.hold(database, tenant, "/v1/a")
    changing.hold(database, tenant, "/v1/b")
    changing.hold(database, f"{tenant}-khac", "/v1/a")

    with pytest.raises(changing.ChangingNow):
        changing.hold(database, tenant, "/v1/a")
    changing.let_go(database, held)
    monkeypatch.setattr(changing, "LONGEST", timedelta(0))  # as if its holder had died
    changing.hold(database, tenant, "/v1/a")

    assert changing.hold(database, tenant, "/v1/a") != held


def test_a_list_has_a_tag_too(http):
    tag = http.get("/v1/contests").headers["ETag"]

    assert http.get("/v1/contests", headers={"If-None-Match": f'"x", {tag}'}).status_code == 304


def test_a_caller_is_told_how_many_requests_are_left(http, door, application, sign_in):
    application.state.door = replace(
        door, settings=_with(door.settings, requests_a_minute=2), limits=Limits()
    )
    an, binh = sign_in("entrant"), sign_in("entrant")

    answers = [http.get("/v1/me/notices", headers=an) for _ in range(3)]
    other = http.get("/v1/me/notices", headers=binh)

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert answers[0].headers["RateLimit"].startswith('"minute";r=1;t=')
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert answers[2].json()["code"] == "TooManyRequests"
    assert other.status_code == 200


@pytest.mark.anyio
async def test_copies_of_the_gateway_share_a_callers_minute(accounts, tenant):
    copies, who = (Limits(), Limits()), (tenant, secrets.token_hex(4))

    granted = 0
    for turn in range(60):
        try:
            await copies[turn % 2].spend(accounts.database, who, 40, second=600 + turn % 60)
            granted += 1
        except TooManyRequests:
            break
    later = await copies[0].spend(accounts.database, who, 40, second=660)

    assert granted == 40
    assert later.left == 39


@pytest.fixture
def anyio_backend():
    return "asyncio"


def test_a_request_that_is_too_large_is_refused_as_a_problem(http, sign_in):
    headers = sign_in("organiser") | {"Content-Type": "text/yaml"}

    whole = http.post("/v1/contests", content=b"a" * 10_000_001, headers=headers)
    in_parts = http.post(
        "/v1/contests", content=(b"a" * 1_000_000 for _ in range(11)), headers=headers
    )

    for answer in (whole, in_parts):
        assert (answer.status_code, answer.json()["code"]) == (413, "RequestEntityTooLarge")


def test_the_api_can_be_browsed_without_a_script(http):
    described = http.get("/schema/openapi.json").json()
    start = http.get("/api", headers={"Accept": "text/html"})
    topic = http.get("/api/entries", headers={"Accept": "text/html"})

    assert described["paths"]["/v1/contests"]["get"]["operationId"] == "list_contests"
    assert 'href="/api/entries"' in start.text
    assert "submit_entry" in topic.text
    assert "Unfinished" in topic.text
    assert len(topic.content) < 100_000
    assert http.get("/api/khong-co").status_code == 404


def _with(settings, **changed):
    """Return settings of the gateway with others among them."""
    return type(settings)(
        **{name: changed.get(name, getattr(settings, name)) for name in settings.__struct_fields__}
    )
