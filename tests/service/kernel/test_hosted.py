"""A service as a process on a real broker: switchboards, relay, retries, health, its end."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

import amqp
import pytest
from sqlalchemy import make_url, text

from contracts import review
from deploy.local.instance import free_port
from kernel import envelope
from kernel.client import RemoteFailure, RemoteRefusal
from kernel.errors import Unavailable
from kernel.testing import NOON
from tests.service.kernel.conftest import opened
from tests.service.kernel.hosted import CHAIR, COMMAND, Hosted
from tests.service.kernel.trial import make_tables

pytestmark = pytest.mark.slow

BOTH = ["heard of R1", "j-1 opened R1"]
ALL = ["envelope of review.JudgeStoodDown", *BOTH]


@pytest.fixture(scope="module")
def environment(servers, broker, migrated, admin):
    """Return what a copy of the trial service is told; its database lasts for the module."""
    url = new_database(servers, migrated, admin)
    make_tables(url)
    return servers.env("review") | {
        "AMQP_URL": broker.env("review")["AMQP_URL"],
        "DATABASE_URL": url,
        "RETRY_PAUSES": "0.1,0.1,0.1,0.1,0.1",
        "WORKERS": "4",
        "HEARTBEAT": "10",
        "HEALTH_PORT": "0",
    }


def new_database(servers, migrated, admin) -> str:
    own = make_url(servers.database_url("review"))
    template, name = migrated("review"), f"hosted_{os.getpid()}"
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(
            text(f'CREATE DATABASE {name} OWNER "{own.username}" TEMPLATE {template}')
        )
    return own.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def hosted(environment, broker):
    copies = Hosted(environment, [free_port(), free_port()], broker.env("gateway")["AMQP_URL"])
    copies.start()
    yield copies
    copies.stop()
    assert copies.statuses[-2:] == [0, 0]


@pytest.fixture
def tenant() -> str:
    return f"tinh-{envelope.new_id()[:12]}"


def test_a_command_is_answered_and_its_event_comes_back_to_every_hearer(hosted, tenant):
    assert hosted.open(tenant, id="c-1") == "c-1"

    hosted.until(lambda: hosted.notes(tenant) == ALL)


def test_a_repeated_command_is_answered_from_memory(hosted, tenant):
    first, second = hosted.open(tenant, id="c-1"), hosted.open(tenant, id="c-1")

    assert (first, second) == ("c-1", "c-1")
    hosted.until(lambda: hosted.notes(tenant) == ALL)


def test_a_refusal_travels_with_its_template(hosted, tenant):
    refusal = hosted.open(tenant, "closed")

    assert isinstance(refusal, RemoteRefusal)
    assert (refusal.code, refusal.kind, refusal.template, refusal.params) == (
        "Closed",
        "Conflict",
        "Round {round_id} is closed.",
        {"round_id": "R1"},
    )


def test_a_failure_nobody_foresaw_names_only_the_request(hosted, tenant):
    failure = hosted.open(tenant, "broken", id="c-1")

    assert isinstance(failure, RemoteFailure)
    assert str(failure) == "Unexpected: c-1"


def test_a_request_the_service_does_not_know_is_refused(hosted, tenant):
    command = review.DeclareConflict(contest_id="hg", judge_id="j", entry_id="e", reason="")
    query = review.ListAssignments(contest_id="hg", round_id="R1")

    answers = hosted.ask(command, query, tenant=tenant)

    assert [(answer.code, answer.kind) for answer in answers] == [
        ("UnknownRequest", "NotFound")
    ] * 2


def test_many_requests_at_once_on_two_copies_have_one_effect_each(hosted, tenant):
    asked = [review.OpenRound(contest_id="hg", round_id=f"R-{number}") for number in range(200)]

    answers = hosted.ask(*asked, tenant=tenant)

    assert len(set(answers)) == 200
    expected = [f"heard of {each.round_id}" for each in asked]
    expected += [f"j-1 opened {each.round_id}" for each in asked]
    expected += ["envelope of review.JudgeStoodDown"] * 200
    hosted.until(lambda: hosted.notes(tenant) == sorted(expected))


@pytest.mark.parametrize("kind", ["command", "query"])
def test_a_request_that_cannot_be_read_is_refused_and_kept(hosted, kind):
    parts = amqp_parts(hosted.gateway_url)
    body = f"no {kind} {envelope.new_id()}".encode()
    answers = []
    with amqp.Connection(**parts) as connection:
        channel = connection.channel()
        queue = f"gateway.replies.{envelope.new_id()}"
        channel.queue_declare(queue, exclusive=True)
        channel.queue_bind(queue, "review", routing_key=f"reply.{queue}")
        channel.basic_consume(queue, no_ack=True, callback=answers.append)
        for _delivery in range(2):
            message = amqp.Message(body, reply_to=f"reply.{queue}")
            channel.basic_publish(message, "gateway", f"review.{kind}")
        while len(answers) < 2:
            connection.drain_events(timeout=20)

    assert [json.loads(answer.body)["refused"]["code"] for answer in answers] == ["Unreadable"] * 2
    kept = "SELECT handler, state FROM inbox WHERE envelope = :body"
    assert hosted.select(kept, body=body) == [("request", "dead")]


def amqp_parts(url):
    parts = urlsplit(url)
    return {
        "host": f"{parts.hostname}:{parts.port}",
        "userid": parts.username,
        "password": parts.password,
        "virtual_host": parts.path[1:],
    }


def test_a_timer_visits_a_new_tenant_once(hosted, tenant):
    hosted.open(tenant)

    reminders = "SELECT text FROM note WHERE tenant = :tenant AND id = 'reminder'"
    hosted.until(lambda: hosted.select(reminders, tenant=tenant))
    assert hosted.select(reminders, tenant=tenant) == [("reminded by service:review",)]


def test_what_fails_every_time_is_dead_and_delays_nobody(hosted, tenant):
    hosted.open(tenant, round_id="R99")
    hosted.open(tenant, round_id="R1")

    hosted.until(lambda: "heard of R1" in hosted.notes(tenant))

    state = "SELECT state, attempts FROM inbox WHERE tenant = :tenant AND state = 'dead'"
    hosted.until(lambda: hosted.select(state, tenant=tenant))
    assert hosted.select(state, tenant=tenant) == [("dead", 6)]
    assert "heard of R99" not in hosted.notes(tenant)


def test_what_kills_its_process_is_given_up_and_the_queue_moves_on(hosted, tenant):
    died = len(hosted.statuses)
    hosted.open(tenant, "deadly")

    dead = "SELECT handler, error FROM inbox WHERE tenant = :tenant AND state = 'dead'"
    hosted.until(lambda: hosted.select(dead, tenant=tenant), seconds=120)

    assert hosted.select(dead, tenant=tenant) == [
        ("commands", "It ended its process, or was returned, too often.")
    ]
    assert set(hosted.statuses[died:]) == {9}
    hosted.until(lambda: hosted.open(tenant, id="c-2") == "c-2")
    hosted.until(lambda: hosted.notes(tenant) == ALL)


def tell(hosted, tenant, *events):
    """Say events as the service's own relay would."""
    with amqp.Connection(**amqp_parts(hosted.environment["AMQP_URL"])) as connection:
        channel = connection.channel()
        for event in events:
            data = envelope.encode(
                envelope.wrap(event, tenant=tenant, actor=CHAIR, occurred_at=NOON)
            )
            frame = amqp.Message(data, delivery_mode=2)
            channel.basic_publish(frame, "review", f"event.{type(event).__name__}")


def closed(round_id, contest_id="hg"):
    return review.RoundClosed(contest_id=contest_id, round_id=round_id, table=(), is_last=False)


def closings(hosted, tenant):
    notes = "SELECT text FROM note WHERE tenant = :tenant ORDER BY text"
    return [text_ for (text_,) in hosted.select(notes, tenant=tenant) if "closed" in text_]


def test_what_is_heard_together_has_its_effect_once_and_one_that_fails_holds_up_none(
    hosted, tenant
):
    rounds = [f"R-{number:04}" for number in range(900)]
    wrong = closed("R-x", "broken")

    tell(hosted, tenant, *map(closed, rounds[:450]), wrong, *map(closed, rounds[450:]))

    expected = [f"closed {round_id}" for round_id in rounds]
    hosted.until(lambda: closings(hosted, tenant) == expected, seconds=240)
    dead = "SELECT handler FROM inbox WHERE tenant = :tenant AND state = 'dead'"
    hosted.until(lambda: hosted.select(dead, tenant=tenant) == [("note_closings",)])


def test_what_ends_its_process_takes_none_of_those_heard_with_it_along(hosted, tenant):
    rounds = [f"R-{number}" for number in range(9)]

    tell(hosted, tenant, *map(closed, rounds), closed("R-x", "deadly"))

    expected = [f"closed {round_id}" for round_id in rounds]
    hosted.until(lambda: closings(hosted, tenant) == expected, seconds=240)
    dead = "SELECT handler, error FROM inbox WHERE tenant = :tenant AND state = 'dead'"
    wanted = [("note_closings", "It ended its process, or was returned, too often.")]
    hosted.until(lambda: hosted.select(dead, tenant=tenant) == wanted, seconds=240)
    hosted.until(lambda: all(hosted.health(port).status_code == 200 for port in hosted.ports))


def test_one_tenants_flood_leaves_another_its_turn_and_outlives_a_process(hosted, tenant):
    flood = [opened("held", f"R-{number}") for number in range(60)]
    states = (
        "SELECT state, count(*) FROM inbox WHERE tenant = :tenant AND handler = 'note_round'"
        " GROUP BY state"
    )
    done = "SELECT 1 FROM inbox WHERE tenant = :other AND handler = 'note_round'"

    with hosted.database() as holding:
        holding.execute(text("SELECT pg_advisory_xact_lock(7)"))
        tell(hosted, tenant, *flood)
        tell(hosted, f"{tenant}-2", opened())
        hosted.until(lambda: hosted.select(done, other=f"{tenant}-2"))
        hosted.until(lambda: sum(count for _, count in hosted.select(states, tenant=tenant)) > 50)
        assert {state for state, _ in hosted.select(states, tenant=tenant)} == {"retry"}
        hosted.processes[hosted.ports[0]].kill()

    hosted.until(lambda: hosted.select(states, tenant=tenant) == [("done", 60)])
    notes = "SELECT text FROM note WHERE tenant = :tenant AND text LIKE 'heard%' ORDER BY text"
    assert hosted.select(notes, tenant=tenant) == sorted(
        (f"heard of {each.round_id}",) for each in flood
    )
    hosted.until(lambda: all(hosted.health(port).status_code == 200 for port in hosted.ports))


def test_every_dependency_says_how_it_is(hosted):
    answer = hosted.health()

    assert (answer.status_code, answer.json()) == (
        200,
        {"database": "ok", "broker": "ok", "store": "ok"},
    )


def test_metrics_count_by_entrypoint_and_outcome(hosted, tenant):
    hosted.open(tenant)
    hosted.until(lambda: hosted.notes(tenant) == ALL)

    pages = [hosted.page("/metrics", port).text for port in hosted.ports]

    both = "".join(pages)  # either copy may have heard the event
    assert 'sangkien_messages_total{entrypoint="note_round",outcome="done"}' in both
    assert 'sangkien_message_seconds_bucket{entrypoint="open_round",le="10.0"}' in both
    assert "sangkien_outbox_waiting 0.0" in pages[0]
    assert "sangkien_inbox_dead " in pages[1]


def test_any_other_page_is_not_there(hosted):
    assert hosted.page("/else").status_code == 404


def test_the_broker_may_restart_and_everybody_comes_back_alone(hosted, broker, tenant):
    hosted.open(tenant)
    pids = {process.pid for process in hosted.processes.values()}

    broker.stop("rabbitmq")
    try:
        ill = hosted.until(lambda: (said := hosted.health()).status_code == 503 and said.json())
        assert isinstance(hosted.open(tenant, timeout=3.0), Unavailable)
    finally:
        broker.start("rabbitmq")

    assert ill == {"database": "ok", "broker": "Unwell", "store": "ok"}
    hosted.until(lambda: all(hosted.health(port).status_code == 200 for port in hosted.ports))
    assert hosted.open(tenant, id="c-2", round_id="R2") == "c-2"
    hosted.until(lambda: "heard of R2" in hosted.notes(tenant))
    assert pids == {process.pid for process in hosted.processes.values()}


def test_a_client_outlives_the_broker(hosted, broker, tenant):
    def opening(client, number):
        asked = review.OpenRound(contest_id="hg", round_id=f"R{number}")
        return client.ask(asked, reply=str, tenant=tenant, actor=CHAIR, id=f"c-{number}")

    async def before_and_after() -> tuple[str, str]:
        async with hosted.client() as client:
            first = await opening(client, 1)
            await asyncio.to_thread(broker.restart, "rabbitmq")
            while True:
                try:
                    return first, await opening(client, 2)
                except Unavailable:
                    await asyncio.sleep(0.2)

    assert asyncio.run(before_and_after()) == ("c-1", "c-2")


def test_logs_carry_the_ids_of_a_message_and_never_what_it_says(hosted, tenant):
    hosted.open(tenant, "broken", id="c-7")

    hosted.until(lambda: said_of(hosted, tenant))

    (line,) = said_of(hosted, tenant)
    assert (line["message_id"], line["type"], line["actor"]) == ("c-7", "review.OpenRound", "j-1")
    assert line["error"].endswith("builtins.ValueError")
    assert "contest_id" not in json.dumps({**line, "error": ""})


def said_of(hosted, tenant):
    return [line for line in hosted.log if line.get("tenant") == tenant]


def test_a_process_finishes_what_it_has_begun_and_ends_well(environment):
    process = subprocess.Popen(
        COMMAND, env=os.environ | environment, stdout=subprocess.PIPE, text=True
    )
    patience = threading.Timer(60, process.kill)
    patience.start()
    lines = iter(process.stdout.readline, "")
    assert any('"started"' in line for line in lines)
    began = time.monotonic()

    process.send_signal(signal.SIGINT)
    rest = process.stdout.read()

    assert process.wait(timeout=10) == 0
    assert time.monotonic() - began < 10
    assert json.loads(rest.splitlines()[-1])["message"] == "stopped"
    process.stdout.close()
    patience.cancel()


def run(*command, **environment):
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *command],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_process_without_a_setting_says_which_and_ends_with_status_2():
    ended = run("kernel.runner", "review", AMQP_URL="a")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "review cannot start. Set DATABASE_URL or DATABASE_URL_FILE.\n"


@pytest.mark.parametrize("arguments", [(), ("review", "awards")])
def test_a_wrong_command_line_ends_with_status_2(arguments):
    ended = run("kernel.runner", *arguments)

    assert (ended.returncode, ended.stderr) == (2, "usage: python -m kernel.runner SERVICE\n")


@pytest.mark.parametrize("name", ["nobody", "no.body", ""])
def test_a_service_that_does_not_exist_is_named(name):
    ended = run("kernel.runner", name)

    assert (ended.returncode, ended.stderr) == (2, f"There is no service {name} in this image.\n")


def test_a_service_that_cannot_have_its_port_ends_with_a_failure(environment):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run("tests.service.kernel.serve", **environment | {"HEALTH_PORT": port})

    assert ended.returncode == 1


def test_a_retry_is_seen_in_the_log_with_its_count(hosted, tenant):
    hosted.open(tenant, round_id="R5")

    hosted.until(lambda: "heard of R5" in hosted.notes(tenant))

    failed = [line for line in said_of(hosted, tenant) if line["message"] == "event failed"]
    assert [line["why"] for line in failed] == ["builtins.ValueError"] * len(failed)
    assert len(failed) >= 2  # of either copy
    counted = [line["attempts"] for line in failed if line["type"] == opened_type()]
    assert counted == sorted(counted)


def opened_type():
    return envelope.name_of(type(opened()))


def test_a_message_from_the_past_keeps_its_instant(hosted, tenant):
    hosted.open(tenant, occurred_at=NOON, actor=CHAIR)

    said = "SELECT convert_from(envelope, 'UTF8') FROM outbox WHERE tenant = :tenant"
    (kept,) = hosted.select(said, tenant=tenant)[:1]
    assert json.loads(kept[0])["occurred_at"] == "2022-07-01T05:00:00Z"
