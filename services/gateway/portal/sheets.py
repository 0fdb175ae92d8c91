"""A score sheet as its judge sees it: its lines, what it adds up to, and how far a desk is.

What may be on a sheet is for review to say; nothing here refuses anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from contracts.review import Assignment
from contracts.rules import Criterion, Round
from services.gateway import words

Stage = Literal["GIVEN", "SECOND_LOOK", "DRAFT", "OPEN"]


@dataclass(frozen=True, slots=True)
class Line:
    """What takes one mark: a criterion, or a part of it as `HIEU_QUA.NOI_BO`.

    It counts `weight` times in the total; `max` and `step` are in points.
    """

    code: str
    name: str
    max: Decimal
    step: Decimal
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """How many entries of a desk are in each stage; each is in one."""

    given: int
    drafts: int
    awaited: int
    second_looks: int

    @property
    def entries(self) -> int:
        """Return how many entries are on the desk."""
        return self.given + self.drafts + self.awaited + self.second_looks


def lines_of(criterion: Criterion, step: Decimal) -> tuple[Line, ...]:
    """Name what takes a mark in a criterion: its parts, itself, or nothing."""
    step = criterion.step or step
    if criterion.comment_only:
        return ()
    if criterion.marked == "whole":
        return (Line(criterion.code, criterion.name, criterion.max, step, criterion.weight),)
    return tuple(
        Line(f"{criterion.code}.{part.code}", part.name, part.max, step, criterion.weight)
        for part in criterion.sub
    )


def total(round_: Round, marks: Mapping[str, str]) -> Decimal | None:
    """Add up what was typed, each as often as it counts; None while a mark is missing or odd."""
    lines = [line for one in round_.rubric for line in lines_of(one, round_.step)]
    try:
        return sum((line.weight * words.points(marks[line.code]) for line in lines), Decimal(0))
    except (KeyError, words.BadMark):
        return None


def typed_of(entry: Assignment) -> tuple[dict[str, str], dict[str, str], str]:
    """Return what a form begins with: the draft, else the newest sheet, as people write it."""
    if entry.draft is not None:
        return dict(entry.draft.marks), dict(entry.draft.comments), entry.draft.comment
    marks = {code: words.number(mark) for code, mark in entry.marks.items()}
    return marks, dict(entry.comments), entry.comment


def stage(entry: Assignment) -> Stage:
    """Say how far an entry is on its judge's desk."""
    if entry.state == "OPEN" and entry.draft is not None:
        return "DRAFT"
    return entry.state


def progress(desk: Iterable[Assignment]) -> Progress:
    """Count the entries of a desk by how far they are."""
    stages = [stage(entry) for entry in desk]
    return Progress(
        given=stages.count("GIVEN"),
        drafts=stages.count("DRAFT"),
        awaited=stages.count("OPEN"),
        second_looks=stages.count("SECOND_LOOK"),
    )


def neighbours(desk: Sequence[Assignment], code: str) -> tuple[str | None, str | None]:
    """Return the codes before and after an entry, in the order of the desk."""
    codes = [entry.code for entry in desk]
    place = codes.index(code)
    before = codes[place - 1] if place > 0 else None
    return before, codes[place + 1] if place + 1 < len(codes) else None
