"""The page with an originality report in a real Chromium: read, compared, ruled on."""

import io
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from docx import Document
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from demo.api import Api, ApiRefused
from deploy.local.stack import Stack
from tests.journey.chromium import QUIET
from tests.unit.originality.disguise import (
    paragraphs,
    text,
    with_a_fifth_changed,
    with_a_tenth_changed,
)

ROOT = Path(__file__).parents[2]
RULES = ROOT / "contests/hau-giang-2022.yaml"
WORD = "mat-khau-mau-thu"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PEOPLE = {
    "thu-ky": ("secretary", "Trần Thị Thư Ký"),
    "an": ("entrant", "Nguyễn Văn An"),
    "binh": ("entrant", "Lê Thị Bình"),
}
EARLIER = text("hen_gio")
OWN, TAKEN = paragraphs("kho_giay"), paragraphs("hen_gio")
QUOTED = (
    "Theo khoản 1 Điều 5 Nghị định số 61/2018/NĐ-CP, việc giải quyết thủ tục hành chính phải bảo"
    " đảm công khai, minh bạch và đúng thời hạn cho tổ chức, cá nhân."
)
LATER = "\n\n".join(
    (OWN[0], TAKEN[0], OWN[1], with_a_tenth_changed(TAKEN[1]), QUOTED, OWN[2],
     TAKEN[2], with_a_fifth_changed(TAKEN[3]), *OWN[3:])
)  # fmt: skip

pytestmark = [pytest.mark.slow, pytest.mark.stack]


@pytest.fixture(scope="module")
def stack():
    with Stack("report") as running:
        running.set_clock(datetime(2022, 7, 10, 3, 0, tzinfo=UTC))
        subprocess.run(
            [ROOT / ".venv/bin/sangkien", "account", "add", "to-chuc", "--tenant", "hau-giang",
             "--roles", "organiser,operator", "--password-stdin"],
            env=running.env("gateway"), input=WORD, text=True, check=True,
        )  # fmt: skip
        yield running


@pytest.fixture(scope="module")
def people(stack):
    """Sign everybody in; the contest is open and a model that e-2 repeats is known."""
    url = stack.addresses.http_url
    signed_in = {"to-chuc": Api(url).sign_in("to-chuc", WORD)}
    organiser = signed_in["to-chuc"]
    organiser.request("POST", "/v1/contests", content=RULES.read_bytes())
    for login, (role, full_name) in PEOPLE.items():
        account = {"login": login, "password": WORD, "roles": [role], "full_name": full_name}
        organiser.post("/v1/accounts", account)
        signed_in[login] = Api(url).sign_in(login, WORD)
    known = {
        "code": "SK-2019-07",
        "title": "Hẹn giờ qua tin nhắn",
        "text": TAKEN[2],
        "applied_at": "Sở Nội vụ tỉnh Hậu Giang",
        "applied_on": "2019-05-01",
    }
    organiser.post("/v1/initiatives", {"register": "TINH", "initiatives": [known]})
    yield signed_in
    for api in signed_in.values():
        api.close()


@pytest.fixture(scope="module")
def entry_id(people, tmp_path_factory):
    """Hand in two entries, the second taken from the first; return its id once it is checked."""
    folder = tmp_path_factory.mktemp("papers")
    hand_in(people["an"], "Hẹn giờ giải quyết hồ sơ", EARLIER, folder)
    later = hand_in(people["binh"], "Kho giấy không còn người chờ", LATER, folder)
    path = f"/v1/entries/{later}/originality"
    people["thu-ky"].until(
        "/v1/contests/HG-CCHC-2022/originality",
        lambda lines: any(one["entry_id"] == later and one["sources"] == 2 for one in lines),
    )
    assert people["thu-ky"].get(path)["level"] == "REVIEW"
    return later


def hand_in(entrant, title, written, folder):
    """Hand an entry in with its description as a Word document; return its id."""
    entry = {
        "kind": "INDIVIDUAL",
        "group": "NGUOI_DAN",
        "area": "TTHC",
        "title": title,
        "summary": f"{title}.",
        "authors": [{"full_name": "Người dự thi mẫu", "email": "mau@mau.example"}],
    }
    entry_id = entrant.post("/v1/contests/HG-CCHC-2022/entries", entry)["entry_id"]
    path = folder / f"{entry_id}.docx"
    path.write_bytes(word(written))
    entrant.upload(entry_id, "BAN_THUYET_MINH", path, DOCX)
    entrant.post(f"/v1/entries/{entry_id}/submit", {"declarations": []})
    return entry_id


def word(written):
    file, document = io.BytesIO(), Document()
    for paragraph in written.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


@pytest.fixture
def browser(stack, entry_id, tmp_path):
    """Open a browser in which the secretary has signed in."""
    assert entry_id
    with browser_of("thu-ky", stack, tmp_path) as running:
        yield running


@contextmanager
def browser_of(login, stack, tmp_path):
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert chromium, "apt-get install chromium"
    assert driver, "apt-get install chromium-driver"
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for switch in (*QUIET, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(switch)
    with webdriver.Chrome(options, webdriver.ChromeService(driver)) as running:
        running.implicitly_wait(5)
        running.get(f"{stack.addresses.http_url}/dang-nhap")
        running.find_element(By.NAME, "login").send_keys(login)
        running.find_element(By.NAME, "password").send_keys(WORD)
        running.find_element(By.CSS_SELECTOR, "main form button").click()
        wait_until(running, lambda page: page.current_url.endswith("/toi"))
        yield running


def wait_until(browser, fits):
    # A page that is just being replaced by the next one is asked again.
    passing = (NoSuchElementException, StaleElementReferenceException)
    waiting = WebDriverWait(browser, 90, poll_frequency=0.1, ignored_exceptions=passing)
    return waiting.until(fits)


def open_report(browser, stack, entry_id, source=1):
    browser.get(f"{stack.addresses.http_url}/toi/ho-so/{entry_id}/trung-lap?nguon={source}")


def texts_of(browser, selector):
    return [one.text for one in browser.find_elements(By.CSS_SELECTOR, selector)]


def is_in_view(browser, pane, place):
    """Say whether a place of a pane is seen in it."""
    script = """const pane = document.getElementById(arguments[0]).getBoundingClientRect();
        const place = document.getElementById(arguments[1]).getBoundingClientRect();
        return place.top >= pane.top - 40 && place.top < pane.bottom;"""
    return browser.execute_script(script, pane, place)


def test_every_source_is_listed_the_earliest_first_with_date_and_place(browser, stack, entry_id):
    open_report(browser, stack, entry_id)

    rows = texts_of(browser, "[aria-labelledby=nguon] tbody tr")
    assert len(rows) == 2
    assert "SK-2019-07" in rows[0]
    assert "01/05/2019 Sở Nội vụ tỉnh Hậu Giang" in rows[0]
    assert "Hẹn giờ giải quyết hồ sơ" in rows[1]
    assert "10/07/2022" in rows[1]
    body = browser.find_element(By.TAG_NAME, "body").text
    assert "Không tỷ lệ phần trăm nào quyết định tính mới" in body
    assert "TINH" in body


def test_both_texts_are_whole_and_passages_are_marked_in_each(browser, stack, entry_id):
    open_report(browser, stack, entry_id, source=2)

    left, right = (browser.find_element(By.ID, name).text for name in ("trai", "phai"))
    assert OWN[0][:80] in left
    assert TAKEN[0][:60] in left
    assert TAKEN[0][:60] in right
    marked = texts_of(browser, "#trai mark.verbatim")
    assert any(TAKEN[2][:60] in one for one in marked)
    assert texts_of(browser, "#trai mark.edited")
    assert "Dẫn văn bản pháp luật" in left


def test_a_passage_leads_to_its_place_in_the_other_text(browser, stack, entry_id):
    open_report(browser, stack, entry_id, source=2)
    last = browser.find_elements(By.CSS_SELECTOR, "#trai .at")[-1].get_attribute("id")
    there = last.replace("d-", "n-", 1)

    browser.find_element(By.CSS_SELECTOR, f"#{last} a").click()

    wait_until(browser, lambda page: page.current_url.endswith(f"#{there}"))
    wait_until(browser, lambda page: is_in_view(page, "phai", there))


def test_the_other_text_scrolls_along(browser, stack, entry_id):
    open_report(browser, stack, entry_id, source=2)
    browser.find_element(By.ID, "together")
    last = browser.find_elements(By.CSS_SELECTOR, "#trai .at[id^='d-2-']")[-1]
    place = last.get_attribute("id")

    browser.execute_script("arguments[0].scrollIntoView()", last)

    wait_until(browser, lambda page: is_in_view(page, "phai", place.replace("d-", "n-", 1)))
    assert [one for one in browser.get_log("browser") if one["level"] == "SEVERE"] == []


def test_a_ruling_needs_a_reason_and_stands_with_name_and_time(browser, stack, people, entry_id):
    open_report(browser, stack, entry_id)
    browser.find_element(By.ID, "r-DUPLICATE").click()
    browser.find_element(By.CSS_SELECTOR, "#ket-luan button").click()
    refused_by_the_browser = browser.find_elements(By.CSS_SELECTOR, "#reason:invalid")

    browser.find_element(By.ID, "reason").send_keys("Trùng giải pháp của hồ sơ nộp trước.")
    browser.find_element(By.CSS_SELECTOR, "#ket-luan button").click()

    assert refused_by_the_browser
    wait_until(browser, lambda page: "Trùng giải pháp" in text_of_ruling(page))
    assert "Trùng lặp" in text_of_ruling(browser)
    assert re.search("Trần Thị Thư Ký, 10 giờ .. phút, ngày 10/07/2022", text_of_ruling(browser))
    assert people["thu-ky"].get(f"/v1/entries/{entry_id}/originality")["ruling"] == "DUPLICATE"


def text_of_ruling(browser):
    return browser.find_element(By.ID, "ket-luan").text


def test_the_report_is_there_for_the_file_by_api_and_on_the_page(browser, stack, people, entry_id):
    open_report(browser, stack, entry_id)

    links = [
        one.get_attribute("href")
        for one in browser.find_elements(By.CSS_SELECTOR, "[aria-labelledby=doi-chieu-voi] a")
    ]

    page = f"{stack.addresses.http_url}/toi/ho-so/{entry_id}/trung-lap"
    again = links.pop()
    assert re.fullmatch(f"{re.escape(page)}/lap-lai.bao_cao=[0-9a-f]+", again)
    assert links == [f"{page}/phieu.pdf", f"{page}/phieu.docx"]
    cookies = {"sangkien": browser.get_cookie("sangkien")["value"]}
    shown = [httpx.get(link, cookies=cookies, timeout=60).content for link in links]
    path = f"/v1/entries/{entry_id}/originality/report"
    assert shown == [
        people["thu-ky"].send("GET", f"{path}.{form}").content for form in ("pdf", "docx")
    ]
    assert shown[0].startswith(b"%PDF-")


def run(stack, api, *arguments):
    """Run the command line as somebody who has signed in."""
    token = api.http.headers["Authorization"].removeprefix("Bearer ")
    who = {"SANGKIEN_URL": stack.addresses.http_url, "SANGKIEN_TOKEN": token}
    return subprocess.run(
        [sys.executable, "-m", "kernel.operate", "originality", *map(str, arguments)],
        env=os.environ | who, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip


def test_a_file_is_checked_at_the_command_line(stack, people, entry_id, tmp_path):
    assert entry_id
    file = tmp_path / "Bản thuyết minh.docx"
    file.write_bytes(word(LATER))
    arguments = ("check", file, "--contest", "HG-CCHC-2022")

    checked = run(stack, people["thu-ky"], *arguments)
    refused = run(stack, people["binh"], *arguments)

    assert checked.returncode == 1, checked.stderr
    assert "REVIEW: Cần người có thẩm quyền xem xét, kết luận" in checked.stdout
    assert "Hẹn giờ qua tin nhắn (Sáng kiến đã biết SK-2019-07; 01/05/2019" in checked.stdout
    assert refused.returncode == 1
    assert "Không có quyền" in refused.stderr


def test_a_report_is_explained_at_the_command_line(stack, people, entry_id):
    explained = run(stack, people["thu-ky"], "explain", entry_id)

    assert explained.returncode == 0, explained.stderr
    lines = [line.split(".")[0] for line in explained.stdout.splitlines() if line[0].isdigit()]
    assert lines == [str(step) for step in range(1, 12)]
    assert "phải xem xét khi trên 30,0%" in explained.stdout


def test_a_report_is_made_again_at_the_command_line_and_on_a_page(
    browser, stack, people, entry_id
):
    made = run(stack, people["thu-ky"], "reproduce", entry_id)
    refused = run(stack, people["binh"], "reproduce", entry_id)
    open_report(browser, stack, entry_id)
    browser.find_element(By.LINK_TEXT, "Lập lại báo cáo này").click()
    wait_until(browser, lambda page: "/lap-lai" in page.current_url)

    assert (made.returncode, made.stdout.splitlines()[1:]) == (0, ["SAME: 0 differences"])
    assert (refused.returncode, "Không có quyền" in refused.stderr) == (1, True)
    shown = browser.find_element(By.TAG_NAME, "main").text
    assert "Kết quả lập lại giống hệt báo cáo đã lập" in shown


def once_allowed(ask):
    """Ask until originality has heard of the amendment."""
    until = time.monotonic() + 60
    while True:
        try:
            return ask()
        except ApiRefused as refusal:
            if refusal.code != "OwnChecksClosed" or time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_an_entrant_checks_their_own_text_only_where_the_rules_allow_it(people, entry_id):
    assert entry_id
    path = "/v1/contests/HG-CCHC-2022/originality/own-checks"
    with pytest.raises(ApiRefused, match="không cho tự kiểm tra"):
        people["binh"].post(path, {"text": LATER})
    source = RULES.read_text().replace("novelty:\n", "novelty:\n  own_checks: 1\n")
    people["to-chuc"].post(
        "/v1/contests/HG-CCHC-2022/amendments", {"source": source, "reason": "Cho tự kiểm tra"}
    )

    told = once_allowed(lambda: people["binh"].post(path, {"text": LATER}))

    assert [one["source_kind"] for one in told["sources"]] == ["KNOWN_INITIATIVE", "ENTRY"]
    assert told["sources"][1]["title"] is None
    assert told["left"] == 0
    with pytest.raises(ApiRefused, match="Đã dùng hết 1 lượt"):
        people["binh"].post(path, {"text": LATER})


def test_an_entrant_is_shown_their_own_text_and_no_other(stack, people, entry_id, tmp_path):
    """Runs after the rules have been amended above, as somebody who has a check left."""
    assert entry_id
    organiser = people["to-chuc"]
    account = {"login": "cuc", "password": WORD, "roles": ["entrant"], "full_name": "Lê Thị Cúc"}
    organiser.post("/v1/accounts", account)
    with browser_of("cuc", stack, tmp_path) as browser:
        browser.find_element(By.LINK_TEXT, "Tự kiểm tra trùng lặp").click()
        field = wait_until(browser, lambda page: page.find_element(By.ID, "text"))
        browser.execute_script("arguments[0].value = arguments[1]", field, LATER)
        browser.find_element(By.CSS_SELECTOR, "main form button").click()
        wait_until(browser, lambda page: page.find_element(By.ID, "ket-qua"))
        shown = browser.find_element(By.TAG_NAME, "main").text
        marked = texts_of(browser, ".pane mark")
        faults = [one for one in browser.get_log("browser") if one["level"] == "SEVERE"]

    assert "Hẹn giờ qua tin nhắn – Sở Nội vụ tỉnh Hậu Giang, 01/05/2019" in shown
    assert "Một hồ sơ dự thi khác" in shown
    assert "Hẹn giờ giải quyết hồ sơ" not in shown
    assert "Kho giấy không còn người chờ" not in shown
    assert any(TAKEN[0][:60] in one for one in marked)
    assert faults == []
