"""`make bench-originality`: measure what the check finds, print it beside its gates, write JSON.

Status 1 if a gate is missed. The data is not part of the repository; see `benchmarks/data.py`.
"""

import json
import operator
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import click

from benchmarks.data import ROOT
from benchmarks.originality import pan, vietnamese

PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "pan": pan.measure,
    "vietnamese": vietnamese.measure,
}
DETECTED = {
    **dict.fromkeys(
        ("none", "no diacritics", "tone placement", "NFD", "homoglyphs", "zero-width"), 0.99
    ),
    **{"shuffled sentences": 0.99, "OCR": 0.97, "synonyms": 0.97, "10 % edits": 0.97},
    **{"20 % edits": 0.90, "shuffled words": 0.60},
}


class Gate(NamedTuple):
    """A figure and what it has to be."""

    name: str
    figure: float
    least: float | None = None
    most: float | None = None

    @property
    def is_passed(self) -> bool:
        """Say whether the figure is good enough."""
        if self.least is not None:
            return self.figure >= self.least
        return self.most is None or self.figure <= self.most

    def line(self) -> str:
        """Return the gate as a row of the table."""
        limit = f">= {self.least:g}" if self.least is not None else f"<= {self.most:g}"
        limit = "" if self.least is None and self.most is None else limit
        said = "" if not limit else "passed" if self.is_passed else "MISSED"
        return f"{self.name:<44}{self.figure:>10.4f}  {limit:<10}{said}".rstrip()
