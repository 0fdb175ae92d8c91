"""Where a dossier stands as another system of the state sees it, and what may follow there.

The ten national codes are those of Cổng Dịch vụ công quốc gia; a counterparty may have a code of
its own for a step. Start with `following`.
"""

from collections.abc import Mapping
from enum import StrEnum

from services.intake.domain.entries import State


class Step(StrEnum):
    """What has happened to a dossier, as far as a counterparty is told."""

    REGISTERED = "REGISTERED"
    RECEIVED = "RECEIVED"
    REFUSED = "REFUSED"
    UNDER_REVIEW = "UNDER_REVIEW"
    SUPPLEMENT = "SUPPLEMENT"
    WITHDRAWN = "WITHDRAWN"
    STOPPED = "STOPPED"
    DECIDED = "DECIDED"
    DELIVERED = "DELIVERED"


# 6, a duty to pay, never arises: a contest takes no fee.
NATIONAL: Mapping[Step, str] = {
    Step.REGISTERED: "1",
    Step.RECEIVED: "2",
    Step.REFUSED: "3",
    Step.UNDER_REVIEW: "4",
    Step.SUPPLEMENT: "5",
    Step.WITHDRAWN: "7",
    Step.STOPPED: "8",
    Step.DECIDED: "9",
    Step.DELIVERED: "10",
}

STATE_STEPS: Mapping[State, Step] = {
    State.SUBMITTED: Step.REGISTERED,
    State.LATE: Step.REGISTERED,
    State.RETURNED: Step.SUPPLEMENT,
    State.ACCEPTED: Step.RECEIVED,
    State.REFUSED: Step.REFUSED,
    State.WITHDRAWN: Step.WITHDRAWN,
    State.DISQUALIFIED: Step.STOPPED,
}

ENDS = frozenset({Step.REFUSED, Step.WITHDRAWN, Step.STOPPED})
FINAL = ENDS | {Step.DELIVERED}

# Of a dossier nobody has told them about, a counterparty is not told that it is over.
NEXT: Mapping[Step | None, frozenset[Step]] = {
    None: frozenset(Step) - ENDS - {Step.DELIVERED},
    Step.REGISTERED: ENDS | {Step.RECEIVED, Step.SUPPLEMENT},
    Step.SUPPLEMENT: ENDS | {Step.REGISTERED, Step.RECEIVED},
    Step.RECEIVED: frozenset({Step.UNDER_REVIEW, Step.STOPPED, Step.DECIDED}),
    Step.UNDER_REVIEW: frozenset({Step.STOPPED, Step.DECIDED}),
    Step.DECIDED: frozenset({Step.DELIVERED}),
    Step.REFUSED: frozenset(),
    Step.WITHDRAWN: frozenset(),
    Step.STOPPED: frozenset(),
    Step.DELIVERED: frozenset(),
}


def step_of(state: State, last: Step | None) -> Step | None:
    """Return the step that an entry in this state has reached; None for a draft.

    Whatever happens to a received dossier before its results are known is part of the review.
    """
    step = STATE_STEPS.get(state)
    if step is Step.RECEIVED and last in (Step.RECEIVED, Step.UNDER_REVIEW):
        return Step.UNDER_REVIEW
    return step


def following(last: Step | None, step: Step | None) -> Step | None:
    """Return the step if it may be told after the last one, and None if it tells nothing new."""
    return step if step in NEXT[last] else None


def status(step: Step, own: Mapping[str, str]) -> str:
    """Return the code a counterparty knows a step by: its own, or the national one."""
    return own.get(step, NATIONAL[step])
