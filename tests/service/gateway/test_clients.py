"""Systems of other agencies: scopes of their tokens, new secrets, and dossiers of their own."""

from pathlib import Path

import pytest

RULES = (Path(__file__).parents[3] / "contests/hau-giang-2022.yaml").read_text()
CONTEST = "HG-CCHC-2022"
YAML = {"Content-Type": "text/yaml"}
FORM = {"grant_type": "client_credentials"}


@pytest.fixture
def organiser(sign_in):
    return sign_in("organiser")


@pytest.fixture
def make(http, organiser):
    """Return a function that makes a client and gives its id and secret."""

    def client(*scopes: str) -> dict[str, str]:
        body = {"scopes": list(scopes)} if scopes else None
        made = http.post("/v1/clients", json=body, headers=organiser)
        assert made.status_code == 201, made.text
        return made.json()

    return client


@pytest.fixture
def token(http):
    """Return a function that asks for a token."""

    def ask(client: dict[str, str], **more: str):
        return http.post("/v1/token", data=FORM | client | more)

    return ask


def bearer(answer) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def dossier(code: str) -> dict[str, object]:
    return {
        "contest_id": CONTEST,
        "external_code": code,
        "kind": "INDIVIDUAL",
        "group": "NGUOI_DAN",
        "title": "Nộp một lần",
        "summary": "Một lần cho mọi thủ tục.",
        "area": "TTHC",
        "authors": [{"full_name": "Nguyễn Văn An", "email": "an@mau.vn"}],
    }


@pytest.fixture
def contest(http, organiser):
    assert http.post("/v1/contests", content=RULES, headers=organiser | YAML).status_code == 201


def test_a_token_is_narrowed_to_what_was_asked_for(make, token):
    client = make("entries:read", "status:read")

    whole, narrow = token(client), token(client, scope="status:read")
    beyond = token(client, scope="entries:write")

    assert whole.json()["scope"] == "entries:read status:read"
    assert narrow.json()["scope"] == "status:read"
    assert (beyond.status_code, beyond.json()) == (400, {"error": "invalid_scope"})


@pytest.mark.usefixtures("contest")
def test_what_a_token_does_not_allow_is_refused_at_the_door(http, make, token):
    headers = bearer(token(make(), scope="status:read"))

    answer = http.post("/v1/one-stop/dossiers", json=dossier("d-1"), headers=headers)

    assert answer.status_code == 403
    assert answer.json()["detail"] == "Việc này cần phạm vi quyền entries:write."
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]


def test_an_old_secret_is_good_until_it_is_revoked(http, make, token, organiser):
    old = make()
    path = f"/v1/clients/{old['client_id']}/secrets"

    new = http.post(path, headers=organiser).json()
    both = [token(one).status_code for one in (old, new)]
    http.delete(f"{path}/old", headers=organiser)
    after = [token(one).status_code for one in (old, new)]

    assert (both, after) == ([200, 200], [401, 200])


def test_an_old_secret_can_end_with_the_new_one(http, make, token, organiser):
    old = make()

    path = f"/v1/clients/{old['client_id']}/secrets"
    new = http.post(path, json={"old_good_hours": 0}, headers=organiser).json()

    assert [token(one).status_code for one in (old, new)] == [401, 200]


def test_only_who_runs_the_contest_changes_secrets(http, make, sign_in):
    path = f"/v1/clients/{make()['client_id']}/secrets"

    assert http.post(path, headers=sign_in("secretary")).status_code == 403


@pytest.mark.usefixtures("contest")
def test_a_dossier_is_pushed_once_and_asked_for_by_any_of_its_codes(http, make, token):
    headers = bearer(token(make())) | {"Idempotency-Key": "d-1"}

    first = http.post("/v1/one-stop/dossiers", json=dossier("d-1"), headers=headers)
    again = http.post("/v1/one-stop/dossiers", json=dossier("d-1"), headers=headers)
    receipt = first.json()["receipt"]["receipt_code"]
    shown = http.get(f"/v1/one-stop/dossiers/{receipt}", headers=headers).json()

    assert (first.status_code, again.json()) == (201, first.json())
    assert (shown["external_code"], shown["state"], shown["status"]) == ("d-1", "SUBMITTED", "1")


@pytest.mark.usefixtures("contest")
def test_another_clients_dossier_gets_byte_for_byte_the_answer_of_none(http, make, token):
    mine, theirs = bearer(token(make())), bearer(token(make()))
    pushed = http.post("/v1/one-stop/dossiers", json=dossier("d-1"), headers=mine).json()
    there, nowhere = pushed["entry_id"], "0" * len(pushed["entry_id"])

    for path in ("/v1/one-stop/dossiers/{}", "/v1/entries/{}"):
        answers = [http.get(path.format(code), headers=theirs) for code in (there, nowhere)]
        texts = [
            answer.text.replace(code, "")
            for answer, code in zip(answers, (there, nowhere), strict=True)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert texts[0] == texts[1]
    assert http.get(f"/v1/one-stop/dossiers/{there}", headers=mine).status_code == 200


@pytest.mark.usefixtures("contest")
def test_what_is_wrong_with_a_dossier_is_said_by_field_in_vietnamese(http, make, token):
    wrong = dossier("d-1") | {"kind": "ALONE"}

    answer = http.post("/v1/one-stop/dossiers", json=wrong, headers=bearer(token(make()))).json()

    assert answer["title"] == "Yêu cầu không hợp lệ"
    assert [error["field"] for error in answer["errors"]] == ["kind"]


def test_an_operator_sets_a_portal_up_and_nobody_sees_its_password(http, sign_in):
    operator = sign_in("operator")
    counterparty = {
        "name": "dvcqg", "url": "http://localhost:1", "username": "u", "dstcode": "VN",
        "agency_code": "H30", "unit": "Sở Nội vụ", "procedures": [],
    }  # fmt: skip
    body = {"counterparty": counterparty, "password": "rất bí mật"}

    made = http.put("/v1/counterparties", json=body, headers=operator)
    shown = http.get("/v1/counterparties", headers=operator)

    assert made.status_code == 204, made.text
    assert [one["name"] for one in shown.json()] == ["dvcqg"]
    assert "bí mật" not in shown.text
    assert http.get("/v1/counterparties/dvcqg/pushes", headers=operator).json() == []
