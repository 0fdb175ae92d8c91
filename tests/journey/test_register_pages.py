"""The pages of the register and of the exchange, in a real Chromium without JavaScript."""

import pytest
from selenium.webdriver.common.by import By

from tests.journey.test_report_page import WORD, browser_of, texts_of, wait_until
from tests.service.originality.test_register import HEADINGS, PAPERS, TIMES, row

pytestmark = [pytest.mark.slow, pytest.mark.stack]
PATH = "/toi/sang-kien-da-biet"


@pytest.fixture(scope="module")
def stack(july, operator):
    for login, role in (("thu-ky", "secretary"), ("an", "entrant")):
        account = {"login": login, "password": WORD, "roles": [role], "full_name": login}
        operator.post("/v1/accounts", account)
    return july


@pytest.fixture
def browser(stack, tmp_path):
    with browser_of("thu-ky", stack, tmp_path) as running:
        yield running


def send(browser, stack, path, *, twins="REFUSE", is_trial=False):
    """Send a file on the page of the register."""
    browser.get(f"{stack.addresses.http_url}{PATH}")
    browser.find_element(By.ID, "file").send_keys(str(path))
    browser.find_element(By.ID, f"t-{twins}").click()
    trial = browser.find_element(By.ID, "thu")
    if trial.is_selected() != is_trial:
        trial.click()
    browser.find_element(By.CSS_SELECTOR, "[aria-labelledby=nhap] button").click()
    wait_until(browser, lambda page: page.find_element(By.ID, "ket-qua"))
    return browser.find_element(By.CSS_SELECTOR, "[aria-labelledby=ket-qua]").text


def test_file_is_tried_mended_decided_on_and_found(browser, stack, tmp_path):
    wrong, right = tmp_path / "sai.csv", tmp_path / "danh-muc.csv"
    wrong.write_text(HEADINGS + row("SK-1", TIMES, since="mai"))
    rows = (row("SK-1", TIMES, since="01/03/2021"), row("SK-2", TIMES), row("SK-3", PAPERS))
    right.write_text(HEADINGS + "".join(rows))

    mistaken = send(browser, stack, wrong)
    tried = send(browser, stack, right, is_trial=True)
    undecided = send(browser, stack, right)
    recorded = send(browser, stack, right, twins="MERGE")

    assert "“mai” không phải là ngày" in mistaken
    assert "Chưa ghi: hãy chọn cách xử lý" in tried
    assert "SK-2 – Mô hình SK-2" in undecided
    assert "SK-1 – Mô hình SK-1 (dòng 2) 97," in undecided
    assert "Đã ghi vào danh mục." in recorded

    browser.get(f"{stack.addresses.http_url}{PATH}?tu=sk-1")
    (found,) = texts_of(browser, "main table tbody tr")
    assert "01/03/2021" in found
    browser.find_element(By.LINK_TEXT, "Mô hình SK-1").click()
    wait_until(browser, lambda page: TIMES[:80] in page.find_element(By.CLASS_NAME, "pane").text)


def test_search_that_nothing_fits_says_so(browser, stack):
    browser.get(f"{stack.addresses.http_url}{PATH}?tu=%25&pham_vi=UNIT")

    assert "Không có sáng kiến nào phù hợp." in browser.find_element(By.TAG_NAME, "main").text


def test_province_without_an_agreement_is_told_in_vietnamese(browser, stack):
    browser.get(f"{stack.addresses.http_url}/toi/lien-tinh")
    before = browser.find_element(By.TAG_NAME, "main").text
    browser.find_element(By.ID, "entry_id").send_keys("khong-co")
    browser.find_element(By.ID, "province").send_keys("can-tho")

    browser.find_element(By.CSS_SELECTOR, "[aria-labelledby=hoi] button").click()

    assert "Chưa có lần hỏi hoặc trả lời nào." in before
    wait_until(browser, lambda page: "thỏa thuận" in page.find_element(By.TAG_NAME, "main").text)


def test_entrant_is_not_shown_the_register(stack, tmp_path):
    with browser_of("an", stack, tmp_path) as browser:
        assert "Danh mục sáng kiến" not in browser.find_element(By.TAG_NAME, "main").text

        browser.get(f"{stack.addresses.http_url}{PATH}")

        assert not browser.find_elements(By.ID, "file")
