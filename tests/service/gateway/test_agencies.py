"""Agencies, coverage and spreadsheets over HTTP."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

CONTEST = "HG-CCHC-2022"
RULES = Path("contests/hau-giang-2022.yaml").read_bytes()
UNITS = Path("contests/agencies/hau-giang-2022.csv").read_bytes()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = {"Content-Type": "text/csv"}


@pytest.fixture
def organiser(http, sign_in) -> dict[str, str]:
    organiser = sign_in("organiser")
    yaml = {"Content-Type": "text/yaml"}
    assert http.post("/v1/contests", content=RULES, headers=organiser | yaml).status_code == 201
    return organiser


def test_file_is_tried_out_and_then_imported(http, organiser):
    path = "/v1/agencies/import"

    tried = http.post(f"{path}?dry_run=true", content=UNITS, headers=organiser | CSV).json()
    none = http.get("/v1/agencies").json()
    done = http.post(path, content=UNITS, headers=organiser | CSV).json()

    assert (tried["added"], tried["recorded"], none) == (53, False, [])
    assert (done["added"], done["recorded"]) == (53, True)
    assert len(http.get("/v1/agencies?as_of=2022-07-01").json()) == 53
    assert len(http.get("/v1/agencies?as_of=2025-07-01").json()) == 45


def test_successions_are_recorded_and_listed(http, organiser):
    http.post("/v1/agencies/import", content=UNITS, headers=organiser | CSV)
    link = {
        "predecessor_id": "STTTT", "successor_id": "SKHCN", "on": "2025-03-01",
        "kind": "MERGED", "basis": "QĐ",
    }  # fmt: skip

    known = http.put(
        "/v1/agencies/successions", json={"successions": [link]}, headers=organiser
    ).json()

    assert known == 1
    assert http.get("/v1/agencies/successions").json() == [link]


def test_coverage_is_summed_up_and_saved_as_a_spreadsheet(http, organiser):
    http.post("/v1/agencies/import", content=UNITS, headers=organiser | CSV)
    path = f"/v1/contests/{CONTEST}"

    report = http.get(f"{path}/coverage/summary?as_of=2022-07-01", headers=organiser).json()
    saved = http.get(f"{path}/coverage.xlsx", headers=organiser)
    entries = http.get(f"{path}/entries.xlsx", headers=organiser)

    assert (report["units"], report["silent"], report["rate"]) == (53, 53, "0.0000")
    assert len(http.get(f"{path}/coverage/silent", headers=organiser).json()) == 53
    assert saved.headers["Content-Type"] == XLSX
    page = load_workbook(BytesIO(saved.content)).worksheets[0]
    names = [row[2] for row in page.iter_rows(min_row=2, values_only=True)]
    assert names[:3] == [
        "Ban Dân tộc tỉnh",
        "Ban Quản lý các khu công nghiệp tỉnh",
        "Ban Quản lý dự án đầu tư xây dựng tỉnh",
    ]
    assert load_workbook(BytesIO(entries.content)).sheetnames == ["Hồ sơ", "Tác giả"]


def test_nil_return_needs_a_unit_to_speak_for(http, organiser, sign_in):
    answer = http.post(
        f"/v1/contests/{CONTEST}/nil-return",
        json={"reason": "Không có đề tài"},
        headers=sign_in("coordinator"),
    )

    assert organiser
    assert answer.status_code == 422
    assert answer.json()["code"] == "NoUnit"
