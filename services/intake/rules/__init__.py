"""Rules files: read, checked and hashed. Start with `check`.

The hash is SHA-256 over the file itself, not over its meaning: its text in Unicode NFC, with
line ends as LF, without a byte order mark, in UTF-8. Whoever has the file can recompute it.
"""

from dataclasses import dataclass
from hashlib import sha256
from unicodedata import normalize

from contracts.intake import RuleMistake
from contracts.rules import Rules
from services.intake.rules.sense import contradictions
from services.intake.rules.shape import read_sections
from services.intake.rules.tree import Mapping, Mistake, Unreadable, locate, name_path, read_tree

__all__ = ["Checked", "canonical", "check"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a rules file says: its mistakes or, if there are none, its rules and their hash."""

    source: str
    mistakes: tuple[RuleMistake, ...]
    rules: Rules | None = None
    sha256: str | None = None


def check(source: str) -> Checked:
    """Find every mistake in the text of a rules file; read it if there is none."""
    text = canonical(source)
    try:
        tree = read_tree(text)
    except Unreadable as broken:
        return Checked(text, broken.mistakes)
    sections, mistakes = read_sections(tree)
    mistakes += contradictions(sections, tree)
    if mistakes:
        return Checked(text, tuple(sorted(_placed(tree, mistakes), key=_where)))
    return Checked(text, (), Rules(**sections), sha256(text.encode()).hexdigest())


def canonical(source: str) -> str:
    """Return the text that is hashed: NFC, line ends LF, no byte order mark."""
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return normalize("NFC", lines)


def _placed(tree: Mapping, mistakes: list[Mistake]) -> list[RuleMistake]:
    placed = []
    for mistake in mistakes:
        spot = mistake.spot or locate(tree, mistake.path)
        path = name_path(tree, mistake.path)
        placed.append(
            RuleMistake(line=spot.line, column=spot.column, path=path, sentence=mistake.sentence)
        )
    return placed


def _where(mistake: RuleMistake) -> tuple[int, int, str]:
    return mistake.line, mistake.column, mistake.sentence
