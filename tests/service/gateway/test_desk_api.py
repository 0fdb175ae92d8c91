"""The desk over HTTP: sheets, handovers, more time and outages."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.service.gateway.test_api import CONTEST, entry
from tests.service.gateway.test_api import contest as contest  # noqa: PLC0414 - a fixture

XLSX = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
IMPORTS = f"/v1/contests/{CONTEST}/imports"
GOOD = ("Một cửa lưu động", "Mang một cửa đến từng ấp.", "TTHC", "NGUOI_DAN", "Cá nhân")


def filled(template: bytes, area: str = "TTHC") -> bytes:
    book = load_workbook(BytesIO(template))
    title, summary, _, group, kind = GOOD
    row = {1: title, 2: summary, 3: area, 4: group, 5: kind, 9: "Trực tiếp", 13: "Có", 14: "Bà Tư"}
    for column, value in row.items():
        book["Hồ sơ"].cell(2, column, value)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.usefixtures("contest")
def test_sheet_is_fetched_tried_out_and_imported_once(http, sign_in):
    clerk = sign_in("clerk")
    template = http.get(f"{IMPORTS}/template", headers=clerk)
    content = filled(template.content)

    tried = http.post(f"{IMPORTS}?dry_run=true", content=content, headers=clerk | XLSX)
    keyed = clerk | XLSX | {"Idempotency-Key": "danh-sach-1"}
    first = http.post(IMPORTS, content=content, headers=keyed)
    second = http.post(IMPORTS, content=content, headers=keyed)

    assert template.headers["Content-Disposition"] == 'attachment; filename="ho-so.xlsx"'
    assert (tried.status_code, tried.json()["entries"]) == (200, [])
    assert first.status_code == 201, first.text
    assert second.json() == first.json()
    assert first.json()["entries"][0]["receipt_code"] == "H30-220701-0001"


@pytest.mark.usefixtures("contest")
def test_mistakes_of_a_sheet_are_told_in_vietnamese_by_row_and_column(http, sign_in):
    clerk = sign_in("clerk")
    content = filled(http.get(f"{IMPORTS}/template", headers=clerk).content, area="Y tế")

    answer = http.post(IMPORTS, content=content, headers=clerk | XLSX)

    (mistake,) = answer.json()["mistakes"]
    assert answer.status_code == 422
    assert (mistake["row"], mistake["column"], mistake["value"]) == (2, "C", "Y tế")
    assert mistake["sentence"].startswith(
        "“Y tế” không có trong danh mục; hãy chọn một trong: Cải cách thể chế;"
    )


@pytest.mark.usefixtures("contest")
def test_handover_of_a_paper_dossier_is_kept(http, sign_in):
    clerk = sign_in("clerk")
    asked = entry("Một cửa") | {"channel": "DESK"}
    made = http.post(f"/v1/contests/{CONTEST}/entries", json=asked, headers=clerk).json()
    path = f"/v1/entries/{made['entry_id']}"
    papers = [{"code": "BAN_THUYET_MINH", "originals": 1, "copies": 2}]

    kept = http.put(
        f"{path}/handover", json={"applicant": "Lê Văn Tư", "papers": papers}, headers=clerk
    )

    assert kept.status_code == 204, kept.text
    assert http.get(path, headers=clerk).json()["handover"]["papers"] == papers


@pytest.mark.usefixtures("contest")
def test_more_time_is_given_and_listed(http, sign_in):
    organiser = sign_in("organiser")
    path = f"/v1/contests/{CONTEST}/extensions"
    more = {"until": "2022-08-17T00:00:00+07:00", "reason": "Mưa lũ", "person_id": "p-1"}

    made = http.post(path, json=more, headers=organiser)

    assert made.status_code == 201, made.text
    (listed,) = http.get(path, headers=organiser).json()
    assert listed["extension_id"] == made.json()["extension_id"]
    assert (listed["reason"], listed["person_id"]) == ("Mưa lũ", "p-1")


@pytest.mark.usefixtures("contest")
def test_nothing_is_decided_on_while_no_outage_was_measured(http, sign_in):
    organiser = sign_in("organiser")
    path = f"/v1/contests/{CONTEST}/outage"

    shown = http.get(path, headers=organiser).json()
    decided = http.post(
        f"{path}/decision", json={"adopt": True, "reason": "Mưa lũ"}, headers=organiser
    )

    assert (shown["gaps"], shown["proposed"]) == ([], None)
    assert (decided.status_code, decided.json()["code"]) == (404, "NothingProposed")
