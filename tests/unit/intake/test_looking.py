"""Words and counts as the desk looks for them."""

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.looking import ACCENTED, BARE, plain, words_of
from services.intake.domain.tallies import tally

LETTERS = st.text(st.sampled_from(ACCENTED + "abcABC 12"), max_size=20)


@given(LETTERS)
def test_the_database_takes_accents_away_as_python_does(text):
    assert len(ACCENTED) == len(BARE)
    assert text.translate(str.maketrans(ACCENTED, BARE)).lower() == plain(text)


@given(LETTERS)
def test_words_are_the_same_composed_or_not(text):
    assert words_of(normalize("NFD", text)) == words_of(text)


def test_nothing_in_a_word_is_a_pattern():
    assert words_of("50% a_b") == (r"%50\%%", r"%a\_b%")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9))))
def test_counts_add_up_in_either_order(groups):
    found = tally(groups)

    assert sum(count for _, count in found.ordered("cba")) == sum(count for _, count in groups)
    assert dict(found.most_first()) == dict(found.counts)
    assert [one for one, _ in found.ordered("cba")] == list("cba")
