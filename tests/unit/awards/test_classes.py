"""Classes compete among themselves, each for its own prizes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from contracts.rules import EntryClass
from services.awards.domain.classes import NoClass, draw
from services.awards.domain.prizes import Council, Drawn, Line, Tied
from services.awards.domain.ranking import rank
from tests.unit.awards.builders import PRIZES, a_candidate, some_rules

CLASSES = (
    EntryClass(code="CA_NHAN", name="Bảng cá nhân", kinds=("INDIVIDUAL",)),
    EntryClass(code="TAP_THE", name="Bảng tập thể", kinds=("COLLECTIVE",)),
)


def two_classes():
    """Give each class one first and one second prize."""
    prizes = tuple(
        structs.replace(prize, code=f"{prize.code}_{one.code}", entry_class=one.code)
        for one in CLASSES
        for prize in PRIZES[:2]
    )
    rules = some_rules()
    entrants = structs.replace(rules.entrants, classes=CLASSES)
    return structs.replace(rules, entrants=entrants, prizes=prizes)


def test_each_class_has_its_own_first_prize():
    candidates = tuple(
        a_candidate(name, mark, mark) for name, mark in (("a", 95), ("b", 93), ("c", 90))
    )
    kinds = {"a": "INDIVIDUAL", "b": "INDIVIDUAL", "c": "COLLECTIVE"}

    _, outcome = draw(candidates, two_classes(), Council(), kinds)

    assert outcome == Drawn(
        (
            Line("a", "NHAT_CA_NHAN", Decimal("95.00"), 1),
            Line("b", "NHI_CA_NHAN", Decimal("93.00"), 2),
            Line("c", "NHAT_TAP_THE", Decimal("90.00"), 1),
        )
    )


def test_equals_of_different_classes_are_no_tie():
    candidates = (a_candidate("a", 90, 90), a_candidate("b", 90, 90))

    _, outcome = draw(candidates, two_classes(), Council(), {"a": "INDIVIDUAL", "b": "COLLECTIVE"})

    assert isinstance(outcome, Drawn)


def test_a_tie_in_one_class_keeps_the_whole_list_from_being_drawn():
    candidates = (a_candidate("a", 90, 90), a_candidate("b", 90, 90), a_candidate("c", 95, 95))
    kinds = {"a": "INDIVIDUAL", "b": "INDIVIDUAL", "c": "COLLECTIVE"}

    _, outcome = draw(candidates, two_classes(), Council(), kinds)

    assert outcome == Tied((("a", "b"),))


def test_an_entry_of_no_class_is_refused():
    with pytest.raises(NoClass, match="takes \\? entries"):
        draw((a_candidate("a", 90, 90),), two_classes(), Council(), {})


marks = st.lists(st.integers(60, 100), unique=True, min_size=1, max_size=12)


@given(marks=marks, data=st.data())
def test_nobody_is_passed_over_within_a_class(marks, data):
    candidates = tuple(a_candidate(f"e-{mark}", mark, mark) for mark in marks)
    kinds = {
        one.entry_id: data.draw(st.sampled_from(["INDIVIDUAL", "COLLECTIVE"]))
        for one in candidates
    }
    rules = two_classes()

    places, outcome = draw(candidates, rules, Council(), kinds)

    given_to = {line.entry_id for line in outcome.lines}
    for one in CLASSES:
        own = [place for place in places if kinds[place.entry_id] in one.kinds]
        best = [place.entry_id for place in sorted(own, key=lambda place: place.rank)]
        winners = [entry for entry in best if entry in given_to]
        assert winners == best[: len(winners)]
        assert len(winners) <= 2


@given(marks=marks)
def test_without_classes_nothing_is_different(marks):
    candidates = tuple(a_candidate(f"e-{mark}", mark, mark) for mark in marks)

    places, _ = draw(candidates, some_rules(), Council(), {})

    assert places == rank(candidates, some_rules())
