"""The pages of a sign-in half done and of a letter's link, in a real Chromium with axe-core.

They pass: the one shows only between a password and its code, the other only once per letter.
"""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pyotp
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import url_contains
from selenium.webdriver.support.wait import WebDriverWait

from demo.judging import read_mail
from tests.bookkeeping import eventually
from tests.journey.chromium import bring_axe, faults_of, opened
from tests.journey.conftest import PASSWORD
from tests.journey.every_page import HEAVIEST, PASSING, SIZES, WIDER, weight

LOGIN, TENANT = "hai-buoc", "hau-giang"
FORM = re.compile(r'name="form" value="([^"]*)"')
LINK = re.compile(rf"/quen-mat-khau/{TENANT}\.\S+")

pytestmark = [pytest.mark.slow, pytest.mark.stack]


@pytest.fixture(scope="module")
def url(july):
    """Register somebody, and return where the portal is."""
    person = {"login": LOGIN, "password": PASSWORD, "full_name": "Mẫu", "email": "hai@mau.example"}
    httpx.post(f"{july.addresses.http_url}/v1/registrations", json=person).raise_for_status()
    return july.addresses.http_url


@pytest.fixture(scope="module")
def link(july, url):
    """Forget the password; return the path of the link in the letter."""
    httpx.post(f"{url}/quen-mat-khau", data={"login": LOGIN}).raise_for_status()

    def found():
        mails = [read_mail(path) for path in july.addresses.mail_dir.glob("*.eml")]
        texts = [mail.get_body(("plain",)).get_content() for mail in mails]
        return [path for text in texts for path in LINK.findall(text)]

    eventually(found, seconds=180)
    return found()[0]


@pytest.fixture(scope="module")
def app(url):
    """Set a second step up; return the app that makes its codes."""
    with httpx.Client(base_url=url, follow_redirects=True) as http:
        http.post("/dang-nhap", data={"login": LOGIN, "password": PASSWORD})
        page = http.get("/toi/tai-khoan/hai-buoc").text
        app = pyotp.TOTP(re.search(r"<code>([A-Z2-7]{32})</code>", page)[1])
        code = app.at(datetime.now(UTC) - timedelta(seconds=30))  # so that the present one is left
        form = {"form": FORM.search(page)[1], "code": code}
        http.post("/toi/tai-khoan/hai-buoc", data=form).raise_for_status()
    return app


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("chromium")) as running:
        bring_axe(running)
        yield running


def faults_of_all_sizes(browser):
    """Return what of the page in view keeps anybody out, on a phone and on a desk."""
    found = []
    for name, (width, height, mobile) in SIZES.items():
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        found += [f"{name}: {one}" for one in faults_of(browser)]
        if wider := browser.execute_script(WIDER):
            found.append(f"{name}: {wider} pixels wider than the screen")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    return found


def test_the_link_of_a_letter_opens_a_page_that_keeps_nobody_out(browser, url, link):
    browser.get(f"{url}{link}")

    assert browser.find_element(By.NAME, "new").get_attribute("type") == "password"
    assert faults_of_all_sizes(browser) == []
    with httpx.Client(base_url=url, headers={"Accept-Encoding": "gzip"}) as http:
        assert weight(http, link) <= HEAVIEST


def test_a_code_is_asked_for_on_a_page_that_keeps_nobody_out(browser, url, app):
    browser.get(f"{url}/dang-nhap")
    browser.find_element(By.NAME, "login").send_keys(LOGIN)
    browser.find_element(By.NAME, "password").send_keys(PASSWORD)
    browser.find_element(By.CSS_SELECTOR, "main form button").click()
    WebDriverWait(browser, 60).until(url_contains("/dang-nhap/ma"))

    assert faults_of_all_sizes(browser) == []
    with httpx.Client(base_url=url, headers={"Accept-Encoding": "gzip"}) as http:
        http.cookies.update({one["name"]: one["value"] for one in browser.get_cookies()})
        assert weight(http, "/dang-nhap/ma") <= HEAVIEST
    browser.find_element(By.NAME, "code").send_keys(app.now())
    browser.find_element(By.CSS_SELECTOR, "main form button").click()
    WebDriverWait(browser, 60).until(url_contains("/toi"))


def test_these_are_all_the_pages_that_pass(link):
    assert {"/dang-nhap/ma", re.sub(r"hau-giang\..*", "{token:str}", link)} == PASSING
