"""Roles in one contest, and looking as somebody else."""

import re

import pytest

from services.gateway import grants, second_steps, sign_ins
from services.gateway.domain import Account
from services.gateway.sessions import working
from tests.service.gateway.conftest import PASSWORD
from tests.service.gateway.test_api import CONTEST, RULES, YAML, submit

ROLES = f"/v1/contests/{CONTEST}/roles"


@pytest.fixture
def organiser(http, sign_in):
    """Open the contest; its organiser."""
    boss = sign_in("organiser", login="ban-to-chuc")
    assert http.post("/v1/contests", content=RULES, headers=boss | YAML).status_code == 201
    return boss


def test_a_role_in_one_contest_opens_its_dossiers_until_it_is_taken(
    http, sign_in, upload, organiser
):
    entry_id = submit(http, sign_in("entrant"), upload)
    helper = sign_in("entrant", login="giup-viec")
    grant = {"login": "giup-viec", "role": "secretary", "reason": "Giúp việc cuộc thi (mẫu)"}
    seen = f"/v1/entries/{entry_id}/checklist"

    before = http.get(seen, headers=helper).status_code
    given = http.post(ROLES, json=grant, headers=organiser)
    during = http.get(seen, headers=helper).status_code
    listed = http.get(ROLES, headers=organiser).json()
    beyond = http.get("/v1/ledger/head", headers=helper).status_code
    http.post(f"{ROLES}/withdraw", json=grant, headers=organiser)
    after = http.get(seen, headers=helper).status_code

    assert before == 404
    assert given.status_code == 204, given.text
    assert during == 200
    assert listed == [{"login": "giup-viec", "role": "secretary"}]
    assert beyond == 403  # of the whole tenant it is not
    assert after == 404


def test_an_authority_of_one_contest_is_made_by_an_operator_and_counts_there(
    http, sign_in, organiser
):
    chairman = sign_in("entrant", login="chu-tich")
    grant = {"login": "chu-tich", "role": "authority:CT_UBND", "reason": "Được giao (mẫu)"}
    prizes = f"/v1/contests/{CONTEST}/prizes"

    before = http.get(prizes, headers=chairman).status_code
    by_organiser = http.post(ROLES, json=grant, headers=organiser).status_code
    given = http.post(ROLES, json=grant, headers=sign_in("operator"))
    during = http.get(prizes, headers=chairman).status_code

    assert (before, by_organiser, during) == (403, 403, 200)
    assert given.status_code == 204, given.text


def test_a_second_step_is_asked_of_who_has_a_role_in_one_contest_too(accounts, tenant, sign_in):
    person_id = sign_in("entrant", login="an")["X-Person"]
    account = Account(person_id, "PERSON", "an", frozenset({"entrant"}))
    with working(accounts.database, tenant) as work:
        second_steps.set_needed(work.session, ["authority"])

    before = accounts.still_needed(tenant, account)
    with working(accounts.database, tenant) as work:
        grants.give(work.session, person_id, "authority:CT_UBND", CONTEST)

    assert (before, accounts.still_needed(tenant, account)) == (None, sign_ins.ENROL)


@pytest.mark.parametrize(
    ("change", "status"),
    [({"reason": " "}, 422), ({"role": "judge"}, 400), ({"login": "khong-ai"}, 404)],
)
def test_a_role_is_not_given_without_a_reason_to_nobody_or_beyond(
    http, sign_in, organiser, change, status
):
    sign_in("entrant", login="an")
    grant = {"login": "an", "role": "clerk", "reason": "Lý do mẫu"}

    assert http.post(ROLES, json=grant | change, headers=organiser).status_code == status
    assert http.post(ROLES, json=grant, headers=sign_in("secretary")).status_code == 403


def browser(http, login):
    http.cookies.clear()
    http.post("/dang-nhap", data={"login": login, "password": PASSWORD})


def form_of(http, path):
    return re.search(r'name="form" value="([^"]+)"', http.get(path).text)[1]


@pytest.mark.usefixtures("organiser")
def test_who_looks_as_somebody_reads_all_and_changes_nothing(http, sign_in):
    sign_in("entrant", login="an")
    browser(http, "ban-to-chuc")
    form = form_of(http, "/toi/xem-nhu")
    fields = {"form": form, "login": "an", "reason": "Hỗ trợ người dự thi (mẫu)"}

    silent = http.post("/toi/xem-nhu", data=fields | {"reason": ""})
    began = http.post("/toi/xem-nhu", data=fields, follow_redirects=False)
    page = http.get("/toi").text
    bearer = {"Authorization": f"Bearer {http.cookies['sangkien']}"}
    tried = [
        http.put("/v1/me/notices/wishes", json={}, headers=bearer).status_code,
        http.post("/toi/thong-bao", data={"form": form}).status_code,
        http.get("/toi/tai-khoan").status_code,
    ]
    stopped = http.post("/toi/xem-nhu/thoi", data={"form": form}, follow_redirects=False)

    assert silent.status_code == 422
    assert began.status_code == 303
    assert "ban-to-chuc đang xem dưới tên an; không thay đổi được gì." in page
    assert tried == [403, 403, 403]
    assert stopped.status_code == 303
    assert "đang xem dưới tên" not in http.get("/toi").text


@pytest.mark.usefixtures("organiser")
def test_sheets_and_those_above_are_not_looked_at(http, sign_in):
    sign_in("judge", login="giam-khao")
    sign_in("operator", login="quan-tri")
    sign_in("authority:UBND", login="tham-quyen")
    browser(http, "ban-to-chuc")
    fields = {"form": form_of(http, "/toi/xem-nhu"), "reason": "Lý do mẫu"}

    above = [
        http.post("/toi/xem-nhu", data=fields | {"login": login}).status_code
        for login in ("quan-tri", "tham-quyen")
    ]
    http.post("/toi/xem-nhu", data=fields | {"login": "giam-khao"})
    bearer = {"Authorization": f"Bearer {http.cookies['sangkien']}"}
    desk = http.get(f"/v1/contests/{CONTEST}/rounds/SO_KHAO/assignments", headers=bearer)

    assert above == [403, 403]
    assert (desk.status_code, desk.json()["code"]) == (403, "SheetsNotSeen")
