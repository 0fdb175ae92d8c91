"""The register from the command line and by event, on the contest just played."""

import time
from datetime import date

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.stack]

HEADINGS = "Mã,Tên sáng kiến,Tóm tắt,Đơn vị,Phạm vi\n"
SUMMARY = "Sổ theo dõi vướng mắc của người dân được treo ở cửa từng phòng làm việc."


def test_folder_is_tried_imported_listed_and_taken_from(sangkien, tmp_path):
    (tmp_path / "vuong-mac.txt").write_text(SUMMARY)
    (tmp_path / "danh-muc.csv").write_text(
        "Mã,Tên,Đơn vị,Phạm vi,Tệp\nHT-01,Sổ vướng mắc,Sở Tư pháp,Đơn vị,vuong-mac.txt\n"
    )
    command = ("originality", "register")

    tried = sangkien(*command, "import", tmp_path, "--register", "HT", "--dry-run")
    done = sangkien(*command, "import", tmp_path, "--register", "HT")
    listed = sangkien(*command, "list", "--register", "HT")
    removed = sangkien(*command, "remove", "HT-01", "--register", "HT")

    assert tried.stdout == "1 sáng kiến: 1 mới, 0 thay đổi, 0 gộp (chạy thử, chưa ghi)\n"
    assert done.stdout == "1 sáng kiến: 1 mới, 0 thay đổi, 0 gộp (đã ghi)\n"
    assert listed.stdout == "HT\tHT-01\tUNIT\t-\tSở Tư pháp\tSổ vướng mắc\t-\n"
    assert removed.stdout == "HT-01 đã ra khỏi danh mục HT\n"
    assert sangkien(*command, "list", "--register", "HT").stdout == ""


def test_mistakes_of_a_register_are_told_by_row_and_column(sangkien, tmp_path):
    file = tmp_path / "danh-muc.csv"
    file.write_text(f"{HEADINGS}HT-02,Sổ vướng mắc,{SUMMARY},Sở Tư pháp,Toàn cầu\n")

    done = sangkien("originality", "register", "import", file)

    assert done.returncode == 1
    assert done.stdout.startswith(
        f"{file}:2:E: “Toàn cầu” không có trong danh mục; hãy chọn một trong: Đơn vị;"
    )


def test_twins_are_told_and_wait_for_a_choice(sangkien, tmp_path):
    file = tmp_path / "danh-muc.csv"
    file.write_text(
        f"{HEADINGS}HT-03,Sổ vướng mắc,{SUMMARY},Sở Tư pháp,Đơn vị\n"
        f"HT-04,Sổ vướng mắc,{SUMMARY},Sở Y tế,Đơn vị\n"
    )

    done = sangkien("originality", "register", "import", file, "--register", "HT")

    assert done.returncode == 1
    assert done.stdout == (
        f"{file}:3: HT-04 trùng 100% với HT-03 (dòng 2): Sổ vướng mắc\n"
        "2 sáng kiến: 2 mới, 0 thay đổi, 0 gộp"
        " (chưa ghi: có sáng kiến trùng nhau, chọn --twins merge hoặc --twins keep)\n"
    )


def test_winner_that_is_adopted_becomes_known_through_the_broker(organiser, stage):
    winner = organiser.get(f"{stage.contest}/prizes")["lines"][0]
    adopted = {
        "adopted_on": date(2022, 7, 1).isoformat(),  # others have moved the clock about
        "adopted_at": "UBND huyện mẫu",
        "reach": "UNIT",
        "basis": "Quyết định mẫu",
    }

    organiser.post(f"{stage.contest}/entries/{winner['entry_id']}/adoption", adopted)

    deadline = time.monotonic() + 60
    known: list[dict[str, str]] = []
    while not known and time.monotonic() < deadline:
        known = organiser.get("/v1/initiatives?register=AP_DUNG")
    assert [(one["code"], one["title"], one["entry_id"]) for one in known] == [
        (winner["entry_id"], winner["title"], winner["entry_id"])
    ]
