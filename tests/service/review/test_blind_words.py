"""What judges of a blind round read of an entry: title and summary that a person has checked."""

import pytest

from contracts import intake

WAITING = ("Bản che tên đang được kiểm tra", "")


@pytest.fixture
def opened(contest):
    """One entry in an open round, on the desk of j-1."""
    contest.seat()
    contest.enter("e-1", unit_id="STC")
    contest.open()
    return contest


def blinded(stage, number: int, title: str, version: int = 1) -> None:
    stage.bench.hear(
        intake.EntryBlinded(
            contest_id="HG-2022",
            entry_id="e-1",
            version=version,
            number=number,
            title=title,
            summary=f"Tóm tắt {number}" if title else "",
        )
    )


def read(stage) -> tuple[str, str]:
    (line,) = stage.desk("j-1")
    return line.title, line.summary


def test_neither_title_nor_summary_is_shown_before_they_are_checked(opened):
    before = read(opened)
    blinded(opened, 1, "Sáng kiến của [đã che]")

    assert before == WAITING
    assert read(opened) == ("Sáng kiến của [đã che]", "Tóm tắt 1")


def test_what_is_taken_back_is_hidden_again_and_late_news_changes_nothing(opened):
    blinded(opened, 2, "")
    blinded(opened, 1, "Sáng kiến của Nguyễn Văn An")

    assert read(opened) == WAITING


def test_words_of_an_earlier_version_are_not_shown_for_a_later_one(opened):
    blinded(opened, 1, "Một cửa")
    opened.submit("e-1", version=2)
    opened.accept("e-1", version=2)

    assert read(opened) == WAITING
