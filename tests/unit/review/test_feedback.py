"""Which words of the sheets authors are given."""

from dataclasses import replace as changed

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from services.review.domain.feedback import Words, told
from tests.unit.review.builders import FIRST

CODES = [one.code for one in FIRST.rubric]
NAMES = [one.name for one in FIRST.rubric]
SHEETS = [
    Words("Rõ ràng.", {CODES[0]: "Mới.", CODES[1]: " "}),
    Words("Cần làm rõ chi phí.", {CODES[0]: "Mới."}),
]
ON_CRITERIA, ON_THE_WHOLE = (NAMES[0], ("Mới.",)), ("", ("Cần làm rõ chi phí.", "Rõ ràng."))


@pytest.mark.parametrize(
    ("wish", "lines"),
    [
        ("none", ()),
        ("criteria", (ON_CRITERIA,)),
        ("whole", (ON_THE_WHOLE,)),
        ("all", (ON_CRITERIA, ON_THE_WHOLE)),
    ],
)
def test_the_rules_say_which_words_are_given(wish, lines):
    assert told(replace(FIRST, feedback=wish), SHEETS) == lines


@given(sheets=st.lists(st.builds(Words, st.text(max_size=9), st.just({}))), chance=st.randoms())
def test_no_order_tells_whose_words_are_whose(sheets, chance):
    rules = replace(FIRST, feedback="all")
    mixed = [changed(one) for one in sheets]
    chance.shuffle(mixed)

    assert told(rules, mixed) == told(rules, sheets)
