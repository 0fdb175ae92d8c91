"""Signing in and out, and who may make accounts for whom."""

import pytest
from click.testing import CliRunner

from contracts.message import Actor
from services.gateway import operating
from tests.service.gateway.conftest import PASSWORD

AN = {"login": "an", "password": PASSWORD, "full_name": "Nguyễn Thị An", "email": "an@hg.vn"}


def test_somebody_registers_signs_in_and_out(http):
    made = http.post("/v1/registrations", json=AN)
    signed_in = http.post("/v1/sessions", json={"login": "an", "password": PASSWORD})
    session = {"Authorization": f"Bearer {signed_in.json()['token']}"}

    assert made.status_code == 201
    assert signed_in.json()["person_id"] == made.json()["person_id"]
    assert signed_in.json()["roles"] == ["entrant"]
    assert http.delete("/v1/sessions", headers=session).status_code == 204
    assert http.delete("/v1/sessions", headers=session).status_code == 401


def test_a_repeated_registration_is_the_same_person(http):
    key = {"Idempotency-Key": "once"}

    first = http.post("/v1/registrations", json=AN, headers=key)
    second = http.post("/v1/registrations", json=AN, headers=key)

    assert second.json() == first.json()
    assert second.headers["Idempotency-Key"] == "once"


def test_a_login_belongs_to_one_person(http):
    http.post("/v1/registrations", json=AN)

    other = http.post("/v1/registrations", json=AN | {"password": "another password"})

    assert other.status_code == 409
    assert other.json() == {
        "type": "urn:sangkien:problem:LoginTaken",
        "title": "Xung đột",
        "status": 409,
        "code": "LoginTaken",
        "detail": "Tên đăng nhập này đã có người dùng; vui lòng chọn tên khác.",
        "instance": "/v1/registrations",
    }


@pytest.mark.parametrize("login", ["an", "nobody"])
def test_a_wrong_password_and_an_unknown_login_look_alike(http, login):
    http.post("/v1/registrations", json=AN)

    answer = http.post("/v1/sessions", json={"login": login, "password": "a wrong password"})

    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["detail"] == "Tên đăng nhập hoặc mật khẩu không đúng."


def test_a_login_of_one_tenant_is_none_of_another(http, tenant):
    http.post("/v1/registrations", json=AN)

    here = {"login": "an", "password": PASSWORD, "tenant": tenant}

    assert http.post("/v1/sessions", json=here).status_code == 201
    assert http.post("/v1/sessions", json=here | {"tenant": "tinh-khac"}).status_code == 401
    assert http.post("/v1/sessions", json=here | {"tenant": "*"}).status_code == 400


def test_a_token_of_one_tenant_is_none_of_another(http, sign_in):
    token = sign_in("organiser")["Authorization"].partition(".")[2]

    answer = http.get("/v1/ledger/head", headers={"Authorization": f"Bearer tinh-khac.{token}"})

    assert answer.status_code == 401


def test_an_organiser_makes_a_judge_with_a_password_made_up(http, sign_in):
    judge = {"login": "binh", "roles": ["judge"], "full_name": "Trần Văn Bình"}

    made = http.post("/v1/accounts", json=judge, headers=sign_in("organiser")).json()
    ticket = http.post("/v1/sessions", json={"login": "binh", "password": made["password"]})

    assert ticket.json()["roles"] == ["judge"]


def test_whoever_lost_the_answer_asks_again_and_gets_a_password_that_works(http, sign_in):
    judge = {"login": "binh", "roles": ["judge"], "full_name": "Trần Văn Bình"}
    again = sign_in("organiser") | {"Idempotency-Key": "binh"}

    lost = http.post("/v1/accounts", json=judge, headers=again).json()
    made = http.post("/v1/accounts", json=judge, headers=again).json()
    ticket = http.post("/v1/sessions", json={"login": "binh", "password": made["password"]})

    assert made["person_id"] == lost["person_id"]
    assert ticket.status_code == 201


@pytest.mark.parametrize("role", ["operator", "authority:UBND"])
def test_an_organiser_cannot_make_whoever_approves_the_prizes(http, sign_in, role):
    wanted = {"login": "chi", "roles": [role], "full_name": "Lê Thị Chi"}

    answer = http.post("/v1/accounts", json=wanted, headers=sign_in("organiser"))

    assert answer.status_code == 403
    assert answer.json()["code"] == "Forbidden"


def test_a_client_gets_a_token_for_its_secret(http, sign_in, door):
    made = http.post("/v1/clients", headers=sign_in("organiser")).json()
    form = made | {"grant_type": "client_credentials"}

    token = http.post("/v1/token", data=form).json()
    with_basic = http.post(
        "/v1/token",
        data={"grant_type": "client_credentials"},
        auth=(made["client_id"], made["client_secret"]),
    )
    _, account = door.accounts.who(token["access_token"])

    assert (token["token_type"], token["expires_in"]) == ("Bearer", 3600)
    assert with_basic.status_code == 200
    assert Actor(id=account.id, roles=account.roles) == Actor(
        id=made["client_id"], roles=frozenset({"client"})
    )


def test_a_client_without_its_secret_gets_none(http):
    form = {"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"}

    assert http.post("/v1/token", data=form).json() == {"error": "invalid_client"}
    assert http.post("/v1/token", data={"grant_type": "password"}).status_code == 400


def test_an_entrant_cannot_connect_a_system(http, sign_in):
    assert http.post("/v1/clients", headers=sign_in("entrant")).status_code == 403


def test_what_is_missing_in_a_request_is_named(http):
    answer = http.post("/v1/sessions", json={"login": "an"})

    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"field": "data", "reason": "Thiếu mục password."}]


def test_an_operator_adds_the_first_account_from_the_command_line(http, tenant):
    line = ["add", "first", "--roles", "organiser,operator", "--tenant", tenant]

    done = CliRunner().invoke(operating.group, line)
    signed_in = http.post("/v1/sessions", json={"login": "first", "password": done.stdout.strip()})
    listed = CliRunner().invoke(operating.group, ["list", "--tenant", tenant])

    assert done.exit_code == 0
    assert sorted(signed_in.json()["roles"]) == ["operator", "organiser"]
    assert listed.stdout.startswith("first PERSON operator,organiser ")


@pytest.mark.usefixtures("environment")
def test_a_first_account_with_a_role_that_does_not_exist_is_refused(tenant):
    line = ["add", "first", "--roles", "king", "--tenant", tenant]

    done = CliRunner().invoke(operating.group, line)

    assert done.exit_code == 1
    assert done.stderr == "Error: There is no role king.\n"
