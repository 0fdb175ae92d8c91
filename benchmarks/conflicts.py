"""`python -m benchmarks.conflicts`: find the conflicts of a large contest, two ways.

Opening a round needs who is free for each of its entries. The look-up through shared units and
persons is timed for the whole contest; the plain double loop for the first entries, where both
must find the same. Status 1 if they do not, or if the look-up takes longer than it may.
"""

import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import click

from contracts.rules import ConflictRules
from services.review.domain.conflicts import Judge, People, Said, Ties, survey
from services.review.domain.entries import Entry
from services.review.domain.units import Post, Succession, Units

MAY_TAKE = 3.0  # seconds of processor time, of opening a round of 10,000 entries
TODAY = date(2026, 1, 15)
T = TypeVar("T")


def contest(entries: int, judges: int, seed: int) -> tuple[list[Entry], list[Judge], Ties]:
    """Draw a contest: units in a tree, a tenth of them merged, people who have moved."""
    chance = random.Random(seed)  # noqa: S311  # a draw that can be repeated
    units = [f"U{number:03}" for number in range(600)]
    parents = {unit: units[at // 12] for at, unit in enumerate(units) if at}
    merged = [
        Succession(unit, chance.choice(units[:540]), date(2025, 7, 1)) for unit in units[540:]
    ]
    seats = [
        Judge(
            f"j{number:03}",
            frozenset({chance.choice(units)}),
            frozenset({Post(chance.choice(units), None, date(2024, 6, 30))}),
        )
        for number in range(judges)
    ]
    field = [
        Entry(
            entry_id=f"e{number:05}",
            author_ids=frozenset({f"p{number:05}", f"p{chance.randrange(entries):05}"}),
            units=frozenset(chance.choices(units, k=2)),
            posts=frozenset({Post(chance.choice(units), None, date(2025, 6, 30))}),
        )
        for number in range(entries)
    ]
    said = Said(
        entries={
            (chance.choice(seats).person_id, chance.choice(field).entry_id): f"d{number}"
            for number in range(2 * judges)
        }
    )
    rules = ConflictRules(units="CHAIN", former_years=2)
    return field, seats, Ties(Units(parents, merged, TODAY), rules, People(), said)


def pair_by_pair(entries: list[Entry], judges: list[Judge], ties: Ties) -> dict[str, set[str]]:
    """Name who is free for each entry, by the plain double loop."""
    return {
        entry.entry_id: {judge.person_id for judge in judges if ties.between(judge, entry) is None}
        for entry in entries
    }


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what came out, and the seconds of processor time it took."""
    begun = time.process_time()
    return work(), time.process_time() - begun


@click.command()
@click.option("--entries", default=10_000)
@click.option("--judges", default=400)
@click.option("--pairwise", default=500, help="How many entries the double loop is given.")
@click.option("--seed", default=1)
def main(entries: int, judges: int, pairwise: int, seed: int) -> None:
    """Measure on this machine."""
    field, seats, ties = contest(entries, judges, seed)
    found, seconds = timed(lambda: survey(field, seats, ties))
    again = Ties(
        Units(ties.units.parents, ties.units.successions, TODAY), ties.rules, said=ties.said
    )
    plain, plainly = timed(lambda: pair_by_pair(field[:pairwise], seats, again))
    same = all(set(found.free[entry_id]) == free for entry_id, free in plain.items())
    pairs = entries * judges
    kept = sum(map(len, found.kept_away.values()))
    scaled = plainly * entries / max(1, pairwise)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reached = "reached" if seconds <= MAY_TAKE else "not reached"
    click.echo(f"{entries} entries x {judges} judges, {kept / pairs:.1%} of the pairs in conflict")
    click.echo(
        f"look-up of all               {seconds:8.2f} s   at most {MAY_TAKE:g} s: {reached}"
    )
    click.echo(f"double loop, {pairwise} entries      {plainly:8.2f} s")
    click.echo(
        f"double loop, scaled to all   {scaled:8.2f} s   {scaled / seconds:.0f} times as long"
    )
    click.echo(f"both find the same           {'yes' if same else 'NO':>8}")
    click.echo(f"peak memory                  {megabytes:8.0f} MB")
    sys.exit(0 if same and seconds <= MAY_TAKE else 1)


if __name__ == "__main__":
    main()
