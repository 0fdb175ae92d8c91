"""The programme of the defence day and its bell in a real Chromium, after a played contest."""

from datetime import datetime
from itertools import pairwise

import httpx
import pytest
from icalendar import Calendar
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.journey.test_browser import browser, sign_in, text_of

__all__ = ["browser"]

pytestmark = [pytest.mark.slow, pytest.mark.stack]

# The page's clock is moved, so that nobody waits for ten minutes to pass.
CLOCK = """
    const real = performance.now.bind(performance);
    window.ahead = 0;
    performance.now = () => real() + window.ahead;
    window.tones = 0;
    const make = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function () { window.tones += 1; return make.call(this); };
"""  # noqa: E501  # one line of another language


@pytest.fixture
def path(stage):
    return f"{stage.stack.addresses.http_url}/toi/bao-ve/{stage.cast.contest}/BAO_VE"


@pytest.fixture
def bell(browser, stage, path):
    """Open the bell as the secretary, with its clock in our hands, and cut the network."""
    sign_in(browser, stage, "thu-ky-1")
    made = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": CLOCK})
    browser.get(f"{path}/chuong")
    wait(browser, lambda page: face(page) == "10:00")
    cut(browser, offline=True)
    yield browser
    cut(browser, offline=False)
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", made)


def cut(browser, *, offline):
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd(
        "Network.emulateNetworkConditions",
        {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
    )


def wait(browser, fits):
    return WebDriverWait(browser, 60, poll_frequency=0.05).until(fits)


def face(page):
    return page.find_element(By.ID, "time").text


def stage_of(page):
    return page.find_element(By.ID, "chuong").get_attribute("data-stage")


def press(browser, key):
    browser.find_element(By.TAG_NAME, "body").send_keys(key)


def skip(browser, seconds):
    browser.execute_script("window.ahead += arguments[0] * 1000", seconds)


def tones(browser):
    return browser.execute_script("return window.tones")


def test_the_bell_counts_warns_and_rings_with_no_network_and_by_keys_alone(bell):
    press(bell, Keys.SPACE)
    skip(bell, 8.5 * 60)
    wait(bell, lambda page: face(page).startswith("01:"))
    calm, before = stage_of(bell), tones(bell)
    skip(bell, 40)
    wait(bell, lambda page: stage_of(page) == "near")
    warned = tones(bell)
    said = bell.find_element(By.ID, "said").text
    skip(bell, 60)
    wait(bell, lambda page: stage_of(page) == "over")
    rung = tones(bell)
    wait(bell, lambda page: face(page).startswith("+00:"))

    press(bell, "n")

    wait(bell, lambda page: page.find_element(By.ID, "phase").text == "Trả lời câu hỏi")
    assert (calm, before, warned, rung) == ("calm", 0, 1, 4)
    assert said == "Sắp hết giờ."
    assert face(bell) in {"05:00", "04:59", "04:58", "04:57"}
    assert [one for one in bell.get_log("browser") if one["level"] == "SEVERE"] == []


def test_the_bell_pauses_and_begins_again(bell):
    press(bell, Keys.SPACE)
    skip(bell, 125)
    wait(bell, lambda page: face(page).startswith("07:5"))
    press(bell, Keys.SPACE)
    paused = face(bell)
    skip(bell, 300)
    wait(bell, lambda page: page.find_element(By.ID, "go").text == "Bắt đầu")
    still = face(bell)

    press(bell, "r")

    wait(bell, lambda page: face(page) == "10:00")
    assert still == paused


def test_the_office_sees_the_whole_day_with_who_leaves(browser, stage, path):
    sign_in(browser, stage, "thu-ky-1")
    browser.find_element(By.PARTIAL_LINK_TEXT, "Lịch bảo vệ").click()
    wait(browser, lambda page: "Hội trường A" in text_of(page))

    rows = [one.text for one in browser.find_elements(By.CSS_SELECTOR, "section tbody tr")]

    assert browser.current_url == path
    assert rows[0].startswith("07:30–07:45")
    assert any("09:45" in row for row in rows)
    assert "Giám khảo phải rời phòng" in text_of(browser)
    assert browser.find_elements(By.LINK_TEXT, "Chuông báo giờ")
    assert [one for one in browser.get_log("browser") if one["level"] == "SEVERE"] == []


def test_the_office_tries_another_day_on_the_page_and_keeps_nothing(browser, stage, path):
    sign_in(browser, stage, "thu-ky-1")
    browser.get(path)
    browser.execute_script("document.getElementById('day').value = '2022-10-13'")
    browser.find_element(By.ID, "hours").send_keys("13:00-17:30")
    browser.find_element(By.ID, "rooms").send_keys("Phòng họp số 2")

    browser.find_element(By.CSS_SELECTOR, "button[value=plan]").click()

    drawn = wait(browser, lambda page: page.find_elements(By.ID, "du-kien"))[0]
    assert "Phòng họp số 2" in drawn.text
    assert "13:00–13:15" in drawn.text
    browser.get(path)
    assert "Phòng họp số 2" not in text_of(browser)


def test_a_judge_finds_when_to_leave_and_everybody_the_programme(browser, stage, path):
    public = f"{stage.stack.addresses.http_url}/cuoc-thi/{stage.cast.contest}/BAO_VE/lich-bao-ve"
    sign_in(browser, stage, "giam-khao-2")
    browser.get(path)
    judge = text_of(browser)
    browser.delete_all_cookies()
    browser.get(public)

    shown = text_of(browser)

    assert "Xếp lịch" not in judge
    assert "07:30–07:45" in judge
    assert "07:30–07:45" in shown
    assert "giam-khao" not in shown


def test_the_day_can_be_taken_along_as_a_calendar(browser, stage, path):
    sign_in(browser, stage, "giam-khao-2")
    cookies = {"sangkien": browser.get_cookie("sangkien")["value"]}

    answer = httpx.get(f"{path}/lich.ics", cookies=cookies, timeout=60)

    assert answer.headers["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    starts: list[datetime] = sorted(event.start for event in events)
    assert len(starts) > 1
    assert all(one < other for one, other in pairwise(starts))


def test_calendars_of_the_day_an_entry_and_a_judge_have_addresses(stage, organiser):
    path = f"/v1/contests/{stage.cast.contest}/rounds/BAO_VE/defence"
    slots = organiser.get(path)["slots"]
    code, judge = slots[0]["code"], slots[0]["judge_ids"][0]

    events = [
        len(Calendar.from_ical(organiser.send("GET", path + end).content).walk("VEVENT"))
        for end in (".ics", f"/entries/{code}/calendar.ics", f"/judges/{judge}/calendar.ics")
    ]

    concerned = [slot for slot in slots if judge in slot["judge_ids"] + slot["away"]]
    assert events == [len(slots), 1, len(concerned)]
