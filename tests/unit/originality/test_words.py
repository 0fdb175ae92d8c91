"""Words, their places in the original text and the keys that see through a disguise."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.originality.engine.letters import fold, is_disguised
from services.originality.engine.words import disguises, scan
from tests.unit.originality.disguise import text, with_invisible, with_look_alikes

vietnamese = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệớờởỡợ ,.\n\u200b-XQÔ")


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("Khoẻ", "khỏe"), ("ＵＢＮＤ", "ubnd"), ("хã", "xã")],
)
def test_two_writings_of_a_word_have_one_exact_key(one, other):
    assert fold(one) == fold(other)


def test_bare_key_has_no_marks():
    assert fold("Đường").bare == "duong"


@pytest.mark.parametrize(
    ("one", "other"), [("ma", "má"), ("tu", "tư"), ("da", "đa"), ("bà", "bá")]
)
def test_exact_key_keeps_what_marks_tell_apart(one, other):
    assert fold(one).exact != fold(other).exact
    assert fold(one).bare == fold(other).bare


def test_word_of_two_scripts_is_disguised():
    assert is_disguised("cải".replace("c", "с"))  # the second is Cyrillic
    assert not is_disguised("cải")
    assert not is_disguised("сад")


def test_invisible_characters_and_look_alikes_are_flagged():
    written = text("hen_gio")

    assert disguises(scan(written)) == ()
    assert disguises(scan(with_invisible(written))) == ("INVISIBLE_CHARACTERS",)
    assert disguises(scan(with_look_alikes(written))) == ("REPLACED_LETTERS",)


@given(st.text())
def test_offsets_cut_out_the_same_words_again(written):
    words = scan(written)

    again = [scan(written[s:e]) for s, e in zip(words.starts, words.ends, strict=True)]

    assert [word.bare for word in again] == [[bare] for bare in words.bare]


@given(st.text())
def test_offsets_rise_and_never_overlap(written):
    words = scan(written)

    places = [place for pair in zip(words.starts, words.ends, strict=True) for place in pair]
    assert places == sorted(places)
    assert all(start < end for start, end in zip(words.starts, words.ends, strict=True))


@given(vietnamese | st.text())
def test_composed_and_decomposed_text_have_the_same_words(written):
    composed = scan(unicodedata.normalize("NFC", written))
    decomposed = scan(unicodedata.normalize("NFD", written))

    assert composed.bare == decomposed.bare
    assert composed.exact == decomposed.exact
