"""Small problems of who judges what, drawn at random, and their answers found by trying all."""

from itertools import combinations, product

from hypothesis import strategies as st

from services.review.domain.assignment.problem import Demand, Desk, Problem

AREAS = ("CDS", "TCC", "TTHC")


@st.composite
def problems(draw, *, judges=5, entries=4, needs=3, tight=False):
    """Draw a problem; a tight one often has no answer, a running one may have panels already."""
    names = [f"j-{number}" for number in range(1, draw(st.integers(1, judges)) + 1)]
    some = st.lists(st.sampled_from(names), unique=True, max_size=3).map(tuple)
    limits = st.integers(0, 3) if tight else st.none() | st.integers(1, 9)
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda p: p[0] < p[1])
    return Problem(
        judges=tuple(
            Desk(
                judge_id=name,
                areas=draw(st.lists(st.sampled_from(AREAS), unique=True, max_size=2).map(tuple)),
                carried=draw(st.integers(0, 3)),
                most=draw(limits),
            )
            for name in names
        ),
        entries=tuple(
            demand(draw, f"e-{number}", needs, some)
            for number in range(1, draw(st.integers(1, entries)) + 1)
        ),
        apart=tuple(draw(st.sets(pair, max_size=5))) if len(names) > 1 else (),
        expertise=draw(st.sampled_from(("ignored", "preferred", "required"))),
        lead=draw(st.integers(0, 2)),
        first=draw(st.sampled_from(("evenness", "fewest_changes"))),
        seed=draw(st.text("abc", max_size=2)),
    )


def demand(draw, name, needs, some):
    has = draw(some)
    return Demand(
        entry_id=name,
        needs=draw(st.integers(1, needs)),
        area=draw(st.sampled_from(AREAS)),
        away=draw(some),
        has=has,
        fixed=has[: draw(st.integers(0, len(has)))],
    )


def free(problem: Problem, entry: Demand) -> list[str]:
    """Name whom an entry may be given to beside its fixed judges, by the words of the problem."""
    return [
        judge.judge_id
        for judge in problem.judges
        if judge.judge_id not in {*entry.away, *entry.fixed}
        if problem.expertise != "required" or not judge.areas or entry.area in judge.areas
    ]


def is_together(problem: Problem, chosen: tuple[str, ...], entry: Demand) -> bool:
    """Say whether somebody chosen meets somebody they are kept apart from."""
    return any(
        {a, b} <= {*chosen, *entry.fixed} and not {a, b} <= set(entry.fixed)
        for a, b in problem.apart
    )


def answers(problem: Problem):
    """Yield every assignment that the problem allows, as panels by entry."""
    choices = [
        [
            (*entry.fixed, *chosen)
            for chosen in combinations(
                free(problem, entry), max(0, entry.needs - len(entry.fixed))
            )
            if not is_together(problem, chosen, entry)
        ]
        for entry in problem.entries
    ]
    for panels in product(*choices):
        named = {e.entry_id: p for e, p in zip(problem.entries, panels, strict=True)}
        if has_room(problem, named):
            yield named


def has_room(problem: Problem, panels: dict[str, tuple[str, ...]]) -> bool:
    """Say whether nobody is given more than they take; what is fixed may be more."""
    for judge in problem.judges:
        held = sum(judge.judge_id in panel for panel in panels.values())
        fixed = sum(judge.judge_id in entry.fixed for entry in problem.entries)
        if judge.most is not None and held > fixed and held + judge.carried > judge.most:
            return False
    return True


def cost(problem: Problem, panels: dict[str, tuple[str, ...]]) -> tuple[int, int]:
    """Return what an assignment costs, what comes first before what comes second."""
    areas = {judge.judge_id: judge.areas for judge in problem.judges}
    loads = {judge.judge_id: judge.carried for judge in problem.judges}
    changes = strangers = 0
    for entry in problem.entries:
        for judge in panels[entry.entry_id]:
            if judge in loads:
                loads[judge] += 1
            if judge in entry.fixed:
                continue
            changes += bool(entry.has) and judge not in entry.has
            known = not areas[judge] or entry.area in areas[judge]
            strangers += problem.expertise == "preferred" and not known
    uneven = sum(load**2 for load in loads.values()) + 2 * problem.lead * strangers
    return (changes, uneven) if problem.first == "fewest_changes" else (uneven, changes)
