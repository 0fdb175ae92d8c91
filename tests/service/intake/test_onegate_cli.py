"""`sangkien onegate …`: what an operator reads of the portals, and what is tried again."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from contracts import intake
from kernel import operate
from kernel.testing import TENANT
from services.intake.service import IntakeService
from services.intake.service.comparing import reconcile
from services.intake.store.tables import CounterpartyRow, PushRow, ReconciliationRow
from tests.service.intake.conftest import Contest
from tests.service.intake.portals import Portal
from tests.service.intake.test_onegate import OPERATOR, pushes, set_up, speaker, tell

OTHER = "khác"  # than the password we know the portal by at first


@pytest.fixture
def there():
    """Start a portal that knows another password than we do."""
    portal = Portal("--password", OTHER)
    yield portal
    portal.kill()


@pytest.fixture
def bench(service_bench):
    return service_bench(IntakeService, ONEGATE_PAUSES="0", ONEGATE_SECONDS="5")


@pytest.fixture
def sangkien(bench):
    """Run `sangkien onegate …` with the address of the database and nothing else."""
    url = bench.database.engine.url.render_as_string(hide_password=False)

    def run(*arguments: str):
        told = {"AMQP_URL": None, "S3_URL": None, "DATABASE_URL": url}
        return CliRunner().invoke(operate.group, ["onegate", *arguments], env=told)

    return run


@pytest.fixture
def dead(contest: Contest, there: Portal) -> PushRow:
    """Leave the first step of an entry dead, because the portal has refused it to the end."""
    set_up(contest, there.url)
    contest.enter()
    for _ in range(2):
        speaker(contest).tell_due()
    (row,) = contest.bench.rows(select(PushRow))
    return row


def test_what_has_not_arrived_is_listed_with_the_reason(dead, sangkien):
    result = sangkien("list")

    assert result.output == (
        f"{dead.sequence} {TENANT} dvcqg {dead.entry_id} REGISTERED DEAD 2"
        " Declined with error_code 2.\n"
    )


def test_what_is_dead_is_tried_again_and_then_told(contest, dead, sangkien, there):
    set_up(contest, there.url, password=OTHER)

    again, queued = sangkien("retry", TENANT, "dvcqg"), sangkien("list").output
    tell(contest)

    assert (again.exit_code, again.output) == (0, "1 will be tried again\n")
    assert f"{dead.entry_id} REGISTERED QUEUED 0" in queued
    assert sangkien("list").output == ""
    assert f"{dead.entry_id} REGISTERED SENT 1\n" in sangkien("list", "--all").output


@pytest.mark.usefixtures("dead")
def test_only_the_entry_that_is_named_is_tried_again(contest, sangkien):
    result = sangkien("retry", TENANT, "dvcqg", "--entry", "another")

    assert result.output == "0 will be tried again\n"
    assert [push.state for push in pushes(contest)] == ["DEAD"]


@pytest.mark.usefixtures("dead")
@pytest.mark.parametrize("where", [(TENANT, "khong-co"), ("ca-mau", "dvcqg")])
def test_a_counterparty_that_is_not_there_is_named(sangkien, where):
    result = sangkien("retry", *where)

    assert (result.exit_code, result.output) == (
        1, f"Error: There is no counterparty {where[1]}.\n",
    )  # fmt: skip


@pytest.mark.usefixtures("dead")
def test_counterparties_and_how_they_compared_are_listed(contest, sangkien, there):
    set_up(contest, there.url, password=OTHER)
    contest.ask(intake.RetryPushes(counterparty="dvcqg"), OPERATOR)
    tell(contest)

    reconcile(speaker(contest))

    (compared,) = contest.bench.rows(select(ReconciliationRow))
    (portal,) = contest.bench.rows(select(CounterpartyRow))
    assert sangkien("counterparties").output == f"{TENANT} dvcqg {there.url} {portal.failures}\n"
    assert sangkien("reconciliations").output == (
        f"{compared.at:%Y-%m-%d %H:%M:%S} {TENANT} dvcqg 1 0 0\n"
    )
