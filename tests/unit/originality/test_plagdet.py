"""The measures of PAN, on cases small enough to reckon by hand."""

from math import log2

import pytest

from benchmarks.originality.plagdet import Passage, Score, found, meets, read, score

CASE = Passage("a", 100, 100, "s", 500, 100)


def shifted(by: int, length: int = 100) -> Passage:
    return Passage("a", 100 + by, length, "s", 500 + by, length)


def test_detection_of_the_case_itself_is_perfect():
    assert score([CASE], [CASE]) == Score(1.0, 1.0, 1.0, 1.0)


def test_nothing_found_where_nothing_is_is_perfect():
    assert score([], []) == Score(1.0, 1.0, 1.0, 1.0)


def test_detection_where_nothing_is_is_worth_nothing():
    assert score([], [CASE]).plagdet == 0.0
    assert score([CASE], []).plagdet == 0.0


def test_half_of_a_case_has_half_its_recall():
    half = score([CASE], [shifted(0, 50)])

    assert half == Score(2 / 3, 0.5, 1.0, 1.0)


def test_cases_count_alike_whatever_their_length():
    long = Passage("a", 1000, 900, "s", 1000, 900)

    assert score([CASE, long], [long]) == Score(2 / 3, 0.5, 1.0, 1.0)


def test_case_in_two_pieces_is_punished_by_granularity():
    in_two = score([CASE], [shifted(0, 50), shifted(50, 50)])

    assert in_two == Score(1 / log2(3), 1.0, 1.0, 2.0)


def test_pieces_that_overlap_count_their_characters_once():
    assert found(CASE, [shifted(0, 60), shifted(40, 60)]) == 1.0


def test_right_text_with_the_wrong_place_in_the_source_is_not_found():
    elsewhere = CASE._replace(source_offset=900)

    assert not meets(CASE, elsewhere)
    assert score([CASE], [elsewhere]).recall == 0.0


@pytest.mark.parametrize("other", [CASE._replace(source="t"), CASE._replace(text="b")])
def test_another_pair_is_another_matter(other):
    assert not meets(CASE, other)


def test_annotations_are_read_and_pairs_without_any_have_none():
    annotated = (
        '<document reference="a"><feature name="plagiarism" obfuscation="none" '
        'this_offset="100" this_length="100" source_reference="s" source_offset="500" '
        'source_length="100" /><feature name="about" /></document>'
    )

    assert read(annotated) == [CASE]
    assert read('<document reference="a" />') == []
