"""Vietnamese words and names in their order."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.collation import ALPHABET, name_key, sort_key

words = st.text(alphabet="aAăÂbdĐđeêôơuưyàảãáạằẩẫấệ 09-/z", max_size=8)


@pytest.mark.parametrize(
    "in_order",
    [
        "An Anh Ành Ảnh Ãnh Ánh Ạnh Ăn Ân Bảo Dũng Đặng",
        "hoa hòa hỏa hõa hóa họa Hoài",
        "Dương Đào Êm",
        "ma mà mả mã má mạ",
        "lan Lan làn Làn",
        "sang sáng sângx",
    ],
)
def test_words_stand_as_in_the_dictionary(in_order):
    listed = in_order.split()

    assert sorted(set(listed), key=sort_key) == listed


def test_letters_stand_as_in_the_alphabet():
    assert "".join(sorted(set(ALPHABET), key=sort_key)) == ALPHABET


def test_people_stand_by_given_name_then_family_then_middle():
    people = ["Trần Văn An", "Nguyễn Minh Ánh", "Lê Thị Trí", "Nguyễn Minh Trí", "Nguyễn Văn Trí"]

    assert sorted(set(people), key=name_key) == people


def test_name_of_one_word_is_a_name():
    assert sorted(["Y Blim", "K'Ánh", "H'Hen Niê", ""], key=name_key) == [
        "", "Y Blim", "K'Ánh", "H'Hen Niê",
    ]  # fmt: skip


@given(words, words, words)
def test_order_is_total(one, other, third):
    a, b, c = sort_key(one), sort_key(other), sort_key(third)

    assert (a == b) == (normalize("NFC", one) == normalize("NFC", other))
    assert (a < b) + (b < a) + (a == b) == 1
    assert not (a <= b <= c) or a <= c


@given(st.text(max_size=20))
def test_spelling_in_code_points_does_not_matter(text):
    assert sort_key(normalize("NFC", text)) == sort_key(normalize("NFD", text))


@given(words)
def test_tones_never_outweigh_letters(word):
    assert sort_key(word + "a") < sort_key(word + "ă") < sort_key(word + "â")
    assert sort_key(word + "ạ") < sort_key(word + "ă")
