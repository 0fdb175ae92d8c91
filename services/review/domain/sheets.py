"""What a sheet must hold: a mark on the scale for every line, and the words the rules ask for.

A refusal is remembered and travels in clear: none repeats a mark. Start with `check_sheet`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from contracts.rules import Criterion, Round
from kernel.errors import Refused


class SheetIncomplete(Refused):
    """A sheet marks every criterion of the rubric."""


class UnknownCriterion(Refused):
    """The rubric has no such criterion."""


class MarkOutOfScale(Refused):
    """A mark lies between 0 and the most its criterion is worth."""


class MarkOffStep(Refused):
    """A mark is a whole number of steps."""


class CommentNeeded(Refused):
    """The rules ask for a comment here."""

    may_pass = True  # remembered, it would tell a reader of the database which mark is extreme


@dataclass(frozen=True, slots=True)
class Line:
    """What takes one mark: a criterion, or a part of it as `HIEU_QUA.NOI_BO`."""

    code: str
    name: str
    max: Decimal
    step: Decimal


def lines(rules: Round) -> Iterator[Line]:
    """Name everything on a rubric that takes a mark."""
    for criterion in rules.rubric:
        step = criterion.step or rules.step
        if criterion.comment_only:
            continue
        if criterion.marked == "parts":
            for part in criterion.sub:
                name = f"{criterion.name}: {part.name}"
                yield Line(f"{criterion.code}.{part.code}", name, part.max, step)
        else:
            yield Line(criterion.code, criterion.name, criterion.max, step)


def points(criterion: Criterion, marks: Mapping[str, Decimal]) -> Decimal:
    """Add up what a sheet gives for a criterion. Raises KeyError where it was not marked."""
    if criterion.comment_only:
        return Decimal(0)
    if criterion.marked == "parts" and criterion.code not in marks:
        return sum((marks[f"{criterion.code}.{part.code}"] for part in criterion.sub), Decimal(0))
    return marks[criterion.code]


def weighed(rubric: Iterable[Criterion], marks: Mapping[str, Decimal]) -> Decimal:
    """Add up a judge's points, each as often as its criterion counts."""
    return sum((line.weight * points(line, marks) for line in rubric), Decimal(0))


def check_sheet(
    rules: Round, marks: Mapping[str, Decimal], comments: Mapping[str, str], comment: str
) -> None:
    """Raise the first thing wrong with a sheet."""
    check_marks(rules, marks)
    if unknown := sorted(set(comments) - {criterion.code for criterion in rules.rubric}):
        raise UnknownCriterion(
            "Not in the rubric of this round: {criteria}.", criteria=", ".join(unknown)
        )
    silent = [
        criterion.name
        for criterion in rules.rubric
        if not comments.get(criterion.code, "").strip()
        and needs_words(criterion, points(criterion, marks))
    ]
    if silent:
        raise CommentNeeded("Write a comment on: {criteria}.", criteria="; ".join(silent))
    total = weighed(rules.rubric, marks)
    if not comment.strip() and outside(total, rules.comment_below, rules.comment_above):
        raise CommentNeeded("With such a total the rules ask for a comment on the whole.")


def needs_words(criterion: Criterion, given: Decimal) -> bool:
    """Say whether a criterion that was given so much asks for a comment."""
    if criterion.comment == "required" or criterion.comment_only:
        return True
    return outside(given, criterion.comment_below, criterion.comment_above)


def outside(given: Decimal, below: Decimal | None, above: Decimal | None) -> bool:
    """Say whether points are below the one bar or above the other; a bar itself is inside."""
    return (below is not None and given < below) or (above is not None and given > above)


def check_marks(rules: Round, marks: Mapping[str, Decimal]) -> None:
    """Raise unless every line of the rubric, and nothing else, has a mark it may have."""
    known = {line.code: line for line in lines(rules)}
    if unknown := sorted(set(marks) - set(known)):
        raise UnknownCriterion(
            "Not in the rubric of this round: {criteria}.", criteria=", ".join(unknown)
        )
    if missing := [code for code in known if code not in marks]:
        raise SheetIncomplete("Still to be marked: {criteria}.", criteria=", ".join(missing))
    for code, line in known.items():
        check_mark(line, marks[code])


def check_mark(line: Line, mark: Decimal) -> None:
    """Raise unless a mark is on the scale and on a step."""
    if not mark.is_finite() or not 0 <= mark <= line.max:
        raise MarkOutOfScale(
            "“{criterion}” takes marks from 0 to {max}; the one given is outside.",
            criterion=line.name,
            max=line.max,
        )
    if mark % line.step != 0:
        raise MarkOffStep(
            "“{criterion}” is marked in steps of {step}; the one given is between two steps.",
            criterion=line.name,
            step=line.step,
        )
