"""Receipt codes (mã biên nhận): unit, local day, number within the day.

The form is that of one-stop dossier codes, `<unit>-<yyMMdd>-<NNNN>`, so that one-stop systems
can read them.
"""

import re
from datetime import date

from kernel.errors import Refused

READABLE = re.compile(
    r"(?:\d{3}(?:\.\d{2}){2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.[A-Z0-9]{2,3})*)-\d{6}-\d{4,}", re.ASCII
)

# What a format is made of; nothing that could look into a value or write a million digits.
FORMAT = re.compile(r"(?:[^{}]|\{(?:unit|yyMMdd|seq(?::0?[1-9]?d)?)\})*", re.ASCII)


class UnreadableCode(Refused):
    """A receipt code must look like H30-220815-0001."""


class CodeTaken(Refused):
    """Another entry has this dossier code."""


def check_readable(written: str) -> None:
    """Raise `UnreadableCode` unless a one-stop system could have given out this code."""
    if not READABLE.fullmatch(written):
        raise UnreadableCode(
            "“{code}” is no receipt code; it must look like H30-220815-0001.", code=written
        )


def code(code_format: str, unit: str, day: date, number: int) -> str:
    """Write the code of the `number`th receipt of a unit on a local day.

    Raises `UnreadableCode` when a one-stop system could not read the outcome.
    """
    written = code_format
    if FORMAT.fullmatch(code_format):
        written = code_format.format(unit=unit, yyMMdd=f"{day:%y%m%d}", seq=number)
    check_readable(written)
    return written


def example(code_format: str, unit: str) -> str:
    """Write a code as it would look, to try a format out; equal numbers must not be hidden."""
    first = code(code_format, unit, date(2022, 8, 15), 1)
    other_number = code(code_format, unit, date(2022, 8, 15), 2)
    other_day = code(code_format, unit, date(2022, 8, 16), 1)
    if len({first, other_number, other_day}) < 3:
        raise UnreadableCode(
            "“{code}” is no receipt code; it must look like H30-220815-0001.", code=code_format
        )
    return first
