"""Vietnamese documents with copied and disguised passages, and the truth about each.

Made of news articles that do not repeat each other: eight bound together are a source, ten a
document. The same seed makes the same documents.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks import data
from benchmarks.originality.disguising import DISGUISES
from benchmarks.originality.plagdet import Passage

ARTICLES = (8, 10)  # of a source, of a document
LENGTHS = (40, 300)  # words of a passage
PASSAGES = 5  # of a document


@dataclass(frozen=True)
class Planted:
    """A passage in a document: where, from where, how disguised."""

    place: Passage
    disguise: str


@dataclass(frozen=True)
class Document:
    """A text, and the passages put into it; a clean one has none."""

    name: str
    text: str
    planted: tuple[Planted, ...]


@dataclass(frozen=True)
class Corpus:
    """Sources by their places in the list, documents with passages, and documents without."""

    sources: tuple[str, ...]
    copied: tuple[Document, ...]
    clean: tuple[Document, ...]


def generate(seed: int, sources: int, copied: int, clean: int) -> Corpus:
    """Make so many sources and documents."""
    dice = random.Random(seed)  # noqa: S311  # a measurement repeats itself
    articles = [
        f"{each['title']}\n{each['abstract']}\n{each['body']}" for each in data.records(data.NEWS)
    ]
    dice.shuffle(articles)
    bound, hosts = ARTICLES
    texts = [
        "\n".join(articles[first : first + bound]) for first in range(0, len(articles), bound)
    ]
    kept = tuple(texts[:sources])
    rest = articles[sources * bound :]
    if len(rest) < hosts * 2:
        raise ValueError(f"{sources} sources leave no articles for documents")
    vocabulary = " ".join(rest[:100]).split()
    documents = []
    for number in range(copied + clean):
        parts = dice.sample(rest, hosts)
        name = f"document-{number}"
        disguises = _chosen(dice) if number < copied else []
        documents.append(_planted(name, parts, kept, (disguises, dice, vocabulary)))
    return Corpus(kept, tuple(documents[:copied]), tuple(documents[copied:]))


def _chosen(dice: random.Random) -> list[str]:
    """Choose the disguises of one document's passages, all different."""
    return dice.sample(sorted(DISGUISES), PASSAGES)


def _planted(
    name: str,
    parts: list[str],
    sources: Sequence[str],
    how: tuple[list[str], random.Random, Sequence[str]],
) -> Document:
    """Put a passage after each of the first articles."""
    disguises, dice, vocabulary = how
    text, planted = "", []
    for number, part in enumerate(parts):
        text += f"{part}\n"
        if number < len(disguises):
            key = dice.randrange(len(sources))
            start, end = _cut(sources[key], dice)
            disguise = disguises[number]
            copied = DISGUISES[disguise](sources[key][start:end], dice, vocabulary)
            place = Passage(name, len(text), len(copied), str(key), start, end - start)
            planted.append(Planted(place, disguise))
            text += f"{copied}\n"
    return Document(name, text, tuple(planted))


def _cut(source: str, dice: random.Random) -> tuple[int, int]:
    """Choose so many words in a row."""
    words = source.split(" ")
    size = min(dice.randint(*LENGTHS), len(words))
    first = dice.randrange(len(words) - size + 1)
    start = sum(len(word) + 1 for word in words[:first])
    return start, start + len(" ".join(words[first : first + size]))
