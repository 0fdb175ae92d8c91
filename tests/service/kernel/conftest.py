"""The trial service on the bench, and hosted on a broker of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select, text

from contracts import review
from contracts.message import Event
from kernel.tables import Inbox, Outbox
from kernel.testing import TENANT, Bench, actor
from tests.service.kernel.trial import Note, TrialService, make_tables

CHAIR = actor("chair", id="j-1")


@dataclass
class Trial:
    """What a test says to the trial service, in few words."""

    bench: Bench

    def open(self, contest_id: str = "hg", round_id: str = "R1", **options: object) -> str:
        asked = review.OpenRound(contest_id=contest_id, round_id=round_id)
        return self.bench.ask(asked, **{"actor": CHAIR, **options})

    def show(self, contest_id: str = "hg", **options: object) -> list[str]:
        return self.bench.ask(review.ShowRound(contest_id=contest_id, round_id="R1"), **options)

    def hear(self, contest_id: str = "hg", round_id: str = "R1", **options: object) -> str:
        return self.bench.hear(opened(contest_id, round_id), **options)

    @property
    def notes(self) -> list[str]:
        """Return the texts written for the usual tenant."""
        return sorted(note.text for note in self.bench.rows(select(Note)))

    @property
    def announced(self) -> list[Event]:
        return self.bench.announced

    def inbox(self, tenant: str = TENANT) -> list[Inbox]:
        return self.bench.rows(select(Inbox).order_by(Inbox.received_at), tenant)

    def outbox(self, tenant: str = TENANT) -> list[Outbox]:
        return self.bench.rows(select(Outbox).order_by(Outbox.sequence), tenant)

    def execute(self, statement: str) -> None:
        """Change the database past the service, for every tenant."""
        with self.bench.database.engine.begin() as connection:
            connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
            connection.execute(text(statement))


def opened(contest_id: str = "hg", round_id: str = "R1") -> review.RoundOpened:
    """Return the event the trial service says and hears."""
    return review.RoundOpened(contest_id=contest_id, round_id=round_id, entry_ids=())


@pytest.fixture
def trial(service_bench, monkeypatch) -> Iterator[Trial]:
    monkeypatch.setattr(TrialService, "failures", {})
    bench = service_bench(TrialService)
    make_tables(bench.settings.database_url)
    return Trial(bench)
