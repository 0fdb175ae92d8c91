"""A copy of an earlier version hears rules with keys it does not know, while it is replaced."""

from sqlalchemy import select

from contracts import intake
from contracts.message import Event
from contracts.rules import Part
from kernel import envelope, execute
from kernel.tables import Inbox
from kernel.testing import NOON, TENANT, actor
from services.notify import store
from tests.service.notify.events import HG, RULES, opened

PAUSES = (0.0, 0.0, 0.0)


class EarlierRules(Part, frozen=True):
    """The rules as they were when they had two keys."""

    id: str
    title: str


class EarlierOpened(Event, frozen=True):
    """The event as that version reads it."""

    contest_id: str
    rules: EarlierRules


def hear_as_earlier_version(bench, event):
    def learn(_service, heard, _work):
        raise AssertionError(heard)

    wrapped = envelope.wrap(event, tenant=TENANT, actor=actor(), occurred_at=NOON)
    handler = execute.Handler("learn_contest", EarlierOpened, learn)
    return execute.hear(bench.database, bench.service, handler, envelope.encode(wrapped), PAUSES)


def contest_kept(bench):
    with bench.database.sessions() as session:
        session.connection().exec_driver_sql("SELECT set_config('app.tenant', '*', true)")
        return store.find_contest(session, HG)


def test_rules_of_a_later_version_wait_for_a_copy_that_knows_all_of_them(bench):
    said = hear_as_earlier_version(bench, opened())

    (row,) = bench.rows(select(Inbox))
    assert (said, row.state, contest_kept(bench)) == ("retry", "retry", None)
    assert "TooNew: intake.ContestOpened: Object contains unknown field" in row.error


def test_such_a_copy_then_learns_them_whole(bench):
    hear_as_earlier_version(bench, opened())

    assert bench.retry(intake.ContestOpened)

    (row,) = bench.rows(select(Inbox))
    assert (row.state, row.attempts) == ("done", 2)
    assert contest_kept(bench).title == RULES.title
