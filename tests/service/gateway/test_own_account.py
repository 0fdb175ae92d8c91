"""One's own account: where one is signed in, second steps, new passwords, and one's own key."""

import email
import email.policy
import re
import time
from datetime import UTC, datetime, timedelta
from html import unescape

import pyotp
import pytest
from click.testing import CliRunner

from services.gateway import boxes, domain, operating, own_boxes, resets, sign_ins, tries
from tests.bookkeeping import eventually
from tests.service.gateway.conftest import PASSWORD, PORTAL

HOME = "/toi/tai-khoan"
NEW = "một câu khác hẳn"


@pytest.fixture
def come(http, sign_in):
    """Return a function that signs somebody in by the form, as a browser."""

    def sign_in_by_form(*roles: str, login: str = "an", password: str = PASSWORD):
        if roles:
            sign_in(*roles, login=login)
        return post(http, "/dang-nhap", login=login, password=password)

    return sign_in_by_form


def post(http, path, **fields):
    """Send a form of the page that is open, with what protects it."""
    form = re.search(r'name="form" value="([^"]*)"', http.get(HOME).text)
    fields["form"] = form[1] if form else ""
    return http.post(path, data=fields, follow_redirects=False)


def set_up_second_step(http):
    """Set the second step up by its page; the app, and the recovery codes."""
    page = http.get(f"{HOME}/hai-buoc").text
    app = pyotp.TOTP(re.search(r"<code>([A-Z2-7]{32})</code>", page)[1])
    form = re.search(r'name="form" value="([^"]*)"', page)[1]
    code = app.at(datetime.now(UTC) - timedelta(seconds=30))  # so that the present one is left
    shown = http.post(f"{HOME}/hai-buoc", data={"form": form, "code": code})
    return app, re.findall(r"<code>([0-9a-f-]{34})</code>", shown.text)


def test_a_token_is_new_with_every_sign_in_and_each_place_can_be_signed_out(http, come, accounts):
    come("entrant")
    first = http.cookies["sangkien"]
    come()
    second = http.cookies["sangkien"]
    other = accounts.sign_in(first.partition(".")[0], "an", PASSWORD)
    named = sign_ins.name_of(domain.token_digest(other.token))
    page = http.get(HOME).text

    post(http, f"{HOME}/dang-xuat-mot-noi", sign_in=named)

    assert "phiên này" in page
    assert f'value="{named}"' in page
    assert accounts.who(first) is None  # signing in again ended it
    assert accounts.who(other.token) is None
    assert accounts.who(second) is not None


def test_all_other_places_are_signed_out_at_once_and_nobody_elses(http, come, accounts, sign_in):
    come("entrant")
    tenant = http.cookies["sangkien"].partition(".")[0]
    others = [accounts.sign_in(tenant, "an", PASSWORD).token for _ in range(2)]
    binh = sign_in("judge", login="binh")["Authorization"].removeprefix("Bearer ")

    post(http, f"{HOME}/dang-xuat-noi-khac")

    assert [accounts.who(token) for token in others] == [None, None]
    assert accounts.who(http.cookies["sangkien"]) is not None
    assert accounts.who(binh) is not None


def test_a_sign_in_left_alone_ends(http, come, accounts):
    come("entrant")
    token = http.cookies["sangkien"]

    accounts.idle = timedelta(0)

    assert accounts.who(token) is None
    assert http.get("/toi", follow_redirects=False).headers["location"] == "/dang-nhap"


def test_cookies_of_a_secure_portal_are_of_this_host_alone(come, door, application):
    application.state.door = type(door)(
        door.client,
        door.accounts,
        type(door.settings)(default_tenant=door.settings.default_tenant, cookie_secure=True),
        door.turns,
    )

    answer = come("entrant")
    cookie = answer.headers["set-cookie"]

    assert cookie.startswith("__Host-sangkien=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["strict-transport-security"] == "max-age=63072000"


def test_a_second_step_is_set_up_and_asked_for_and_each_code_is_good_once(http, come, accounts):
    come("entrant")
    before = http.cookies["sangkien"]
    app, recovery = set_up_second_step(http)
    half = come()
    waiting = http.cookies["sangkien"]
    locked = http.get("/toi", follow_redirects=False)
    wrong = http.post("/dang-nhap/ma", data={"code": "000000"})
    code = app.now()
    right = http.post("/dang-nhap/ma", data={"code": code}, follow_redirects=False)
    come()
    again = http.post("/dang-nhap/ma", data={"code": code})
    lost = http.post("/dang-nhap/ma", data={"code": recovery[0]}, follow_redirects=False)
    come()
    lost_again = http.post("/dang-nhap/ma", data={"code": recovery[0]})

    assert len(recovery) == 10
    assert accounts.who(before) is None
    assert half.headers["location"] == "/dang-nhap/ma"
    assert locked.headers["location"] == "/dang-nhap"
    assert accounts.who(waiting) is None
    assert [wrong.status_code, again.status_code, lost_again.status_code] == [401, 401, 401]
    assert [right.headers["location"], lost.headers["location"]] == ["/toi", "/toi"]
    assert "Mã không đúng" in wrong.text


def test_a_second_step_moves_to_a_new_door_key_when_it_is_used(http, come, accounts):
    come("entrant")
    app, _ = set_up_second_step(http)
    fresh = "fedcba9876543210" * 4
    accounts.door_key = f"{fresh} {accounts.door_key}"
    come()
    moved = http.post("/dang-nhap/ma", data={"code": app.now()}, follow_redirects=False)
    accounts.door_key = fresh
    come()
    code = app.at(datetime.now(UTC) + timedelta(seconds=30))
    alone = http.post("/dang-nhap/ma", data={"code": code}, follow_redirects=False)

    assert [moved.headers["location"], alone.headers["location"]] == ["/toi", "/toi"]


def test_programs_send_the_code_with_the_password(http, come):
    come("entrant")
    app, _ = set_up_second_step(http)
    login = {"login": "an", "password": PASSWORD}

    without = http.post("/v1/sessions", json=login)
    with_code = http.post("/v1/sessions", json=login | {"code": app.now()})

    assert (without.status_code, without.json()["code"]) == (401, "CodeNeeded")
    assert with_code.status_code == 201


def test_a_role_that_needs_a_second_step_reaches_nothing_before_it_is_set_up(http, come, tenant):
    line = ["second-step", "--tenant", tenant, "--roles", "organiser,operator"]
    assert CliRunner().invoke(operating.group, line).exit_code == 0

    first = come("organiser")
    desk = http.get("/toi", follow_redirects=False)
    bearer = {"Authorization": f"Bearer {http.cookies['sangkien']}"}
    program = http.get("/v1/ledger/head", headers=bearer)
    set_up_second_step(http)
    kept = post(http, f"{HOME}/hai-buoc/bo", code="1")
    entrant = come("entrant", login="binh")

    assert first.headers["location"] == f"{HOME}/hai-buoc"
    assert desk.headers["location"] == f"{HOME}/hai-buoc"
    assert (program.status_code, program.json()["code"]) == (403, "SecondStepNeeded")
    assert "nên không bỏ được bước thứ hai" in kept.text
    assert http.get("/toi", follow_redirects=False).status_code == 200
    assert entrant.headers["location"] == "/toi"


def test_a_changed_password_takes_the_own_key_along(http, come, accounts, tenant):
    come("judge")
    account = accounts.who(http.cookies["sangkien"])[1]
    box = own_boxes.open_kept(accounts.database, tenant, account.id, PASSWORD)
    elsewhere = accounts.sign_in(tenant, "an", PASSWORD).token
    old = http.cookies["sangkien"]

    wrong = post(http, f"{HOME}/mat-khau", old="sai rồi", new=NEW, repeated=NEW)
    twice = post(http, f"{HOME}/mat-khau", old=PASSWORD, new=NEW, repeated=NEW + "!")
    common = post(http, f"{HOME}/mat-khau", old=PASSWORD, new="password12", repeated="password12")
    changed = post(http, f"{HOME}/mat-khau", old=PASSWORD, new=NEW, repeated=NEW)

    assert [one.status_code for one in (wrong, twice, common, changed)] == [422, 422, 422, 303]
    assert 'aria-describedby="loi-mk"' in wrong.text
    assert accounts.who(elsewhere) is None
    assert accounts.who(old) is None
    assert own_boxes.box_by_token(accounts.database, http.cookies["sangkien"]) == box
    assert own_boxes.open_kept(accounts.database, tenant, account.id, NEW) == box
    with pytest.raises(boxes.CannotOpen):
        own_boxes.open_kept(accounts.database, tenant, account.id, PASSWORD)


def test_a_forgotten_password_is_set_anew_by_a_letter_once(http, accounts, servers, tenant):
    person = {"login": "an", "password": PASSWORD, "full_name": "Người mẫu", "email": "an@hg.vn"}
    http.post("/v1/registrations", json=person)
    before = accounts.sign_in(tenant, "an", PASSWORD).token

    nobody = http.post("/quen-mat-khau", data={"login": "khong-ai"})
    asked = http.post("/quen-mat-khau", data={"login": "an"})
    link = letter_with_link(servers, tenant)
    shown = http.get(link)
    weak = http.post(link, data={"new": "123", "repeated": "123"})
    done = http.post(link, data={"new": NEW, "repeated": NEW})
    again = http.post(link, data={"new": PASSWORD, "repeated": PASSWORD})

    without_keys = [re.sub(r'name="key" value="\w+"', "", one.text) for one in (nobody, asked)]
    assert without_keys[0] == without_keys[1]
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert [weak.status_code, done.status_code, again.status_code] == [422, 200, 422]
    assert "đã dùng hoặc đã quá hạn" in again.text
    assert accounts.who(before) is None
    assert accounts.sign_in(tenant, "an", NEW).account.login == "an"
    inbox = accounts.sign_in(tenant, "an", NEW).token
    told = http.get("/v1/me/notices", headers={"Authorization": f"Bearer {inbox}"}).text
    assert "quen-mat-khau" not in told  # whoever looks at one's notices gets no way in
    eventually(lambda: "Mật khẩu đã được thay đổi" in subjects(servers, "an@hg.vn"), seconds=180)


def subjects(servers, address):
    """Return what the letters to somebody are about."""
    paths = servers.addresses.mail_dir.glob("*.eml")
    letters = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths
    ]
    return [letter["Subject"] for letter in letters if address in letter["To"]]


def letter_with_link(servers, tenant):
    """Wait for the letter; the path of the link in it."""
    until = time.monotonic() + 180
    while time.monotonic() < until:
        for path in servers.addresses.mail_dir.glob("*.eml"):
            letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            text = letter.get_body(("plain",)).get_content()
            if found := re.search(rf"{PORTAL}(/quen-mat-khau/{tenant}\.\S+)", text):
                assert letter["Subject"] == "Đặt lại mật khẩu"
                return found[1]
        time.sleep(0.2)
    raise AssertionError("no letter")


def test_a_link_too_old_or_asked_for_twice_in_a_row(accounts, tenant, sign_in):
    person = sign_in("entrant", login="an")["X-Person"]
    now = datetime.now(UTC)
    with accounts._work(tenant) as work:  # noqa: SLF001
        token = resets.begin(work.session, tenant, person, now - timedelta(minutes=31))
        with pytest.raises(resets.LinkEnded):
            resets.whose(work.session, token, now)
        token = resets.begin(work.session, tenant, person, now)

        assert resets.begin(work.session, tenant, person, now) is None  # no flood of letters
        assert resets.whose(work.session, token, now) == person


def test_guesses_elsewhere_do_not_keep_out_who_comes_from_a_known_place(accounts, tenant, sign_in):
    sign_in("entrant", login="an")  # from nowhere in particular, which is known now
    home = type(accounts.sign_in.__defaults__[0])("192.0.2.1", "")
    far = type(home)("198.51.100.9", "")
    accounts.sign_in(tenant, "an", PASSWORD, home)
    for _ in range(tries.FREE_TRIES):
        with pytest.raises(Exception, match="not right"):
            accounts.sign_in(tenant, "an", "sai mật khẩu", far)

    with pytest.raises(tries.TooManyTries):
        accounts.sign_in(tenant, "an", PASSWORD, far)

    assert accounts.sign_in(tenant, "an", PASSWORD, home).account.login == "an"


def test_a_login_that_nobody_has_rests_like_one_that_somebody_has(http):
    wrong = {"login": "khong-ai", "password": "sai mật khẩu"}

    answers = [http.post("/v1/sessions", json=wrong).status_code for _ in range(6)]

    assert answers == [401, 401, 401, 401, 401, 429]


def test_a_provider_is_described_by_the_operators_command(http, tenant, tmp_path):
    file = tmp_path / "so.yaml"
    file.write_text("id: so\nname: Cổng mẫu\nissuer: https://id.example.vn\nclient_id: sk\n")
    wrong = tmp_path / "sai.yaml"
    wrong.write_text("id: so\nname: x\nissuer: http://id.example.vn\nclient_id: sk\n")

    done = CliRunner().invoke(operating.group, ["provider", str(file), "--tenant", tenant])
    refused = CliRunner().invoke(operating.group, ["provider", str(wrong), "--tenant", tenant])
    offered = unescape(http.get("/dang-nhap").text)
    CliRunner().invoke(operating.group, ["drop-provider", "so", "--tenant", tenant])

    assert done.exit_code == 0, done.stderr
    assert "does not begin with https://" in refused.stderr
    assert "Đăng nhập bằng Cổng mẫu" in offered
    assert "Cổng mẫu" not in http.get("/dang-nhap").text
