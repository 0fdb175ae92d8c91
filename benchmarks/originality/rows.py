"""Figures beside what they have to be, as the measurements print them. Start with `show`."""

from collections.abc import Iterable
from typing import NamedTuple

import click


class Row(NamedTuple):
    """A figure, what it has to be, and whether it is."""

    name: str
    figure: float
    gate: str = ""
    passed: bool = True


def least(name: str, figure: float, limit: float) -> Row:
    """Return a figure that has to be at least so much."""
    return Row(name, figure, f">= {limit:g}", figure >= limit)


def most(name: str, figure: float, limit: float) -> Row:
    """Return a figure that has to be at most so much."""
    return Row(name, figure, f"<= {limit:g}", figure <= limit)


def show(rows: Iterable[Row]) -> bool:
    """Print figures beside their gates; say whether all are passed."""
    passed = True
    for row in rows:
        said = ("passed" if row.passed else "MISSED") if row.gate else ""
        click.echo(f"{row.name:<52}{row.figure:>10.4f}  {row.gate:<9}{said}".rstrip())
        passed &= row.passed
    return passed
