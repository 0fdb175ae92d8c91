"""A report made again from the index as it was then, and what of it comes out otherwise."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from contracts.message import Query
from contracts.originality.report import SourceKind

# The same in every figure and passage; otherwise somewhere; or it cannot be made again.
Outcome = Literal["SAME", "DIFFERENT", "IMPOSSIBLE"]

# What keeps a report from being made again: it is older than what is kept of each; the entry's
# text is gone, or another by now.
Obstacle = Literal["NOT_KEPT", "TEXT_GONE", "TEXT_CHANGED"]

# What is otherwise than it was then, whether the report shows it or not: the program's figures and
# tables; the contest's rules (made again by those of then); how many texts there are to compare
# with; a source that has gone, or has another text by now.
Change = Literal["PROGRAM", "RULES", "SOURCES", "SOURCE_GONE", "SOURCE_CHANGED"]

# What of the report comes out otherwise. `MATCH_*` and `IDEA_*` are about one source each.
Figure = Literal["LEVEL", "SHARE", "SHARE_WITHOUT", "EXCLUDED_SHARE", "WORDS", "EXCLUDED", "FLAGS"]
Part = Literal[
    Figure,
    "MATCH_LOST",
    "MATCH_FOUND",
    "MATCH_OTHERWISE",
    "IDEA_LOST",
    "IDEA_FOUND",
    "IDEA_OTHERWISE",
]


class ReproduceReport(Query, frozen=True, kw_only=True):
    """Make a report again. `named` is its id, or that of an entry: then the one that counts.

    Reply: `Reproduction`.
    """

    named: str


class Difference(Struct, frozen=True, kw_only=True):
    """One thing that is otherwise, and its figures `before` and `now`, where it has any.

    Shares are 0..1, lists have blanks between. Of a source: its kind, id and title.
    """

    what: Change | Part
    before: str = ""
    now: str = ""
    source_kind: SourceKind | None = None
    source_id: str = ""
    title: str = ""


class Reproduction(Struct, frozen=True, kw_only=True):
    """What became of making a report again; nothing of it is kept."""

    report_id: str
    entry_id: str
    contest_id: str
    version: int
    made_at: datetime
    outcome: Outcome
    title: str = ""
    obstacle: Obstacle | None = None
    changes: tuple[Difference, ...] = ()  # since then
    differences: tuple[Difference, ...] = ()  # between the report and the one made again
