"""Rules of every kind, drawn by Hypothesis; contests of two rounds are played by them."""

from decimal import Decimal

from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.rules import (
    Advance,
    Aggregate,
    Awarding,
    Calibration,
    Criterion,
    Divergence,
    EntryClass,
    Rounding,
)
from tests.unit.awards.builders import a_prize
from tests.unit.recount.contests import a_round, rules_of

D = Decimal
PLACES = st.builds(
    Rounding,
    places=st.integers(0, 3),
    mode=st.sampled_from(["half_up", "half_even"]),
    rank_by=st.sampled_from(["printed", "exact"]),
)
AGGREGATES = st.sampled_from(
    [
        Aggregate(),
        Aggregate(method="trimmed_mean", drop=1, from_sheets=3),
        Aggregate(method="trimmed_mean", drop_share=D("0.34"), from_sheets=3),
    ]
)
DIVERGENCES = st.none() | st.builds(
    Divergence,
    threshold=st.sampled_from([D(5), D(15)]),
    measure=st.sampled_from(["range", "median"]),
    then=st.sampled_from(["look_again", "third_judge", "whole_panel"]),
)
ADVANCES = st.none() | st.builds(
    Advance,
    min_score=st.sampled_from([D(0), D(50)]),
    max_count=st.none() | st.integers(2, 9),
    max_share=st.none() | st.sampled_from([D("0.5"), D("0.9")]),
    per=st.sampled_from(["round", "area", "class"]),
    at_cutoff=st.sampled_from(["include_ties", "exclude_ties", "council_vote"]),
)
CHAINS = st.lists(
    st.sampled_from(["A", "B", "total", "highest", "firsts"]), max_size=3, unique=True
)


@st.composite
def rulebooks(draw):
    weight = draw(st.sampled_from([D(1), D(2)]))
    first = a_round(
        "R1",
        rubric=(
            Criterion(code="A", name="A", max=D(40) / weight, weight=weight),
            Criterion(code="B", name="B", max=D(60)),
        ),
        rounding=draw(PLACES),
        aggregate=draw(AGGREGATES),
        divergence=draw(DIVERGENCES),
        calibration=Calibration(counts=draw(st.booleans()), min_sheets_per_judge=1),
        advance=draw(ADVANCES),
        tie_break=tuple(f"R1.{link}" for link in draw(CHAINS)),
    )
    last = a_round(
        "R2",
        scale=D(20),
        step=D("0.25"),
        rubric=(Criterion(code="C", name="C", max=D(20)),),
        rounding=draw(PLACES),
        judges_per_entry=draw(st.sampled_from([None, 2, 3])),
        tie_break=("R2.C", "R1.A"),
    )
    shared = draw(st.sampled_from(["never", "split", "each"]))
    classes = draw(st.booleans())
    prizes = tuple(
        a_prize(f"{code}{own or ''}", count, least, entry_class=own, shared=shared)
        for own in (("CA", "CB") if classes else (None,))
        for code, count, least in (("NHAT", 1, 70), ("BA", 2, 50), ("KK", 3, 0))
    )
    side = draw(st.booleans())
    if side and not classes:
        prizes += (a_prize("PHU", 1, 0, side_by="R1.B", shared=shared),)
    chain = tuple(f"R1.{link}" for link in draw(CHAINS))
    rules = rules_of(
        first,
        last,
        final_scale=draw(st.sampled_from([D(100), D(10)])),
        weights={"R1": D("0.4"), "R2": D("0.6")},
        final_rounding=draw(PLACES),
        tie_break=(*chain, "R2.total", "council_vote"),
        prizes=prizes,
        awarding=Awarding(
            after_share=draw(st.sampled_from(["all", "fewer"])),
            per_author=draw(st.sampled_from(["every", "best"])),
        ),
    )
    if classes:
        own = (
            EntryClass(code="CA", name="CA", kinds=("INDIVIDUAL",)),
            EntryClass(code="CB", name="CB", kinds=("COLLECTIVE",)),
        )
        return replaced(rules, classes=own)
    return rules


def replaced(rules, **entrants):
    return replace(rules, entrants=replace(rules.entrants, **entrants))
