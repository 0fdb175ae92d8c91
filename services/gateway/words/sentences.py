"""The catalogues of sentences, and the language that a request is answered in."""

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TypeVar

from babel.messages.pofile import read_po

Code = TypeVar("Code", bound=str)
LANGUAGES = VIETNAMESE, ENGLISH = "vi", "en"
LANGUAGE: ContextVar[str] = ContextVar("language", default=VIETNAMESE)  # of this request
LOCALE = Path(__file__).parents[1] / "locale"


class Names(Mapping[Code, str]):
    """Names by code, written in Vietnamese and read in the language of the request.

    Their English is in `locale/en`.
    """

    def __init__(self, names: Mapping[Code, str]) -> None:
        self.names = names

    def __getitem__(self, code: Code) -> str:
        return translated(self.names[code])

    def __iter__(self) -> Iterator[Code]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return every sentence of a language by its English, from all files of its folder."""
    paths = sorted((LOCALE / language).glob("*.po"))
    return dict(pair for path in paths for pair in messages_of(path))


def messages_of(path: Path) -> list[tuple[str, str]]:
    """Return the sentences of a catalogue that are translated, each with its translation."""
    with path.open("rb") as file:
        found = read_po(file, abort_invalid=True)
    return [(str(each.id), str(each.string)) for each in found if each.id and each.string]


def translated(sentence: str) -> str:
    """Return the sentence in the language of the request, or as it came."""
    return catalogue(LANGUAGE.get()).get(sentence, sentence)
