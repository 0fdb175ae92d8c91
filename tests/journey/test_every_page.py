"""Every page, on a phone and on a desk, in a real Chromium: nothing keeps anybody out.

axe-core looks for what breaks WCAG 2.2, level AA. A picture of each page is kept in the folder
that `SANGKIEN_SCREENSHOTS` names, else in `.local/screenshots`.
"""

import os
import re
from base64 import b64decode
from pathlib import Path

import httpx
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import url_contains
from selenium.webdriver.support.wait import WebDriverWait

from services.gateway.app import build
from services.gateway.caller import Door
from tests.journey.chromium import bring_axe, faults_of, opened
from tests.journey.every_page import (
    FILES,
    HEAVIEST,
    NOBODY,
    OPEN,
    PAGES,
    PASSING,
    SECRETARY,
    SIZES,
    WIDER,
    weight,
)

pytestmark = [pytest.mark.slow, pytest.mark.stack]

SCREENSHOTS = Path(os.environ.get("SANGKIEN_SCREENSHOTS", ".local/screenshots"))
# Whatever people write may hold a word without an end: a link, a name of a file.
ENDLESS = """for (const element of document.querySelectorAll('main :not(.code):is(' +
        'h1, h2, h3, p, li, dt, dd, legend, label, summary, td, th, a, figcaption)')) {
    const text = [...element.childNodes].find(node => node.nodeType === 3 && node.data.trim());
    if (text) text.data = 'x'.repeat(90);
}"""
FARTHEST = """const out = [...document.querySelectorAll('body *')].filter(element =>
        element.getBoundingClientRect().right > document.documentElement.clientWidth + 1
        && !element.closest('.scroll > *, .pane, pre'));
    return out.slice(-3).map(element => element.outerHTML.slice(0, 200)).join(' | ');"""
SHOWN = """return [document.querySelector('h1')?.textContent,
    performance.getEntriesByType('navigation')[0].responseStatus]"""
LOGINS = sorted({login for page in PAGES for login in page.seen_by})


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("chromium")) as running:
        yield running


def test_every_route_is_a_page_that_is_looked_at_or_a_file():
    routes = {
        route.path
        for route in build(Door(*[None] * 4)).routes
        if "GET" in getattr(route, "methods", ())
        if not route.path.startswith(("/v1", "/static", "/schema", "/health"))
    }

    assert routes == {page.route for page in PAGES} | FILES | OPEN | PASSING


def sign_in(browser, stage, login):
    url = stage.stack.addresses.http_url
    browser.get(f"{url}/dang-nhap")
    browser.delete_all_cookies()
    if login == NOBODY:
        return
    browser.get(f"{url}/dang-nhap")
    browser.find_element(By.NAME, "login").send_keys(login)
    browser.find_element(By.NAME, "password").send_keys(stage.passwords[login])
    browser.find_element(By.CSS_SELECTOR, "main form button").click()
    WebDriverWait(browser, 60).until(url_contains("/toi"))


def resize(browser, size):
    width, height, mobile = SIZES[size]
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def keep_picture(browser, name):
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    (SCREENSHOTS / f"{name}.png").write_bytes(b64decode(shot["data"]))


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login or "anybody")
def test_no_page_keeps_anybody_out(browser, stage, filled, login):
    script = bring_axe(browser)
    faults = []
    sign_in(browser, stage, login)
    try:
        for page in [one for one in PAGES if login in one.seen_by]:
            browser.get(f"{stage.stack.addresses.http_url}{filled(page)}")
            name = re.sub(r"[^a-z]+", "-", re.sub(r"\{.*?\}", "", page.route)).strip("-") or "home"
            for size in SIZES:
                resize(browser, size)
                found = faults_of(browser)
                if wider := browser.execute_script(WIDER):
                    found.append(f"the page is {wider} pixels wider than the screen")
                faults += [f"{size} {page.route}: {one}" for one in found]
                keep_picture(browser, f"{login or 'anybody'}-{name}-{size}")
            heading, status = browser.execute_script(SHOWN)
            resize(browser, "phone")
            browser.execute_script(ENDLESS)
            if browser.execute_script(WIDER):
                found = browser.execute_script(FARTHEST)
                faults.append(f"{page.route}: a word too long makes it wider: {found}")
            if not heading or heading == browser.title or status >= 400:
                faults.append(f"{page.route}: {status} {browser.title} {heading}")
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    assert faults == []


def test_no_page_weighs_more_than_a_hundred_kilobytes(stage, filled):
    url, heavy = stage.stack.addresses.http_url, {}
    for login in LOGINS:
        with httpx.Client(base_url=url, headers={"Accept-Encoding": "gzip"}) as http:
            if login:
                form = {"login": login, "password": stage.passwords[login]}
                http.post("/dang-nhap", data=form)
            for page in [one for one in PAGES if login in one.seen_by]:
                if (found := weight(http, filled(page))) > HEAVIEST:
                    heavy[page.route, login] = found

    assert heavy == {}


def press(browser, *keys):
    ActionChains(browser).send_keys(*keys).perform()


def tab_to(browser, name):
    """Press Tab until the field or button of this name has the focus."""
    for _ in range(25):
        press(browser, Keys.TAB)
        focused = browser.switch_to.active_element
        if name in (focused.get_attribute("id"), focused.text):
            return focused
    raise AssertionError(f"Tab never reaches {name}")


def test_forms_work_by_keyboard_alone(browser, stage):
    sign_in(browser, stage, NOBODY)
    browser.get(f"{stage.stack.addresses.http_url}/dang-nhap")
    tab_to(browser, "Đến nội dung chính")
    press(browser, Keys.ENTER)
    tab_to(browser, "login")
    press(browser, SECRETARY, Keys.TAB, stage.passwords[SECRETARY], Keys.ENTER)
    WebDriverWait(browser, 60).until(url_contains("/toi"))

    browser.get(f"{stage.stack.addresses.http_url}/toi/sang-kien-da-biet")
    field = tab_to(browser, "tu")
    outline = field.value_of_css_property("outline-width")
    press(browser, "không có gì như thế")
    WebDriverWait(browser, 60).until(
        lambda page: "Không có sáng kiến nào" in page.find_element(By.ID, "tim-thay").text
    )
    followed = browser.current_url
    press(browser, Keys.ENTER)

    assert outline == "3px"
    assert "?" not in followed  # the list followed what was typed, and the page stayed
    WebDriverWait(browser, 60).until(url_contains("?tu="))
    faults = [line for line in browser.get_log("browser") if line["level"] == "SEVERE"]
    assert faults == []


def test_pages_switch_to_english_and_keep_it(browser, stage):
    address = f"{stage.stack.addresses.http_url}/ket-qua/{stage.cast.contest}"
    sign_in(browser, stage, NOBODY)
    browser.get(address)
    browser.find_element(By.LINK_TEXT, "English").click()
    WebDriverWait(browser, 60).until(url_contains("lang=en"))
    browser.get(address)

    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    assert browser.title == "Results – Contests of initiatives"
    assert "09:00, 20 October 2022" in browser.find_element(By.TAG_NAME, "main").text
    browser.delete_all_cookies()
