"""A judge's desk in a real Chromium: marks typed, handed in, and held up by a line that is cut."""

import shutil
from contextlib import contextmanager

import psutil
import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.journey import jury as at
from tests.journey.chromium import QUIET
from tests.journey.lines import Line

pytestmark = [pytest.mark.slow, pytest.mark.stack]

PLANTED = "nhan-xet-khong-ai-doc"
MARKS = {
    "TINH_MOI": "25,5",
    "HIEU_QUA.NOI_BO": "8",
    "HIEU_QUA.NGUOI_DAN_DOANH_NGHIEP": "9,5",
    "HIEU_QUA.CAI_THIEN_CHI_SO": "7",
    "KHA_THI": "16",
    "NHAN_RONG": "8",
    "TRINH_BAY": "9",
}
KEPT = """const done = arguments[0];
    const request = indexedDB.open('sangkien', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('kept', { keyPath: 'id' });
    request.onsuccess = () => {
        const all = request.result.transaction('kept').objectStore('kept').getAll();
        all.onsuccess = () => { request.result.close(); done(all.result.length); };
    };"""


@pytest.fixture
def line(jury):
    running = Line(jury.url)
    yield running
    running.close()


@contextmanager
def browser_of(profile):
    """Open a browser whose data lie in this folder."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert chromium, "apt-get install chromium"
    assert driver, "apt-get install chromium-driver"
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for switch in (*QUIET, f"--user-data-dir={profile}"):
        options.add_argument(switch)
    browser = webdriver.Chrome(options, webdriver.ChromeService(driver))
    try:
        browser.execute_cdp_cmd("Network.enable", {})
        headers = {"headers": {"X-Tenant": at.TENANT}}
        browser.execute_cdp_cmd("Network.setExtraHTTPHeaders", headers)
        yield browser
    finally:
        browser.quit()


def sign_in(browser, url, login):
    browser.delete_all_cookies()
    browser.get(f"{url}/dang-nhap")
    browser.find_element(By.NAME, "login").send_keys(login)
    browser.find_element(By.NAME, "password").send_keys(at.WORD)
    browser.find_element(By.CSS_SELECTOR, "main form button").click()
    wait_until(browser, lambda page: page.current_url.endswith("/toi"))


def wait_until(browser, fits):
    # A page that is just being replaced by the next one is asked again, whatever the driver says.
    passing = (WebDriverException,)
    waiting = WebDriverWait(browser, 60, poll_frequency=0.05, ignored_exceptions=passing)
    return waiting.until(fits)


def path_of(code):
    return f"/toi/cham/{at.CONTEST}/{at.ROUND}/{code}"


def open_sheet(browser, url, code):
    """Open a sheet, and wait for its scripts: without them it is a plain form."""
    browser.get(url + path_of(code))
    ready = "return document.readyState === 'complete' && typeof Sheet === 'function'"
    wait_until(browser, lambda page: page.execute_script(ready))


def type_marks(browser, comment=PLANTED, **marks):
    for name, mark in (MARKS | marks).items():
        field = browser.find_element(By.NAME, f"mark.{name}")
        field.clear()
        field.send_keys(mark)
    field = browser.find_element(By.NAME, "comment")
    field.clear()
    field.send_keys(comment)


def state_of(browser):
    return browser.find_element(By.ID, "trang-thai").text


def outbox_of(browser):
    return browser.find_element(By.ID, "cho-gui").text


def hand_in(browser):
    """Press the button, and the one that confirms it."""
    browser.find_element(By.CSS_SELECTOR, "#phieu button[value=check]").click()
    dialog = browser.find_element(By.ID, "xac-nhan")
    wait_until(browser, lambda _: dialog.is_displayed())
    dialog.find_element(By.CSS_SELECTOR, "button[value=give]").click()


def given(jury, login, code):
    """Return a judge's own sheet, as the API shows it to them."""
    return next(one for one in jury.desk(login) if one["code"] == code)


def code_of(jury, login, place):
    return jury.desk(login)[place]["code"]


def kill(browser):
    """Kill a browser as an empty battery does."""
    driver = psutil.Process(browser.service.process.pid)
    for process in driver.children(recursive=True):
        process.kill()


def faults_of(browser):
    return [one for one in browser.get_log("browser") if one["level"] == "SEVERE"]


def test_a_judge_types_with_the_keyboard_hands_in_and_reads_the_seal(jury, tmp_path):
    code = code_of(jury, "gk-2", 0)
    with browser_of(tmp_path) as browser:
        sign_in(browser, jury.url, "gk-2")
        open_sheet(browser, jury.url, code)
        type_marks(browser)
        total = browser.find_element(By.CSS_SELECTOR, "#tong output").text
        browser.find_element(By.NAME, "comment").send_keys(Keys.CONTROL, "s")
        wait_until(browser, lambda page: "Đã lưu trên máy chủ" in state_of(page))
        draft = given(jury, "gk-2", code)["draft"]
        left = browser.execute_async_script(KEPT)
        hand_in(browser)
        wait_until(browser, lambda page: page.find_element(By.CSS_SELECTOR, ".given code"))
        seal = browser.find_element(By.CSS_SELECTOR, ".given code").text
        shown = browser.find_element(By.CSS_SELECTOR, ".given").text
        faults = faults_of(browser)

    assert total == "83"
    assert draft["marks"]["TINH_MOI"] == "25,5"
    assert left == 0
    mine = given(jury, "gk-2", code)
    assert (mine["version"], mine["marks"]["TINH_MOI"]) == (1, "25.5")
    assert seal == mine["digest"]
    assert "25,5/30" in shown
    assert PLANTED in shown
    assert faults == []


def test_words_that_the_rules_ask_for_are_asked_for_while_typing(jury, tmp_path):
    code = code_of(jury, "gk-2", 1)
    with browser_of(tmp_path) as browser:
        sign_in(browser, jury.url, "gk-2")
        open_sheet(browser, jury.url, code)
        low = {name: "1" for name in MARKS if name.startswith("HIEU_QUA")}
        type_marks(browser, **low, KHA_THI="16,3")
        browser.find_element(By.CSS_SELECTOR, "#phieu button[value=check]").click()
        invalid = {
            one.get_attribute("name"): one.get_attribute("validationMessage")
            for one in browser.find_elements(
                By.CSS_SELECTOR, "#phieu input:invalid, #phieu textarea:invalid"
            )
        }

    assert invalid == {
        "comment.HIEU_QUA": "Với mức điểm này, thể lệ yêu cầu ghi nhận xét.",
        "mark.KHA_THI": "Điểm theo bước 0,5.",
    }


def test_a_sheet_queued_offline_outlives_a_killed_browser_and_is_sent_once(jury, line, tmp_path):
    code = code_of(jury, "gk-2", 1)
    with browser_of(tmp_path) as browser:
        sign_in(browser, line.url, "gk-2")
        open_sheet(browser, line.url, code)
        line.cut()
        type_marks(browser)
        wait_until(browser, lambda page: "Mất mạng" in state_of(page))
        hand_in(browser)
        wait_until(browser, lambda page: "Đang chờ mạng: 1 phiếu" in outbox_of(page))
        kill(browser)
    on_disk = [path for path in tmp_path.rglob("*") if path.is_file() and holds_words(path)]
    before = given(jury, "gk-2", code)
    line.mend()
    with browser_of(tmp_path) as browser:
        browser.get(f"{line.url}/toi")
        if browser.find_elements(By.NAME, "password"):
            sign_in(browser, line.url, "gk-2")
        wait_until(browser, lambda page: f"Đã nộp phiếu chấm bài {code}" in outbox_of(page))
        left = browser.execute_async_script(KEPT)

    assert on_disk == []
    assert before["version"] == 0
    after = given(jury, "gk-2", code)
    assert (after["version"], after["comment"]) == (1, PLANTED)
    assert left == 0


def holds_words(path):
    """Say whether a file tells what the judge has typed, as UTF-8 or UTF-16."""
    content = path.read_bytes()
    return any(PLANTED.encode(code) in content for code in ("utf-8", "utf-16-le"))


def test_an_answer_that_is_lost_makes_no_second_sheet(jury, line, tmp_path):
    code = code_of(jury, "gk-3", 0)
    with browser_of(tmp_path) as browser:
        sign_in(browser, line.url, "gk-3")
        open_sheet(browser, line.url, code)
        type_marks(browser)
        wait_until(browser, lambda page: "Đã lưu trên máy chủ" in state_of(page))
        line.cut("deaf")
        hand_in(browser)
        wait_until(browser, lambda page: "Đang chờ mạng: 1 phiếu" in outbox_of(page))
        taken = given(jury, "gk-3", code)["version"]
        before = line.heard.count(b"step=give")
        line.mend()
        wait_until(browser, lambda page: page.find_element(By.CSS_SELECTOR, ".given code"))

    assert taken == 1
    assert line.heard.count(b"step=give") > before
    assert given(jury, "gk-3", code)["version"] == 1


def test_a_sheet_given_elsewhere_meanwhile_is_shown_and_not_overwritten(jury, line, tmp_path):
    code = code_of(jury, "gk-3", 1)
    with browser_of(tmp_path) as browser:
        sign_in(browser, line.url, "gk-3")
        open_sheet(browser, line.url, code)
        line.cut()
        type_marks(browser)
        hand_in(browser)
        wait_until(browser, lambda page: "Đang chờ mạng: 1 phiếu" in outbox_of(page))
        sheet = {"marks": MARKS | {"TINH_MOI": "20"}, "comment": "Chấm ở máy khác."}
        jury.callers["gk-3"].put(f"{jury.round}/sheets/{code}", sheet)
        line.mend()
        wait_until(browser, lambda page: "đã được ông/bà nộp ở nơi khác (lần 1)" in state_of(page))
        open_sheet(browser, line.url, code)
        notice = wait_until(browser, lambda page: page.find_element(By.ID, "khoi-phuc").text)
        typed = browser.find_element(By.NAME, "mark.TINH_MOI").get_attribute("value")
        shown = browser.find_element(By.CSS_SELECTOR, ".given").text

    after = given(jury, "gk-3", code)
    assert (after["version"], after["marks"]["TINH_MOI"]) == (1, "20")
    assert "nộp ở nơi khác (lần 1)" in notice
    assert typed == "25,5"
    assert "20/30" in shown


def test_marks_outlive_a_sign_in_that_has_ended(jury, tmp_path):
    code = code_of(jury, "gk-1", 0)
    with browser_of(tmp_path) as browser:
        sign_in(browser, jury.url, "gk-1")
        open_sheet(browser, jury.url, code)
        end_sign_in(jury, browser)
        type_marks(browser)
        hand_in(browser)
        wait_until(browser, lambda page: "Phiên đăng nhập đã hết" in outbox_of(page))
        before = given(jury, "gk-1", code)["version"]
        browser.find_element(By.CSS_SELECTOR, "#cho-gui a").click()
        sign_in(browser, jury.url, "gk-1")
        wait_until(browser, lambda page: f"Đã nộp phiếu chấm bài {code}" in outbox_of(page))

    assert before == 0
    after = given(jury, "gk-1", code)
    assert (after["version"], after["comment"]) == (1, PLANTED)


def end_sign_in(jury, browser):
    """End the browser's session behind its back."""
    token = browser.get_cookie("sangkien")["value"]
    headers = {"Authorization": f"Bearer {token}"}
    jury.callers["gk-1"].request("DELETE", "/v1/sessions", headers=headers)


def test_signing_out_warns_of_what_is_unsent_and_leaves_nothing_behind(jury, line, tmp_path):
    code = code_of(jury, "gk-1", 1)
    with browser_of(tmp_path) as browser:
        sign_in(browser, line.url, "gk-1")
        open_sheet(browser, line.url, code)
        line.cut()
        type_marks(browser)
        wait_until(browser, lambda page: "Mất mạng" in state_of(page))
        kept = browser.execute_async_script(KEPT)
        line.mend()
        out = browser.find_element(By.CSS_SELECTOR, 'form[action="/dang-xuat"] button')
        browser.execute_script("arguments[0].click()", out)
        warning = wait_until(browser, lambda page: page.switch_to.alert)
        said = warning.text
        warning.accept()
        wait_until(browser, lambda page: page.find_elements(By.LINK_TEXT, "Đăng nhập"))
        left = browser.execute_async_script(KEPT)

    assert kept == 1
    assert "chưa đến máy chủ" in said
    assert left == 0
    assert given(jury, "gk-1", code)["version"] == 0


def test_a_draft_typed_elsewhere_meanwhile_is_kept_until_the_judge_chooses(jury, line, tmp_path):
    code = code_of(jury, "gk-1", 1)
    with browser_of(tmp_path) as browser:
        sign_in(browser, line.url, "gk-1")
        open_sheet(browser, line.url, code)
        line.cut()
        type_marks(browser)
        wait_until(browser, lambda page: "Mất mạng" in state_of(page))
        elsewhere = {"marks": {"TINH_MOI": "12"}, "comment": "Nhập ở máy khác."}
        jury.callers["gk-1"].put(f"{jury.round}/drafts/{code}", elsewhere)
        line.mend()
        open_sheet(browser, line.url, code)
        notice = wait_until(browser, lambda page: page.find_element(By.ID, "khoi-phuc").text)
        typed = browser.find_element(By.NAME, "mark.TINH_MOI").get_attribute("value")
        browser.find_element(By.CSS_SELECTOR, "#khoi-phuc button").click()
        wait_until(browser, lambda page: comment_of(page) == "Nhập ở máy khác.")
        left = browser.execute_async_script(KEPT)

    assert "bản nháp khác, nhập ở nơi khác" in notice
    assert typed == "25,5"
    assert left == 0
    assert given(jury, "gk-1", code)["draft"]["marks"] == {"TINH_MOI": "12"}


def comment_of(browser):
    return browser.find_element(By.NAME, "comment").get_attribute("value")
