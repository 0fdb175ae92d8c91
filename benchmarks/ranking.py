"""What a round's table costs, beside a bare sort of as many numbers in the same run.

`OPENBLAS_NUM_THREADS=1 python -m benchmarks.ranking`: sheets are made up from a seed, nothing is
stored or sent. The curve goes to a million sheets; a round of 10,000 entries x 3 sheets from 400
judges is aggregated, ranked, calibrated and explained, each step by itself. One process, one core.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import TypeVar

from benchmarks import limits
from contracts.rules import Advance, Calibration, Criterion, Round, Rounding
from services.review.calibration.answering import calibrated
from services.review.calibration.asking import Asked
from services.review.domain.concluding import NOTHING, conclude, cut_off, ties_of
from services.review.domain.explaining import Given, Told, explain
from services.review.domain.explaining.words import round_told
from services.review.domain.panel import Panel, Sheet
from services.review.domain.ranking import Line, rank

T = TypeVar("T")

SIZES = (10_000, 100_000, 1_000_000)  # sheets
EACH, JUDGES = 3, 400
QUALITIES, VARIANTS = 20, 5
ROUND = 10_000  # entries
GIVEN = datetime(2022, 9, 20, tzinfo=UTC)
RULES = Round(
    id="SO_KHAO",
    name="Vòng sơ khảo",
    blind=True,
    scale=Decimal(100),
    step=Decimal("0.5"),
    rubric=tuple(
        Criterion(code=code, name=code, max=Decimal(most))
        for code, most in (("MOI", 30), ("HIEU_QUA", 30), ("KHA_THI", 20), ("KHAC", 20))
    ),
    rounding=Rounding(places=2),
    judges_per_entry=EACH,
    advance=Advance(min_score=Decimal(70), max_count=16),
    tie_break=("SO_KHAO.MOI", "SO_KHAO.HIEU_QUA", "SO_KHAO.firsts"),
    calibration=Calibration(),
)


@dataclass
class Clocked:
    """How many seconds of the processor each step took."""

    seconds: dict[str, float]

    def run(self, step: str, work: Callable[[], T]) -> T:
        """Do the work once and note its time."""
        began = time.process_time()
        done = work()
        self.seconds[step] = time.process_time() - began
        return done


def pool(chance: Random) -> dict[str, list[list[Sheet]]]:
    """Make up sheets to draw from: by judge, then by how good the entry is, several of each."""
    half = [Decimal(n) / 2 for n in range(61)]

    def mark(most: Decimal, quality: int) -> Decimal:
        steps = int(most) * 2
        return half[max(0, min(steps, round(chance.gauss(0.5 + quality / 40, 0.08) * steps)))]

    return {
        judge: [
            [
                Sheet(judge, 1, {line.code: mark(line.max, quality) for line in RULES.rubric})
                for _ in range(VARIANTS)
            ]
            for quality in range(QUALITIES)
        ]
        for judge in (f"j-{number}" for number in range(JUDGES))
    }


def panels(entries: int) -> dict[str, Panel]:
    """Give entries the sheets of three judges each."""
    chance = Random(1)  # noqa: S311  # made-up marks
    drawn = pool(chance)
    judges = list(drawn)
    made = {}
    for number in range(entries):
        quality = chance.randrange(QUALITIES)
        chosen = {
            judge: drawn[judge][quality][chance.randrange(VARIANTS)]
            for judge in chance.sample(judges, EACH)
        }
        made[f"e-{number:07}"] = Panel(RULES, frozenset(chosen), chosen)
    return made


def curve() -> Iterator[tuple[int, dict[str, float]]]:
    """Rank ever more sheets; the bare sort is of as many floats as there are entries."""
    for sheets in SIZES:
        made = panels(sheets // EACH)
        clocked = Clocked({})
        results = clocked.run(
            "aggregate", lambda made=made: {entry: one.settled() for entry, one in made.items()}
        )
        ties = clocked.run("ties", lambda made=made: ties_of(RULES, made))
        table = clocked.run(
            "rank", lambda results=results, ties=ties: rank(results, RULES.rounding, ties)
        )
        clocked.run("cut off", lambda table=table: cut_off(RULES, NOTHING).advance(table))
        numbers = [float(one.mean.exact) for one in results.values()]
        clocked.run("bare sort", lambda numbers=numbers: sorted(numbers))
        yield sheets, clocked.seconds


def one_round() -> dict[str, float]:
    """Take the steps of closing a round of 10,000 entries x 3 sheets, apart from storing."""
    made = panels(ROUND)
    clocked = Clocked({})
    table = clocked.run("aggregate, rank, cut off", lambda: conclude(RULES, made))
    found = clocked.run("calibrate, with intervals", lambda: calibrated(question(made)))
    if found.refusal is not None:
        raise SystemExit(f"not calibrated: {found.refusal.reason}")
    told = Told(RULES, table, {line.entry_id: line.entry_id for line in table}, NOTHING, False)  # noqa: FBT003
    clocked.run("explain every entry", lambda: sum(said(told, made, one) for one in table))
    return clocked.seconds


def said(told: Told, made: dict[str, Panel], line: Line) -> int:
    """Explain one entry, in words; return how many lines they take."""
    sheets = made[line.entry_id].sheets.values()
    given = [Given(one.judge_id, one.version, GIVEN, one.marks) for one in sheets]
    return len(list(round_told(explain(told, line, given), UTC)))


def question(made: dict[str, Panel]) -> Asked:
    """Ask for the calibration of all sheets."""
    judges = {f"j-{number}": number for number in range(JUDGES)}
    rows = [
        (place, judges[judge], float(total))
        for place, panel in enumerate(made.values())
        for judge, total in panel.totals().items()
    ]
    return Asked(
        entries=tuple(made),
        judges=tuple(judges),
        entry=tuple(row[0] for row in rows),
        judge=tuple(row[1] for row in rows),
        total=tuple(row[2] for row in rows),
        rule=RULES.calibration,
        seed=1,
        room=16,
    )


def main() -> None:
    """Print the curve and the steps, in seconds of one core."""
    sys.stdout.write(f"{limits.processor()}, load {os.getloadavg()[0]:.1f}, seconds of one core\n")
    for step, seconds in one_round().items():
        sys.stdout.write(f"{ROUND} x {EACH} sheets: {step:<28}{seconds:8.2f}\n")
    before = None
    for sheets, seconds in curve():
        bare = seconds.pop("bare sort")
        whole = sum(seconds.values())
        told = ", ".join(f"{step} {took:.2f}" for step, took in seconds.items())
        growth = "" if before is None else f", {whole / before[1]:.1f} times for 10 times as many"
        times = f"{seconds['rank'] / bare:.0f} bare sorts ({bare:.3f})"
        sys.stdout.write(f"{sheets:>9} sheets: {whole:7.2f} ({told}); rank = {times}{growth}\n")
        before = (sheets, whole)


if __name__ == "__main__":
    main()
