"""Agencies, coverage and receipts from the command line, on the contest just played."""

import json

import httpx
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.stack]

UNITS = "contests/agencies/hau-giang-2022.csv"


def test_the_same_file_of_agencies_again_changes_nothing(sangkien):
    done = sangkien("agencies", "import", UNITS, "--dry-run")

    assert done.returncode == 0, done.stderr
    assert done.stdout == "53 đơn vị: 0 mới, 0 thay đổi (chạy thử, chưa ghi)\n"


def test_mistakes_of_a_file_are_told_by_row_and_column(sangkien, tmp_path):
    file = tmp_path / "units.csv"
    file.write_text("unit_id,name,kind,staff\nSYT,Sở Y tế,SO_BAN_NGANH,nhiều\n")

    done = sangkien("agencies", "import", file)

    assert done.returncode == 1
    assert done.stdout == f"{file}:2:staff: “nhiều” không phải là số người.\n"


def test_successions_are_recorded_from_a_file(sangkien, tmp_path):
    file = tmp_path / "successions.csv"
    file.write_text(
        "predecessor_id,successor_id,on,kind,basis\nSLDTBXH,SNV,2025-03-01,MERGED,Quyết định mẫu\n"
    )

    assert sangkien("agencies", "succeed", file).stdout == "1 lần kế thừa đã ghi\n"
    assert sangkien("agencies", "succeed", file).stdout == "1 lần kế thừa đã ghi\n"


def test_coverage_is_told_as_of_a_day(sangkien, stage):
    before = sangkien("contest", "coverage", stage.cast.contest, "--as-of", "2022-06-29")
    then = sangkien("contest", "coverage", stage.cast.contest, "--as-of", "2022-08-31")

    assert before.returncode == then.returncode == 0, before.stderr + then.stderr
    assert "Đến 2022-06-29: 0/53 đơn vị có bài dự thi" in before.stdout
    assert "Đến 2022-08-31: 0/53" not in then.stdout
    assert "mục tiêu 100,00%" in then.stdout


def test_receipt_of_an_entry_is_genuine_offline(stack, stage, organiser, sangkien, tmp_path):
    entries = organiser.get(f"{stage.contest}/entries?state=ACCEPTED")
    path = f"{stack.addresses.http_url}/v1/entries/{entries[0]['entry_id']}/receipt"
    (tmp_path / "jwks.json").write_text(json.dumps(organiser.get("/v1/receipts/keys")))
    sign_in = {"Authorization": organiser.http.headers["Authorization"]}
    (tmp_path / "receipt.pdf").write_bytes(httpx.get(path, headers=sign_in, timeout=60).content)

    keys = ("--keys", tmp_path / "jwks.json")
    done = sangkien("receipt", "verify", tmp_path / "receipt.pdf", *keys)

    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[0] == f"Mã hồ sơ: {entries[0]['receipt_code']}"
    assert done.stdout.splitlines()[-1] == "HỢP LỆ"
