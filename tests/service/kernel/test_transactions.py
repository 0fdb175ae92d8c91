"""An entrypoint is one transaction: all of it or nothing, for one tenant alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from contracts import review
from kernel.database import Database, Origin, Work, enter
from kernel.settings import KernelSettings
from kernel.tables import EVERY_TENANT, Outbox, Request, Tenant
from kernel.testing import NOON, Rejected, actor
from tests.service.kernel.conftest import opened
from tests.service.kernel.trial import Note


def test_a_command_commits_what_it_wrote_what_it_announces_and_its_reply(trial):
    reply = trial.open(id="c-1")

    assert reply == "c-1"
    assert trial.notes == ["j-1 opened R1"]
    assert trial.announced == [opened()]
    (request,) = trial.bench.rows(select(Request))
    assert (request.id, request.reply) == ("c-1", b'{"ok":"c-1"}')


@pytest.mark.parametrize("how", ["closed", "early", "broken"])
def test_a_command_that_fails_leaves_nothing_it_wrote_or_announced(trial, how):
    with pytest.raises((Rejected, AssertionError)):
        trial.open(how)

    assert (trial.notes, trial.announced) == ([], [])


def test_an_event_that_fails_leaves_nothing_it_wrote_or_announced(trial):
    trial.bench.service.failures["R1"] = 1

    trial.hear()

    assert (trial.notes, trial.announced) == ([], [])


def test_an_announcement_says_what_caused_it_and_by_whom(trial):
    asked = review.OpenRound(contest_id="hg", round_id="R1")

    trial.bench.ask(asked, actor=actor("chair", id="j-1"), id="c-1", now=NOON)

    (row,) = trial.outbox()
    assert (row.type, row.sent_at) == ("review.RoundOpened", None)
    assert b'"causation_id":"c-1"' in row.envelope
    assert b'"correlation_id":"c-1"' in row.envelope
    assert b'"occurred_at":"2022-07-01T05:00:00Z"' in row.envelope
    assert b'"id":"j-1"' in row.envelope


def test_announcements_leave_in_the_order_they_were_made(trial):
    with trial.bench.database.work(Origin.own("review", "hau-giang")) as work:
        for number in range(5):
            work.announce(opened(round_id=f"R{number}"))

    assert trial.announced == [opened(round_id=f"R{number}") for number in range(5)]


def test_a_commit_with_news_wakes_the_relay_and_no_other_does(trial):
    rung = []
    trial.bench.database.wake = lambda: rung.append("rung")

    trial.show()
    with pytest.raises(Rejected):
        trial.open("closed")
    assert rung == []
    trial.open()

    assert rung == ["rung"]


def test_the_work_knows_its_instant_tenant_actor_and_message(trial):
    origin = Origin("ca-mau", actor("clerk", id="p-1"), NOON, "m-1", "c-1")

    with trial.bench.database.work(origin) as work:
        assert (work.now, work.tenant, work.message_id) == (NOON, "ca-mau", "m-1")
        assert (work.actor.id, len(work.new_id())) == ("p-1", 32)


def test_a_query_cannot_write(trial):
    with pytest.raises(AssertionError, match="failed"):
        trial.show("write")

    assert trial.notes == []


def test_a_query_reads_and_is_not_remembered(trial):
    trial.open()

    assert trial.show(id="q-1") == trial.show(id="q-1") == ["j-1 opened R1"]
    assert [request.id for request in trial.bench.rows(select(Request))] != ["q-1"]
    assert len(trial.bench.rows(select(Request))) == 1


def test_after_a_query_the_same_connection_writes_again(trial):
    for number in range(20):
        trial.show()
        trial.open(round_id=f"R{number}")

    assert len(trial.notes) == 20


def test_a_filter_that_was_forgotten_shows_one_tenant_only(trial):
    trial.open(tenant="hau-giang", actor=actor(id="a"))
    trial.open(tenant="ca-mau", actor=actor(id="b"))

    shown = {tenant: trial.show(tenant=tenant) for tenant in ("hau-giang", "ca-mau", "long-an")}

    assert shown == {"hau-giang": ["a opened R1"], "ca-mau": ["b opened R1"], "long-an": []}


def test_an_update_without_a_filter_changes_one_tenants_rows_only(trial):
    trial.open(tenant="hau-giang", actor=actor(id="a"))
    trial.open(tenant="ca-mau", actor=actor(id="b"))

    with trial.bench.database.work(Origin.own("review", "ca-mau")) as work:
        work.session.execute(text("UPDATE note SET text = 'changed'"))
        work.session.execute(text("DELETE FROM outbox"))

    assert trial.show(tenant="hau-giang") == ["a opened R1"]
    assert trial.show(tenant="ca-mau") == ["changed"]
    assert [event.round_id for event in trial.announced] == ["R1"]


def test_a_row_of_another_tenant_cannot_be_written(trial):
    def write(work: Work) -> None:
        work.session.add(Note(tenant="ca-mau", id="n", text="smuggled"))
        work.session.flush()

    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        trial.bench.database.work(Origin.own("review", "hau-giang")) as work,
    ):
        write(work)


@pytest.mark.parametrize("table", ["note", "outbox", "inbox", "request"])
def test_a_transaction_that_names_no_tenant_sees_nothing(trial, table):
    trial.open()
    trial.hear()

    with trial.bench.database.engine.connect() as connection:
        count = text(f"SELECT count(*) FROM {table}")  # noqa: S608
        assert connection.scalar(count) == 0
        connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
        assert connection.scalar(count) > 0


def test_the_tenant_does_not_outlive_its_transaction_on_a_connection(trial):
    trial.open(tenant="hau-giang")
    engine = trial.bench.database.engine
    engine.dispose()

    with trial.bench.database.work(Origin.own("review", "hau-giang")) as work:
        assert work.session.scalars(select(Note.text)).all() == ["j-1 opened R1"]
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT text FROM note")).all() == []


def test_every_tenant_a_service_works_for_is_remembered_once(trial):
    for tenant in ("hau-giang", "ca-mau", "hau-giang"):
        trial.hear(tenant=tenant)

    assert trial.bench.database.tenants() == ["ca-mau", "hau-giang"]
    assert sorted(trial.bench.rows(select(Tenant.id))) == ["ca-mau", "hau-giang"]


def test_a_tenant_whose_first_work_failed_is_remembered_with_the_next(trial):
    trial.bench.service.failures["R1"] = 1
    with pytest.raises(AssertionError):
        trial.open("broken", tenant="ca-mau")

    trial.open(tenant="ca-mau")

    assert "ca-mau" in trial.bench.database.tenants()


def test_who_only_asks_leaves_no_tenant_behind(trial):
    trial.show(tenant="long-an")

    assert trial.bench.database.tenants() == []


def cut_connections(trial, admin) -> None:
    """Let the server end every connection of the service."""
    name = trial.bench.database.engine.url.database
    with admin.connect() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": name},
        )


def test_a_command_waits_out_connections_that_were_cut(trial, admin):
    trial.open()
    cut_connections(trial, admin)

    trial.open(round_id="R2", id="c-2")

    assert trial.notes == ["j-1 opened R1", "j-1 opened R2"]


def test_an_outage_is_no_try_of_the_event(trial, admin):
    trial.hear(id="m-1")
    cut_connections(trial, admin)

    assert trial.hear(id="m-2") == "done"
    assert [row.attempts for row in trial.inbox()] == [1, 1]


def test_a_pool_without_a_connection_left_is_waited_for(trial):
    settings = KernelSettings(
        amqp_url="",
        database_url=trial.bench.database.engine.url.render_as_string(hide_password=False),
    )
    database = Database()
    database.connect(settings, wake=lambda: None)
    database.engine.pool._timeout = 0.05  # noqa: SLF001  # else half a minute each
    held = [database.engine.connect() for _ in range(database.engine.pool.size())]
    tries = []

    def attempt() -> str:
        tries.append(1)
        if len(tries) == 3:
            held.pop().close()
        database.ping()
        return "done"

    assert database.weather(attempt) == "done"
    assert len(tries) == 3
    for each in held:
        each.close()
    database.stop()


def test_a_mistake_of_ours_is_not_repeated(trial):
    tries = []

    def attempt() -> None:
        tries.append(1)
        with trial.bench.database.engine.connect() as connection:
            connection.execute(text("SELECT 1 / 0"))

    with pytest.raises(DBAPIError):
        trial.bench.database.weather(attempt)

    assert tries == [1]


def test_the_backlog_of_every_tenant_is_visible_to_the_kernel(trial):
    trial.open(tenant="hau-giang")
    trial.open(tenant="ca-mau")

    with trial.bench.database.sessions.begin() as session:
        enter(session, EVERY_TENANT, read_only=True)
        assert sorted(session.scalars(select(Outbox.tenant))) == ["ca-mau", "hau-giang"]


def test_an_event_late_by_days_is_worked_on_at_its_own_instant(trial):
    trial.open(now=NOON - timedelta(days=3))

    assert b'"occurred_at":"2022-06-28T05:00:00Z"' in trial.outbox()[0].envelope
