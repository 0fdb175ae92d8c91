"""Traces of who made an entry, found in its text: names, addresses, numbers.

`find` is where to start; `folding` makes spellings comparable, `spellings` says in which ways a
name may be written, `patterns` what looks like somebody's number or address whoever they are.
"""

from services.intake.domain.traces.finding import Found, find
from services.intake.domain.traces.identity import Identity, Kind, Named, Unit
from services.intake.domain.traces.treating import MARK, treat

__all__ = ["MARK", "Found", "Identity", "Kind", "Named", "Unit", "find", "treat"]
