"""Names of files are shown composed, and no name is a path or hides what it is."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.names import BadFileName, shown


def test_decomposed_name_is_shown_as_the_composed_one():
    assert (
        shown(normalize("NFD", "Thuyết\u00a0minh  sáng kiến.pdf")) == "Thuyết minh sáng kiến.pdf"
    )


def test_three_hundred_letters_are_shown_to_the_last():
    assert shown("ữ" * 300 + ".pdf") == "ữ" * 300 + ".pdf"


def test_marks_that_turn_the_writing_are_left_out():
    assert shown("hồ sơ\u202efdp.exe") == "hồ sơfdp.exe"


@pytest.mark.parametrize(
    "sent",
    ["", " \u00a0", "..", "a/b.pdf", "C:\\tệp.pdf", "a\0.pdf", "a\n.pdf", "a\u2028b", "x" * 1001],
)
def test_name_that_is_empty_a_path_or_hides_something_is_refused(sent):
    with pytest.raises(BadFileName):
        shown(sent)


@given(st.text(max_size=40))
def test_what_is_shown_is_composed_and_stays_as_it_is(sent):
    try:
        name = shown(sent)
    except BadFileName:
        return

    assert normalize("NFC", name) == name
    assert shown(name) == name
