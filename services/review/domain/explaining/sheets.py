"""Which of an entry's sheets count, and why the others do not. Start with `sheet_facts`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from contracts import review
from contracts.rules import Round
from services.review.domain.aggregation import Standing, left_out
from services.review.domain.sheets import points, weighed


@dataclass(frozen=True, slots=True)
class Given:
    """One version of a judge's sheet; `has_left` says that the judge is off the entry."""

    judge_id: str
    version: int
    given_at: datetime
    marks: Mapping[str, Decimal]
    has_left: bool = False


def sheet_facts(
    given: Sequence[Given], rules: Round, severities: Mapping[str, Decimal]
) -> tuple[review.SheetFacts, ...]:
    """Say of every version of every sheet what it came to, by judge and version."""
    listed = sorted(given, key=lambda one: (one.judge_id, one.version))
    totals = [weighed(rules.rubric, one.marks) for one in listed]
    taken_off = [severities.get(one.judge_id, Decimal(0)) for one in listed]
    counted = [total - severity for total, severity in zip(totals, taken_off, strict=True)]
    standings = stand(listed, counted, rules)
    return tuple(
        review.SheetFacts(
            judge_id=one.judge_id,
            version=one.version,
            given_at=one.given_at,
            marks={
                line.code: points(line, one.marks)
                for line in rules.rubric
                if not line.comment_only
            },
            total=totals[at],
            severity=taken_off[at],
            counted=counted[at],
            standing=standings[at],
        )
        for at, one in enumerate(listed)
    )


def stand(listed: Sequence[Given], counted: Sequence[Decimal], rules: Round) -> list[Standing]:
    """Say of each sheet whether it counts."""
    newest = {one.judge_id: one.version for one in listed}
    standings: list[Standing] = [
        "STOOD_DOWN"
        if one.has_left
        else "COUNTED"
        if one.version == newest[one.judge_id]
        else "SUPERSEDED"
        for one in listed
    ]
    counting = [at for at, standing in enumerate(standings) if standing == "COUNTED"]
    trimmed = left_out([counted[at] for at in counting], rules.aggregate)
    for at, standing in zip(counting, trimmed, strict=True):
        standings[at] = standing
    return standings
