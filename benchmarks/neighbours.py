"""What one tenant's rush costs another: the other's p99 as a multiple of its quiet one.

A quiet tenant hands in an entry every so often, first alone, then beside a tenant that sends as
much as it can. Once more the same with a gateway that lets everything through as it comes, which
is what the turns at the door are compared with.
"""

import json
import os
import subprocess
import sys
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
        alone = hand_in_calmly(quiet).figures()
        with_turns = beside_rush(quiet, rushing)
        for each in (quiet, *rushing):
            each.base_url = everything_at_once
        alone_again = hand_in_calmly(quiet).figures()
        without = beside_rush(quiet, rushing)
    return {
        "quiet tenant alone": alone,
        "quiet tenant beside a rush": times(with_turns, alone),
        "the same, no turns: alone": alone_again,
        "the same, no turns: beside a rush": times(without, alone_again),
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


def beside_rush(quiet: Entrant, rushing: list[Entrant]) -> dict[str, float]:
    """Hand in calmly while the others hand in one entry after another."""
    who = json.dumps([[each.base_url, each.person_id, each.token] for each in rushing])
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.crowd"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as crowd:  # fmt: skip
        if crowd.stdin is None:  # never: a pipe was asked for
            raise RuntimeError
        crowd.stdin.write(f"{who}\n")
        crowd.stdin.flush()
        began = time.perf_counter()
        time.sleep(5)  # until all of them are at it
        timed = hand_in_calmly(quiet)
        rate = int(crowd.communicate()[0]) / (time.perf_counter() - began)
    return timed.figures() | {"rush_per_second": round(rate, 1)}


def times(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    """Return the figures with median and p99 as multiples of the other's."""
    multiples = {
        f"{share}_times": round(one[f"{share}_ms"] / other[f"{share}_ms"], 2)
        for share in ("p50", "p99")
    }
    return one | multiples


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
