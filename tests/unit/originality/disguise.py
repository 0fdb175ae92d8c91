"""Ways to make a copied text look like another, and the texts to do it with."""

import random
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
CYRILLIC = str.maketrans("aeopcyxAEOPCTHKM", "аеорсухАЕОРСТНКМ")
PLACEMENTS = (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("ọa", "oạ"), ("úy", "uý"), ("ủy", "uỷ"))
OTHER_WORDS = ("bàn", "sông", "mây", "trồng", "giấc", "vườn", "tím", "lửa", "đàn", "chợt", "khuya")


def text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def paragraphs(name: str) -> list[str]:
    """Return the paragraphs a text consists of, without headings and form."""
    return [line for line in text(name).split("\n") if len(line.split()) > 40]


def without_marks(written: str) -> str:
    parts = unicodedata.normalize("NFD", written)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return bare.replace("đ", "d").replace("Đ", "D")


def decomposed(written: str) -> str:
    return unicodedata.normalize("NFD", written)


def with_look_alikes(written: str) -> str:
    return " ".join(
        word.translate(CYRILLIC) if number % 2 else word
        for number, word in enumerate(written.split(" "))
    )


def with_invisible(written: str) -> str:
    return re.sub(r"(\w)(\w)", "\\1\u200b\\2", written)


def with_tones_elsewhere(written: str) -> str:
    for new, old in PLACEMENTS:
        written = written.replace(new, old)
    return written


def in_full_width(written: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in written)


def in_capitals(written: str) -> str:
    return written.upper()


def with_other_words(written: str, part: float, seed: int = 1) -> str:
    """Change so many of the words: drop some, replace some, put some in."""
    dice = random.Random(seed)  # noqa: S311  # a test repeats itself
    said = []
    for word in written.split():
        chance = dice.random()
        if chance < part / 3:
            continue
        said.append(dice.choice(OTHER_WORDS) if chance < 2 * part / 3 else word)
        if 2 * part / 3 <= chance < part:
            said.append(dice.choice(OTHER_WORDS))
    return " ".join(said)


def with_a_tenth_changed(written: str) -> str:
    return with_other_words(written, 0.1)


def with_a_fifth_changed(written: str) -> str:
    return with_other_words(written, 0.2)


def with_sentences_shuffled(written: str) -> str:
    sentences = re.split(r"(?<=[.;:])\s+", written)
    random.Random(3).shuffle(sentences)  # noqa: S311
    return " ".join(sentences)


def as_it_is(written: str) -> str:
    return written


DISGUISES: tuple[Callable[[str], str], ...] = (
    as_it_is,
    without_marks,
    decomposed,
    with_look_alikes,
    with_invisible,
    with_tones_elsewhere,
    in_full_width,
    in_capitals,
    with_a_tenth_changed,
    with_a_fifth_changed,
    with_sentences_shuffled,
)
