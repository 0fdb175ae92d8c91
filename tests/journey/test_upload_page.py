"""The page for uploads in a real Chromium: cut off, closed, opened anew, finished."""

import hashlib
import re
import shutil
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from demo.api import Api
from tests.files import mp4
from tests.journey.chromium import QUIET, bring_axe, faults_of
from tests.journey.conftest import OPERATOR
from tests.journey.every_page import HEAVIEST, weight

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
def stack(july, operator):
    operator.request("POST", "/v1/contests", content=RULES.read_bytes())
    account = {"login": "du-thi", "password": WORD, "roles": ["entrant"], "full_name": "Mẫu"}
    operator.post("/v1/accounts", account)
    return july


@pytest.fixture(scope="module")
def entrant(stack):
    api = Api(stack.addresses.http_url).sign_in("du-thi", WORD)
    yield api
    api.close()


@pytest.fixture
def entry_id(entrant):
    return entrant.post("/v1/contests/HG-CCHC-2022/entries", ENTRY)["entry_id"]


@contextmanager
def page_of(stack, entry_id, profile):
    """Open a browser, sign in by the form and go to the entry's documents."""
    with signed_in(stack, "du-thi", profile) as browser:
        browser.get(f"{stack.addresses.http_url}/ho-so/{entry_id}/tai-lieu")
        yield browser


@contextmanager
def signed_in(stack, login, profile, *more):
    """Open a browser and sign in by the form."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert chromium, "apt-get install chromium"
    assert driver, "apt-get install chromium-driver"
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for word in (*QUIET, f"--user-data-dir={profile}", *more):
        options.add_argument(word)
    with webdriver.Chrome(options, webdriver.ChromeService(driver)) as browser:
        browser.implicitly_wait(5)
        bring_axe(browser)
        browser.get(f"{stack.addresses.http_url}/dang-nhap")
        if found := browser.find_elements(By.NAME, "password"):
            browser.find_element(By.NAME, "login").send_keys(login)
            found[0].send_keys(WORD)
            browser.find_element(By.CSS_SELECTOR, "main form button").click()
        wait_until(browser, lambda page: page.current_url.endswith("/toi"))
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


PHONE = ("--window-size=500,900",)  # as narrow as Chromium's windows get
CONTEST = "HG-CCHC-2022"


def typed(browser, name, text):
    field = browser.find_element(By.NAME, name)
    if field.tag_name == "select":
        field.find_element(By.CSS_SELECTOR, f"option[value='{text}']").click()
    else:
        field.clear()
        field.send_keys(text)


def severe(browser):
    return [one for one in browser.get_log("browser") if one["level"] == "SEVERE"]


def press(browser, which, until):
    browser.find_element(By.CSS_SELECTOR, which).click()
    wait_until(browser, until)


def picture(browser, tmp_path, name):
    """Keep how the page looks; it is light, no wider than its window and keeps nobody out."""
    wide = browser.execute_script(
        "return [document.documentElement.scrollWidth, window.innerWidth]"
    )
    browser.save_screenshot(str(tmp_path / f"{name}.png"))
    assert wide[0] <= wide[1], name
    assert faults_of(browser) == [], name
    here = httpx.URL(browser.current_url)
    site = here.copy_with(raw_path=b"/", fragment=None)
    with httpx.Client(base_url=site, headers={"Accept-Encoding": "gzip"}) as http:
        http.cookies.update({one["name"]: one["value"] for one in browser.get_cookies()})
        assert weight(http, here.raw_path.decode()) <= HEAVIEST, name


def test_an_entrant_goes_from_draft_to_receipt_on_a_phone(stack, entrant, tmp_path):
    del entrant  # the contest is open
    begin = {"group": "NGUOI_DAN", "area": "TTHC", "title": "Một cửa tại nhà"}
    with signed_in(stack, "du-thi", tmp_path / "phone", *PHONE) as browser:
        browser.get(f"{stack.addresses.http_url}/du-thi/{CONTEST}")
        for name, text in {**begin, "author.0.full_name": "Người dự thi mẫu"}.items():
            typed(browser, name, text)
        picture(browser, tmp_path, "bat-dau")
        press(browser, "main form button", lambda page: page.find_elements(By.ID, "ban-thao"))
        typed(browser, "summary", "Hẹn giờ qua tin nhắn.")
        wait_until(browser, lambda page: "Đã lưu lúc" in page.find_element(By.ID, "da-luu").text)
        picture(browser, tmp_path, "ban-thao")
        browser.refresh()
        kept = browser.find_element(By.NAME, "summary").get_attribute("value")
        press(browser, "button[value=review]", lambda page: page.current_url.endswith("/nop"))
        for box in browser.find_elements(By.NAME, "declared"):
            box.click()
        picture(browser, tmp_path, "nop")
        press(browser, "main form button", lambda page: "Đã nộp hồ sơ." in page.page_source)
        picture(browser, tmp_path, "bien-nhan")
        shown = browser.find_element(By.TAG_NAME, "main").text
        faults = severe(browser)

    assert kept == "Hẹn giờ qua tin nhắn."
    assert re.search(r"H30-220710-\d{4}", shown)
    assert "Đã nộp hồ sơ, lần 1." in shown
    assert faults == []


def test_a_clerk_takes_a_dossier_in_and_prints_a_slip(
    stack, operator, entrant, entry_id, tmp_path
):
    asked = operator.get(f"/v1/contests/{CONTEST}")["rules"]["dossier"]["declarations"]
    declared = {"declarations": [one["code"] for one in asked]}
    entrant.post(f"/v1/entries/{entry_id}/submit", declared)
    account = {"login": "tiep-nhan", "password": WORD, "roles": ["clerk"], "full_name": "Mẫu"}
    operator.post("/v1/accounts", account)
    with closing(Api(stack.addresses.http_url).sign_in("tiep-nhan", WORD)) as clerk:
        clerk.post(f"/v1/entries/{entry_id}/return", {"request": "Đề nghị bổ sung bản cam kết."})
    with signed_in(stack, "tiep-nhan", tmp_path / "clerk") as browser:
        shown = {}
        for name, path in (
            ("quay", f"/toi/tiep-nhan/{CONTEST}"),
            ("phieu", f"/toi/ho-so/{entry_id}/phieu/bo-sung"),
        ):
            browser.get(f"{stack.addresses.http_url}{path}")
            picture(browser, tmp_path, name)
            shown[name] = browser.find_element(By.TAG_NAME, "main").text
        faults = severe(browser)

    assert "Đề nghị bổ sung bản cam kết." in shown["phieu"]
    assert shown["quay"]
    assert faults == []


def test_an_organiser_reads_the_numbers_and_everybody_the_rules(stack, entrant, tmp_path):
    del entrant
    with signed_in(stack, OPERATOR, tmp_path / "desk") as browser:
        pages = {"toi": "/toi", "bang": f"/toi/bang-dieu-hanh/{CONTEST}", "nha": "/"}
        pages |= {"the-le": f"/cuoc-thi/{CONTEST}", "hang-doi": f"/toi/hang-doi/{CONTEST}"}
        shown = {}
        for name, path in pages.items():
            browser.get(f"{stack.addresses.http_url}{path}")
            picture(browser, tmp_path, name)
            shown[name] = browser.find_element(By.TAG_NAME, "main").text
            assert len(browser.find_elements(By.TAG_NAME, "h1")) == 1
        ticking = "Còn 3[67] ngày .* giây"
        browser.get(f"{stack.addresses.http_url}/")
        wait_until(
            browser, lambda page: re.search(ticking, page.find_element(By.TAG_NAME, "main").text)
        )
        faults = severe(browser)

    assert "Số hồ sơ" in shown["bang"]
    assert "Độ phủ" in shown["bang"]
    assert "Tính mới, tính sáng tạo, không trùng lắp" in shown["the-le"]
    assert faults == []
