"""The words of notices, as they ship and as offices changed them: start with `layered`.

What ships is `templates/<language>/<code>.txt` and `short.json`. An office lays its own over it,
for all its contests or for one. A version names the words: what ships by its digest, what an
office wrote by its number.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, Protocol

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import json

Language = Literal["vi", "en"]

FOLDER = Path(__file__).parent.parent / "templates"
TEMPLATES = FOLDER / "vi"
LANGUAGES: tuple[Language, ...] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one kind of notice. The first line of `text` is the subject.

    `short` is for messages of few letters; `form_id` the form that Zalo approved, empty if none.
    """

    code: str
    language: Language
    version: str
    text: str
    short: str
    form_id: str = ""


class Changed(Protocol):
    """What an office changed. Empty fields leave what is below them."""

    @property
    def contest_id(self) -> str:
        """Return the contest it is for; empty: all of the office's."""
        ...

    @property
    def number(self) -> int:
        """Return its number, from 1."""
        ...

    @property
    def text(self) -> str:
        """Return the words."""
        ...

    @property
    def short(self) -> str:
        """Return the short message."""
        ...

    @property
    def form_id(self) -> str:
        """Return the id of the form Zalo approved."""
        ...


def environment_of(language: Language) -> ImmutableSandboxedEnvironment:
    """Return where templates of a language are filled: no reaching out, nothing left open."""
    return ENVIRONMENTS[language]


@lru_cache(1000)
def template_of(language: Language, text: str) -> Template:
    """Return words ready to be filled; compiling them takes longer than filling them.

    Raises `jinja2.TemplateSyntaxError`.
    """
    return environment_of(language).from_string(text)


def make_environment(language: Language) -> ImmutableSandboxedEnvironment:
    """Make the sandbox of a language."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER / language),
        undefined=StrictUndefined,
        autoescape=False,  # plain text: there is no markup to escape into
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # what ships does not change under a process
    )


ENVIRONMENTS = {language: make_environment(language) for language in LANGUAGES}


@cache
def shipped(code: str, language: Language) -> Words:
    """Return the words a kind of notice ships with. Raises `FileNotFoundError` for no kind."""
    text = (FOLDER / language / f"{code}.txt").read_text()
    signature = (FOLDER / language / "signature.txt").read_text()
    short = shorts(language).get(code) or shorts(language)["any"]
    digest = hashlib.sha256(f"{text}\0{signature}\0{short}".encode()).hexdigest()
    return Words(code, language, f"{language}-{digest[:12]}", text, short)


@cache
def shorts(language: Language) -> dict[str, str]:
    """Return the short words by code; `any` is for all others."""
    return json.decode((FOLDER / language / "short.json").read_bytes(), type=dict[str, str])


def layered(code: str, language: Language, changes: Iterable[Changed]) -> Words:
    """Lay an office's words over what ships; `changes` are the contest's own, then the office's.

    The version names every layer that says something, the uppermost first.
    """
    base = shipped(code, language)
    layers = list(changes)
    said = [one for one in layers if one.text or one.short or one.form_id]
    names = [f"{one.contest_id or 'all'}.{one.number}" for one in said]
    return Words(
        code,
        language,
        "+".join((*names, base.version)),
        next((one.text for one in layers if one.text), base.text),
        next((one.short for one in layers if one.short), base.short),
        next((one.form_id for one in layers if one.form_id), ""),
    )
