"""Words, their places in the original text and the numbers that see through a disguise."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.originality.engine.words import Words, disguises, scan
from tests.unit.originality.disguise import text, with_invisible, with_look_alikes

vietnamese = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệớờởỡợ ,.\n\u200b-XQÔ")


def bare(written: str) -> list[int]:
    return scan(written).bare.tolist()


def exact(written: str) -> list[int]:
    return scan(written).exact.tolist()


def cut(words: Words) -> list[str]:
    return [words.written(n, n + 1) for n in range(len(words))]


def sentences(written: str) -> list[str]:
    """Return the first words of the sentences."""
    words = scan(written)
    return [word for word, begins in zip(cut(words), words.sentences, strict=True) if begins]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("Khoẻ", "khỏe"),
        ("ＵＢＮＤ", "ubnd"),
        ("хã", "xã"),
        ("Ðồng", "Đồng"),  # the Icelandic letter, from old keyboards
        ("ﬁle", "file"),
        ("𝐓𝐨𝐚́n", "toán"),
        ("ⓐⓑ", "ab"),
        ("x\u00ad\ufe0fã", "xã"),
        ("٣٤", "34"),
        ("STRASSE", "straße"),
    ],
)
def test_two_writings_of_a_word_have_one_number(one, other):
    assert exact(one) == exact(other)
    assert bare(one) == bare(other)


def test_bare_number_has_no_marks():
    assert bare("Đường") == bare("duong")


@pytest.mark.parametrize(
    ("one", "other"), [("ma", "má"), ("tu", "tư"), ("da", "đa"), ("bà", "bá"), ("ấm", "ắm")]
)
def test_exact_number_keeps_what_marks_tell_apart(one, other):
    assert exact(one) != exact(other)
    assert bare(one) == bare(other)


def test_ideographs_beyond_the_first_planes_are_letters_and_tags_are_nothing():
    assert cut(scan("\U00020000\U00020001 a\U000e0041b \U000f0000")) == [
        "\U00020000\U00020001",
        "a\U000e0041b",
    ]
    assert bare("a\U000e0041b") == bare("ab")


def test_stem_is_shared_by_the_forms_of_a_word():
    plant, plants, planted, plan = scan("plant plants planted plan").stems

    assert plant == plants == planted != plan


def test_sentence_begins_after_a_full_stop_or_a_line():
    written = "Một việc. Hai việc! 3.5 triệu. Ba\nBốn\nnăm việc\n\nsáu việc. A. Smith v.v bảy"

    assert sentences(written) == ["Một", "Hai", "3", "Ba", "Bốn", "sáu", "A"]


def test_invisible_characters_and_look_alikes_are_flagged():
    written = text("hen_gio")

    assert disguises(scan(written)) == ()
    assert disguises(scan(with_invisible(written))) == ("INVISIBLE_CHARACTERS",)
    assert disguises(scan(with_look_alikes(written))) == ("REPLACED_LETTERS",)


def test_word_of_another_script_is_no_disguise():
    assert scan("сад сало море").mixed_scripts == 0
    assert scan("cải cách".replace("c", "с")).mixed_scripts == 2  # the second is Cyrillic


@given(st.text())
def test_offsets_cut_out_the_same_words_again(written):
    words = scan(written)

    assert [bare(word) for word in cut(words)] == [[number] for number in words.bare.tolist()]


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

    assert composed.bare.tolist() == decomposed.bare.tolist()
    assert composed.exact.tolist() == decomposed.exact.tolist()
    assert composed.sentences.tolist() == decomposed.sentences.tolist()


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_words_at_offsets_are_those_that_begin_there(written, start, end):
    words = scan(written)

    begin_there = [n for n, place in enumerate(words.starts) if start <= place < end]
    assert list(range(len(words)))[words.at(start, end)] == begin_there
