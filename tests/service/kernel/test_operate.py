"""`sangkien outbox|dead|retry|replay|migrate|watch`: what they print, do and end with."""

import json
import os
import signal
import subprocess
import sys
import threading

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, make_url, text

from contracts import review
from kernel import clock, envelope, execute, operate, relay
from kernel.database import Origin
from kernel.settings import KernelSettings
from tests.service.kernel.conftest import opened


@pytest.fixture
def sangkien(trial):
    """Run `sangkien …` with the address of the trial's database and nothing else."""
    url = trial.bench.database.engine.url.render_as_string(hide_password=False)

    def run(*arguments, **environment):
        told = {"AMQP_URL": None, "S3_URL": None, "DATABASE_URL": url} | environment
        return CliRunner().invoke(operate.group, list(arguments), env=told)

    return run


@pytest.fixture
def dead(trial):
    """Leave a dead message m-1 of hau-giang and m-2 of ca-mau."""
    trial.bench.service.failures["R1"] = 100
    for message_id, tenant in (("m-1", "hau-giang"), ("m-2", "ca-mau")):
        trial.hear(id=message_id, tenant=tenant)
    while trial.bench.retry(review.RoundOpened):
        pass
    trial.bench.service.failures.clear()
    return trial


def test_the_outbox_shows_what_the_broker_has_not_confirmed(trial, sangkien):
    trial.open(tenant="hau-giang")
    trial.open(tenant="ca-mau")
    trial.execute("UPDATE outbox SET sent_at = now() WHERE tenant = 'ca-mau'")

    result = sangkien("outbox")

    (row,) = trial.outbox("hau-giang")
    assert result.stdout == (
        f"{row.created_at:%Y-%m-%d %H:%M:%S} hau-giang review.RoundOpened {row.id}\n"
    )
    assert (result.exit_code, result.stderr) == (0, "")


def test_old_sent_events_are_forgotten_and_unsent_ones_never(trial, sangkien):
    for _ in range(3):
        trial.open()
    _, second, third = trial.outbox()
    trial.execute("UPDATE outbox SET sent_at = now() WHERE sequence < 3")
    trial.execute("UPDATE outbox SET sent_at = now() - interval '9 days' WHERE sequence = 1")

    result = sangkien("outbox", "--prune-days", "7")

    assert result.stdout.startswith("1 forgotten\n")
    assert third.id in result.stdout
    assert [row.id for row in trial.outbox()] == [second.id, third.id]


def test_the_dead_are_listed_with_whose_they_are_and_why(dead, sangkien):
    result = sangkien("dead", "list")

    first, second = result.stdout.splitlines()
    assert first.endswith("hau-giang note_round review.RoundOpened m-1 builtins.ValueError")
    assert second.endswith("ca-mau note_round review.RoundOpened m-2 builtins.ValueError")
    assert "2 dead" in result.stderr
    assert dead.notes == []


def test_without_any_dead_the_list_is_empty(sangkien):
    result = sangkien("dead", "list")

    assert (result.stdout, result.stderr, result.exit_code) == ("", "0 dead\n", 0)


@pytest.mark.usefixtures("dead")
def test_a_dead_message_is_shown_whole(sangkien):
    result = sangkien("dead", "show", "m-2")

    shown = json.loads(result.stdout)
    assert (shown["id"], shown["tenant"], shown["body"]["round_id"]) == ("m-2", "ca-mau", "R1")


@pytest.mark.parametrize(
    ("command", "what"), [(("dead", "show", "m-9"), "message"), (("retry", "m-9"), "event")]
)
@pytest.mark.usefixtures("dead")
def test_a_message_that_is_not_dead_is_named(sangkien, command, what):
    result = sangkien(*command)

    assert result.exit_code == 1
    assert result.stderr == f"Error: There is no dead {what} m-9; see `dead list`.\n"


@pytest.mark.parametrize("queue", ["request", "commands"])
def test_a_dead_request_stays_dead(dead, sangkien, queue):
    dead.execute(f"UPDATE inbox SET handler = '{queue}' WHERE message_id = 'm-1'")  # noqa: S608

    result = sangkien("retry", "--all")

    assert result.stdout == "1 will be tried again\n"
    assert [row.state for row in dead.inbox()] == ["dead"]


def test_a_dead_message_is_tried_again_alone(dead, sangkien):
    result = sangkien("retry", "m-1")

    assert (result.exit_code, result.stdout) == (0, "1 will be tried again\n")
    assert dead.bench.retry(review.RoundOpened) is True
    assert dead.bench.retry(review.RoundOpened) is False
    assert dead.notes == ["heard of R1"]
    assert "m-2" in sangkien("dead", "list").stdout


def test_a_retried_message_has_all_its_tries_again(dead, sangkien):
    dead.bench.service.failures["R1"] = 1
    sangkien("retry", "m-1")

    tries = [dead.bench.retry(review.RoundOpened) for _ in range(3)]

    assert tries == [True, True, False]
    assert [row.state for row in dead.inbox()] == ["done"]


def test_all_the_dead_are_tried_again(dead, sangkien):
    result = sangkien("retry", "--all")

    assert (result.exit_code, result.stdout) == (0, "2 will be tried again\n")
    assert sangkien("dead", "list").stdout == ""
    assert dead.bench.retry(review.RoundOpened) is True


def test_a_mended_message_is_tried_in_place_of_the_dead_one(dead, sangkien, tmp_path):
    mended = tmp_path / "mended.json"
    shown = sangkien("dead", "show", "m-1").stdout
    mended.write_text(shown.replace('"R1"', '"R7"'))

    result = sangkien("retry", "m-1", "--fixed", str(mended))

    assert result.exit_code == 0
    assert dead.bench.retry(review.RoundOpened) is True
    assert dead.notes == ["heard of R7"]


def test_what_could_not_be_read_can_be_mended_into_its_tenant(trial, sangkien, tmp_path):
    execute.bury(trial.bench.database, "note_round", b"{broken", "not JSON")
    message_id = sangkien("dead", "list").stdout.split()[5]
    trial.hear(id="m-1")
    wrapped = trial.bench._wrap(opened(round_id="R8"), None, clock.now(), "m-8", "ca-mau")  # noqa: SLF001
    mended = tmp_path / "mended.json"
    mended.write_bytes(envelope.encode(wrapped))

    result = sangkien("retry", message_id, "--fixed", str(mended))

    assert (result.exit_code, result.stderr) == (0, "")
    assert trial.bench.retry(review.RoundOpened) is True
    assert trial.show(tenant="ca-mau") == ["heard of R8"]


@pytest.mark.usefixtures("dead")
def test_a_mended_file_that_is_no_envelope_is_refused(sangkien, tmp_path):
    mended = tmp_path / "mended.json"
    mended.write_text("{}")

    result = sangkien("retry", "m-1", "--fixed", str(mended))

    assert result.exit_code == 1
    assert "mended.json is not an envelope: " in result.stderr


def test_sent_events_are_sent_again_by_type_and_age(trial, sangkien):
    trial.open()
    trial.hear()
    trial.execute("UPDATE outbox SET sent_at = now() - interval '2 hours'")

    assert sangkien("replay", "--hours", "1").stdout == "0 will be sent again\n"
    again = sangkien("replay", "--hours", "3", "--type", "review.RoundOpened")

    assert (again.stdout, again.exit_code) == ("1 will be sent again\n", 0)
    assert [row.type for row in trial.outbox() if row.sent_at is None] == ["review.RoundOpened"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("retry",),
        ("retry", "m-1", "--all"),
        ("retry", "m-1", "--fixed", "no-such-file"),
        ("retry", "--all", "--fixed", __file__),
        ("replay",),
        ("outbox", "--prune-days", "many"),
        ("dead", "show"),
        ("migrate", "nobody"),
        ("nonsense",),
    ],
)
def test_wrong_usage_ends_with_status_2(sangkien, arguments):
    result = sangkien(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: " in result.stderr


def test_help_lists_the_kernels_commands_and_those_of_services(sangkien):
    shown = sangkien("--help").stdout

    for name in ("outbox", "dead", "retry", "replay", "migrate", "watch", "ledger", "account"):
        assert f"  {name} " in shown


def test_migrating_twice_changes_nothing(sangkien, database_of):
    url = database_of("review")

    results = [sangkien("migrate", "review", DATABASE_URL=url) for _ in range(2)]

    said = "review: the database is up to date\n"
    assert [(result.exit_code, result.stdout) for result in results] == [(0, said)] * 2


def test_an_empty_database_gets_the_tables_of_kernel_and_service(sangkien, database_of, admin):
    url = make_url(database_of("review"))
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {url.database} WITH (FORCE)"))
        connection.execute(text(f'CREATE DATABASE {url.database} OWNER "{url.username}"'))

    result = sangkien("migrate", "review", DATABASE_URL=url.render_as_string(hide_password=False))

    engine = create_engine(url)
    with engine.connect() as connection:
        secured = text(
            "SELECT count(*) FILTER (WHERE relrowsecurity AND relforcerowsecurity)"
            " FROM pg_class WHERE relname IN ('outbox', 'inbox', 'request')"
        )
        assert connection.scalar(secured) == 3
    engine.dispose()
    assert result.exit_code == 0


def sangkien_process(*arguments, **environment):
    # Who runs tests in the background has it ignored, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    inherited = {key: value for key, value in os.environ.items() if not key.endswith("_URL")}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "kernel.operate", *arguments],
        env=inherited | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "sangkien: Set DATABASE_URL or DATABASE_URL_FILE.\n"),
        (
            {"DATABASE_URL": "postgresql+psycopg2://nobody:x@127.0.0.1:1/none"},
            "sangkien: the database did not do it: ",
        ),
    ],
)
def test_what_an_operator_can_mend_is_one_sentence_and_status_1(environment, said):
    with sangkien_process("outbox", **environment) as process:
        out, err = process.communicate(timeout=60)

    assert (process.returncode, out) == (1, "")
    assert err.startswith(said)
    assert "Traceback" not in err


@pytest.mark.slow
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_every_event_is_watched_as_it_travels(trial, broker, form):
    settings = KernelSettings(amqp_url=broker.env("review")["AMQP_URL"], database_url="")
    with (
        sangkien_process(
            "watch", *form, AMQP_URL=broker.addresses.amqp_url, DATABASE_URL="-"
        ) as watching,
        relay.open_line(settings, "review") as line,
    ):
        heard: list[str] = []
        reading = threading.Thread(target=lambda: heard.append(watching.stdout.readline()))
        reading.start()
        while reading.is_alive():  # until it listens, nobody takes the event and it is kept
            with trial.bench.database.work(Origin.own("review", "hau-giang")) as work:
                work.announce(opened())
            relay.send_batch(trial.bench.database, line)
            reading.join(0.3)
        watching.send_signal(signal.SIGINT)
        watching.communicate(timeout=20)

    assert watching.returncode == 1
    said = json.loads(heard[0])
    assert (said["type"], said["tenant"]) == ("review.RoundOpened", "hau-giang")
    assert ("body" in said) is bool(form)
