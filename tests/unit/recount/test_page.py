"""The page counts kits again in a real browser, with nothing behind it but files.

Whatever the program finds in a kit, the page must find in it too.
"""

import json
import shutil
from copy import deepcopy
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from services.gateway.portal.pages import FOLDER, page
from tests.unit.recount.contests import kit_of
from tests.unit.recount.kits import ACCEPTED, FORGED, HONEST
from tests.unit.recount.tampering import CASES, honest_rows

pytestmark = pytest.mark.slow  # and in need of a browser

FEW = 10  # kits
SHOWN = "return document.getElementById('kiem-chung').dataset.verdict || ''"
COUNT = """
const [names, done] = arguments;
(async () => {
  const { count } = await import("/static/recount.js?again");
  const found = {};
  for (const [name, heads] of names) {
    const kit = await (await fetch(`/kits/${name}`)).arrayBuffer();
    const isWrong = (await count(kit, heads)) !== "ok";
    found[name] = isWrong ? document.getElementById("kiem-chung").dataset.step : "accepted";
  }
  return found;
})().then(done, (error) => done(`${error.stack}`));
"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, format, *args):  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(FOLDER / "static", folder / "static")
    (folder / "kits").mkdir()
    (folder / "kiem-chung.html").write_text(page(None, "recount.html").content)
    return folder


@pytest.fixture(scope="module")
def browser(root):
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert chromium, "Chromium is missing: apt-get install chromium chromium-driver"
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root))
    Thread(target=site.serve_forever, daemon=True).start()
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for word in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(word)
    window = webdriver.Chrome(options=options, service=Service(driver))
    window.set_script_timeout(300)
    window.get(f"http://127.0.0.1:{site.server_port}/kiem-chung.html")
    yield window
    window.quit()
    site.shutdown()
    site.server_close()


def chosen(browser, file, content):
    """Choose a kit on the page; return its verdict and the last line it shows."""
    browser.execute_script("document.getElementById('kiem-chung').dataset.verdict = ''")
    browser.execute_script("document.getElementById('tep').value = ''")
    file.write_bytes(content)
    browser.find_element(By.ID, "tep").send_keys(str(file))
    WebDriverWait(browser, 60).until(lambda window: window.execute_script(SHOWN))
    lines = browser.find_elements(By.CSS_SELECTOR, "#buoc li")
    return browser.execute_script(SHOWN), [line.text for line in lines]


def test_whoever_chooses_a_kit_reads_each_step_and_what_does_not_follow(browser, tmp_path):
    rows, file, head = honest_rows(), tmp_path / "kit.zip", tmp_path / "head.json"
    made, other = kit_of(deepcopy(rows)), deepcopy(rows)
    CASES["a_rank"][0](other)

    verdict, lines = chosen(browser, file, made.content)
    wrong = chosen(browser, file, kit_of(other).content)
    head.write_text(json.dumps({**made.heads[-1], "at": made.heads[-1]["at"][:-6] + "Z"}))
    browser.find_element(By.ID, "dau").send_keys(str(head))
    shorter = chosen(browser, file, kit_of(rows[:-3]).content)

    assert (verdict, made.heads[-1]["root"] in lines[0]) == ("ok", True)
    assert len(lines) > 10
    assert wrong[0] == "wrong"
    assert "Bảng điểm của một vòng không tính ra từ các phiếu chấm" in wrong[1][-1]
    assert "Có mã không được ký đúng" in shorter[1][-1]


def counted(browser, kits):
    """Count kits on the page, a few at a time: nobody waits long for an answer."""
    found = {}
    for first in range(0, len(kits), FEW):
        found |= browser.execute_async_script(COUNT, kits[first : first + FEW])
    return found


def test_the_page_finds_in_every_kit_what_the_program_finds(browser, kits, root):
    wanted = {**dict.fromkeys(HONEST, ACCEPTED), **FORGED}
    for name in wanted:
        shutil.copy(kits.path(name), root / "kits" / name)
    # Where only heads from outside can tell, and where they change nothing.
    told = ["honest", *(name for name, step in FORGED.items() if step == ACCEPTED)]

    found = counted(browser, [[name, []] for name in wanted])
    with_heads = counted(browser, [[name, kits.heads] for name in told])

    assert found == wanted
    assert [name for name, step in with_heads.items() if step == ACCEPTED] == ["honest"]
