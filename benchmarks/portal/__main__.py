"""`python -m benchmarks.portal`: what a reader and an entrant wait for, beside pretalx.

Three kinds of work, by so many at once: the public page of the contest (by four times as many
too), the page of one's own entry, and a submission with a document of 114 KB, all of it over HTTP
with kept connections. The two platforms take turns on the same machine and the same PostgreSQL
server, and while one is measured the other stands still; the medians of the rounds are compared.
"""

import json
import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import click
import psutil

from benchmarks.measuring import Timed
from benchmarks.portal import ours, peer
from benchmarks.portal.holding import services, settle, still
from benchmarks.portal.readers import crowd
from deploy.local.instance import load
from deploy.local.stack import Stack

TARGETS = {"public page": 10.0, "its crowd": 10.0, "status page": 1.0, "submission": 5.0}
CROWD = 4  # times as many read the public page in a crowd
Kinds = dict[str, Callable[[], Callable[[], None]]]
Programs = Callable[[], list[psutil.Process]]


@click.command()
@click.option("--seconds", default=10.0, show_default=True, help="Of each kind in each round.")
@click.option("--rounds", default=3, show_default=True)
@click.option("--at-once", default=12, show_default=True, help="How many read or submit.")
def main(seconds: float, rounds: int, at_once: int) -> None:
    """Measure both, print JSON, then each target beside what was reached."""
    found: dict[str, dict[str, list[Timed]]] = {kind: {} for kind in TARGETS}
    with ExitStack() as running:
        servers = running.enter_context(Stack("bench"))
        own = ours.kinds(ours.ready(servers, at_once))
        other = running.enter_context(peer.serving("bench"))
        settle(load("bench").folder)
        sides: dict[str, tuple[Kinds, Programs]] = {  # with what stands still meanwhile
            "ours": (own, lambda: [psutil.Process(other.pid)]),
            "pretalx": (peer_kinds(other), lambda: services(load("bench").folder)),
        }
        for kind in TARGETS:
            for _ in range(rounds):
                for side, (kinds, others) in sides.items():
                    size = at_once * (CROWD if kind == "its crowd" else 1)
                    people = [kinds[kind]() for _ in range(size)]
                    with still(others()):
                        timed = crowd(people, seconds)
                    found[kind].setdefault(side, []).append(timed)
    table = {
        kind: {side: middle(timed) for side, timed in rows.items()} for kind, rows in found.items()
    }
    click.echo(json.dumps(table, indent=2))
    for line in verdicts(table):
        click.echo(line)


def peer_kinds(served: peer.Peer) -> Kinds:
    """Return what makes one more reader or submitter of pretalx, by kind of work."""
    cookies = served.signed_in()
    return {
        "public page": lambda: peer.reader(f"/{peer.EVENT}/"),
        "its crowd": lambda: peer.reader(f"/{peer.EVENT}/"),
        "status page": lambda: peer.reader(
            f"/{peer.EVENT}/me/submissions/{served.code}/", cookies
        ),
        "submission": lambda: peer.submitter(served),
    }


def middle(timed: list[Timed]) -> dict[str, float]:
    """Return the medians of the rounds."""
    figures = [each.figures() for each in timed]
    return {name: statistics.median(each[name] for each in figures) for name in figures[0]}


def verdicts(table: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield a line per target: what was asked, what came out, reached or not."""
    for kind, wanted in TARGETS.items():
        one, other = table[kind]["ours"], table[kind]["pretalx"]
        rate = one["per_second"] / other["per_second"]
        late = one["p99_ms"] / other["p99_ms"]
        verdict = "reached" if rate >= wanted and late <= 1 else "not reached"
        yield (
            f"{kind:<14}{rate:>8.2f} times as many a second (asked {wanted:g}),"
            f" p99 {late:.2f} of pretalx's (asked below 1): {verdict}"
        )


if __name__ == "__main__":
    main()
