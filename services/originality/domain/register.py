"""What may enter the register of known initiatives."""

from collections import Counter
from collections.abc import Iterable

from kernel.errors import Refused


class InitiativeEmpty(Refused):
    """An initiative of the register has no text to compare with."""


class CodeRepeated(Refused):
    """Two initiatives of one register have the same code."""


def check_initiatives(texts: Iterable[tuple[str, str]]) -> None:
    """Raise unless every code occurs once and every initiative has a text."""
    seen: Counter[str] = Counter()
    for code, text in texts:
        seen[code] += 1
        if seen[code] > 1:
            raise CodeRepeated("Code {code} occurs twice in this import.", code=code)
        if not text.strip():
            raise InitiativeEmpty("Initiative {code} has no text to compare with.", code=code)
