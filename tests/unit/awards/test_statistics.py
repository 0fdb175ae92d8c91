"""Entries are counted once, whatever they are grouped by."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from services.awards.domain.statistics import DIMENSIONS, Count, Counted, count, tally

STATES = ("SUBMITTED", "ACCEPTED", "REFUSED", "WITHDRAWN", "DISQUALIFIED")
places = st.dictionaries(st.sampled_from(DIMENSIONS), st.sampled_from(("", "a", "b", "c")))
entries = st.lists(
    st.builds(
        Counted,
        st.sampled_from([f"e-{number}" for number in range(8)]),
        st.sampled_from(STATES),
        places,
        st.none() | st.sampled_from(("NHAT", "NHI")),
    ),
    max_size=20,
)


def summed(counts):
    prizes = Counter()
    for each in counts:
        prizes.update(each.prizes)
    names = ("received", "accepted", "refused", "withdrawn", "disqualified")
    return {name: sum(getattr(each, name) for each in counts) for name in names}, dict(prizes)


@given(entries)
def test_counts_add_up_whatever_the_grouping(found):
    newest = list({one.entry_id: one for one in found}.values())
    total = summed([count(newest)])

    for by in DIMENSIONS:
        assert summed(tally(found, by).values()) == total


@given(entries)
def test_an_entry_is_counted_once_however_often_it_is_told(found):
    assert count(found + found) == count(found)
    assert count(found).received == len({one.entry_id for one in found})


def test_entries_are_counted_by_area():
    found = (
        Counted("e-1", "ACCEPTED", {"AREA": "TTHC"}, "NHAT"),
        Counted("e-2", "ACCEPTED", {"AREA": "TTHC"}),
        Counted("e-3", "REFUSED", {}),
    )

    assert tally(found, "AREA") == {
        "": Count(received=1, refused=1),
        "TTHC": Count(received=2, accepted=2, prizes={"NHAT": 1}),
    }
    assert tally(found, "AREA")["TTHC"].awarded == 1
