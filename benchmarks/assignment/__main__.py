"""`python -m benchmarks.assignment`: who judges what, timed on one core, beside others.

Each way runs in a process of its own, held to one core, from the bytes of the problem to the
panels. The target: 10,000 entries with three of 400 judges, 5 % conflicts, under ten seconds of
that core. `seconds` by the clock are more where others use the machine.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click
from msgspec import msgpack
from msgspec.structs import replace

from benchmarks import limits
from benchmarks.assignment import fields, greedy, peers
from deploy.local.instance import LOCAL
from services.review.domain.assignment.problem import Answer, Problem

TARGET = 10.0
WHOLE = (10_000, 400)
PART = (1_000, 40)  # what peers in Python get done
LONGEST = 120  # seconds of a core after which a way is given up


@click.command()
@click.option("--peers/--no-peers", "with_peers", default=True, help="Measure libraries too.")
def main(*, with_peers: bool) -> None:
    """Measure, print a table, write JSON."""
    found: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": limits.processor(),
        "load before": os.getloadavg()[0],
        "rows": {},
    }
    ways = ["plain", "preferred", "apart", "ring", "limits", "repair", "impossible", "greedy"]
    others = ["highs", "simplex"] if with_peers else []
    for size, names in ((WHOLE, ways), (PART, ["plain", "greedy", *others])):
        for name in names:
            row = f"{name}, {size[0]:,} x 3 of {size[1]}"
            found["rows"][row] = figures = alone(name, size)
            click.echo(f"{row:<36} {told(figures)}")
    plain = found["rows"][f"plain, {WHOLE[0]:,} x 3 of {WHOLE[1]}"]
    seconds = plain.get("processor", TARGET + 1)
    verdict = "reached" if seconds < TARGET else "not reached"
    click.echo(f"\nfor {WHOLE[0]:,} entries: {seconds:.2f} s, target < {TARGET:g}: {verdict}")
    folder = LOCAL / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"assignment-{found['at'].replace(':', '')}.json"
    path.write_text(json.dumps(found, indent=2))
    click.echo(f"written to {path}")


def told(figures: dict[str, Any]) -> str:
    """Return the figures of a row in one line."""
    return "  ".join(f"{name} {value}" for name, value in figures.items())


def alone(name: str, size: tuple[int, int]) -> dict[str, Any]:
    """Measure one way in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.assignment", "way", name]
    done = subprocess.run(
        [*command, *map(str, size)], stdout=subprocess.PIPE, text=True, check=False
    )  # fmt: skip
    if done.returncode == -signal.SIGXCPU:
        return {"given up after": LONGEST}
    done.check_returncode()
    return dict(json.loads(done.stdout))


def way(name: str, entries: int, judges: int) -> None:
    """Measure one way on one core, and print its figures as JSON."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST + 5))
    problem = fields.field(entries, judges)
    if name in ("greedy", "highs", "simplex"):
        figures = other(name, problem)
    else:
        figures = ours(name, problem)
    print(json.dumps(figures))


def ours(name: str, problem: Problem) -> dict[str, Any]:
    """Time the child process's function, its imports aside."""
    from services.review.assigning import assign  # noqa: PLC0415

    body = msgpack.encode(posed(name, problem, assign))
    began, used = time.perf_counter(), time.process_time()
    answer = msgpack.decode(assign(body), type=Answer)
    return {
        "seconds": round(time.perf_counter() - began, 2),
        "processor": round(time.process_time() - used, 2),
        "squares": answer.squares,
        "changes": answer.changes,
        "strangers": answer.strangers,
        "best": answer.is_best,
        "only": answer.is_only,
        "witnesses": len(answer.witnesses),
    }


def posed(name: str, problem: Problem, assign: Callable[[bytes], bytes]) -> Problem:
    """Return the problem of a row."""
    names = [judge.judge_id for judge in problem.judges]
    posed = problem
    match name:
        case "preferred":
            posed = replace(problem, expertise="preferred")
        case "apart":
            posed = replace(problem, apart=tuple(zip(names[:40:2], names[1:40:2], strict=True)))
        case "ring":
            ring = names[:9]
            posed = replace(problem, apart=tuple(zip(ring, ring[1:] + ring[:1], strict=True)))
        case "limits" | "impossible":
            most = len(problem.entries) * 3 // len(names) + (1 if name == "limits" else -1)
            judges = tuple(replace(judge, most=most) for judge in problem.judges)
            posed = replace(problem, judges=judges)
        case "repair":
            answer = msgpack.decode(assign(msgpack.encode(problem)), type=Answer)
            posed = without_one(problem, answer)
    return posed


def without_one(problem: Problem, answer: Answer) -> Problem:
    """Return what is to be mended once the first judge has left."""
    return replace(
        problem,
        first="fewest_changes",
        judges=problem.judges[1:],
        entries=tuple(
            replace(entry, has=answer.panels[entry.entry_id]) for entry in problem.entries
        ),
    )


def other(name: str, problem: Problem) -> dict[str, Any]:
    """Time another way to the same evenness; it knows conflicts and nothing else."""
    known = fields.free(problem)
    began, used = time.perf_counter(), time.process_time()
    if name == "greedy":
        panels = greedy.assign(known, 3)
        loads = [
            sum(judge.judge_id in panel for panel in panels.values()) for judge in problem.judges
        ]
        squares: int | None = sum(load**2 for load in loads)
    else:
        squares = {"highs": peers.highs, "simplex": peers.simplex}[name](known, 3)
    if squares is None:
        return {"not installed": True}
    return {
        "seconds": round(time.perf_counter() - began, 2),
        "processor": round(time.process_time() - used, 2),
        "squares": squares,
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["way"]:
        way(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
