"""A counterparty is told what is due, by one speaker at a time.

No transaction is open while somebody else is waited for: what is to be said is read first, what
came of it is written after. A speaker that dies leaves a lease behind, which ends by itself.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from kernel.database import Database, Origin, Work
from services.intake.domain.pushing import Outcome, Patience, Silent, Told, TurnedAway
from services.intake.onegate import wording
from services.intake.onegate.client import Declined, Line, Unanswered
from services.intake.service.mirrored import mirrored
from services.intake.settings import IntakeSettings
from services.intake.store import onegate
from services.intake.store.tables import PushRow

log = logging.getLogger(__name__)

CALLS = 6  # at most, for one step: a login, three calls, and a login and a call again


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks with one counterparty of one tenant."""

    database: Database
    tenant: str
    name: str
    settings: IntakeSettings

    def work(self) -> AbstractContextManager[Work]:
        """Open a transaction of our own accord."""
        return self.database.work(Origin.own("intake", self.tenant))

    @property
    def lease(self) -> timedelta:
        """Return how long one step may take before the speaker counts as dead."""
        return timedelta(seconds=CALLS * self.settings.onegate_seconds + 30)

    @contextmanager
    def line(self) -> Iterator[Line | None]:
        """Open a line for as long as nobody else has one; None if somebody has."""
        with self.work() as work:
            is_ours = onegate.take(work.session, self.name, work.now, self.lease)
            setup, password = onegate.load_counterparty(work.session, self.name)
        if not is_ours:
            yield None
            return
        line = Line(setup, password, self.settings.onegate_seconds)
        try:
            yield line
        finally:
            line.close()
            with self.work() as work:
                onegate.let_go(work.session, self.name)

    def tell_due(self) -> None:
        """Tell what is due, oldest first, until nothing is or the counterparty falls silent."""
        with self.line() as line:
            while line is not None and (due := self.due()):
                for push in due:
                    outcome = self.attempt(line, push)
                    self.settle(push, outcome)
                    if isinstance(outcome, Silent):
                        return

    def due(self) -> tuple[PushRow, ...]:
        """Return what is due now."""
        with self.work() as work:
            return onegate.due_pushes(work.session, self.name, work.now)

    def attempt(self, line: Line, push: PushRow) -> Outcome:
        """Tell one step; who is told has the reason for a failure, never the content."""
        procedure = wording.procedure_of(line.counterparty, push.contest_id)
        if procedure is None:
            return TurnedAway("The counterparty has no procedure for this contest.")
        with self.work() as work:
            told = mirrored(push, self.settings, work)
        return outcome_of(
            partial(
                line.tell,
                wording.dossier(line.counterparty, procedure, told),
                wording.progress(line.counterparty, told),
            )
        )

    def settle(self, push: PushRow, outcome: Outcome) -> None:
        """Write what came of a try, and let a silent counterparty rest."""
        patience = Patience(self.settings.patience)
        with self.work() as work:
            verdict = patience.judge(f"{push.sequence}", push.attempts + 1, outcome, work.now)
            onegate.record(work.session, push.sequence, verdict, work.now)
            if isinstance(outcome, Silent):
                self.leave_alone(work)
            else:
                onegate.welcome(work.session, self.name)
            onegate.renew(work.session, self.name, work.now + self.lease)

    def leave_alone(self, work: Work) -> None:
        """Let a silent counterparty rest, longer each time."""
        patience = Patience(self.settings.patience)
        rest = patience.rest(onegate.failures(work.session, self.name) + 1)
        onegate.let_rest(work.session, self.name, work.now + rest)


def outcome_of(call: Callable[[], None]) -> Outcome:
    """Make the call and return how it ended."""
    try:
        call()
    except Unanswered as silence:
        return Silent(f"No answer: {silence}.")
    except Declined as declined:
        return TurnedAway(f"Declined with error_code {declined}.")
    return Told()


def quietly(act: Callable[[], None], name: str) -> None:
    """Act in a thread of its own; what goes wrong is logged, and tried at the next tick."""
    try:
        act()
    except Exception:
        log.exception("counterparty not served", extra={"fields": {"counterparty": name}})
