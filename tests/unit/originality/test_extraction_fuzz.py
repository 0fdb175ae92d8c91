"""Damaged documents of every kind end with an answer; the benchmark tries many more."""

import pytest

from benchmarks.originality.fuzz import files, fuzz, samples

FILES = 300


@pytest.mark.slow
def test_every_damaged_document_is_answered_and_the_reader_stays():
    outcomes, _, lost = fuzz(FILES, seed=11)

    assert (outcomes.total(), lost) == (FILES, 0)
    assert {kind for kind, _ in outcomes} == {*samples()}
    assert {"read", "DAMAGED"} <= {how for _, how in outcomes}


def test_same_seed_makes_the_same_changes():
    given = {"text": samples()["text"], "rtf": samples()["rtf"]}

    assert list(files(40, 5, given)) == list(files(40, 5, given))
    assert list(files(40, 5, given)) != list(files(40, 6, given))
