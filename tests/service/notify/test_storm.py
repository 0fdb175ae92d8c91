"""Counterparties that fail, hang, answer twice and break off, each in a process of its own.

The same with 100,000 messages is `python -m benchmarks.notices storm`.
"""

import time
from collections import Counter

import psutil
import pytest

from benchmarks.notices.running import Clock, Processes, Queue, taken_by, wait_until_over
from services.notify.hooks import new_secret

RELAY = "channel:mail"
SANDBOX = ("kernel.operate", "channels-sandbox")
BAD = ("--fail", "0.33", "--close", "0.03", "--twice", "0.05")


@pytest.fixture
def processes(tmp_path):
    with Processes(tmp_path) as processes:
        yield processes


@pytest.fixture
def queue(database_of):
    queue = Queue(database_of("notify"))
    yield queue
    queue.close()


@pytest.fixture
def clock(tmp_path):
    return Clock(tmp_path / "clock.json")


@pytest.fixture
def surroundings(servers, queue, clock):
    """Return a function that makes the environment of a copy of notify."""

    def make(smtp_url):
        return servers.env("notify") | {
            "DATABASE_URL": queue.engine.url.render_as_string(hide_password=False),
            "SMTP_URL": smtp_url,
            "WEBHOOK_ALLOW_LOOPBACK": "true",
            "CLOCK_FILE": str(clock.file),
            "HEALTH_PORT": "0",
        }

    return make


def letters_in(file):
    return Counter(line.split()[0] for line in file.read_text().splitlines())


@pytest.mark.slow
def test_nothing_is_lost_or_taken_twice_and_nobody_waits_for_those_who_misbehave(
    processes, queue, clock, surroundings, tmp_path
):
    secret, inbox = new_secret(), tmp_path / "letters"
    relay = processes.address("benchmarks.notices.relay", str(inbox), *BAD, "--hang", "0.002")
    bad = processes.address(*SANDBOX, "--secret", secret, *BAD, "--hang", "0.002")
    stuck = processes.address(*SANDBOX, "--hang", "1")
    calm = processes.address(*SANDBOX, "--secret", secret)
    for name, url in (("bad", bad), ("stuck", stuck), ("calm", calm)):
        queue.client(name, url, secret)
    for name, count in ((RELAY, 150), ("bad", 150), ("stuck", 5), ("calm", 60)):
        queue.fill(name, count)
    queue.expire("stuck", minutes=5)

    for _ in range(2):
        processes.notify(surroundings(relay))
    over, given_up = wait_until_over(queue, clock, seconds=240), 0
    # Nine tries of which each fails with a chance of 0.36: one message in 10,000 is given up.
    while over and (failed := queue.send_failed_again()):
        given_up += failed
        over = wait_until_over(queue, clock, seconds=240)

    taken, calls = taken_by(bad)
    assert over
    assert given_up <= 3
    assert queue.states() == {
        (RELAY, "SENT"): 150,
        ("bad", "SENT"): 150,
        ("stuck", "EXPIRED"): 5,
        ("calm", "SENT"): 60,
    }
    assert letters_in(inbox).keys() == {f"channel-mail-{n}" for n in range(1, 151)}
    assert taken.keys() == {f"bad-{n}" for n in range(1, 151)}
    assert sum(calls.values()) > 150  # it was asked again, under ids that it knew
    assert taken_by(calm)[0].keys() == {f"calm-{n}" for n in range(1, 61)}


@pytest.mark.slow
def test_a_process_killed_between_sending_and_recording_repeats_a_message_at_most_once(
    processes, queue, clock, surroundings, tmp_path
):
    inbox = tmp_path / "letters"
    relay = processes.address("benchmarks.notices.relay", str(inbox))
    queue.fill(RELAY, 150)
    first = processes.notify(surroundings(relay))
    while not inbox.exists() or len(inbox.read_text().splitlines()) < 40:
        assert first.poll() is None
        time.sleep(0.01)

    processes.kill(first)
    clock.jump(120)  # until what it had taken is due again
    processes.notify(surroundings(relay))
    over = wait_until_over(queue, clock, seconds=120)

    counted = letters_in(inbox)
    unknown = queue.run("SELECT count(*) FROM attempt WHERE outcome = 'UNKNOWN'")[0][0]
    assert over
    assert queue.states() == {(RELAY, "SENT"): 150}
    assert counted.keys() == {f"channel-mail-{n}" for n in range(1, 151)}
    assert set(counted.values()) <= {1, 2}
    assert sum(counted.values()) - 150 <= unknown


@pytest.mark.slow
def test_a_long_queue_leaves_by_a_process_of_its_own_and_a_stop_loses_nothing(
    processes, queue, clock, surroundings, tmp_path
):
    inbox = tmp_path / "letters"
    relay = processes.address("benchmarks.notices.relay", str(inbox))
    queue.fill(RELAY, 3000)
    first = processes.notify(surroundings(relay))
    while not inbox.exists() or len(inbox.read_text().splitlines()) < 40:
        assert first.poll() is None
        time.sleep(0.01)

    children = psutil.Process(first.pid).children()
    commands = [child.cmdline() for child in children]
    first.terminate()
    first.wait()
    psutil.wait_procs(children)
    before = queue.waiting(RELAY)
    processes.notify(surroundings(relay))
    over = wait_until_over(queue, clock, seconds=240)

    assert ["services.notify.bulk" in command for command in commands] == [True]
    assert before > 0
    assert over
    counted = letters_in(inbox)
    unknown = queue.run("SELECT count(*) FROM attempt WHERE outcome = 'UNKNOWN'")[0][0]
    assert counted.keys() == {f"channel-mail-{n}" for n in range(1, 3001)}
    assert counted.total() - 3000 <= unknown  # none where it had the time to end by itself
