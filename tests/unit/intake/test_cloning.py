"""Next year's rules file from last year's."""

from pathlib import Path

import pytest

from services.intake.rules import check
from services.intake.rules.changes import changes
from services.intake.rules.cloning import NotSound, clone

FILES = sorted(Path("contests").glob("*.yaml"))
SOURCE = Path("contests/hau-giang-2022.yaml").read_text()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_clone_of_a_shipped_file_is_sound(file):
    text = clone(file.read_text(), 2030, "MOI-2030")

    assert check(text).mistakes == ()


def test_days_keep_their_day_and_month_and_nothing_else_changes():
    then, now = check(SOURCE).rules, check(clone(SOURCE, 2023, "HG-CCHC-2023")).rules

    told = {change.path: change.sentence for change in changes(then, now)}

    assert set(told) == {
        "id", "title", "basis.Kế hoạch 125/KH-UBND.issued_on", "intake.opens", "intake.closes",
        "novelty.cutoff", "defaults",
        *(f"holidays.{holiday.day}" for holiday in then.holidays),
    }  # fmt: skip
    assert told["intake.closes"].endswith("24:00 15/08/2022 → 24:00 15/08/2023.")
    assert now.title == then.title.replace("2022", "2023")


def test_what_was_moved_is_listed_and_marked_as_doubtful():
    text = clone(SOURCE, 2023, "HG-CCHC-2023")

    added = set(check(text).rules.defaults) - set(check(SOURCE).rules.defaults)
    assert added == {"title", "basis.0.issued_on", "intake.opens", "intake.closes"}
    for line in text.splitlines():
        if "2023-0" in line and not line.startswith("#"):
            assert line.endswith("# [D] chuyển từ năm 2022, chờ xác nhận")


def test_comments_stay():
    text = clone(SOURCE, 2023, "HG-CCHC-2023")

    kept = [line for line in SOURCE.splitlines() if line.startswith("#")]
    assert [line for line in text.splitlines() if line.startswith("#")] == kept


def test_the_last_day_of_february_is_there_every_year():
    source = SOURCE.replace("cutoff: 2022-06-30", "cutoff: 2024-02-29")

    assert check(clone(source, 2023, "A-2023")).rules.novelty.cutoff.isoformat() == "2025-02-28"


def test_a_file_with_mistakes_is_not_cloned():
    with pytest.raises(NotSound):
        clone(SOURCE.replace("max_authors: 5", "max_authors: 0"), 2023, "A-2023")
