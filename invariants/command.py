"""`sangkien check-invariants`: what must hold across all services, and whether it does."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from msgspec import json

from invariants.catalogue import INVARIANTS, Invariant
from invariants.finding import Finding
from invariants.places import Places, Terms, addresses, opened

NAMES = tuple(each.name for each in INVARIANTS)
PAUSE = 0.5  # seconds before what did not hold is looked at again


@dataclass(frozen=True, slots=True)
class Verdict:
    """An invariant and what was found of it."""

    invariant: Invariant
    finding: Finding


@click.command("check-invariants")
@click.option(
    "--only", multiple=True, type=click.Choice(NAMES), help="This one; may be given again."
)
@click.option(
    "--grace",
    type=float,
    default=60.0,
    show_default=True,
    help="Seconds that a message may be on its way.",
)
@click.option(
    "--patience",
    type=float,
    default=30.0,
    show_default=True,
    help="Seconds for which what does not hold is looked at again.",
)
@click.option(
    "--since", type=click.DateTime(), help="Leave events announced before this instant of UTC."
)
@click.option(
    "--acknowledged",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of ids of commands, one a line, that somebody was told are done.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check_invariants(  # noqa: PLR0913, PLR0917  # click's options
    only: tuple[str, ...],
    grace: float,
    patience: float,
    since: datetime | None,
    acknowledged: Path | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Say what must hold across all services, and whether it does. Reads only.

    DATABASE_URL or DATABASE_URL_FILE names every service's database: `{service}` stands for each
    service's name; so does AMQP_URL name the broker. Or PLACES_FILE says it all, as for a backup.
    Exit status 1 if something does not hold.
    """
    terms = Terms(
        timedelta(seconds=grace),
        since and since.replace(tzinfo=UTC),
        (lambda: lines_of(acknowledged)) if acknowledged else (lambda: iter(())),
    )
    wanted = [each for each in INVARIANTS if not only or each.name in only]
    urls, brokers = addresses()

    def look() -> list[Verdict]:
        with opened(urls, brokers, terms) as places:
            return check(places, wanted)

    verdicts = settled(look, patience)
    click.echo(document(verdicts) if as_json else "\n".join(page(verdicts)))
    if not all(each.finding.holds for each in verdicts):
        raise click.exceptions.Exit(1)


def check(places: Places, invariants: Sequence[Invariant] = INVARIANTS) -> list[Verdict]:
    """Check one invariant after another."""
    return [Verdict(each, each.check(places)) for each in invariants]


def settled(look: Callable[[], list[Verdict]], patience: float) -> list[Verdict]:
    """Look again at everything until all holds, or `patience` seconds are over.

    At everything: what is late in one place may be lost in the next.
    """
    until = time.monotonic() + patience
    found = look()
    while not all(each.finding.holds for each in found) and time.monotonic() < until:
        time.sleep(PAUSE)
        found = look()
    return found


def page(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield a line for each invariant; below one that does not hold, what, where, what to do."""
    width = max((len(each.invariant.name) for each in verdicts), default=0)
    for invariant, finding in ((each.invariant, each.finding) for each in verdicts):
        word = "holds" if finding.holds else "BROKEN"
        counted = f"{finding.looked_at:>9} {finding.unit}"
        wrong = "" if finding.holds else f", {finding.faulty} wrong"
        yield f"{word:<6}  {invariant.name:<{width}}  {counted}{wrong}"
        yield from (f"          {note}" for note in finding.notes)
        yield from (f"        - {fault}" for fault in finding.faults)
        if not finding.holds:
            yield f"        Do: {invariant.remedy}"
            yield f"        More: deploy/RUNBOOK.md, Invariant `{invariant.name}`"


def document(verdicts: Sequence[Verdict]) -> str:
    """Return the same as JSON."""
    told = [
        {
            "invariant": each.invariant.name,
            "promise": each.invariant.promise,
            "holds": each.finding.holds,
            "unit": each.finding.unit,
            "looked_at": each.finding.looked_at,
            "wrong": each.finding.faulty,
            "faults": each.finding.faults,
            "notes": each.finding.notes,
            "remedy": each.invariant.remedy,
        }
        for each in verdicts
    ]
    return json.encode(told).decode()


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a file that say something."""
    with path.open() as file:
        yield from (line.strip() for line in file if line.strip())
