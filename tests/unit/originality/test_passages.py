"""Where passages begin and end, how literal and how sure they are."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.originality.engine.alignment import Text, align
from services.originality.engine.comparison import Comparison, Source, compare, prepare
from services.originality.engine.kernels import runs
from services.originality.engine.passages import SharedPassage
from services.originality.engine.significance import THRESHOLDS, Tier, Weight, weigh
from services.originality.engine.triples import SOUGHT_STEP, STEP
from services.originality.engine.windows import Anchored, in_both, windows
from services.originality.engine.words import scan
from tests.unit.originality.disguise import (
    paragraphs,
    text,
    with_other_words,
    without_marks,
)

SOURCE = text("hen_gio")
PASSAGE = paragraphs("hen_gio")[2]
OWN = "\n\n".join(paragraphs("kho_giay")[:3])
ENGLISH = (
    "Residents pick a quarter of an hour on the booking page of their ward. Each window takes "
    "eight files, so that nobody has to wait in the corridor, and the clerk calls people by the "
    "number that was sent to their telephone together with a list of the papers they need."
)
few_words = st.lists(st.sampled_from(["a", "b", "c"]), max_size=12)
sentences = st.lists(
    st.lists(st.sampled_from(SOURCE.split()[:80]), min_size=1, max_size=15).map(" ".join),
    max_size=12,
).map(". ".join)


def open_text(written: str) -> Text:
    words = scan(written)
    return Text(words, np.zeros(len(words), np.bool_))


def passages(suspect: str, source: str = SOURCE) -> tuple[SharedPassage, ...]:
    compared = compare(Comparison(suspect, (Source(1, source),)))
    return tuple(passage for shared in compared.sources for passage in shared.passages)


def kinds(suspect: str, source: str = SOURCE) -> list[tuple[str, str]]:
    return [(passage.closeness, passage.tier) for passage in passages(suspect, source)]


def test_copied_words_are_verbatim():
    assert kinds(f"{OWN}\n\n{PASSAGE}") == [("VERBATIM", "STRONG")]


def test_words_without_their_marks_are_edited():
    assert kinds(f"{OWN}\n\n{without_marks(PASSAGE)}") == [("EDITED", "STRONG")]


def test_every_third_word_changed_is_reworded():
    copied = with_other_words(" ".join(paragraphs("hen_gio")), 0.4)

    assert {kind for kind, _ in kinds(f"{OWN}\n\n{copied}")} == {"REWORDED"}


def test_other_languages_are_compared_as_well():
    assert kinds(f"{OWN}\n\n{ENGLISH}", ENGLISH) == [("VERBATIM", "STRONG")]


def test_a_stock_phrase_proves_nothing():
    common = "Ủy ban nhân dân tỉnh ban hành quyết định có hiệu lực kể từ ngày ký."

    assert passages(f"{OWN}\n\n{common}", f"{SOURCE}\n\n{common}") == ()


def test_no_source_hides_another():
    both = (Source(1, SOURCE), Source(2, SOURCE))

    compared = compare(Comparison(f"{OWN}\n\n{PASSAGE}", both))

    assert [shared.key for shared in compared.sources] == [1, 2]
    assert compared.sources[0].passages == compared.sources[1].passages
    assert compared.matched == compared.sources[0].matched == compared.sources[0].strong


def test_long_texts_are_aligned_around_what_they_share():
    filling = " ".join(f"Việc thứ {n} không liên quan đến việc {n + 1}." for n in range(400))
    here, there = open_text(f"{filling}\n\n{PASSAGE}"), open_text(f"{OWN}\n\n{SOURCE}\n\n{OWN}")

    places = windows(
        Anchored.of(here, SOUGHT_STEP), Anchored.of(there, STEP), in_both(here, there)
    )

    assert places is not None
    assert places[0].mean() < 0.2
    assert align(here, there, places) == align(here, there)


def test_short_texts_are_aligned_as_a_whole():
    here = open_text(PASSAGE)

    assert (
        windows(Anchored.of(here, SOUGHT_STEP), Anchored.of(here, STEP), in_both(here, here))
        is None
    )


@settings(deadline=None, max_examples=50)
@given(sentences, sentences)
def test_passages_lie_within_both_texts_and_never_overlap_here(one, other):
    here, there = open_text(one), open_text(other)

    found = align(here, there)

    assert all(0 <= p.first < p.last <= len(here.words) for p in found)
    assert all(0 <= p.source_first < p.source_last <= len(there.words) for p in found)
    assert all(p.last <= q.first for p, q in pairwise(found))


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 3), st.integers(0, 3))
def test_a_copy_is_seen_from_either_side(copied, place):
    parts = paragraphs("hen_gio")[:copied]
    host = paragraphs("kho_giay")
    here = open_text("\n\n".join([*host[:place], *parts, *host[place:]]))
    there = open_text("\n\n".join(parts))

    one = [(p.first, p.last, p.source_first, p.source_last) for p in align(here, there)]
    back = [(p.source_first, p.source_last, p.first, p.last) for p in align(there, here)]

    assert len(one) == len(back) == 1
    assert np.abs(np.subtract(one, back)).max() <= 6


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 400), st.integers(1, 400))
def test_words_left_out_are_never_counted(first, length):
    suspect = f"{OWN}\n\n{PASSAGE}"
    words = scan(suspect)
    first %= len(words) - 4
    phrase = words.written(first, min(len(words), first + length + 4))

    compared = compare(Comparison(suspect, (Source(1, SOURCE),), (phrase,)))

    left_out = prepare(suspect, (phrase,)).masked
    assert compared.excluded == left_out.sum()
    for passage in (passage for shared in compared.sources for passage in shared.passages):
        inside = words.at(passage.start, passage.end)
        assert passage.words == (~left_out[inside]).sum()


@settings(deadline=None)
@given(few_words, few_words)
def test_runs_are_the_longest_there_are(one, other):
    here, there = scan(" ".join(one)).bare, scan(" ".join(other)).bare

    found = {tuple(run) for run in runs.runs(here, there, 2, 2).tolist()}

    assert found == {
        (i, j, length)
        for i in range(len(one))
        for j in range(len(other))
        if not (i and j and one[i - 1] == other[j - 1])
        and (length := int(runs.reach(here, there, i, j))) >= 2
    }


def test_the_same_words_again_weigh_no_more():
    once = scan(PASSAGE).bare

    assert weigh(np.tile(once, 3), once).words == weigh(once, once).words


@pytest.mark.parametrize(
    ("pairs", "words", "tier"),
    [
        (THRESHOLDS.strong, Weight(0, 0), Tier.STRONG),
        (THRESHOLDS.probable, Weight(0, 0), Tier.PROBABLE),
        (Weight(0, 0), THRESHOLDS.strong_words, Tier.STRONG),
        (Weight(0, 0), THRESHOLDS.probable_words, Tier.PROBABLE),
        (Weight(1000, 0.39), Weight(1000, 0.74), Tier.CHANCE),
        (Weight(59, 1), Weight(59, 1), Tier.CHANCE),
    ],
)
def test_tier_is_the_higher_of_pairs_and_words(pairs, words, tier):
    significance = weigh(scan("").bare, scan("").bare)._replace(pairs=pairs, words=words)

    assert significance.tier() is tier
