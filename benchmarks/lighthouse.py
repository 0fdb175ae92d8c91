"""`python -m benchmarks.lighthouse`: what Lighthouse says of public pages, on a played contest.

Lighthouse comes from the npm registry and needs Node.js; it plays a slow phone. Status 1 if a page
stays below `LEAST` in a category. An address as argument is measured instead of a contest played
for it.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from demo.hook import Ear
from demo.play import play
from deploy.local.stack import Stack

ROOT = Path(__file__).parents[1]
TOOL = ROOT / ".local" / "lighthouse"
VERSION = "13.5.0"
LEAST = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = ("/", "/ket-qua/{contest}", "/kiem-chung", "/dang-nhap")
# Reads robots.txt from within the page, which this one forbids: a kit that is checked there goes
# nowhere. The home page shows that the file is good.
BLIND = {"/kiem-chung": "robots-txt"}
FLAGS = "--chrome-flags=--headless=new --no-sandbox --disable-gpu --lang=vi"


def tool() -> str:
    """Return the command, installing it if it is not there."""
    if not shutil.which("npm"):
        sys.exit("Lighthouse needs Node.js 20 or newer with npm: apt-get install npm")
    command = TOOL / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        TOOL.mkdir(parents=True, exist_ok=True)
        words = ["npm", "install", "--silent", "--no-audit", "--no-fund"]
        subprocess.run([*words, f"lighthouse@{VERSION}"], cwd=TOOL, check=True)
    return str(command)


def scores(command: str, address: str, skipped: str = "") -> dict[str, int]:
    """Measure one page, an audit aside; return its scores, 0 to 100, by category."""
    options = [f"--only-categories={','.join(CATEGORIES)}", "--output=json", "--quiet", FLAGS]
    if skipped:
        options.append(f"--skip-audits={skipped}")
    chromium = {"CHROME_PATH": shutil.which("chromium") or ""}
    done = subprocess.run(
        [command, address, *options], env=os.environ | chromium, capture_output=True, check=True
    )
    found = json.loads(done.stdout)["categories"]
    return {name: round(100 * (found[name]["score"] or 0)) for name in CATEGORIES}


def measured(url: str, contest: str) -> bool:
    """Print a table of the pages; tell whether all are good enough."""
    command, least = tool(), 100
    print("page".ljust(28), *(name.rjust(16) for name in CATEGORIES))
    for page in PAGES:
        path = page.format(contest=contest)
        found = scores(command, url + path, BLIND.get(page, ""))
        least = min(least, *found.values())
        print(path.ljust(28), *(str(found[name]).rjust(16) for name in CATEGORIES), flush=True)
    return least >= LEAST


@click.command()
@click.argument("url", required=False)
@click.option("--contest", default="HG-CCHC-2022", show_default=True)
def main(url: str | None, contest: str) -> None:
    """Measure the pages at URL, or of a contest played for it."""
    if url:
        sys.exit(not measured(url.rstrip("/"), contest))
    with Stack("lighthouse") as stack, Ear() as ear:
        stage = play(stack, ear, quiet=True)
        sys.exit(not measured(stack.addresses.http_url, stage.cast.contest))


if __name__ == "__main__":
    main()
