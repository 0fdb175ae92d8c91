"""Words are found as people type them: without accents, in any order, begun."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.awards.domain.finding import bare_number, find, fold

TITLES = ("Cải cách thủ tục đất đai", "Đề án cải tiến cách làm", "Cai quản kho")
WORDS = ("cải", "cách", "thủ", "tục", "Đất", "đai", "một", "CỬA")
SYLLABLES = st.lists(st.sampled_from(WORDS), min_size=1)


def found(words):
    return find(TITLES, words, title=str, text=str)


@pytest.mark.parametrize(
    "words", ["cai cach", "CẢI CÁCH", "cách cải", normalize("NFD", "cải cách")]
)
def test_words_are_found_without_accents_and_in_any_order(words):
    assert TITLES[0] in found(words)


def test_what_has_the_words_as_typed_comes_first():
    assert found("cải cách") == [TITLES[0], TITLES[1]]
    assert found("cai") == [TITLES[2], TITLES[0], TITLES[1]]


def test_a_word_that_stands_nowhere_finds_nothing_and_none_finds_all():
    assert found("dat dai") == [TITLES[0]]
    assert found("lãnh hải") == []
    assert found("") == list(TITLES)


@given(SYLLABLES)
def test_every_text_is_found_by_its_own_words_however_they_are_composed(words):
    text = " ".join(words)

    for typed in (fold(text), normalize("NFD", text.upper())):
        assert find([text], typed, title=str, text=str) == [text]


@pytest.mark.parametrize("typed", ["5/QĐ-UBND", " 05 / qđ-ubnd", normalize("NFD", "05/QĐ-UBND")])
def test_a_number_is_the_same_however_it_is_typed(typed):
    assert bare_number(typed) == bare_number("05/QĐ-UBND")
