"""Roles in one contest, and looks as somebody else: decided, and told to the ledger with why."""

from contracts import intake
from kernel.database import Work
from kernel.errors import Refused, require
from kernel.messaging import command
from services.intake.domain.eligibility import clean
from services.intake.store import contests

GIVERS = ("organiser", "operator")


class NoReasonGiven(Refused):
    """Say why: the reason is kept in the ledger."""


class Standing:
    """Writes down who was given what, and who looks as whom."""

    @command
    def grant_role(self, asked: intake.GrantRole, work: Work) -> None:
        """Tell that somebody has a role in this contest now."""
        reason = reason_of(asked.reason, work)
        contests.find_contest(work.session, asked.contest_id)
        work.announce(
            intake.RoleGranted(
                contest_id=asked.contest_id,
                person_id=asked.person_id,
                role=asked.role,
                reason=reason,
            )
        )

    @command
    def withdraw_role(self, asked: intake.WithdrawRole, work: Work) -> None:
        """Tell that somebody has a role in this contest no more."""
        reason = reason_of(asked.reason, work)
        contests.find_contest(work.session, asked.contest_id)
        work.announce(
            intake.RoleWithdrawn(
                contest_id=asked.contest_id,
                person_id=asked.person_id,
                role=asked.role,
                reason=reason,
            )
        )

    @command
    def record_look(self, asked: intake.RecordLook, work: Work) -> None:
        """Tell who looks as whom, before anything is seen."""
        reason = reason_of(asked.reason, work)
        work.announce(intake.LookedAs(person_id=asked.person_id, reason=reason))


def reason_of(text: str, work: Work) -> str:
    """Return the reason given by somebody who may; raises `Forbidden`, `NoReasonGiven`."""
    require(work.actor, *GIVERS)
    if not (reason := clean(text)):
        raise NoReasonGiven
    return reason
