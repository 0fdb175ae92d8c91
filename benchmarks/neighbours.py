"""What one tenant's rush costs another: the other's p99 as a multiple of its quiet one.

A quiet tenant hands in an entry every so often, first alone, then beside a tenant that sends as
much as it can. Once more the same with a gateway that lets everything through as it comes, which
is what the turns at the door are compared with.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import urlopen

from benchmarks.entrants import OPEN, Entrant, admit, open_contest
from benchmarks.measuring import Timed
from deploy.local.instance import LOCAL, free_port
from deploy.local.stack import Stack

QUIET = "tinh-yen-tinh"
LOUD = "tinh-voi-va"
RUSHING = 24
SECONDS = 30.0
PACE = 0.5  # seconds between two entries of the quiet tenant


def measure(stack: Stack) -> dict[str, Any]:
    """Return the quiet tenant's figures alone and beside a rush, with turns and without."""
    stack.set_clock(OPEN)
    quiet, rushing = prepare(stack)
    with gateway(stack, REQUESTS_AT_ONCE="100000") as everything_at_once:
        alone = hand_in_calmly(quiet)
        with_turns = beside_rush(quiet, rushing)
        for each in (quiet, *rushing):
            each.base_url = everything_at_once
        alone_again = hand_in_calmly(quiet)
        without = beside_rush(quiet, rushing)
    return {
        "quiet tenant alone": alone.figures(),
        "quiet tenant beside a rush": with_turns.figures() | times(with_turns, alone),
        "the same, no turns: alone": alone_again.figures(),
        "the same, no turns: beside a rush": without.figures() | times(without, alone_again),
    }


def prepare(stack: Stack) -> tuple[Entrant, list[Entrant]]:
    """Open a contest for each of the two tenants and admit who hands in."""
    operator = open_contest(stack, QUIET)
    quiet = admit(stack, operator, QUIET, 0)
    operator.close()
    operator = open_contest(stack, LOUD)
    rushing = [admit(stack, operator, LOUD, number) for number in range(RUSHING)]
    operator.close()
    return quiet, rushing


def hand_in_calmly(entrant: Entrant) -> Timed:
    """Hand in an entry every so often, for so long; time the step that gives the receipt."""
    entrant.receipts = Timed()
    began = time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        entrant.hand_in()
        time.sleep(PACE)
    entrant.receipts.total = time.perf_counter() - began
    return entrant.receipts


def beside_rush(quiet: Entrant, rushing: list[Entrant]) -> Timed:
    """Hand in calmly while the others hand in one entry after another."""
    stop = threading.Event()

    def rush(entrant: Entrant) -> None:
        while not stop.is_set():
            entrant.hand_in()

    threads = [threading.Thread(target=rush, args=(each,)) for each in rushing]
    for thread in threads:
        thread.start()
    time.sleep(3)  # until all of them are at it
    try:
        return hand_in_calmly(quiet)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def times(one: Timed, other: Timed) -> dict[str, float]:
    """Return the median and the p99 of one as multiples of the other's."""
    return {
        "p50_times": round(one.percentile(0.5) / other.percentile(0.5), 2),
        "p99_times": round(one.percentile(0.99) / other.percentile(0.99), 2),
    }


@contextmanager
def gateway(stack: Stack, **settings: str) -> Iterator[str]:
    """Run one more gateway of the stack with other settings; give its address."""
    http, health = free_port(), free_port()
    told = stack.env("gateway") | settings | {"HTTP_PORT": str(http), "HEALTH_PORT": str(health)}
    log = LOCAL / "bench" / "gateway.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "kernel.runner", "gateway"],
            env=os.environ | told, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        wait_until_well(f"http://127.0.0.1:{health}/health")
        yield f"http://127.0.0.1:{http}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_well(url: str, patience: float = 30.0) -> None:
    """Wait until a service says that it is well."""
    deadline = time.monotonic() + patience
    while True:
        try:
            with urlopen(url, timeout=2) as answer:  # noqa: S310 -- ours
                if answer.status == 200:
                    return
        except OSError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.1)
