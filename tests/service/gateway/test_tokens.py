"""Tokens by OAuth 2.0: both ways to show a secret, the standard's refusals, revocation."""

import base64

import pytest

CREDENTIALS = {"grant_type": "client_credentials"}


@pytest.fixture
def client(http, sign_in):
    made = http.post("/v1/clients", headers=sign_in("organiser"))
    assert made.status_code == 201, made.text
    return made.json()


def basic(client_id: str, secret: str) -> dict[str, str]:
    coded = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {coded}"}


def test_a_secret_is_shown_in_the_form_or_in_the_header(http, client):
    header = basic(client["client_id"], client["client_secret"])

    by_form = http.post("/v1/token", data=CREDENTIALS | client)
    by_header = http.post("/v1/token", data=CREDENTIALS, headers=header)
    by_both = http.post("/v1/token", data=CREDENTIALS | client, headers=header)

    assert (by_form.status_code, by_header.status_code) == (200, 200)
    assert by_form.json()["token_type"] == "Bearer"  # noqa: S105
    assert by_form.headers["Cache-Control"] == "no-store"
    assert (by_both.status_code, by_both.json()) == (400, {"error": "invalid_request"})


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ["client_credentials", "password"]}, 400, "invalid_request"),
        (CREDENTIALS, 401, "invalid_client"),
        (CREDENTIALS | {"client_id": "x", "client_secret": "y"}, 401, "invalid_client"),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_the_standard(http, form, status, error):
    answer = http.post("/v1/token", data=form)

    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_header_that_is_not_basic_names_the_way(http):
    answer = http.post("/v1/token", data=CREDENTIALS, headers={"Authorization": "Basic !"})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="sangkien"'


def test_a_system_ends_its_own_token_and_no_other(http, client, sign_in):
    other = http.post("/v1/clients", headers=sign_in("organiser")).json()
    token, foreign = (
        http.post("/v1/token", data=CREDENTIALS | one).json()["access_token"]
        for one in (client, other)
    )

    ended = [
        http.post("/v1/token/revocation", data=client | {"token": one}).status_code
        for one in (token, foreign, "nothing")
    ]
    after = [
        http.get("/v1/me/notices", headers={"Authorization": f"Bearer {one}"}).status_code
        for one in (token, foreign)
    ]

    assert ended == [200, 200, 200]
    assert after[0] == 401
    assert after[1] != 401
    assert http.post("/v1/token/revocation", data={"token": token}).status_code == 401


def test_systems_find_out_where_tokens_are_given(http):
    told = http.get("/.well-known/oauth-authorization-server").json()

    assert told["issuer"] == "http://testserver.local"
    assert told["token_endpoint"] == "http://testserver.local/v1/token"  # noqa: S105
    assert told["grant_types_supported"] == ["client_credentials"]
    assert "entries:write" in told["scopes_supported"]


def test_a_repeated_rotation_keeps_the_secret_there_was_before(http, client, sign_in):
    organiser = sign_in("organiser") | {"Idempotency-Key": "doi-mat-khau-1"}
    path = f"/v1/clients/{client['client_id']}/secrets"

    lost = http.post(path, headers=organiser).json()
    new = http.post(path, headers=organiser).json()

    tried = [http.post("/v1/token", data=CREDENTIALS | one) for one in (client, lost, new)]
    assert [one.status_code for one in tried] == [200, 401, 200]
