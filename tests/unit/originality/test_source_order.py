"""Which source of a passage comes first, and on which page it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.originality.domain.passages import earliest, others
from services.originality.store import KeptText, Kind

DAY = date(2022, 7, 1)
FIRST_INSTANT = datetime(2022, 6, 30, 17, tzinfo=UTC)  # of that day in Vietnam
UNPAGED = KeptText(Kind.ENTRY, "e-1", title="", body="")
places = st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda p: (p[0], p[0] + p[1]))


def test_sources_come_in_the_order_in_which_they_were_there():
    sources = [
        (None, None),
        (FIRST_INSTANT + timedelta(seconds=1), None),
        (None, DAY),
        (FIRST_INSTANT - timedelta(seconds=1), None),
    ]

    row = sorted(sources, key=lambda source: earliest(*source))

    assert row == [sources[3], sources[2], sources[1], sources[0]]


@given(places, st.dictionaries(st.sampled_from("abc"), st.lists(places, max_size=3)))
def test_other_sources_of_a_passage_are_those_with_a_letter_of_it(place, sources):
    named = others(place, sources)

    letters = set(range(*place))
    assert named == tuple(
        name for name, found in sources.items() if any(letters & set(range(*one)) for one in found)
    )


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.integers(0, 300))
def test_page_is_the_last_one_that_begins_before(lengths, offset):
    starts = [sum(lengths[:number]) for number in range(len(lengths))]

    page = replace(UNPAGED, pages=tuple(starts)).page(offset)

    assert page is not None
    assert starts[page - 1] <= offset
    assert page == len(starts) or offset < starts[page]


def test_page_is_unknown_where_pages_are():
    assert UNPAGED.page(7) is None
