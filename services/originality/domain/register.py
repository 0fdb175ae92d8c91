"""What may enter the register of known initiatives."""

import re
from collections import Counter
from collections.abc import Iterable

from kernel.errors import NotFound, Refused

NAME = re.compile(r"[\w.-]{1,60}")


class InitiativeEmpty(Refused):
    """An initiative of the register has no text to compare with."""


class CodeRepeated(Refused):
    """Two initiatives of one register have the same code."""


class UnknownInitiative(NotFound):
    """There is no such initiative in this register."""


class BadRegisterName(Refused):
    """A register is named by 1 to 60 letters, digits, dots or dashes."""


def check_register(name: str) -> None:
    """Raise unless this can be the name of a register."""
    if not NAME.fullmatch(name):
        raise BadRegisterName


def check_initiatives(texts: Iterable[tuple[str, str]]) -> None:
    """Raise unless every code occurs once and every initiative has a text."""
    seen: Counter[str] = Counter()
    for code, text in texts:
        seen[code] += 1
        if seen[code] > 1:
            raise CodeRepeated("Code {code} occurs twice in this import.", code=code)
        if not text.strip():
            raise InitiativeEmpty("Initiative {code} has no text to compare with.", code=code)
