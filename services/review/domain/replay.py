"""Past rounds under other rules, from the sheets that were given. Start with `replay`.

Marks are never invented: a criterion nobody marked, or one worth less now than was given, is
refused by its name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from contracts.rules import Round, Rules
from kernel.errors import Refused
from services.review.domain.concluding import Beside, conclude, values_of
from services.review.domain.panel import Panel, Sheet
from services.review.domain.ranking import Line, Values
from services.review.domain.sheets import points


class RoundNotPlayed(Refused):
    """A round of the new rules was not held then, so it has no marks."""


class CriterionNotMarked(Refused):
    """A criterion of the new rules was not marked then."""


class MarksBeyondScale(Refused):
    """A criterion is worth less under the new rules than was given for it then."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A round as it would have come out; `unjudged` would have been in it without a sheet."""

    round_id: str
    table: tuple[Line, ...]
    unjudged: tuple[str, ...]


def replay(
    rules: Rules,
    field: tuple[str, ...],
    played: Mapping[str, Mapping[str, Panel]],
    beside: Mapping[str, Beside] | None = None,
) -> Iterator[Replayed]:
    """Play every round again: `field` is who is in the first, `played` by round and entry.

    Every newest sheet counts, those after a second look too: whom other rules would have asked
    to look again nobody knows. `beside` has by round what was decided beside the sheets.
    """
    earlier: dict[str, Mapping[str, Values]] = {}
    for one in rules.rounds:
        if one.id not in played:
            raise RoundNotPlayed("The round {round} was not held then.", round=one.id)
        panels = played[one.id]
        judged = {entry: remarked(panels[entry], one) for entry in field if entry in panels}
        is_last = one is rules.rounds[-1]
        known = replace((beside or {}).get(one.id, Beside()), earlier=dict(earlier))
        table = conclude(one, judged, known, is_last=is_last)
        earlier[one.id] = values_of(table)
        yield Replayed(one.id, table, tuple(entry for entry in field if entry not in judged))
        field = tuple(line.entry_id for line in table if line.advances)


def remarked(panel: Panel, rules: Round) -> Panel:
    """Return the panel with the criteria of other rules on its sheets."""
    sheets = {judge: _sheet(sheet, rules) for judge, sheet in panel.sheets.items()}
    return replace(panel, rules=rules, judge_ids=frozenset(sheets), sheets=sheets)


def _sheet(sheet: Sheet, rules: Round) -> Sheet:
    for criterion in rules.rubric:
        try:
            given = points(criterion, sheet.marks)
        except KeyError:
            raise CriterionNotMarked(
                "“{criterion}” of the round {round} was not marked then.",
                criterion=criterion.name,
                round=rules.id,
            ) from None
        if given > criterion.max:
            raise MarksBeyondScale(
                "“{criterion}” is worth {max} under the new rules; {mark} was given for it then.",
                criterion=criterion.name,
                max=criterion.max,
                mark=given,
            )
    marks = {one.code: points(one, sheet.marks) for one in rules.rubric if not one.comment_only}
    return replace(sheet, marks=marks)
