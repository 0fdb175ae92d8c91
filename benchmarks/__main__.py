"""`python -m benchmarks [--only PART]`: measure, print a table, write `.local/bench/<date>.json`.

Figures of one run are to be compared with one another, and hardly with those of another machine.
"""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from benchmarks import calls, entries, events, limits
from benchmarks.targets import verdicts
from deploy.local.instance import LOCAL
from deploy.local.stack import Stack
from kernel import schema

PARTS = ("calls", "events", "memory", "entries")


@click.command()
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Measure these parts alone.")
def main(only: tuple[str, ...]) -> None:
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
    if {"memory", "entries"} & {*wanted}:
        with Stack("bench", services=False) as servers:
            events.keep_commit_timestamps(servers)
            platform(Stack("bench").up(fresh=False), found, wanted)
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


def platform(stack: Stack, found: dict[str, Any], wanted: tuple[str, ...]) -> None:
    """Measure the services themselves, all of them running."""
    if "memory" in wanted:
        found["memory"] = measured("memory", limits.memory, stack)
    if "entries" in wanted:
        found["entries"] = measured("entries", entries.measure, stack)


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
    for part in ("calls", "events", "entries"):
        for name, figures in found.get(part, {}).items():
            rows = figures.items() if part == "calls" else [("", figures)]
            for how, row in rows:
                p50, p99 = row.get("p50_ms", float("nan")), row.get("p99_ms", float("nan"))
                said = f"{name} {how}".strip()
                click.echo(
                    f"{said:<44}{row['count']:>8}{row['per_second']:>12.1f}{p50:>9.2f}{p99:>9.2f}"
                    f"{row.get('cpu_us') or 0:>9.0f}"
                )
    for service, weight in found.get("memory", {}).items():
        click.echo(
            f"{service:<14} RSS {weight['rss_mb']:>6.1f} MB   PSS {weight['pss_mb']:>6.1f} MB"
        )
    click.echo("")
    for line in verdicts(found):
        click.echo(line)


if __name__ == "__main__":
    main()
