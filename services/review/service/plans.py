"""Plans: who would judge what if a round opened now, or does in one that is open."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal

from msgspec import json

from contracts import review
from kernel.database import Work
from services.review import store
from services.review.domain import rounds
from services.review.domain.assignment.posing import Field
from services.review.domain.assignment.problem import Answer, Problem, Proof, Witness
from services.review.domain.assignment.sentences import sentence
from services.review.domain.conflicts import NoJury
from services.review.domain.entries import Entry
from services.review.service.field import line_up
from services.review.service.surveying import gather, in_play

Solve = Callable[[Problem], Answer]
State = Literal["WAITING", "OPEN", "OPENED", "CLOSED"]


def plan(
    solve: Solve, asked: review.PlanRound | review.ExportPlan, work: Work
) -> review.RoundPlan:
    """Show the panels of an open or closed round, or those a waiting one would get."""
    contest = store.load_contest(work.session, asked.contest_id)
    rules = rounds.round_of(contest.rules, asked.round_id)
    played = store.find_round(work.session, asked.contest_id, asked.round_id)
    if played is not None:
        entries, places = in_play(work, played)
        field = gather(work, contest, played.rules, entries, places)
        panels = {
            entry.entry_id: tuple(sorted(places[entry.entry_id].judges)) for entry in entries
        }
        return Plan(field, contest, work).shown(panels, played.state.value)
    field = gather(work, contest, rules, line_up(work, contest, asked.round_id))
    if not field.desks:
        raise NoJury
    if asked.seed is not None:
        field = replace(field, seed=asked.seed)
    return Plan(field, contest, work).dry_run(solve)


class Plan:
    """What is shown of a round's panels; to somebody who marks blind, no reasons."""

    def __init__(self, field: Field, contest: store.Contest, work: Work) -> None:
        self.field = field
        self.areas = {area.code: area.name for area in contest.rules.areas}
        is_judge = work.actor.id in {desk.judge_id for desk in field.desks}
        self.reveals = not (field.rules.blind and is_judge)

    def dry_run(self, solve: Solve) -> review.RoundPlan:
        """Work out who would judge what, or why nobody can."""
        if self.field.rules.judges_per_entry is None:
            panels = self.field.everybody()
            if all(panels.values()):
                return self.shown(panels, "WAITING", is_best=True)
        problem = self.field.problem()
        answer = solve(problem)
        if answer.witnesses:
            return self.refused(problem, answer.witnesses)
        return self.shown(self.field.panels(answer), "WAITING", is_best=answer.is_best)

    def shown(
        self, panels: Mapping[str, tuple[str, ...]], state: State, *, is_best: bool = False
    ) -> review.RoundPlan:
        """List entries by code and judges by load."""
        loads = Counter(judge for panel in panels.values() for judge in panel)
        desks = {desk.judge_id: self.field.limited(desk) for desk in self.field.desks}
        return review.RoundPlan(
            round_id=self.field.rules.id,
            state=state,
            seed=self.field.seed,
            entries=tuple(
                review.PlannedEntry(
                    code=entry.code or "",
                    area=entry.area,
                    judge_ids=panels[entry.entry_id],
                    kept_away=self.kept_away(entry),
                )
                for entry in sorted(self.field.entries, key=lambda entry: entry.code or "")
            ),
            loads=tuple(
                review.PlannedLoad(
                    judge_id=judge_id,
                    entries=loads[judge_id],
                    areas=desks[judge_id].areas if judge_id in desks else (),
                    most=desks[judge_id].most if judge_id in desks else None,
                )
                for judge_id in sorted({*desks, *loads})
            ),
            strangers=self.strangers(panels),
            is_best=is_best,
        )

    def kept_away(self, entry: Entry) -> tuple[review.KeptAway, ...]:
        """Say who cannot have the entry and why, unless it would tell a judge whose it is."""
        if not self.reveals:
            return ()
        reasons = self.field.kept_away(entry)
        return tuple(review.KeptAway(judge_id=one, reason=why) for one, why in reasons.items())

    def strangers(self, panels: Mapping[str, tuple[str, ...]]) -> int:
        """Count the reviews by judges who name areas, and not the entry's."""
        areas = {desk.judge_id: desk.areas for desk in self.field.desks}
        return sum(
            entry.area not in areas[judge]
            for entry in self.field.entries
            for judge in panels[entry.entry_id]
            if areas.get(judge)
        )

    def refused(self, problem: Problem, witnesses: tuple[Witness, ...]) -> review.RoundPlan:
        """Say why there is no plan, with the proof for whoever does not believe it."""
        proof = json.encode(Proof(problem=problem, witnesses=witnesses)).decode()
        return review.RoundPlan(
            round_id=self.field.rules.id,
            state="WAITING",
            seed=self.field.seed,
            shortages=tuple(map(self.shortage, witnesses)),
            proof=proof if self.reveals else "",
        )

    def shortage(self, witness: Witness) -> review.Shortage:
        """Say what is short in figures and in a sentence."""
        of_area = {entry.code or entry.entry_id: entry.area for entry in self.field.entries}
        areas = tuple(sorted({of_area[code] for code in witness.entries}))
        return review.Shortage(
            areas=areas,
            entries=len(witness.entries),
            needed=witness.needed,
            judges=len(witness.judges),
            inside=witness.inside,
            outside=witness.outside,
            sentence=sentence(witness, [self.areas.get(area, area) for area in areas]),
            codes=witness.entries if self.reveals else (),
            judge_ids=witness.judges if self.reveals else (),
        )
