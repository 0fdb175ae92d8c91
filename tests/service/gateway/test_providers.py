"""Signing in through another provider: a certified one, in a process of its own."""

import re
import secrets
import shutil
import socket
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest
from joserfc.errors import InvalidClaimError
from msgspec.structs import replace as changed

from services.gateway import linking, oidc, outside
from tests.service.gateway.conftest import PASSWORD, PORTAL

HERE = Path(__file__).parents[2] / "oidc"
RULES = linking.RoleRule(claim="groups", values={"so-noi-vu/thu-ky": ("secretary",)})
SCOPES = ("openid", "profile", "email")


@pytest.fixture(scope="module")
def issuer():
    """Run the provider; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    node = shutil.which("node")
    assert node, "node is missing: python3 deploy/setup.py --browser"
    process = subprocess.Popen(
        [node, "provider.mjs", str(port), PORTAL],
        cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    said = next((line for line in process.stdout if "ready" in line), None)
    assert said, "the provider did not start"
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=10)
    process.stdout.close()


@pytest.fixture
def secrets_folder(tmp_path, door, application):
    """Give the gateway its secrets at the provider, as files."""
    (tmp_path / "so").write_text("secret-of-sangkien\n")
    (tmp_path / "other").write_text("secret-of-other\n")
    settings = changed(door.settings, provider_secrets=str(tmp_path))
    application.state.door = replace(door, settings=settings)
    return tmp_path


@pytest.fixture
def provincial(issuer, secrets_folder, accounts, tenant):
    """Let the tenant sign in through the provider, which makes accounts."""
    assert secrets_folder
    provider = linking.Provider(
        id="so", name="Cổng của tỉnh", issuer=issuer, client_id="sangkien", secret_file="so",  # noqa: S106  # a file's name
        scopes=SCOPES, at_first="make", unit="unit", role_rules=(RULES,),
    )  # fmt: skip
    outside.describe(accounts.database, tenant, provider)
    return provider


@pytest.fixture
def describe(accounts, tenant, provincial):
    """Return a function that describes the provider in another way."""
    return lambda **other: outside.describe(
        accounts.database, tenant, changed(provincial, **other)
    )


@pytest.fixture
def person():
    """Open a browser at the provider."""
    with httpx.Client() as browser:
        yield browser


def sign_in_there(person, url, login):
    """Go through the provider's own pages until it sends the browser back; the address."""
    answer = person.get(url)
    for _ in range(12):
        if answer.is_redirect:
            target = urljoin(str(answer.url), answer.headers["location"])
            if target.startswith(PORTAL):
                return target
            answer = person.get(target)
            continue
        action = re.search(r'<form[^>]+action="([^"]+)"', answer.text)[1]
        prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)[1]
        form = {"prompt": prompt, "login": login, "password": "x"}
        answer = person.post(urljoin(str(answer.url), action), data=form)
    raise AssertionError(answer.text)


def come(http, person, login, path="/dang-nhap/qua/so"):
    """Sign in through the provider; the answer of ours."""
    left = http.get(path, follow_redirects=False)
    assert left.status_code == 303, left.text
    back = sign_in_there(person, left.headers["location"], login)
    return http.get(back.removeprefix(PORTAL), follow_redirects=False)


def signed_in(http, accounts):
    found = accounts.who(http.cookies["sangkien"])
    assert found is not None
    return found[1]


@pytest.mark.usefixtures("provincial")
def test_somebody_comes_for_the_first_time_and_again(http, person, accounts, tenant, provincial):
    assert "Đăng nhập bằng Cổng của tỉnh" in http.get("/dang-nhap").text

    first = come(http, person, "tho-ky-1")
    made = signed_in(http, accounts)
    shown = http.get("/toi/tai-khoan").text
    http.cookies.clear()
    come(http, person, "tho-ky-1")
    again = signed_in(http, accounts)

    assert first.headers["location"] == "/toi"
    assert made.roles == {"entrant", "secretary"}
    assert made.unit_id == "DV-01"
    assert again == made
    assert outside.linked(accounts.database, tenant, made.id) == {provincial.issuer}
    assert "001000000001" not in shown  # the provider does tell the number of the card
    assert ">so<" in shown


@pytest.mark.usefixtures("provincial")
def test_who_signs_out_is_led_out_of_the_provider_too(http, person):
    come(http, person, "an")
    page = http.get("/toi/tai-khoan").text
    form = re.search(r'name="form" value="([^"]+)"', page)[1]

    out = http.post("/dang-xuat", data={"form": form})
    there = re.search(r'href="(http://127[^"]+)"', out.text)[1].replace("&amp;", "&")
    asked = person.get(there)

    assert "Đăng xuất cả ở nơi xác thực" in out.text
    assert "sangkien" not in http.cookies
    assert parse_qs(urlsplit(there).query)["post_logout_redirect_uri"] == [f"{PORTAL}/"]
    assert asked.status_code == 200  # it takes our hint and asks its user


@pytest.mark.usefixtures("provincial")
def test_an_answer_is_taken_once_and_from_the_browser_that_asked(http, person):
    left = http.get("/dang-nhap/qua/so", follow_redirects=False)
    back = sign_in_there(person, left.headers["location"], "an").removeprefix(PORTAL)
    kept = http.cookies["sangkien-qua"]

    http.cookies.clear()
    stranger = http.get(back)
    http.cookies.set("sangkien-qua", kept)
    right = http.get(back, follow_redirects=False)
    http.cookies.set("sangkien-qua", kept)
    replayed = http.get(back)

    assert (stranger.status_code, right.status_code, replayed.status_code) == (422, 303, 422)
    assert "vui lòng bắt đầu lại" in stranger.text


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"algorithm": "ES256"}, 422),  # the token says RS256: it is not asked what it likes
        ({"client_id": "other", "secret_file": "other"}, 303),  # the same person, another client
        ({"secret_file": "other"}, 422),
        ({"secret_file": "missing"}, 503),
    ],
)
def test_what_does_not_fit_the_description_signs_nobody_in(http, person, describe, wrong, status):
    describe(**wrong)

    answer = come(http, person, "an")

    assert answer.status_code == status
    assert ("sangkien" in http.cookies) is (status == 303)


def test_a_token_for_another_client_or_another_question_is_refused(provincial, person):
    step = oidc.Step(
        "t.s", secrets.token_urlsafe(), secrets.token_urlsafe(48), f"{PORTAL}/dang-nhap/ve"
    )
    back = sign_in_there(person, oidc.way_there(provincial, step), "an")
    answer = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    keys = oidc._of(provincial)[1]  # noqa: SLF001
    arrived = oidc.come_back(provincial, step, answer, "secret-of-sangkien")
    token = {"id_token": arrived.id_token}

    def refuses(provider, asked):
        with pytest.raises(InvalidClaimError) as refused:
            oidc.checked(provider, asked, token, keys)
        return refused.value.claim

    other = changed(provincial, client_id="other")
    issuer = changed(provincial, issuer="https://other.example")
    nonce = oidc.Step(step.state, "another", step.verifier, step.redirect_uri)
    assert oidc.checked(provincial, step, token, keys)["sub"] == arrived.claims["sub"]
    assert refuses(other, step) == "aud"
    assert refuses(issuer, step) == "iss"
    assert refuses(provincial, nonce) == "nonce"
    with pytest.raises(oidc.ProviderMistaken):  # mixed up: another provider's answer (RFC 9207)
        oidc.come_back(provincial, step, answer | {"iss": "https://other.example"}, "x")


@pytest.mark.usefixtures("provincial")
def test_who_stops_at_the_provider_reads_why_they_are_not_in(http):
    left = http.get("/dang-nhap/qua/so", follow_redirects=False)
    state = parse_qs(urlsplit(left.headers["location"]).query)["state"][0]

    answer = http.get(f"/dang-nhap/ve?error=access_denied&state={state}")

    assert answer.status_code == 422
    assert "Nơi xác thực không cho phép" in answer.text


def test_a_provider_that_is_away_is_said_and_passwords_still_work(http, describe, sign_in):
    describe(id="xa", issuer="http://127.0.0.1:9")
    sign_in("entrant", login="an")

    gone = http.get("/dang-nhap/qua/xa", follow_redirects=False)
    form = {"login": "an", "password": PASSWORD}

    assert gone.status_code == 503
    assert http.post("/dang-nhap", data=form, follow_redirects=False).status_code == 303


def test_who_has_an_account_links_it_and_then_comes_by_the_provider(
    http, person, accounts, describe, sign_in
):
    describe(at_first="link", role_rules=())
    sign_in("judge", login="giam-khao")

    unknown = come(http, person, "binh")
    http.post("/dang-nhap", data={"login": "giam-khao", "password": PASSWORD})
    linked = come(http, person, "binh", "/dang-nhap/qua/so?lien-ket=1")
    http.cookies.clear()
    come(http, person, "binh")

    assert unknown.status_code == 403
    assert "Chưa có tài khoản nào ở đây liên kết" in unknown.text
    assert linked.status_code == 303
    assert signed_in(http, accounts).login == "giam-khao"
    # Their own key stays closed until they say its passphrase.
    assert "Mở khóa" in http.get("/toi/tai-khoan").text


def test_what_a_provider_says_of_roles_is_followed_and_ends_older_sign_ins(
    http, person, accounts, describe
):
    come(http, person, "tho-ky-2")
    old = http.cookies["sangkien"]
    more = linking.RoleRule(claim="unit", values={"DV-01": ("clerk",)})
    describe(role_rules=(RULES, more))
    http.cookies.clear()
    come(http, person, "tho-ky-2")

    assert signed_in(http, accounts).roles == {"entrant", "secretary", "clerk"}
    assert accounts.who(old) is None


def test_another_tenants_provider_is_none_of_ours(http, accounts, provincial):
    outside.describe(accounts.database, "tinh-khac", changed(provincial, id="la"))

    assert http.get("/dang-nhap/qua/la").status_code == 404
