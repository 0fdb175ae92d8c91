"""The page for uploads in a real Chromium: cut off, closed, opened anew, finished."""

import hashlib
import re
import shutil
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from demo.api import Api
from deploy.local.stack import Stack
from tests.files import mp4
from tests.journey.test_browser import QUIET

ROOT = Path(__file__).parents[2]
RULES = ROOT / "contests/hau-giang-2022.yaml"
PART = 8 * 1024 * 1024
WORD = "mat-khau-mau-thu"
ENTRY = {
    "kind": "INDIVIDUAL",
    "group": "NGUOI_DAN",
    "area": "TTHC",
    "title": "Một cửa qua tin nhắn",
    "summary": "Đặt lịch hẹn qua tin nhắn.",
    "authors": [{"full_name": "Người dự thi mẫu", "email": "mau@mau.example"}],
}
SENT = """return performance.getEntriesByType('resource')
    .filter((one) => one.name.includes('partNumber=')).length"""

pytestmark = [pytest.mark.slow, pytest.mark.stack]


@pytest.fixture(scope="module")
def stack():
    with Stack("upload") as running:
        running.set_clock(datetime(2022, 7, 10, 3, 0, tzinfo=UTC))
        for login, roles in (("to-chuc", "organiser"), ("du-thi", "entrant")):
            subprocess.run(
                [ROOT / ".venv/bin/sangkien", "account", "add", login, "--tenant", "hau-giang",
                 "--roles", roles, "--password-stdin"],
                env=running.env("gateway"), input=WORD, text=True, check=True,
            )  # fmt: skip
        yield running


@pytest.fixture(scope="module")
def entrant(stack):
    organiser = Api(stack.addresses.http_url).sign_in("to-chuc", WORD)
    organiser.request("POST", "/v1/contests", content=RULES.read_bytes())
    organiser.close()
    api = Api(stack.addresses.http_url).sign_in("du-thi", WORD)
    yield api
    api.close()


@pytest.fixture
def entry_id(entrant):
    return entrant.post("/v1/contests/HG-CCHC-2022/entries", ENTRY)["entry_id"]


@contextmanager
def page_of(stack, entry_id, profile):
    """Open a browser, sign in by the form and go to the entry's documents."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert chromium, "apt-get install chromium"
    assert driver, "apt-get install chromium-driver"
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for word in (*QUIET, f"--user-data-dir={profile}"):
        options.add_argument(word)
    with webdriver.Chrome(options, webdriver.ChromeService(driver)) as browser:
        browser.implicitly_wait(5)
        browser.get(f"{stack.addresses.http_url}/dang-nhap")
        if found := browser.find_elements(By.NAME, "password"):
            browser.find_element(By.NAME, "login").send_keys("du-thi")
            found[0].send_keys(WORD)
            browser.find_element(By.CSS_SELECTOR, "main form button").click()
        wait_until(browser, lambda page: page.current_url.endswith("/toi"))
        browser.get(f"{stack.addresses.http_url}/ho-so/{entry_id}/tai-lieu")
        yield browser


def wait_until(browser, fits):
    return WebDriverWait(browser, 90, poll_frequency=0.1).until(fits)


def said(browser, code):
    return browser.find_element(By.CSS_SELECTOR, f"#{code} .said").text


def choose(browser, code, path):
    browser.find_element(By.CSS_SELECTOR, f"#{code} input[type=file]").send_keys(str(path))
    browser.find_element(By.CSS_SELECTOR, f"#{code} form button").click()


def line(browser, offline, bytes_a_second):
    """Set what the browser's line bears, -1 for whatever it can."""
    browser.execute_cdp_cmd("Network.enable", {})
    limits = {"downloadThroughput": -1, "uploadThroughput": bytes_a_second, "latency": 0}
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": offline, **limits})


def upload_until_cut(browser, video):
    """Upload a video over a slow line, and cut it once a part is there."""
    line(browser, offline=False, bytes_a_second=4_000_000)
    choose(browser, "VIDEO", video)
    wait_until(browser, lambda page: parts_there(said(page, "VIDEO")) >= 1)
    line(browser, offline=True, bytes_a_second=-1)
    wait_until(browser, lambda page: "Mất kết nối" in said(page, "VIDEO"))


def upload_again(browser, video):
    """Choose the same video; return how many parts were sent and what went wrong."""
    choose(browser, "VIDEO", video)
    wait_until(browser, lambda page: "Đã nhận tệp." in said(page, "VIDEO"))
    wait_until(browser, lambda page: page.find_elements(By.CSS_SELECTOR, "#VIDEO .tag.open"))
    faults = [one for one in browser.get_log("browser") if one["level"] == "SEVERE"]
    return browser.execute_script(SENT), faults


def parts_there(sentence):
    found = re.search(r"(\d+)/4", sentence)
    return int(found[1]) if found else 0


def test_an_upload_that_was_cut_goes_on_in_a_new_browser(stack, entrant, entry_id, tmp_path):
    content = mp4(seconds=60, size=3 * PART + PART // 4)
    video = tmp_path / "Phim giới thiệu.mp4"
    video.write_bytes(content)

    with page_of(stack, entry_id, tmp_path / "first") as browser:
        upload_until_cut(browser, video)
    document = entrant.get(f"/v1/entries/{entry_id}")["documents"][0]["document_id"]
    upload = entrant.get(f"/v1/entries/{entry_id}/documents/{document}/upload")
    there = sum(part["there"] for part in upload["parts"])
    with page_of(stack, entry_id, tmp_path / "second") as browser:
        sent, faults = upload_again(browser, video)

    assert 1 <= there < 4
    assert sent == 4 - there
    assert faults == []
    (kept,) = entrant.get(f"/v1/entries/{entry_id}")["documents"]
    assert (kept["document_id"], kept["state"]) == (document, "STORED")
    assert kept["file_name"] == video.name
    stored = entrant.download(f"/v1/entries/{entry_id}/documents/{document}")
    assert hashlib.sha256(stored).digest() == hashlib.sha256(content).digest()


def test_a_paused_upload_goes_on_when_told(stack, entrant, entry_id, tmp_path):
    video = tmp_path / "video.mp4"
    video.write_bytes(mp4(seconds=60, size=3 * PART + PART // 4))

    with page_of(stack, entry_id, tmp_path / "profile") as browser:
        line(browser, offline=False, bytes_a_second=4_000_000)
        choose(browser, "VIDEO", video)
        wait_until(browser, lambda page: parts_there(said(page, "VIDEO")) >= 1)
        button = browser.find_element(By.CSS_SELECTOR, "#VIDEO .pause")
        button.click()
        wait_until(browser, lambda page: said(page, "VIDEO") == "Đã tạm dừng.")
        line(browser, offline=False, bytes_a_second=-1)
        button.click()
        wait_until(browser, lambda page: said(page, "VIDEO") == "Đã nhận tệp.")

    (kept,) = entrant.get(f"/v1/entries/{entry_id}")["documents"]
    assert kept["state"] == "STORED"


def test_a_refused_file_shows_why(stack, entrant, entry_id, tmp_path):
    letter = tmp_path / "Bản thuyết minh.pdf"
    letter.write_bytes(mp4())

    with page_of(stack, entry_id, tmp_path / "profile") as browser:
        choose(browser, "BAN_THUYET_MINH", letter)
        wait_until(browser, lambda page: "Bản thuyết minh.pdf" in said(page, "BAN_THUYET_MINH"))
        sentence = said(browser, "BAN_THUYET_MINH")
        row = "#BAN_THUYET_MINH tbody tr"
        wait_until(browser, lambda page: page.find_elements(By.CSS_SELECTOR, row))
        shown = browser.find_element(By.CSS_SELECTOR, row).text

    assert sentence in shown
    assert "Không nhận" in shown
    (kept,) = entrant.get(f"/v1/entries/{entry_id}")["documents"]
    assert kept["state"] == "REFUSED"


def test_the_store_takes_requests_from_pages_of_the_portal_alone(stack):
    portal, store = stack.addresses.http_url, stack.addresses.s3_url
    asked = {"Access-Control-Request-Method": "PUT"}

    allowed = {
        origin: httpx.options(f"{store}/intake/x", headers=asked | {"Origin": origin})
        for origin in (portal, "http://elsewhere.example")
    }

    said = [answer.headers.get("access-control-allow-origin") for answer in allowed.values()]
    assert said == [portal, None]
