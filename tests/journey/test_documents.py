"""The documents are true: the tutorial's commands and the one-stop shop's example are run."""

import importlib.util
import os
import re
import subprocess
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.journey.conftest import JULY, PASSWORD
from tests.service.intake.portals import Portal

ROOT = Path(__file__).parents[2]
TUTORIAL = (ROOT / "docs/tutorial.md").read_text()
COMMANDS = re.findall(r"^```sh\n(.*?)^```", TUTORIAL, re.MULTILINE | re.DOTALL)

RULES = ROOT / "contests/hau-giang-2022.yaml"
PAPER = ROOT / "demo/files/08-phien-cho-thu-tuc.pdf"
ENTRY = {
    "kind": "INDIVIDUAL",
    "group": "DOANH_NGHIEP",
    "area": "TTHC",
    "title": "Phiên chợ thủ tục",
    "summary": "Làm thủ tục tại chợ.",
    "authors": [{"full_name": "Doanh nghiệp mẫu", "email": "dn@mau.example"}],
    "enterprise": {
        "name": "Doanh nghiệp mẫu",
        "tax_code": "0000000001",
        "representative": "Người đại diện mẫu",
    },
}

pytestmark = [pytest.mark.slow, pytest.mark.stack]


@pytest.fixture(scope="module")
def example():
    path = ROOT / "docs/howto/one_stop_shop.py"
    spec = importlib.util.spec_from_file_location("one_stop_shop", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def pushes():
    """Return a server that keeps what is posted to it."""

    class Keep(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.server.taken.append((headers, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Keep) as server:
        server.taken = []
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def october(july):
    """Go to where the demo leaves the clock."""
    july.set_clock(datetime(2022, 10, 20, 3, 0, tzinfo=UTC))
    yield july
    july.set_clock(JULY)


def test_tutorial_does_what_it_says(october):
    given = f"B={october.addresses.http_url}\nPASSWORD={PASSWORD}\nSTACK={october.name}\n"
    script = "set -eo pipefail\n" + given + "\n".join(COMMANDS)

    done = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, env=os.environ, text=True, timeout=600,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout
    said = done.stdout.splitlines()
    assert '{"rank":1,"code":"XA-01","score":"81.50"}' in said, done.stdout
    assert '{"rank":2,"code":"XA-02","score":"70.17"}' in said
    assert '"broken_at":null' in said[-1]
    shown = re.findall(r'^\{"state":"OPEN(?:ED)?","sheets_given".*$', TUTORIAL, re.MULTILINE)
    assert len(shown) == 2
    assert set(shown) < set(said)


def test_example_of_a_one_stop_shop_files_and_hears(july, operator, example, pushes):
    operator.request("POST", "/v1/contests", content=RULES.read_bytes())
    client = operator.post("/v1/clients")
    shop = example.Connection(july.addresses.http_url, *client.values())
    shop.sign_in()
    secret = shop.listen_at(f"http://127.0.0.1:{pushes.server_port}/sangkien")

    receipt = shop.file("H30-220710-0042", "HG-CCHC-2022", ENTRY, PAPER)
    again = shop.file("H30-220710-0042", "HG-CCHC-2022", ENTRY, PAPER)

    shop.close()
    assert again == receipt
    assert receipt["missing"] == []
    while not pushes.taken:
        time.sleep(0.1)
    headers, body = pushes.taken[0]
    said = example.verify(secret, headers, body, now=int(headers["webhook-timestamp"]))
    assert said["type"] == "intake.EntrySubmitted"
    assert said["data"]["receipt_code"] == receipt["receipt_code"]
    assert said["data"]["external_code"] == "H30-220710-0042"


def test_a_portal_shows_what_a_running_platform_tells_it(july, operator, example):
    portal = Portal()
    operator.request("POST", "/v1/contests", content=RULES.read_bytes())
    procedure = {
        "contest_id": "HG-CCHC-2022", "code": "3.000181", "name": "Dự thi (mẫu)",
        "field_code": "G03-GD10", "field_name": "Thi đua (mẫu)",
    }  # fmt: skip
    counterparty = {
        "name": "mau", "url": portal.url, "username": "sangkien", "dstcode": "VN:MAU",
        "agency_code": "H30", "unit": "Sở Nội vụ (mẫu)", "procedures": [procedure],
    }  # fmt: skip
    body = {"counterparty": counterparty, "password": "sandbox"}
    operator.request("PUT", "/v1/counterparties", json=body)
    shop = example.Connection(july.addresses.http_url, *operator.post("/v1/clients").values())
    shop.sign_in()

    receipt = shop.file("H30-220710-0043", "HG-CCHC-2022", ENTRY, PAPER)
    shop.close()
    portal.wait_for("CapNhatTienDoHoSoMC")
    shown = portal.shown()
    portal.kill()

    assert shown[receipt["receipt_code"]][:2] == (1, "1")
