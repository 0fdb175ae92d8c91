"""`python -m benchmarks.scaling`: measure, print, write `.local/bench/scaling-<date>.json`.

Rates are of this machine as it was at that hour; what one takes of whom, and how rates stand to
one another, is what can be carried elsewhere.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from benchmarks import limits
from benchmarks.events import keep_commit_timestamps
from benchmarks.notices.running import Processes
from benchmarks.scaling import flood
from benchmarks.scaling.lots import LOTS, Lot
from benchmarks.scaling.running import Room
from deploy.local.instance import LOCAL
from deploy.local.stack import Stack
from services.originality.engine.warm import warm
from tests.service.intake.conftest import IN_TIME

PARTS = ("near", "far", "flood")


@click.command()
@click.option("--only", type=click.Choice(list(LOTS)), multiple=True, help="These services alone.")
@click.option("--part", type=click.Choice(PARTS), multiple=True, help="These parts alone.")
@click.option("--copies", default="1,2,4,8", show_default=True, help="How many copies, in turn.")
@click.option("--count", default=240, show_default=True, help="Messages that wait in a run.")
@click.option("--tenants", default=8, show_default=True, help="Whose messages they are.")
@click.option("--quiet", default=40, show_default=True, help="Events beside a flood.")
@click.option("--pace", default=0.5, show_default=True, help="Seconds between two of these.")
@click.option("--delay", default=20.0, show_default=True, help="Milliseconds to a far server.")
def main(  # noqa: PLR0913, PLR0917  # click passes them
    only: tuple[str, ...],
    part: tuple[str, ...],
    copies: str,
    count: int,
    tenants: int,
    quiet: int,
    pace: float,
    delay: float,
) -> None:
    """Measure each service in more and more copies, near its servers and far from them."""
    found: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": limits.processor(),
        "load before": os.getloadavg()[0],
        "fsyncs per second": limits.fsyncs(),
    }
    warm()
    numbers = [int(each) for each in copies.split(",")]
    whose = {f"tinh-{n}": count // tenants for n in range(1, tenants + 1)}
    with (
        Stack("scaling", services=False) as servers,
        TemporaryDirectory() as folder,
        Processes(Path(folder)) as processes,
    ):
        (LOCAL / "scaling").mkdir(exist_ok=True)
        keep_commit_timestamps(servers)
        servers.set_clock(IN_TIME)
        found["confirms per second"] = limits.confirms(servers)
        room = Room(servers)
        smtp = processes.address("benchmarks.notices.relay", f"{folder}/letters")
        for name in only or LOTS:
            found[name] = rows = {}
            lot = LOTS[name]
            if set(part or PARTS) - {"flood"}:
                room.prepare(lot, whose)
            for how in [one for one in part or PARTS if one != "flood"]:
                rows[how] = climb(room, lot, numbers, delay if how == "far" else 0.0, smtp)
            if "flood" in (part or PARTS):
                rows["flood"] = flood.measure(room, lot, smtp, quiet, count, pace)
                click.echo(f"{name} flood: {json.dumps(rows['flood'])}")
    found["load after"] = os.getloadavg()[0]
    path = LOCAL / "bench" / f"scaling-{found['at'].replace(':', '')}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=2))
    click.echo(f"written to {path}")


def climb(
    room: Room, lot: Lot, numbers: list[int], delay: float, smtp: str
) -> dict[str, dict[str, float]]:
    """Run a lot with more and more copies; say how it went.

    Where others use the machine too, the rate follows the share that was left to the platform: so
    there is a rate beside it that the machine would give with nobody else there.
    """
    rows: dict[str, dict[str, float]] = {}
    for copies in numbers:
        rows[str(copies)] = ran = room.run(lot, copies, delay, smtp).figures()
        where = f"{delay:g} ms away" if delay else "near"
        told = ", ".join(f"{what} {figure:g}" for what, figure in ran.items())
        click.echo(f"{lot.unit}, {where}, copies {copies}: {told}")
    return rows


if __name__ == "__main__":
    main()
