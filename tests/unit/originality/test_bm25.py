"""Ideas are found by the words that recur, whatever the spelling."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.originality.ideas.bm25 import Corpus, Index, idf, own_score, saturated
from services.originality.ideas.terms import Terms, joined, keys, terms
from tests.unit.originality.disguise import text, without_marks

SYLLABLES = ["hồ", "sơ", "đất", "đai", "bưu", "điện", "một", "cửa", "hẹn", "giờ"]
texts = st.lists(st.sampled_from(SYLLABLES), max_size=12).map(" ".join)


def equal(first: Terms, second: Terms) -> bool:
    return all(np.array_equal(*pair) for pair in zip(first, second, strict=True))


def test_terms_are_syllables_and_neighbours_with_their_counts():
    first, second = keys("một cửa").bare

    found = terms("Một cửa, một cửa")

    pairs = joined(np.array([first, second]), np.array([second, first]))
    wanted = {int(first): 2, int(second): 2, int(pairs[0]): 2, int(pairs[1]): 1}
    assert dict(zip(found.hashes.tolist(), found.counts.tolist(), strict=True)) == wanted


def test_terms_are_the_same_without_marks():
    assert equal(terms(text("hen_gio")), terms(without_marks(text("hen_gio"))))


def test_a_term_met_very_often_still_counts_255_times():
    assert terms("một " * 1000).counts.tolist() == [255, 255]


def test_a_text_without_words_has_no_terms_and_finds_nothing():
    assert terms("– … –").hashes.size == 0
    assert Index({7: terms("một cửa")}).search(terms("…"), 5) == []
    assert Index({}).search(terms("một cửa"), 5) == []


def test_the_order_of_two_words_counts():
    one, two = keys("hồ sơ").bare

    assert joined(np.array([one]), np.array([two])) != joined(np.array([two]), np.array([one]))


def test_rare_words_weigh_more_than_common_ones():
    weights = idf(Corpus(100, 10.0), np.array([1, 50, 100]))

    assert weights[0] > weights[1] > weights[2] > 0


def test_a_shared_rare_word_beats_a_shared_common_one():
    index = Index({1: terms("hẹn giờ đất"), 2: terms("hẹn giờ một"), 3: terms("hẹn giờ hồ")})

    assert [found.text_id for found in index.search(terms("giờ hẹn đất"), 3)] == [1, 2, 3]


@given(st.lists(texts, min_size=1, max_size=8), texts)
def test_scores_are_those_of_the_definition(written, asked):
    wanted = terms(asked)
    index = Index(dict(enumerate(map(terms, written))))

    found = {text_id: score for text_id, score, _ in index.search(wanted, 100)}

    for number, counted in enumerate(map(terms, written)):
        shared, mine, _ = np.intersect1d(counted.hashes, wanted.hashes, return_indices=True)
        spread = [sum(h in terms(other).hashes for other in written) for h in shared]
        length = float(counted.counts.sum())
        worth = saturated(index.corpus, counted.counts[mine], length)
        score = float((idf(index.corpus, np.array(spread, np.int64)) * worth).sum())
        assert np.isclose(found.get(number, 0.0), score)


@given(st.lists(texts, max_size=8), texts.filter(bool))
def test_a_text_finds_itself_with_all_its_score(written, asked):
    index = Index(dict(enumerate(map(terms, [asked, *written]))))

    mine = [found for found in index.search(terms(asked), 100) if found.text_id == 0]

    weights = idf(
        index.corpus,
        np.array(
            [sum(h in terms(t).hashes for t in [asked, *written]) for h in terms(asked).hashes]
        ),
    )
    assert np.isclose(mine[0].score, own_score(index.corpus, terms(asked), weights))
    assert np.isclose(mine[0].share, 1.0)


@given(st.lists(texts, max_size=8), texts, st.integers(1, 5))
def test_the_best_come_first_and_no_more_than_asked_for(written, asked, limit):
    found = Index(dict(enumerate(map(terms, written)))).search(terms(asked), limit)

    assert len(found) <= limit
    assert found == sorted(found, key=lambda text: (-text.score, text.text_id))
    assert all(0 < text.share <= 1 for text in found)
