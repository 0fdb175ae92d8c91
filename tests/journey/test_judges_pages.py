"""Pages of those who run a round, in a real Chromium: keys, missing sheets, conflicts, jury, plan.

One round from its first sheets to a recorded discussion: each test goes on from the one before.
"""

import httpx
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from demo.sealing import seal
from tests.journey import jury as at
from tests.journey.test_judges_desk import (
    MARKS,
    browser_of,
    faults_of,
    hand_in,
    path_of,
    sign_in,
    type_marks,
    wait_until,
)

pytestmark = [pytest.mark.slow, pytest.mark.stack]

WHY = "Đi công tác đột xuất"
FAR = {"TINH_MOI": "5", "KHA_THI": "2", "NHAN_RONG": "1", "TRINH_BAY": "1"}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with browser_of(tmp_path_factory.mktemp("chromium")) as running:
        yield running
        faults = [one["message"] for one in faults_of(running)]
        # A page that says why a step was refused has the status of the refusal.
        assert [one for one in faults if "status of 422" not in one] == []


@pytest.fixture(scope="module")
def owed(jury):
    """Let every sheet come but one of the chair's; return the code it is for."""
    for login in at.UNITS:
        for place, entry in enumerate(jury.desk(login)):
            if entry["version"] == 0 and (login, place) != ("gk-1", 1):
                give(jury, login, entry["code"])
    return jury.desk("gk-1")[1]["code"]


def give(jury, login, code, **marks):
    sheet = {"marks": MARKS | marks, "comment": "Rõ ràng."}
    jury.callers[login].put(f"{jury.round}/sheets/{code}", sheet)


def who_has(jury, code):
    """Return the logins of an entry's judges."""
    plan = jury.callers["thu-ky"].get(f"{jury.round}/plan")
    judges = next(one["judge_ids"] for one in plan["entries"] if one["code"] == code)
    return {login for login in (*at.UNITS, "gk-4") if jury.id_of(login) in judges}


def awaited(jury):
    """Return whose sheets are awaited, by code, as the API says."""
    found = jury.callers["thu-ky"].get(f"{jury.round}/awaited")["entries"]
    logins = {jury.id_of(login): login for login in (*at.UNITS, "gk-4")}
    return {one["code"]: [logins[judge] for judge in one["judge_ids"]] for one in found}


def main_of(browser):
    return browser.find_element(By.TAG_NAME, "main").text


def form_of(browser, step):
    """Return the form of a page that takes this step."""
    field = browser.find_element(By.CSS_SELECTOR, f"input[name=step][value={step}]")
    return field.find_element(By.XPATH, "..")


def fill(form, **fields):
    """Type into a form, choose from its lists by what is shown, and send it."""
    for name, value in fields.items():
        field = form.find_element(By.NAME, name)
        if field.tag_name == "select":
            choice = Select(field)
            text = next(one.text for one in choice.options if value in one.text)
            choice.select_by_visible_text(text)
        elif field.get_attribute("type") in ("date", "datetime-local"):
            script = "arguments[0].value = arguments[1]"  # typing depends on the locale
            form.parent.execute_script(script, field, value)
        else:
            field.clear()
            field.send_keys(value)
    form.find_element(By.CSS_SELECTOR, "button").click()


def page(kind, *rest):
    return "/".join(("/toi", kind, at.CONTEST, *rest))


def test_a_key_is_registered_on_the_page_and_counts_once_it_is_shown_to_be_ones_own(jury, browser):
    sign_in(browser, jury.url, "to-chuc")
    file = at.key_file(jury, "to-chuc")
    browser.get(f"{jury.url}/toi/khoa")
    browser.find_element(By.NAME, "public_key").send_keys(seal("new", file))
    browser.find_element(By.CSS_SELECTOR, "main form button").click()
    challenge = (
        wait_until(browser, lambda one: one.find_element(By.NAME, "answer"))
        and (browser.find_element(By.CSS_SELECTOR, "main code").text.split()[-1])
    )
    before = holders(jury)

    browser.find_element(By.NAME, "answer").send_keys(seal("answer", file, "--", challenge))
    browser.find_element(By.CSS_SELECTOR, "main form button").click()

    wait_until(browser, lambda one: one.current_url.endswith("/toi"))
    assert before[jury.id_of("to-chuc")] is False
    assert holders(jury)[jury.id_of("to-chuc")] is True


def holders(jury):
    """Return who has registered a key, and whether it is confirmed."""
    found = jury.callers["thu-ky"].get("/v1/sealing-keys")
    return {one["person_id"]: one["confirmed"] for one in found}


def test_an_author_declares_a_conflict_with_a_judge_by_name_and_takes_it_back(jury, browser, owed):
    listed = jury.callers["thu-ky"].get(f"{jury.round}/plan")["entries"]
    code = next(one["code"] for one in listed if one["code"] != owed)
    title = next(one["title"] for login in who_has(jury, code) for one in jury.desk(login)
                 if one["code"] == code)  # fmt: skip
    (free,) = set(at.UNITS) - who_has(jury, code)
    name = at.PEOPLE[free][0]
    sign_in(browser, jury.url, "tac-gia")
    browser.get(jury.url + page("xung-dot"))

    fill(form_of(browser, "declare"), judge=name, entry=title, reason="Là anh em họ.")
    wait_until(browser, lambda one: "Là anh em họ." in main_of(one))
    own = main_of(browser)
    seen = jury.callers["thu-ky"].get(f"{jury.contest}/conflicts")["entries"]
    sign_in(browser, jury.url, "thu-ky")
    browser.get(jury.url + page("xung-dot"))
    shown = main_of(browser)
    sign_in(browser, jury.url, "tac-gia")
    browser.get(jury.url + page("xung-dot"))
    browser.find_element(By.CSS_SELECTOR, "table summary").click()
    fill(form_of(browser, "withdraw"), reason="Nhầm người.")

    wait_until(browser, lambda one: "Nhầm người." in main_of(one))
    assert name in own
    assert free not in own  # logins are for those who run the contest
    assert [(one["code"], one["lines"][0]["kind"]) for one in seen] == [(code, "DECLARED")]
    assert f"{name} ({free})" in shown
    assert jury.callers["thu-ky"].get(f"{jury.contest}/conflicts")["entries"] == []


def test_the_chair_pins_and_lifts_and_is_told_why_the_rest_is_hidden(jury, browser, owed):
    listed = jury.callers["thu-ky"].get(f"{jury.round}/plan")["entries"]
    code = next(one["code"] for one in listed if one["code"] != owed)
    (free,) = set(at.UNITS) - who_has(jury, code)
    sign_in(browser, jury.url, "gk-1")
    browser.get(jury.url + page("xung-dot"))
    hidden = main_of(browser)

    fill(form_of(browser, "pin"), judge=at.PEOPLE[free][0], entry=code, reason="Từng góp ý bài.")
    wait_until(browser, lambda one: "Từng góp ý bài." in main_of(one))
    pinned = jury.callers["thu-ky"].get(f"{jury.contest}/conflicts")["entries"]
    browser.find_element(By.CSS_SELECTOR, "table summary").click()
    fill(form_of(browser, "lift"), reason="Xem lại.")

    wait_until(browser, lambda one: "Xem lại." in main_of(one))
    assert "Người chấm ở vòng thi giấu tên" in hidden
    assert [one["lines"][0]["kind"] for one in pinned] == ["PINNED"]
    assert jury.callers["thu-ky"].get(f"{jury.contest}/conflicts")["entries"] == []


def test_the_plan_is_shown_with_names_and_fetched_as_a_workbook(jury, browser, owed):
    sign_in(browser, jury.url, "thu-ky")
    browser.get(jury.url + page("phan-cong", at.ROUND))
    shown = main_of(browser)
    link = browser.find_element(By.PARTIAL_LINK_TEXT, "XLSX").get_attribute("href")
    cookies = {"sangkien": browser.get_cookie("sangkien")["value"]}

    workbook = httpx.get(link, cookies=cookies, timeout=60)

    assert owed in shown
    assert all(f"{at.PEOPLE[one][0]} ({one})" in shown for one in at.UNITS)
    assert workbook.content.startswith(b"PK")
    assert "Chỉ Trưởng Ban Giám khảo hoặc Ban Tổ chức" in shown


def test_a_sheet_that_does_not_come_is_dealt_with_as_the_rules_allow(jury, browser, owed):
    assert awaited(jury) == {owed: ["gk-1"]}
    (free,) = set(at.UNITS) - who_has(jury, owed)
    sign_in(browser, jury.url, "thu-ky")
    browser.get(jury.url + page("phieu-thieu", at.ROUND))
    earlier = {"until": "2023-09-01T08:00", "reason": WHY, "minutes": "03/BB-BGK"}
    fill(form_of(browser, "extend"), **earlier)
    mistake = wait_until(
        browser, lambda one: one.find_element(By.CSS_SELECTOR, ".mistake, .govuk-error-summary")
    ).text
    typed = form_of(browser, "extend").find_element(By.NAME, "reason").get_attribute("value")

    fill(form_of(browser, "extend"), **(earlier | {"until": "2023-09-25T17:00"}))
    wait_until(browser, lambda one: "25/09/2023" in main_of(one))
    fill(form_of(browser, "replace"), judge="gk-1", reason=WHY, minutes="04/BB-BGK")
    wait_until(browser, lambda one: f"({free})" in one.find_element(By.TAG_NAME, "table").text)

    assert mistake
    assert typed == WHY
    assert "Chưa có bài nào phải thảo luận" in main_of(browser)
    assert awaited(jury) == {owed: [free]}


def test_an_entry_is_given_back_and_the_empty_place_goes_to_who_takes_a_seat(jury, browser, owed):
    ((free,),) = awaited(jury).values()
    sign_in(browser, jury.url, free)
    browser.get(f"{jury.url}/toi/cham/{at.CONTEST}/{at.ROUND}/{owed}")
    browser.find_element(By.XPATH, "//summary[contains(., 'Trả lại bài')]").click()
    back = browser.find_element(By.CSS_SELECTOR, "form[action$='/tra-lai']")
    fill(back, reason="Chưa đủ chuyên môn.")
    wait_until(browser, lambda one: one.current_url.endswith(at.ROUND))
    left = [one["code"] for one in jury.desk(free)]
    sign_in(browser, jury.url, "to-chuc")
    browser.get(jury.url + page("ban-giam-khao"))
    before = main_of(browser)
    fill(
        form_of(browser, "replace"), judge="gk-1", substitute="gk-4", unit="SKHCN",
        number="09/QĐ-BTC", day="2023-09-12", reason="Nghỉ chế độ.",
    )  # fmt: skip
    wait_until(browser, lambda one: "Nghỉ chế độ." in main_of(one))
    after = main_of(browser)

    assert owed not in left
    assert f"{owed} Vòng sơ khảo" in before
    assert "Lý do: Chưa đủ chuyên môn." in before
    assert "Không có: bài nào cũng đủ giám khảo." in after
    assert "Quyết định số 09/QĐ-BTC ngày 12/09/2023" in after
    assert awaited(jury) == {owed: ["gk-4"]}


def test_two_officers_open_the_sheets_on_their_pages(jury, browser, owed):
    give(jury, "gk-4", owed, **FAR)
    states = []
    for officer in at.OFFICERS:
        sign_in(browser, jury.url, officer)
        browser.find_element(By.PARTIAL_LINK_TEXT, "Mở niêm phong phiếu chấm").click()
        field = wait_until(browser, lambda one: one.find_element(By.ID, "shares"))
        shares, service_key = browser.find_element(By.CSS_SELECTOR, "main code").text.split()[-2:]
        field.send_keys(seal("give", at.key_file(jury, officer), "--", shares, service_key))
        browser.find_element(By.CSS_SELECTOR, "main form button").click()
        wait_until(browser, lambda one: one.current_url.endswith("/toi"))
        states.append(jury.callers["thu-ky"].get(jury.round)["state"])

    assert states == ["OPEN", "OPENED"]
    assert "Đã mở niêm phong" in main_of(browser)


def test_one_looks_again_with_minutes_and_the_discussion_is_recorded(jury, browser, owed):
    sign_in(browser, jury.url, "gk-4")
    browser.get(f"{jury.url}/toi/cham/{at.CONTEST}/{at.ROUND}/{owed}")
    before = main_of(browser)
    type_marks(browser, comment="Đã trao đổi.")
    browser.find_element(By.NAME, "minutes").send_keys("05/BB-BGK")
    browser.find_element(By.NAME, "reason").send_keys("Sau thảo luận.")
    hand_in(browser)
    wait_until(browser, lambda one: "lần 2" in one.find_element(By.CSS_SELECTOR, ".given").text)
    sign_in(browser, jury.url, "thu-ky")
    browser.get(jury.url + page("phieu-thieu", at.ROUND))
    waiting = main_of(browser)
    said = {"code": owed, "reason": "Thống nhất giữ điểm.", "minutes": "05/BB-BGK"}
    fill(form_of(browser, "discuss"), **said)
    wait_until(browser, lambda one: "Vòng này không còn chờ phiếu nào." in main_of(one))

    sign_in(browser, jury.url, "gk-2")
    browser.get(jury.url + path_of(jury.desk("gk-2")[0]["code"]))
    assert "Phiếu của ông/bà như đã nộp." in main_of(browser)
    assert not browser.find_elements(By.ID, "phieu")
    assert "chênh lệch lớn" in before
    assert "Đã mở niêm phong: chỉ còn chờ chấm lại" in waiting
    assert jury.callers["thu-ky"].get(jury.round)["sheets_awaited"] == 0
