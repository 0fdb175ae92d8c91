"""Entries that tell the same idea: found in both directions, and gone with the entry."""

from random import Random

import pytest

from contracts import originality
from tests.service.originality.conftest import ORGANISER, Contest
from tests.unit.originality.disguise import text

OWN, OTHER = text("hen_gio"), text("kho_giay")


def in_another_order(written: str) -> str:
    """Return the same words with no two of them side by side as before."""
    words = written.split()
    Random(7).shuffle(words)  # noqa: S311  # a test repeats itself
    return " ".join(words)


RETOLD = in_another_order(OWN)


def ideas(contest: Contest, entry_id: str) -> list[str]:
    return [one.source_id for one in contest.report(entry_id).ideas]


@pytest.fixture
def told_twice(contest: Contest) -> Contest:
    contest.submit("e-1", OWN)
    contest.submit("e-2", RETOLD)
    assert contest.report("e-2").matches == ()
    assert ideas(contest, "e-2") == ["e-1"]
    return contest


def test_idea_of_an_entry_that_was_taken_back_is_listed_no_more(told_twice: Contest):
    told_twice.withdraw("e-1")
    told_twice.bench.tick("renew_reports")

    assert ideas(told_twice, "e-2") == []


def test_idea_of_an_initiative_that_was_taken_out_is_listed_no_more(contest: Contest):
    contest.know("SK-1", OWN)
    contest.submit("e-2", RETOLD)
    before = ideas(contest, "e-2")
    asked = originality.RemoveInitiative(register="TINH", code="SK-1")

    contest.bench.ask(asked, actor=ORGANISER)
    contest.bench.tick("renew_reports")

    assert (before, ideas(contest, "e-2")) == (["SK-1"], [])


def test_idea_of_an_earlier_entry_heard_late_is_listed(contest: Contest):
    contest.submit("e-2", RETOLD)
    contest.submit("e-3", OTHER)
    before = ideas(contest, "e-2")

    contest.submit("e-1", OWN)
    contest.bench.tick("renew_reports")

    assert (before, ideas(contest, "e-2")) == ([], ["e-1"])
    assert [entry_id for entry_id, *_ in contest.told] == ["e-2", "e-3", "e-1", "e-2"]


def test_ruled_report_keeps_what_was_ruled_on(told_twice: Contest):
    told_twice.submit("e-3", OWN)
    told_twice.rule("e-3", "DUPLICATE")
    before = told_twice.report("e-3")
    assert "e-2" in ideas(told_twice, "e-3")

    told_twice.withdraw("e-2")
    told_twice.bench.tick("renew_reports")

    assert told_twice.report("e-3") == before
