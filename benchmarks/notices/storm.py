"""100,000 messages to counterparties that misbehave, and how long those beside them wait."""

import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.notices.running import Clock, Processes, Queue, taken_by, wait_until_over
from benchmarks.notices.throughput import SANDBOX, Environment, url_of
from services.notify.hooks import new_secret

BAD = ("--fail", "0.33", "--close", "0.02", "--twice", "0.05", "--hang", "0.0002")
RELAY = "channel:mail"
PACED = 200  # pushes to the client that behaves, one every tenth of a second


def storm(
    queue: Queue, environment: Environment, messages: int, hours: float
) -> dict[str, object]:
    """Send half as letters, half as pushes; return counts, and the delays of others in seconds."""
    secret = new_secret()
    with TemporaryDirectory() as name, Processes(Path(name)) as processes:
        folder = Path(name)
        clock = Clock(folder / "clock.json")
        relay = processes.address("benchmarks.notices.relay", str(folder / "letters"), *BAD)
        bad = processes.address(*SANDBOX, "--secret", secret, *BAD)
        calm = processes.address(*SANDBOX, "--secret", secret)
        queue.client("bad", bad, secret)
        queue.client("calm", calm, secret)
        settings = {**environment(url_of(queue), relay), "CLOCK_FILE": str(clock.file)}
        for _ in range(2):
            processes.notify(settings)
        time.sleep(5 + 2 * until_first(queue))  # the other copy may begin later
        alone = paced(queue, "alone")
        queue.fill(RELAY, messages // 2)
        queue.fill("bad", messages // 2)
        beside = paced(queue, "beside")
        began = time.monotonic()
        over = wait_until_over(queue, clock, hours * 3600)
        given_up = 0
        while over and (failed := queue.send_failed_again()):
            given_up += failed
            over = wait_until_over(queue, clock, hours * 3600)
        letters = Counter(
            line.split()[0] for line in (folder / "letters").read_text().splitlines()
        )
        taken, calls = taken_by(bad)
        return {
            "over": over,
            "seconds": round(time.monotonic() - began),
            "states": {" ".join(key): count for key, count in queue.states().items()},
            "letters": {"different": len(letters), "repeats": letters.total() - len(letters)},
            "pushes": {"different": len(taken), "repeats": sum(calls.values()) - len(taken)},
            "given up after nine tries, and sent again by hand": given_up,
            "delay of others alone, p50, p95 and max": alone,
            "delay of others beside the storm, p50, p95 and max": beside,
            "delay of others, p50 beside the storm to p50 alone": round(beside[0] / alone[0], 2),
        }


def until_first(queue: Queue) -> float:
    """Have the first push go; return how many seconds it took for a copy to be there."""
    began = time.monotonic()
    queue.push("calm", "first")
    while queue.waiting("calm"):
        time.sleep(0.1)
    return time.monotonic() - began


def paced(queue: Queue, name: str) -> tuple[float, float, float]:
    """Queue pushes for the calm client one by one; return p50, p95 and longest delay, seconds."""
    waited = []
    for number in range(PACED):
        queue.push("calm", f"{name}-{number}")
        time.sleep(0.1)
    while queue.waiting("calm"):
        time.sleep(0.2)
    waited = sorted(
        float(str(row[0]))
        for row in queue.run(
            "SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - queued_at) FROM delivery"
            " WHERE counterparty = 'calm' AND delivery_id LIKE :name || '-%'",
            name=name,
        )
    )
    p50, p95, longest = (waited[len(waited) * share // 100 - 1] for share in (50, 95, 100))
    return round(p50, 2), round(p95, 2), round(longest, 2)
