"""Copied passages are found in every disguise; texts of their own share nothing."""

import random
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.originality.engine.comparison import Comparison, Source, compare, prepare
from services.originality.engine.fingerprints import fingerprints
from services.originality.engine.words import scan
from tests.unit.originality.disguise import DISGUISES, paragraphs, text

SOURCE = text("hen_gio")
PASSAGE = paragraphs("hen_gio")[2]
HOST = paragraphs("kho_giay")
SPOKEN = {word.strip(".,;:") for word in (SOURCE + text("dan_luat")).split()}
WORDS = sorted(word for word in SPOKEN if len(scan(word)))  # a dash is none


def planted(passage: str) -> str:
    return "\n\n".join([HOST[0], HOST[1], passage, HOST[2]])


def found(suspect: str, source: str = SOURCE) -> tuple[str, ...]:
    """Return the passages of the suspect that stand in the source."""
    compared = compare(Comparison(suspect, (Source(1, source),)))
    return tuple(
        suspect[passage.start : passage.end]
        for shared in compared.sources
        for passage in shared.passages
    )


def prints(written: str) -> set[int]:
    ready = prepare(written)
    return set(fingerprints(ready.words, ready.masked).tolist())


@pytest.mark.parametrize("disguise", DISGUISES, ids=lambda disguise: disguise.__name__)
def test_copied_passage_is_found_in_disguise(disguise):
    copied = disguise(PASSAGE)

    passages = found(planted(copied))

    assert sum(len(passage) for passage in passages) > 0.85 * len(copied)
    assert all(passage in copied for passage in passages)


@pytest.mark.parametrize("disguise", DISGUISES, ids=lambda disguise: disguise.__name__)
def test_copied_passage_keeps_fingerprints_in_disguise(disguise):
    assert len(prints(planted(disguise(PASSAGE))) & prints(SOURCE)) >= 2


def test_passage_names_the_same_text_in_its_source():
    suspect = planted(PASSAGE)

    (shared,) = compare(Comparison(suspect, (Source(7, SOURCE),))).sources
    (passage,) = shared.passages

    assert (shared.key, shared.matched) == (7, len(prepare(PASSAGE).words))
    assert suspect[passage.start : passage.end] == PASSAGE.rstrip(".")
    assert SOURCE[passage.source_start : passage.source_end] == PASSAGE.rstrip(".")
    assert passage.exact == passage.words


def test_changed_words_show_in_the_exact_count():
    suspect = planted(PASSAGE.replace("hẹn", "hèn"))

    ((passage,),) = (
        s.passages for s in compare(Comparison(suspect, (Source(1, SOURCE),))).sources
    )

    assert 0.9 * passage.words < passage.exact < passage.words


def test_texts_of_their_own_share_nothing():
    assert found(text("kho_giay")) == ()
    assert found(text("dan_luat")) == ()


def test_law_both_quote_is_not_shared():
    compared = compare(Comparison(text("dan_luat_khac"), (Source(1, text("dan_luat")),)))

    assert (compared.matched, compared.sources) == (0, ())
    assert compared.excluded > 130


def test_words_from_two_sources_count_once():
    both = (Source(1, SOURCE), Source(2, f"{PASSAGE}\n\n{HOST[3]}"))

    compared = compare(Comparison(planted(PASSAGE), both))

    assert [shared.matched for shared in compared.sources] == [len(prepare(PASSAGE).words)] * 2
    assert compared.matched == len(prepare(PASSAGE).words)


def test_source_that_shares_most_comes_first():
    sources = (Source(1, " ".join(PASSAGE.split()[:60])), Source(2, PASSAGE))

    assert [s.key for s in compare(Comparison(planted(PASSAGE), sources)).sources] == [2, 1]


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(40, 120), st.integers(0, 3))
def test_forty_words_in_a_row_are_always_found(seed, length, place):
    dice = random.Random(seed)  # noqa: S311  # repeatable
    passage = " ".join(dice.sample(WORDS, k=length))
    suspect = "\n\n".join([*HOST[:place], passage, *HOST[place:]])
    source = f"{PASSAGE}\n\n{passage}\n\n{PASSAGE}"
    assume(not prepare(passage).masked.any())  # words thrown together may read as a cited law

    covered = sum(len(part.split()) for part in found(suspect, source))

    assert len(prints(suspect) & prints(source)) >= 2
    assert covered >= 40


@given(
    st.lists(st.sampled_from(WORDS), max_size=60), st.lists(st.sampled_from(WORDS), max_size=60)
)
def test_comparison_never_counts_more_than_there_is(here, there):
    compared = compare(Comparison(" ".join(here), (Source(1, " ".join(there)),)))

    assert 0 <= compared.matched <= compared.words - compared.excluded
    for shared in compared.sources:
        assert compared.matched >= shared.matched >= sum(p.exact for p in shared.passages[:1])


def test_text_that_says_the_same_for_ever_delays_nobody():
    endless = "giải pháp " * 15_000  # compared word by word with itself: 45 s

    began = time.process_time()
    shared = compare(Comparison(endless, (Source(1, endless),))).sources

    assert time.process_time() - began < 15
    assert shared == ()  # nothing in it is rare enough to have been copied
