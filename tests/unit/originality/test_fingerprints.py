"""What the index keeps of a text finds every copy that is long enough, and nothing masked."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from services.originality.engine.fingerprints import SHINGLE, WINDOW, fingerprints, placed
from services.originality.engine.kernels import shingles
from services.originality.engine.triples import SOUGHT_STEP, STEP, both, triples
from services.originality.engine.words import Words, scan
from tests.unit.originality.disguise import paragraphs, text, without_marks

SURE = SHINGLE + WINDOW - 1  # words in a row that always share a fingerprint

words_of_few = st.lists(st.sampled_from(["một", "hai", "ba", "bốn", "năm"]), max_size=30)
words_of_many = st.lists(st.integers(0, 10**6).map(str), max_size=30)
shared_run = st.lists(st.integers(0, 10**6).map(str), min_size=SURE, max_size=SURE)


def open_to(words: Words) -> np.ndarray:
    return np.zeros(len(words), np.bool_)


def prints(written: str) -> set[int]:
    words = scan(written)
    return set(fingerprints(words, open_to(words)).tolist())


def triples_of(written: str) -> set[int]:
    words = scan(written)
    return set(triples(words, open_to(words), step=1).tolist())


@settings(deadline=None)
@given(words_of_few, words_of_many, shared_run | words_of_few.filter(lambda w: len(w) >= SURE))
def test_any_twelve_words_in_a_row_share_a_fingerprint(before, after, run):
    one = " ".join([*before, *run])
    other = " ".join([*run, *after])

    assert prints(one) & prints(other)


@settings(deadline=None)
@given(words_of_few, st.integers(0, 29), st.integers(1, 30))
def test_no_fingerprint_has_a_masked_word(said, first, length):
    words = scan(" ".join(said))
    masked = open_to(words)
    masked[first : first + length] = True

    _, places = placed(words, masked)

    assert not any(masked[place : place + SHINGLE].any() for place in places)


def test_fingerprints_do_not_depend_on_marks():
    assert prints(text("hen_gio")) == prints(without_marks(text("hen_gio")))


def test_numbers_are_the_same_on_every_machine():
    (number,) = prints("người dân nộp hồ sơ")  # the index holds millions made by other machines

    assert number == 16020084107248272400


def test_a_sixth_of_the_shingles_are_kept():
    numbers = np.random.default_rng(1).integers(1, 1 << 63, 20_000).astype(np.uint64)
    kept = np.empty(len(numbers) + 1, np.int32)

    share = shingles.winnow(numbers, WINDOW, kept) / len(numbers)

    assert abs(share - 2 / (WINDOW + 1)) < 0.01


def test_triples_outlive_another_order_of_the_words():
    written = " ".join(paragraphs("hen_gio"))
    words = written.split()
    swapped = " ".join(
        word for first in range(0, len(words), 4) for word in words[first : first + 4][::-1]
    )

    kept, still = triples_of(written), triples_of(swapped)

    assert len(kept & still) > len(kept) / 3
    assert len(prints(written) & prints(swapped)) < len(prints(written)) / 50


def test_triples_of_other_texts_are_others():
    one, other = triples_of(text("hen_gio")), triples_of(text("kho_giay"))

    assert len(one & other) < len(one) / 50


@settings(deadline=None)
@given(st.integers(0, 120), st.sets(st.integers(0, 119)))
def test_both_kinds_of_triples_are_those_found_one_by_one(count, left_out):
    words = scan(" ".join(text("hen_gio").split()[:count]))
    masked = open_to(words)
    masked[[place for place in left_out if place < len(words)]] = True

    found, sought = both(words, masked)

    assert found.tolist() == triples(words, masked, STEP).tolist()
    assert sought.tolist() == triples(words, masked, SOUGHT_STEP).tolist()
