"""`python -m benchmarks [--only PART]`: measure, print a table, write `.local/bench/<date>.json`.

Figures of one run are to be compared with one another, and hardly with those of another machine.
"""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from benchmarks import calls, entries, events, growth, limits, neighbours, rush
from benchmarks.targets import verdicts
from deploy.local.instance import LOCAL
from deploy.local.stack import Stack
from kernel import schema

PARTS = ("calls", "events", "memory", "entries", "rush", "neighbours", "growth")
PLATFORM = PARTS[2:]


@click.command()
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Measure these parts alone.")
@click.option("--submissions", default=400, help="How many the rush is made of.")
@click.option("--seconds", default=120.0, help="How long the rush lasts; the hour itself is 3600.")
def main(only: tuple[str, ...], submissions: int, seconds: float) -> None:
    """Measure the platform on this machine."""
    wanted = only or PARTS
    found: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": limits.processor(),
    }
    found["limits"] = {"fsyncs per second": limits.fsyncs()}
    found["load before"] = os.getloadavg()[0]
    if {"calls", "events"} & {*wanted}:
        with Stack("bench", services=False) as servers:
            found["limits"]["confirms per second"] = limits.confirms(servers)
            echoes(servers, found, wanted)
    if parts := [part for part in PLATFORM if part in wanted]:
        with Stack("bench", services=False) as servers:
            events.keep_commit_timestamps(servers)
            platform(Stack("bench").up(fresh=False), found, parts, (submissions, seconds))
    show(found)
    folder = LOCAL / "bench"
    path = folder / f"{found['at'].replace(':', '')}.json"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=2))
    click.echo(f"\nwritten to {path}")


def echoes(stack: Stack, found: dict[str, Any], wanted: tuple[str, ...]) -> None:
    """Measure the kernel, with services that do next to nothing."""
    for service in ("review", "awards"):  # whose databases the echoes use
        schema.migrate(service, stack.database_url(service))
    if "calls" in wanted:
        found["calls"] = measured("calls", calls.measure, stack)
    if "events" in wanted:
        events.keep_commit_timestamps(stack)
        found["events"] = measured("events", events.measure, stack)


def platform(
    stack: Stack, found: dict[str, Any], parts: list[str], hour: tuple[int, float]
) -> None:
    """Measure the services themselves, all of them running."""
    ways: dict[str, Callable[[Stack], Any]] = {
        "memory": limits.memory,
        "entries": entries.measure,
        "rush": lambda stack: rush.measure(stack, *hour),
        "neighbours": neighbours.measure,
        "growth": growth.measure,
    }
    for part in parts:
        found[part] = measured(part, ways[part], stack)


def measured(name: str, measure: Callable[[Stack], Any], stack: Stack) -> Any:  # noqa: ANN401
    """Run one part and say so."""
    click.echo(f"  measuring {name}")
    return measure(stack)


def show(found: dict[str, Any]) -> None:
    """Print every figure, then each target beside what was reached."""
    click.echo(f"\n{found['processor']}, {found['at']}, load before {found['load before']:.1f}")
    click.echo(f"\nlimits: {found['limits']['fsyncs per second']:.0f} fsync/s", nl=False)
    for how, rate in found["limits"].get("confirms per second", {}).items():
        click.echo(f", {rate:.0f} confirms/s {how}", nl=False)
    click.echo(
        f"\n\n{'':<44}{'count':>8}{'per second':>12}{'p50 ms':>9}{'p99 ms':>9}{'cpu us':>9}"
    )
    for how, figures in found.get("calls", {}).items():
        for number, row in figures.items():
            click.echo(line(f"{how} {number}", row))
    for part in PARTS[1:]:
        for name, row in found.get(part, {}).items():
            click.echo(line(name, row))
    click.echo("")
    for verdict in verdicts(found):
        click.echo(verdict)


def line(name: str, row: dict[str, float]) -> str:
    """Return a row of the table; what has no times is written as it is."""
    if "count" not in row:
        return f"{name:<44}" + ", ".join(f"{what} {figure:g}" for what, figure in row.items())
    p50, p99 = row.get("p50_ms", float("nan")), row.get("p99_ms", float("nan"))
    written = f"{name:<44}{row['count']:>8}{row['per_second']:>12.1f}{p50:>9.2f}{p99:>9.2f}"
    written += f"{row.get('cpu_us') or 0:>9.0f}"
    more = [
        f"{what} {row[what]:g}"
        for what in ("p99_times", "rush_per_second", "of_limit")
        if what in row
    ]
    return "   ".join([written, *more])


if __name__ == "__main__":
    main()
