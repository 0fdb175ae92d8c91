"""`@every`: once per tenant per tick, by one copy at a time."""

from sqlalchemy import select, text

from kernel import execute
from kernel.database import Origin
from tests.service.kernel.trial import Note, TrialService

METHOD = TrialService.remind.method


def tick(trial, method=METHOD):
    execute.tick(trial.bench.database, trial.bench.service, "remind", method)


def test_a_timer_runs_for_every_tenant_known(trial):
    trial.hear(tenant="ca-mau")
    trial.hear(tenant="hau-giang")

    tick(trial)

    reminded = {
        tenant: trial.bench.rows(select(Note.text).where(Note.id == "reminder"), tenant)
        for tenant in ("ca-mau", "hau-giang")
    }
    assert reminded == {
        "ca-mau": ["reminded by service:review"],
        "hau-giang": ["reminded by service:review"],
    }


def test_a_timer_that_knows_whose_turn_it_is_visits_nobody_else(trial):
    trial.hear(tenant="ca-mau")
    trial.hear(tenant="hau-giang")
    seen = []

    def visit(_service, work):
        seen.append(work.tenant)

    def due(work):
        return work.session.scalars(select(Note.tenant).where(Note.tenant < "d").distinct())

    execute.tick(trial.bench.database, trial.bench.service, "remind", visit, due)

    assert seen == ["ca-mau"]


def test_without_a_tenant_nothing_happens(trial):
    tick(trial)

    assert trial.notes == []


def test_a_tenant_whose_turn_another_copy_is_taking_is_skipped(trial):
    trial.hear(tenant="ca-mau")
    trial.hear(tenant="hau-giang")
    database = trial.bench.database

    def tick_meanwhile(service, work):
        METHOD(service, work)
        work.session.flush()
        if work.tenant == "ca-mau":
            execute.tick(database, service, "remind", METHOD)

    tick(trial, tick_meanwhile)

    assert trial.bench.rows(select(Note.id).where(Note.id == "reminder"), "ca-mau") == ["reminder"]
    assert "reminded by service:review" in trial.notes


def test_two_timers_do_not_wait_for_one_another(trial):
    trial.hear()
    seen = []

    def other(service, _work):
        execute.tick(trial.bench.database, service, "other", lambda _s, w: seen.append(w.tenant))

    tick(trial, other)

    assert seen == ["hau-giang"]


def test_a_timer_that_fails_for_one_tenant_runs_for_the_next(trial, caplog):
    trial.hear(tenant="ca-mau")
    trial.hear(tenant="hau-giang")

    def fail_for_one(service, work):
        METHOD(service, work)
        if work.tenant == "ca-mau":
            raise ValueError("Nguyễn Văn An")

    tick(trial, fail_for_one)

    assert trial.bench.rows(select(Note.id).where(Note.id == "reminder"), "ca-mau") == []
    assert "reminded by service:review" in trial.notes
    assert [record.message for record in caplog.records] == ["timer failed"]


def test_a_timers_work_is_of_the_services_own_accord(trial):
    trial.hear()
    seen = []

    tick(trial, lambda _service, work: seen.append(work))

    (work,) = seen
    assert (work.actor.id, work.actor.roles) == ("service:review", frozenset({"service"}))
    assert work.origin.correlation_id == work.message_id


def test_the_lock_goes_with_its_transaction(trial):
    trial.hear()
    tick(trial)

    with trial.bench.database.work(Origin.own("review", "hau-giang")) as work:
        held = text(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE locktype = 'advisory' AND datname = current_database()"
        )
        assert work.session.scalar(held) == 0
