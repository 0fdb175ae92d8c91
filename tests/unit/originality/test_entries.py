"""Who was first: the instant a text was handed in, through supplements in any order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from services.originality.domain import Entry, Standing

MORNING = datetime(2022, 8, 1, 1, tzinfo=UTC)
FIRST = Entry("e-1", "HG-2022", "Hẹn giờ", 1, MORNING, "text-a")
DAY = timedelta(days=1)


def supplement(version: int, digest: str) -> Entry:
    return replace(FIRST, version=version, digest=digest, filed_at=MORNING + (version - 1) * DAY)


def test_supplement_with_the_same_text_keeps_its_place():
    assert FIRST.take(supplement(2, "text-a")) == replace(FIRST, version=2)


def test_supplement_with_another_text_is_filed_when_it_came():
    assert FIRST.take(supplement(2, "text-b")) == supplement(2, "text-b")


def test_version_heard_late_says_nothing_new():
    assert supplement(2, "text-b").take(FIRST) is None


def test_version_heard_late_gives_the_same_text_its_earlier_place():
    assert supplement(2, "text-a").take(FIRST) == replace(FIRST, version=2)


def test_entry_that_is_out_takes_nothing():
    assert FIRST.leave(Standing.WITHDRAWN).take(supplement(2, "text-b")) is None


def test_withdrawn_entry_stays_withdrawn():
    withdrawn = FIRST.leave(Standing.WITHDRAWN)

    assert withdrawn.leave(Standing.DISQUALIFIED) == withdrawn


@given(st.sampled_from([("a",), ("a", "a"), ("a", "b"), ("a", "a", "b"), ("a", "b", "b")]))
def test_order_of_hearing_does_not_change_who_was_first(digests):
    versions = [supplement(number, digest) for number, digest in enumerate(digests, start=1)]
    ends = set()

    for order in permutations(versions):
        entry = order[0]
        for heard in order[1:]:
            entry = entry.take(heard) or entry
        ends.add(entry)

    assert len(ends) == 1
