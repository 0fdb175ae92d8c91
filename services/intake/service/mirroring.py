"""Dossiers are mirrored at the portals of the one-stop shop: set up, told, compared, looked at."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Thread
from typing import cast

from contracts import intake
from contracts.sandbox import is_trial
from kernel.database import Database, Work
from kernel.errors import Refused, require
from kernel.messaging import command, every, query
from services.intake.domain import mirror
from services.intake.domain.mirror import Step
from services.intake.service.comparing import reconcile
from services.intake.service.telling import Speaker, quietly
from services.intake.settings import IntakeSettings
from services.intake.store import one_stop, onegate, reconciling

DAY = timedelta(days=1)
WATCHERS = ("operator", "organiser", "secretary")


class NoPassword(Refused):
    """A new counterparty needs the password to log in with."""


class OtherWorld(Refused):
    """A sandbox tells sandboxes only, and they are told by nobody else."""


class UnknownStep(Refused):
    """There is no such step of a dossier."""


class Mirroring:
    """Keeps what others show of our dossiers like the dossiers."""

    database: Database
    settings: IntakeSettings

    @command
    def configure_counterparty(self, asked: intake.ConfigureCounterparty, work: Work) -> None:
        """Set a counterparty up. Only an operator: its address is trusted and may be inside."""
        require(work.actor, "operator")
        if asked.counterparty.sandbox != is_trial(work.tenant):
            raise OtherWorld
        for step in asked.counterparty.statuses:
            if step not in Step.__members__:
                raise UnknownStep("There is no step {step} of a dossier.", step=step)
        if not onegate.save_counterparty(work.session, asked.counterparty, asked.password):
            raise NoPassword

    @command
    def retry_pushes(self, asked: intake.RetryPushes, work: Work) -> int:
        """Begin the tries of dead pushes anew."""
        require(work.actor, "operator", "secretary")
        return onegate.retry(work.session, asked.counterparty, asked.entry_id, work.now)

    @every(seconds=1, due=lambda work: one_stop.tenants_telling(work.session, work.now))
    def tell_counterparties(self, work: Work) -> None:
        """Tell every counterparty what is due; each has a thread, so that none delays another."""
        for name in onegate.due_counterparties(work.session, work.now):
            self.apart(Speaker(self.database, work.tenant, name, self.settings).tell_due, name)

    @every(seconds=60)
    def reconcile_counterparties(self, work: Work) -> None:
        """Compare with every counterparty once a day."""
        for name in onegate.unreconciled(work.session, work.now, DAY):
            speaker = Speaker(self.database, work.tenant, name, self.settings)
            self.apart(partial(reconcile, speaker), name)

    def apart(self, act: Callable[[], None], name: str) -> None:
        """Begin something in a thread; it must not keep the service from stopping."""
        Thread(target=partial(quietly, act, name), daemon=True).start()

    @query
    def list_counterparties(
        self, _asked: intake.ListCounterparties, work: Work
    ) -> tuple[intake.Counterparty, ...]:
        """List how counterparties are set up; passwords are not told."""
        require(work.actor, *WATCHERS)
        return onegate.list_counterparties(work.session)

    @query
    def list_pushes(self, asked: intake.ListPushes, work: Work) -> tuple[intake.PushView, ...]:
        """List what counterparties were told, or not yet, newest first."""
        require(work.actor, *WATCHERS)
        known = {one.name: one.statuses for one in onegate.list_counterparties(work.session)}
        rows = onegate.list_pushes(work.session, asked.counterparty, asked.entry_id, asked.state)
        return tuple(
            intake.PushView(
                counterparty=row.counterparty,
                entry_id=row.entry_id,
                step=row.step,
                status=mirror.status(Step(row.step), known.get(row.counterparty, {})),
                at=row.at,
                state=cast(intake.PushState, row.state),
                attempts=row.attempts,
                due_at=row.due_at,
                sent_at=row.sent_at,
                last_error=row.last_error,
            )
            for row in rows
        )

    @query
    def list_reconciliations(
        self, asked: intake.ListReconciliations, work: Work
    ) -> tuple[intake.ReconciliationView, ...]:
        """List how counterparties compared, newest first."""
        require(work.actor, *WATCHERS)
        return tuple(
            intake.ReconciliationView(
                counterparty=row.counterparty,
                at=row.at,
                checked=row.checked,
                missing=row.missing,
                differing=row.differing,
                complete=row.complete,
                differences=tuple(row.differences),
            )
            for row in reconciling.list_outcomes(work.session, asked.counterparty)
        )
