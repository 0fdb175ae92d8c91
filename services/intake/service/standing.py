"""Roles in one contest, and looks as somebody else: decided, and told to the ledger with why."""

from typing import get_args

from contracts import intake
from kernel.database import Work
from kernel.errors import Refused, require
from kernel.messaging import command
from services.intake.domain.eligibility import clean
from services.intake.store import contests

GIVERS = ("organiser", "operator")


class NoReasonGiven(Refused):
    """Say why: the reason is kept in the ledger."""


class UnknownAuthority(Refused):
    """The rules of this contest name no such authority."""


class Standing:
    """Writes down who was given what, and who looks as whom."""

    @command
    def grant_role(self, asked: intake.GrantRole, work: Work) -> None:
        """Tell that somebody has a role in this contest now."""
        reason = reason_of(asked.reason, work)
        contests.find_contest(work.session, asked.contest_id)
        check_role(asked, work)
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
        check_role(asked, work)
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


def check_role(asked: intake.GrantRole | intake.WithdrawRole, work: Work) -> None:
    """Refuse what is no role of this contest, and that of an authority to all but operators.

    Who runs a contest must not be able to approve its prizes.
    """
    if asked.role in get_args(intake.ContestRole):
        return
    require(work.actor, "operator")
    rules = contests.load_rules(work.session, asked.contest_id).rules
    if asked.role not in {f"authority:{one.code}" for one in rules.authorities}:
        raise UnknownAuthority


def reason_of(text: str, work: Work) -> str:
    """Return the reason given by somebody who may; raises `Forbidden`, `NoReasonGiven`."""
    require(work.actor, *GIVERS)
    if not (reason := clean(text)):
        raise NoReasonGiven
    return reason
