"""Entries judged again: ordered by awards, seated by the office, marked by others."""

from decimal import Decimal

import pytest

from contracts import awards, review
from kernel.testing import Rejected, actor
from tests.service.review.conftest import ORGANISER, SECRETARY

JUDGES = ("n-1", "n-2")


@pytest.fixture
def closed(contest):
    """Close a blind round with two judges an entry; two persons have judged nothing."""
    contest.seat()
    contest.enter("e-1", "e-2")
    contest.open()
    contest.give_all({"e-1": 70, "e-2": 80})
    contest.close()
    for person in JUDGES:
        contest.register(person, "STP")
    return contest


def order(contest, *criteria):
    return contest.bench.hear(
        awards.RejudgingOrdered(
            contest_id="HG-2022",
            petition_id="q-1",
            entry_id="e-1",
            round_id="SO_KHAO",
            criteria=criteria,
            minutes="21/BB-BTC",
        )
    )


def seat(contest, *judges, by=ORGANISER):
    asked = review.SeatRejudging(petition_id="q-1", judge_ids=judges, decision="07/QĐ-BTC")
    contest.bench.ask(asked, actor=by)


def mark(contest, judge, **marks):
    given = {code: Decimal(points) for code, points in marks.items()}
    asked = review.RejudgeEntry(petition_id="q-1", marks=given, comment="Đúng tiêu chí.")
    contest.bench.ask(asked, actor=actor("judge", id=judge))


def lists(contest, by):
    asked = review.ListRejudgings(contest_id="HG-2022")
    return contest.bench.ask(asked, actor=by, reply=tuple[review.RejudgingView, ...])


def test_others_judge_again_what_is_in_question_and_the_new_line_is_told(closed):
    order(closed, "HIEU_QUA")
    before = closed.panels()["e-1"]
    with pytest.raises(Rejected, match="JudgedBefore"):
        seat(closed, before[0], "n-1")
    with pytest.raises(Rejected, match="InConflict"):
        seat(closed, "p-e-1", "n-1")
    with pytest.raises(Rejected, match="Forbidden"):
        seat(closed, *JUDGES, by=actor("judge", id="n-1"))
    seat(closed, *JUDGES)

    mark(closed, "n-1", HIEU_QUA=40)
    (own,) = lists(closed, actor("judge", id="n-2"))
    assert (own.code, own.criteria, own.sheets, own.barred) == (
        closed.code("e-1"), ("HIEU_QUA",), (), (),
    )  # fmt: skip
    assert "e-1" not in own.title
    mark(closed, "n-2", HIEU_QUA=38)

    (told,) = closed.said(review.EntryRejudged)
    assert told.line.criteria["HIEU_QUA"] == review.Average(total=Decimal(78), count=2)
    assert lists(closed, SECRETARY)[0].state == "CLOSED"
    assert len(lists(closed, SECRETARY)[0].sheets) == 2
    assert lists(closed, actor("judge", id="j-1")) == ()


def test_an_order_that_comes_before_the_round_is_closed_waits(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()

    assert order(contest) == "retry"
