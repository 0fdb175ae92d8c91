"""100,000 messages to counterparties that misbehave, and how long those beside them wait.

The delay of others is taken alone, beside the same storm made by plain loops without our code,
and beside ours, in turns: the loops and the counterparties take the processor too.
"""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.notices.running import Clock, Processes, Queue, taken_by, wait_until_over
from benchmarks.notices.throughput import SANDBOX, Environment, url_of
from services.notify.hooks import new_secret
from services.notify.settings import NotifySettings

BAD = ("--fail", "0.33", "--close", "0.02", "--twice", "0.05", "--hang", "0.0002")
RELAY = "channel:mail"
PACED = 150  # pushes to the client that behaves, one every tenth of a second
TURNS = 3
FIRST = 2 * NotifySettings().long_queue
LIKE = "benchmarks.notices.plain"
Delays = list[float]


@dataclass
class Found:
    """What is measured meanwhile: delays of others in seconds, and tries a second."""

    delays: dict[str, Delays] = field(
        default_factory=lambda: {"alone": [], "plain": [], "ours": []}
    )
    tried: dict[str, float] = field(default_factory=lambda: {"plain": 0, "ours": 0})
    given_up: int = 0
    seconds: float = 0
    over: bool = True


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
        time.sleep(5 + until_first(queue))  # the other copy may begin later
        found = Found()
        for turn in range(TURNS):
            found.delays["alone"] += paced(queue, f"alone-{turn}")
            delays, rate = beside_loops(queue, folder / f"plain-{turn}", secret, turn)
            found.delays["plain"] += delays
            found.tried["plain"] += rate / TURNS
            for counterparty in (RELAY, "bad"):
                queue.fill(counterparty, messages // 2 // TURNS, prefix=f"{turn}-")
            beside_ours(queue, clock, found, (turn, hours * 3600))
            click.echo(f"turn {turn + 1}: {asdict(found) | {'delays': compared(found)}}", err=True)
        letters = Counter(
            line.split()[0] for line in (folder / "letters").read_text().splitlines()
        )
        taken, calls = taken_by(bad)
    return {
        "over": found.over,
        "seconds": round(found.seconds),
        "states": {" ".join(key): count for key, count in queue.states().items()},
        "letters": {"different": len(letters), "repeats": letters.total() - len(letters)},
        "pushes": {"different": len(taken), "repeats": sum(calls.values()) - len(taken)},
        "given up after nine tries, and sent again by hand": found.given_up,
        "tries a second meanwhile": {name: round(rate) for name, rate in found.tried.items()},
        **compared(found),
    }


def compared(found: Found) -> dict[str, object]:
    """Return the delays of others, and how they compare."""
    return {
        "delay of others, p50, p95, p99 and max": {
            name: shares(delays) for name, delays in found.delays.items()
        },
        "delay beside ours to alone, p50, p95 and p99": ratios(found.delays, "alone"),
        "delay beside ours to that beside plain loops": ratios(found.delays, "plain"),
    }


def beside_ours(queue: Queue, clock: Clock, found: Found, turn: tuple[int, float]) -> None:
    """Take the delays of others beside what is queued, in a turn, and send all of it."""
    number, seconds = turn
    began, before = time.monotonic(), tries(queue)
    found.delays["ours"] += paced(queue, f"ours-{number}")
    found.tried["ours"] += (tries(queue) - before) / (time.monotonic() - began) / TURNS
    found.over = wait_until_over(queue, clock, seconds) and found.over
    while found.over and (failed := queue.send_failed_again()):
        found.given_up += failed
        found.over = wait_until_over(queue, clock, seconds)
    found.seconds += time.monotonic() - began


def beside_loops(queue: Queue, folder: Path, secret: str, turn: int) -> tuple[Delays, float]:
    """Return the delays of others beside plain loops, and how many messages those try a second."""
    folder.mkdir()
    with Processes(folder) as processes:
        relay = processes.address("benchmarks.notices.relay", str(folder / "letters"), *BAD)
        hook = processes.address(*SANDBOX, "--secret", secret, *BAD)
        counts = [folder / "count-letters", folder / "count-pushes"]
        processes.address(LIKE, "letters", relay, str(counts[0]))
        processes.address(LIKE, "pushes", hook, str(counts[1]), "--secret", secret)
        began = time.monotonic()
        found = paced(queue, f"plain-{turn}")
        passed = time.monotonic() - began
        return found, sum(one.stat().st_size for one in counts) / passed


def tries(queue: Queue) -> int:
    """Count the tries of the storm that have been recorded."""
    counted = "SELECT count(*) FROM attempt WHERE counterparty <> 'calm' AND outcome <> 'UNKNOWN'"
    return int(str(queue.run(counted)[0][0]))


def until_first(queue: Queue) -> float:
    """Have a first long queue go, so that copies and their children are there; return seconds."""
    began = time.monotonic()
    queue.fill("calm", FIRST, prefix="first-")
    while queue.waiting("calm"):
        time.sleep(0.1)
    return time.monotonic() - began


def paced(queue: Queue, name: str) -> Delays:
    """Queue pushes for the calm client one by one; return how long each took, in seconds."""
    for number in range(PACED):
        queue.push("calm", f"{name}-{number}")
        time.sleep(0.1)
    while queue.waiting("calm"):
        time.sleep(0.2)
    return [
        float(str(row[0]))
        for row in queue.run(
            "SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - queued_at) FROM delivery"
            " WHERE counterparty = 'calm' AND delivery_id LIKE :name || '-%'",
            name=name,
        )
    ]


def shares(found: Iterable[float]) -> tuple[float, ...]:
    """Return p50, p95, p99 and the longest."""
    ordered = sorted(found)
    return tuple(round(ordered[len(ordered) * share // 100 - 1], 3) for share in (50, 95, 99, 100))


def ratios(delays: dict[str, Delays], beside: str) -> tuple[float, ...]:
    """Return how much longer others wait beside our storm, at p50, p95 and p99."""
    pairs = zip(shares(delays["ours"]), shares(delays[beside]), strict=True)
    return tuple(round(ours / other, 2) for ours, other in list(pairs)[:3])
