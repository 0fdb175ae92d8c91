"""What a passage is called, which source comes first, and on which page it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.originality.domain.passages import Kind, Tier, earliest, kind, others, tier
from services.originality.store import KeptText
from services.originality.store import Kind as Source

DAY = date(2022, 7, 1)
FIRST_INSTANT = datetime(2022, 6, 30, 17, tzinfo=UTC)  # of that day in Vietnam
UNPAGED = KeptText(Source.ENTRY, "e-1", title="", body="")
places = st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda p: (p[0], p[0] + p[1]))


@pytest.mark.parametrize(
    ("exact", "shared", "words", "called"),
    [
        (100, 100, 100, Kind.VERBATIM),
        (97, 97, 100, Kind.VERBATIM),
        (96, 96, 100, Kind.EDITED),
        (0, 100, 100, Kind.EDITED),  # copied without its marks
        (60, 60, 100, Kind.EDITED),
        (59, 59, 100, Kind.REWORDED),
    ],
)
def test_passage_is_named_by_how_much_of_it_is_the_same(exact, shared, words, called):
    assert kind(exact, shared, words) is called


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 500))
def test_more_of_the_same_never_makes_a_passage_less_verbatim(words, first, second):
    order = [Kind.REWORDED, Kind.EDITED, Kind.VERBATIM]
    fewer, more = sorted((min(first, words), min(second, words)))

    assert order.index(kind(fewer, fewer, words)) <= order.index(kind(more, more, words))


@pytest.mark.parametrize(
    ("words", "source_words", "sure"),
    [
        (100, 5000, Tier.STRONG),
        (99, 5000, Tier.PROBABLE),
        (40, 80, Tier.STRONG),
        (39, 39, Tier.PROBABLE),
    ],
)
def test_passage_that_somebody_would_look_at_for_itself_is_strong(words, source_words, sure):
    assert tier(words, source_words) is sure


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
