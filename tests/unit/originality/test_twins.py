"""Initiatives told twice: the same text, or one that shares nearly all its fingerprints."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.originality.domain.twins import (
    ALIKE,
    Pair,
    Shared,
    Span,
    Told,
    find_twins,
    keeper,
    known_twin,
    likeness,
)
from tests.unit.originality.disguise import text, with_other_words
from tests.unit.originality.printing import prints_of

days = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))
spans = st.builds(Span, days, days)


def told(code: str, *prints: int, digest: str = "") -> Told:
    return Told(code, f"Sáng kiến {code}", digest or code, frozenset(prints))


def test_the_same_text_is_a_twin_however_short():
    found = find_twins([told("a", 1, digest="x"), told("b", 1, digest="x")])

    assert found == {1: Pair("a", "Sáng kiến a", Decimal(1), 0)}


def test_texts_that_share_most_fingerprints_are_twins():
    found = find_twins(
        [told("a", *range(10)), told("b", *range(1, 11)), told("c", 90, 91, 92, 93)]
    )

    assert found == {1: Pair("a", "Sáng kiến a", Decimal("0.8182"), 0)}


def test_texts_too_short_to_tell_are_twins_only_if_they_are_the_same():
    assert find_twins([told("a", 1, 2, 3), told("b", 1, 2, 3)]) == {}


def test_twin_names_the_one_it_repeats_most():
    found = find_twins([told("a", *range(12)), told("b", *range(9)), told("c", *range(10))])

    assert found[2] == Pair("b", "Sáng kiến b", Decimal("0.9000"), 1)


def test_initiative_of_the_register_under_the_same_code_is_no_twin():
    same = Shared("a", "Sáng kiến a", "x", 10, 10)

    assert known_twin(told("a", *range(10), digest="x"), [same]) is None
    assert known_twin(told("b", *range(10), digest="x"), [same]) == Pair(
        "a", "Sáng kiến a", Decimal(1)
    )


def test_half_of_a_text_is_no_twin():
    other = Shared("a", "Sáng kiến a", "x", 20, 10)

    assert known_twin(told("b", *range(10)), [other]) is None


@pytest.mark.parametrize("name", ["hen_gio", "kho_giay"])
def test_text_with_one_word_in_thirty_changed_is_a_twin(name):
    original, edited = prints_of(text(name)), prints_of(with_other_words(text(name), 1 / 30))

    assert likeness(len(original & edited), len(original), len(edited)) >= ALIKE


def test_other_text_is_no_twin():
    one, other = prints_of(text("hen_gio")), prints_of(text("kho_giay"))

    assert likeness(len(one & other), len(one), len(other)) < Decimal("0.1")


def test_twin_of_a_twin_becomes_part_of_the_first():
    pairs = {1: Pair("a", "", Decimal(1), 0), 2: Pair("b", "", Decimal(1), 1)}

    assert keeper(2, pairs) == 0


@given(st.lists(st.frozensets(st.integers(0, 12), max_size=12), max_size=8))
def test_twin_always_repeats_an_earlier_one(sets):
    tellings = [told(str(place), *prints) for place, prints in enumerate(sets)]

    found = find_twins(tellings)

    assert all(pair.place < place and pair.likeness >= ALIKE for place, pair in found.items())
    assert all(keeper(place, found) not in found for place in found)


@given(spans, spans, spans)
def test_spans_merge_in_any_order(one, two, three):
    assert one.merged(two) == two.merged(one)
    assert one.merged(two).merged(three) == one.merged(two.merged(three))
    assert one.merged(one) == one
