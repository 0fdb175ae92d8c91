"""Receipts over HTTP: as PDF, as signature, and the keys to check them with."""

from pathlib import Path

import msgspec
import pytest

from contracts.intake import ReceiptKey
from services.intake.signing import opened
from services.intake.verifying import verify

RULES_FILE = "contests/hau-giang-2022.yaml"
CONTEST = "HG-CCHC-2022"
ENTRY = {
    "kind": "INDIVIDUAL",
    "group": "NGUOI_DAN",
    "title": "Nhắn tin đặt lịch hẹn",
    "summary": "Đặt lịch hẹn tại bộ phận Một cửa qua tin nhắn.",
    "area": "TTHC",
    "authors": [{"full_name": "Nguyễn Thị Ví Dụ"}],
}


@pytest.fixture
def handed_in(http, sign_in) -> tuple[str, dict[str, str]]:
    """Hand in an entry without documents; return its path and who did."""
    rules = Path(RULES_FILE).read_bytes()
    yaml = {"Content-Type": "text/yaml"}
    http.post("/v1/contests", content=rules, headers=sign_in("organiser") | yaml)
    entrant = sign_in("entrant")
    made = http.post(f"/v1/contests/{CONTEST}/entries", json=ENTRY, headers=entrant).json()
    path = f"/v1/entries/{made['entry_id']}"
    assert http.post(f"{path}/submit", headers=entrant).status_code == 200
    return path, entrant


def test_receipt_is_fetched_and_checked_with_the_published_keys(http, handed_in):
    path, entrant = handed_in

    pdf = http.get(f"{path}/receipt", headers=entrant)
    signed = http.get(f"{path}/receipt.jws?version=1", headers=entrant)
    keys = msgspec.convert(http.get("/v1/receipts/keys").json()["keys"], tuple[ReceiptKey, ...])

    assert pdf.headers["Content-Type"] == "application/pdf"
    assert signed.headers["Content-Type"] == "application/jose"
    assert verify(pdf.content, keys).wrong == ()
    assert verify(pdf.content, keys).claims == opened(signed.text, keys)


def test_receipt_is_nothing_to_strangers(http, handed_in, sign_in):
    path, _ = handed_in

    assert http.get(f"{path}/receipt").status_code == 401
    assert http.get(f"{path}/receipt", headers=sign_in("entrant")).status_code == 404
    assert http.get(f"{path}/receipt.jws", headers=sign_in("entrant")).status_code == 404
