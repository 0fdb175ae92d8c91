"""The portal in a real Chromium, after the contest has been played."""

from contextlib import closing

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import url_contains
from selenium.webdriver.support.wait import WebDriverWait

from demo.api import Api
from tests.journey.chromium import is_gone, opened

pytestmark = [pytest.mark.slow, pytest.mark.stack]


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("chromium")) as running:
        running.implicitly_wait(5)
        yield running


def text_of(browser):
    return browser.find_element(By.TAG_NAME, "body").text


def test_results_page_shows_every_winner_to_anybody(browser, stage):
    browser.get(f"{stage.stack.addresses.http_url}/ket-qua/{stage.cast.contest}")

    shown = text_of(browser)

    assert all(
        stage.texts[stage.number_of[line["entry_id"]]].title in shown for line in stage.prizes
    )
    assert "92,20" in shown
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "vi"


def test_wrong_password_is_said_in_vietnamese_and_signs_nobody_in(browser, stage):
    browser.get(f"{stage.stack.addresses.http_url}/dang-nhap")
    browser.find_element(By.NAME, "login").send_keys("thu-ky-1")
    browser.find_element(By.NAME, "password").send_keys("không phải mật khẩu")

    browser.find_element(By.CSS_SELECTOR, "main form button").click()

    WebDriverWait(browser, 60).until(lambda page: "mật khẩu không đúng" in text_of(page).lower())
    browser.get(f"{stage.stack.addresses.http_url}/toi")
    assert browser.find_elements(By.NAME, "password")


def sign_in(browser, stage, name):
    browser.delete_all_cookies()
    browser.get(f"{stage.stack.addresses.http_url}/dang-nhap")
    browser.get_log("browser")  # what earlier pages said; reading it empties it
    browser.find_element(By.NAME, "login").send_keys(name)
    browser.find_element(By.NAME, "password").send_keys(stage.passwords[name])
    browser.find_element(By.CSS_SELECTOR, "main form button").click()
    WebDriverWait(browser, 60).until(url_contains("/toi"))


@pytest.mark.parametrize("name", ["du-thi-17", "thu-ky-1", "giam-khao-2", "ct-ubnd"])
def test_everybody_finds_their_own_page_and_no_fault(browser, stage, name):
    sign_in(browser, stage, name)

    faults = [line for line in browser.get_log("browser") if line["level"] == "SEVERE"]
    assert faults == []


def test_a_judge_reads_a_report_by_the_code_and_not_whose_the_entries_are(browser, stage):
    judge = "giam-khao-2"
    with closing(Api(stage.stack.addresses.http_url)) as api:
        api.sign_in(judge, stage.passwords[judge])
        mine = api.get(f"{stage.contest}/rounds/SO_KHAO/assignments")
    names = [p.full_name for p in stage.cast.people if "entrant" in p.roles]
    sign_in(browser, stage, judge)

    for entry in mine:
        browser.get(f"{stage.stack.addresses.http_url}/toi/ho-so/{entry['code']}/trung-lap")
        shown = browser.find_element(By.TAG_NAME, "main").text
        assert entry["code"] in shown
        assert [name for name in names if name in shown] == []
        assert not any(entry_id in shown for entry_id in stage.number_of)
    assert mine


def press(browser, words):
    browser.find_element(
        By.XPATH, f"//section[@id='ban-1']//*[contains(text(), '{words}')]"
    ).click()


def card(browser, words=""):
    """Return what the page says of the first paper, once it says these words."""

    def said(page):
        text = page.find_element(By.ID, "ban-1").text
        return text if words in text else None

    # The page may be leaving while it is read.
    leaving = (StaleElementReferenceException,)
    return WebDriverWait(browser, 120, ignored_exceptions=leaving).until(said)


def test_a_secretary_has_a_copy_made_anew_and_approves_it(browser, stage):
    """What was overlooked is taken out and blacked out; nobody reads it until it is approved."""
    with closing(Api(stage.stack.addresses.http_url)) as api:
        api.sign_in("thu-ky-1", stage.passwords["thu-ky-1"])
        path, before = next(
            (path, copy)
            for line in api.get(f"{stage.contest}/blind-copies")
            for path in [f"/v1/entries/{line['entry_id']}/blind-copies"]
            for copy in api.get(path)
            if copy["place"] == 1 and copy["removed"]
        )
        sign_in(browser, stage, "thu-ky-1")
        entry = path.split("/")[3]
        browser.get(f"{stage.stack.addresses.http_url}/toi/ho-so/{entry}/che-ten")
        shown = card(browser)
        press(browser, "Làm lại bản che tên")
        browser.find_element(By.ID, "a-1").send_keys("thuyết minh")
        browser.find_element(By.ID, "b-1").send_keys("1 10 5 60 12,5")
        browser.find_element(By.CSS_SELECTOR, "#ban-1 form[action$='lam-lai'] button").click()
        again = card(browser, "Chờ kiểm tra")
        for box in browser.find_elements(By.ID, "l-1"):
            box.click()
        press(browser, "Duyệt bản này")
        card(browser, "Đã duyệt")
        after = api.get(path)[1]

    assert before["removed"][0]["words"] in shown
    assert "Từ do người kiểm tra thêm: THUYẾT MINH" in again
    assert (after["state"], after["number"]) == ("APPROVED", before["number"] + 1)
    assert after["decided_by_name"]
    assert [line for line in browser.get_log("browser") if line["level"] == "SEVERE"] == []


def show(browser, stage, path):
    browser.get(f"{stage.stack.addresses.http_url}{path}")
    return browser.find_element(By.TAG_NAME, "main").text


def fill(browser, step, **fields):
    """Fill the form of a step, send it, and wait for the page that answers."""
    form = browser.find_element(By.CSS_SELECTOR, f"form:has(input[name=step][value={step}])")
    for details in form.find_elements(By.XPATH, "ancestor::details"):
        browser.execute_script("arguments[0].open = true", details)
    for name, value in fields.items():
        field = form.find_element(By.NAME, name)
        if field.get_attribute("type") == "date":
            browser.execute_script("arguments[0].value = arguments[1]", field, value)
        elif field.tag_name == "select":
            option = f"option[starts-with(normalize-space(), '{value}')]"
            field.find_element(By.XPATH, option).click()
        else:
            field.clear()
            field.send_keys(value)
    form.find_element(By.TAG_NAME, "button").click()
    WebDriverWait(browser, 60).until(lambda _page: is_gone(form))


def author_of_the_first(stage):
    first = stage.number_of[stage.prizes[0]["entry_id"]]
    entry = next(one for one in stage.cast.entries if one.number == first)
    return entry.authors[0].person


def test_an_author_disputes_a_result_and_the_office_answers(browser, stage, sangkien):
    """What the pages of prizes and petitions say and do, up to an answer that changes nothing."""
    address = stage.stack.addresses.http_url
    sign_in(browser, stage, author_of_the_first(stage))
    page = f"{address}/toi/kien-nghi/{stage.cast.contest}"
    browser.get(page)
    fill(browser, "file", kind="Khiếu nại", grounds="Đề nghị xem lại tiêu chí tính mới.")
    filed = text_of(browser)
    sign_in(browser, stage, "ban-to-chuc")
    browser.get(page)
    fill(browser, "accept")
    fill(browser, "answer", upheld="Không chấp nhận", number="31/TB-BTC", answer="Giữ nguyên.")
    answered = text_of(browser)
    browser.get(f"{address}/toi/xet-giai/{stage.cast.contest}")
    prizes = text_of(browser)

    assert "Đã nhận, chờ thụ lý" in filed
    assert "Không chấp nhận" in answered
    assert "31/TB-BTC: Giữ nguyên." in answered
    assert "Tờ trình số 12/TTr-SNV" in prizes
    assert "1 × 1.490.000 đồng (lương cơ sở)" in prizes
    assert [line for line in browser.get_log("browser") if line["level"] == "SEVERE"] == []
    listed = sangkien("prizes", "petitions", stage.cast.contest)
    assert "COMPLAINT DISMISSED" in listed.stdout, listed.stderr
    shown = sangkien("prizes", "show", stage.cast.contest)
    assert shown.stdout.startswith("PUBLISHED, lần lập 1, kết quả lần 1"), shown.stderr


def test_an_officer_follows_an_adopter_and_everybody_sees_it(browser, stage):
    contest = stage.cast.contest
    sign_in(browser, stage, "thu-ky-1")
    show(browser, stage, f"/toi/nhan-rong/{contest}")

    fill(browser, "plan", body="Hội Nông dân tỉnh", responsible="thu-ky-1")
    fill(browser, "milestone-1-new", what="Tập huấn cán bộ", due_on="2022-01-15")
    index = {"component": "Tiếp cận", "measure": "%", "baseline": "80,5", "target": "90"}
    fill(browser, "indicator-1", **index)
    reading = {"actual": "85,25", "read_on": "2022-06-01", "evidence": "Báo cáo 12/BC-SNV"}
    fill(browser, "reading-1-1", **reading)
    shown = show(browser, stage, f"/toi/nhan-rong/{contest}")
    fill(browser, "begin-1", begun_on="2022-06-01", basis="Kế hoạch 9/KH-HND")

    assert "Quá hạn" in shown
    assert "85,25 %, 01/06/2022: Báo cáo 12/BC-SNV" in shown
    public = show(browser, stage, f"/nhan-rong/{contest}")
    assert "Hội Nông dân tỉnh" in public
    assert "Báo cáo 12/BC-SNV" not in public
    (milestones, way) = browser.find_elements(By.CSS_SELECTOR, "main svg")
    assert "Hiện nay: 85,25 (50%)" in way.get_attribute("textContent")
    assert milestones.get_attribute("role") == "img"
    with closing(Api(stage.stack.addresses.http_url)) as anybody:
        fetched = anybody.http.get(f"/v1/contests/{contest}/adopted.svg")
    assert fetched.headers["content-type"].startswith("image/svg+xml")


def test_numbers_and_report_are_drawn_up_on_pages(browser, stage):
    contest = stage.cast.contest
    sign_in(browser, stage, "thu-ky-1")

    shown = show(browser, stage, f"/toi/thong-ke?cuoc_thi={contest}")
    charts = len(browser.find_elements(By.CSS_SELECTOR, "main svg"))
    show(browser, stage, f"/toi/bao-cao/{contest}")
    said = {"assessment": "Cuộc thi đạt yêu cầu.", "proposals": "Tiếp tục tổ chức."}
    fill(browser, "draft", **said)
    WebDriverWait(browser, 60).until(lambda page: "/1/pdf" in page.page_source)
    fill(browser, "issue")

    assert charts == 6
    assert "Lĩnh vực" in shown
    WebDriverWait(browser, 60).until(lambda page: "BC-BTC" in text_of(page))
