"""Why a message did not go is one of our own sentences, or what somebody else said."""

import ast
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.reasons import Reason, read

NOTIFY = Path(__file__).parents[3] / "services/notify"
# What ends as the reason of a delivery: its outcomes, and the errors whose text becomes one.
SAYING = {
    *("TurnedAway", "Down", "Unsendable", "NoDocument", "BadSetup", "BadKey"),
    *("TooLong", "NoMobile", "FormRefused", "refusing"),
}
CODES = st.text("abcXYZ019-_:/ ", min_size=1, max_size=20)


def slots(reason):
    return [name for _, name, _, _ in Formatter().parse(reason.value) if name]


@given(st.sampled_from(Reason), st.data())
def test_a_reason_is_found_again_with_what_was_filled_in(reason, data):
    params = {name: data.draw(CODES) for name in slots(reason)}

    said = reason.say(**params)

    found = read(said)
    assert found is not None
    assert (found[0], found[0].say(**found[1])) == (reason, said)


@pytest.mark.parametrize("text", ["", "Đã báo qua điện thoại.", "Zalo refused with 7. Call them"])
def test_what_is_no_reason_of_ours_is_left_as_it_is(text):
    assert read(text) is None


def test_every_reason_is_written_down_in_one_place():
    stray = []
    for path in sorted(NOTIFY.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name), args=args) if (
                    name in SAYING
                ):
                    literal = (ast.JoinedStr, ast.Constant)
                    stray += [ast.unparse(one) for one in args if isinstance(one, literal)]

    assert stray == []
