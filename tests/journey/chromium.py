"""Opens the Chromium of Debian, quietly and with a folder of its own; axe-core looks along."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webelement import WebElement

from deploy import axe

MISSING = "Chromium is missing: apt-get install chromium chromium-driver"
QUIET = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--window-size=1200,1600", "--lang=vi"),
)
AXE = """const done = arguments[0];
    axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(
        found => done(found.violations.flatMap(
            one => one.nodes.map(node => `${one.id}: ${node.target} ${node.html}`.slice(0, 300)))),
        error => done([String(error)]));"""


def bring_axe(browser: webdriver.Chrome) -> dict[str, str]:
    """Have axe-core on every page from now on; what is returned takes it away again."""
    added = {"source": axe.script().read_text()}
    return browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", added)


def faults_of(browser: webdriver.Chrome) -> list[str]:
    """Return what of the page in view breaks WCAG 2.2, level AA."""
    return browser.execute_async_script(AXE)


def is_gone(element: WebElement) -> bool:
    """Return whether the page of this element has been replaced, however the driver puts that."""
    try:
        element.is_enabled()
    except WebDriverException:
        return True
    return False


@contextmanager
def opened(profile: Path) -> Iterator[webdriver.Chrome]:
    """Open a browser whose data lie in this folder."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert chromium, MISSING
    assert driver, MISSING
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for word in (*QUIET, f"--user-data-dir={profile}"):
        options.add_argument(word)
    with webdriver.Chrome(options, webdriver.ChromeService(driver)) as running:
        yield running
