"""What kits seldom come to: halves at the edge of a tolerance, prizes that a council names.

`figures_hold` tells of the recount's own arithmetic, whole or with a place changed.
"""

from fractions import Fraction
from types import ModuleType

ROUNDING = {"places": 0, "mode": "half_up", "rank_by": "exact"}
JUDGES = {"j-1": 3, "j-2": 0, "j-3": -3}  # what each gives more than an entry is worth
CALIBRATION = {"counts": True, "places": 0, "min_sheets_per_entry": 3, "min_sheets_per_judge": 7}
NEARLY = "3.5000005"  # of a severity of 3, half a place and less than a millionth away
AFAR = "3.500002"


def figures_hold(scoring: ModuleType, prizes: ModuleType) -> bool:
    """Say whether sums come out as they must."""
    return all(
        (
            severities_hold(scoring),
            few_sheets_say_nothing_of_judges(scoring),
            sums_hold(scoring),
            a_least_score_is_exact(scoring),
            an_edge_is_parted(scoring),
            groups_go_on_by_themselves(scoring),
            a_council_gives(prizes),
            a_limit_is_not_below(prizes),
            prizes_go_down_the_ranks(prizes),
        )
    )


def refused(attempt) -> bool:
    """Say whether a check ends this, or it cannot be drawn."""
    try:
        attempt()
    except (ValueError, KeyError):
        return True
    except Exception as error:
        if type(error).__name__ in {"DoesNotFollow", "Tied"}:
            return True
        raise
    return False


def severities_hold(scoring: ModuleType) -> bool:
    """Severities are estimated where sheets just suffice, and held against half a place."""

    def table(**others):
        made = scoring.Table({"id": "R1", "calibration": CALIBRATION | others}, {})
        made.totals = {
            f"e-{n}": {judge: Fraction(60 + n + off) for judge, off in JUDGES.items()}
            for n in range(7)
        }
        return made

    entries = [f"e-{n}" for n in range(7)]
    exact = {judge: str(off) for judge, off in JUDGES.items()}
    return (
        table().severe(entries, exact) == {judge: Fraction(off) for judge, off in JUDGES.items()}
        and not refused(lambda: table().severe(entries, exact | {"j-1": NEARLY}))
        and refused(lambda: table().severe(entries, exact | {"j-1": AFAR}))
        and table(min_sheets_per_judge=8).severe(entries, {}) == {}
        and table(min_sheets_per_entry=4).severe(entries, {}) == {}
    )


def few_sheets_say_nothing_of_judges(scoring: ModuleType) -> bool:
    """Severities of two judges take eleven entries; judges who have none in common have none."""
    rule = {"min_sheets_per_entry": 2, "min_sheets_per_judge": 2}

    def known(entries, *pairs):
        totals = {
            f"{one}-{n}": {one: Fraction(60 + n), other: Fraction(62 + n)}
            for one, other in pairs
            for n in range(entries)
        }
        return bool(scoring.severities(totals, rule))

    pairs = (("j-1", "j-2"), ("j-3", "j-4"))
    return (known(11, pairs[0]), known(10, pairs[0]), known(11, *pairs)) == (True, False, False)


def sums_hold(scoring: ModuleType) -> bool:
    """A mark may be nothing; of two sheets none is left out; apart is as the rules measure it."""
    one = {"code": "A", "marked": "whole", "comment_only": False, "max": "50", "step": None}
    rules, trimmed = {"rubric": [one], "step": "1"}, {"method": "trimmed_mean", "drop": 1}
    trimmed |= {"from_sheets": 2, "drop_share": None}
    totals = [Fraction(0), Fraction(10), Fraction(90)]
    return (
        not refused(lambda: scoring.check_marks("sheets", "one", rules, {"A": "0"}))
        and refused(lambda: scoring.check_marks("sheets", "one", rules, {"A": "51"}))
        and scoring.aggregate(totals[1:], trimmed) == (Fraction(100), 2)
        and [scoring.spread(totals, by) for by in ("median", "range")] == [80, 90]
    )


def table_of(scoring: ModuleType, ranks, **advance):
    """Make a table of these ranks, with an entry for each, in which so many go on."""
    rule = {"min_score": "0", "max_count": None, "max_share": None, "per": "round"}
    rules = {"advance": rule | advance, "rounding": ROUNDING}
    table = scoring.Table(rules, {})
    table.lines = {
        f"e-{n}": {
            "average": (Fraction(100 - rank), 1),
            "score": Fraction(100 - rank),
            "rank": rank,
        }
        for n, rank in enumerate(ranks)
    }
    return table


def an_edge_is_parted(scoring: ModuleType) -> bool:
    """Who stands equal across the edge goes on by the rules, or by the order of the council."""

    def going(ranks, votes=(), **advance):
        table = table_of(scoring, ranks, **advance)
        table.cut_off({entry: {} for entry in table.lines}, {"entrants": {"classes": []}}, votes)
        lines = table.lines.items()
        return tuple(
            {entry[2:] for entry, line in lines if line[said]}
            for said in ("advances", "tied_at_cutoff")
        )

    ranks, order = (1, 2, 2, 4), (["e-2", "e-1"],)
    return (
        going(ranks, max_count=2, at_cutoff="include_ties") == ({"0", "1", "2"}, {"1", "2"})
        and going(ranks, max_count=2, at_cutoff="council_vote") == ({"0"}, {"1", "2"})
        and going(ranks, order, max_count=2, at_cutoff="council_vote") == ({"0", "2"}, {"1", "2"})
        and going(ranks, order, max_count=2, at_cutoff="exclude_ties") == ({"0"}, {"1", "2"})
        and going(ranks, max_count=3, at_cutoff="include_ties") == ({"0", "1", "2"}, set())
        and going((1, 1), max_share="0.4", at_cutoff="include_ties") == (set(), set())
    )


def groups_go_on_by_themselves(scoring: ModuleType) -> bool:
    """Where so many of each class or area go on, each has an edge of its own."""
    whole = {"entrants": {"classes": [{"code": "X", "kinds": ["ONE"]}]}}
    said = {"e-0": ("ONE", "A1"), "e-1": ("ONE", "A2"), "e-2": ("MANY", "A2")}
    accepted = {entry: {"kind": kind, "area": area} for entry, (kind, area) in said.items()}
    found = []
    for per in ("class", "area"):
        table = table_of(scoring, (1, 2, 3), max_count=1, per=per, at_cutoff="include_ties")
        table.cut_off(accepted, whole, ())
        found.append([line["advances"] for line in table.lines.values()])
    return found == [[True, False, True], [True, True, False]]


def a_least_score_is_exact(scoring: ModuleType) -> bool:
    """Where ranks are by exact scores, a least score is not reached by rounding."""
    advance = {
        "min_score": "65", "max_count": None, "max_share": None, "per": "round",
        "at_cutoff": "council_vote",
    }  # fmt: skip
    found = []
    for rank_by in ("exact", "rounded"):
        rules = {"advance": advance, "rounding": ROUNDING | {"rank_by": rank_by}}
        table = scoring.Table(rules, {})
        average = (Fraction("194.9"), 3)
        table.lines = {"e-1": {"average": average, "score": Fraction(65), "rank": 1}}
        table.cut_off({"e-1": {}}, {"entrants": {"classes": []}}, ())
        found.append(table.lines["e-1"]["advances"])
    return found == [False, True]


def a_council_gives(prizes: ModuleType) -> bool:
    """A council names for a side prize an entry of the table that has none, and no other."""
    common = {"count": 1, "min_score": "0", "entry_class": None, "shared": "never"}
    rules = {
        "entrants": {"classes": []}, "awarding": {"per_author": "every", "after_share": "all"},
        "prizes": [
            {**common, "code": "NHAT", "side_by": None},
            {**common, "code": "PHU", "side_by": "council"},
        ],
        "rounds": [{"id": "R1", "scale": "100"}],
        "weights": {"R1": "1"}, "final_scale": None, "final_rounding": ROUNDING, "tie_break": [],
    }  # fmt: skip
    values = {"R1": {"e-1": {"total": Fraction(90)}, "e-2": {"total": Fraction(80)}}}
    accepted = {"e-1": {}, "e-2": {}, "e-3": {}}

    def given(entry):
        council = prizes.Council()
        council.decide("PHU", None, [entry])
        return prizes.draw(["e-1", "e-2"], rules, values, council, accepted)

    second = ("PHU", Fraction(80), 2, Fraction(1))
    return (
        given("e-2") == {"e-1": ("NHAT", Fraction(90), 1, Fraction(1)), "e-2": second}
        and refused(lambda: given("e-1"))
        and refused(lambda: given("e-3"))
    )


def a_limit_is_not_below(prizes: ModuleType) -> bool:
    """A limit of as many as were named contradicts nobody; one below takes their names back."""
    council = prizes.Council()
    council.decide("PHU", None, ["e-1", "e-2"])
    council.decide("PHU", 2, [])
    named = dict(council.named)
    council.decide("PHU", 1, [])
    return named == {"PHU": ["e-1", "e-2"]} and (council.named, council.limits) == ({}, {"PHU": 1})


def prizes_go_down_the_ranks(prizes: ModuleType) -> bool:
    """Equals share a prize as the rules say, and a least score is enough."""
    common = {"min_score": "0", "entry_class": None, "side_by": None}

    def given(totals, *lines, after="all", per_author="every"):
        rules = {
            "entrants": {"classes": []}, "rounds": [{"id": "R1", "scale": "100"}],
            "awarding": {"per_author": per_author, "after_share": after},
            "prizes": [{**common, "code": str(n), **line} for n, line in enumerate(lines)],
            "weights": {"R1": "1"}, "final_scale": None, "final_rounding": ROUNDING,
            "tie_break": [],
        }  # fmt: skip
        entries = {f"e-{n}": {"total": Fraction(one)} for n, one in enumerate(totals)}
        known = {entry: {"author_ids": ["p-1"]} for entry in entries}
        council = prizes.Council()
        drawn = prizes.draw([*entries], rules, {"R1": entries}, council, known)
        return {entry[2:]: (line[0], line[3]) for entry, line in drawn.items()}

    def prize(count, shared="never", **others):
        return {"count": count, "shared": shared, **others}

    half, whole = Fraction(1, 2), Fraction(1)
    each, split = (prize(1, "each"), prize(2)), (prize(1, "split"), prize(2))
    two = {"0": ("0", whole), "1": ("0", whole)}
    of_two = {"0": ("0", half), "1": ("0", half)}
    rest = {"2": ("1", whole), "3": ("1", whole)}
    side = prize(1, side_by="R1.total")
    return (
        given((90, 90, 80, 70), *each) == two | rest
        and given((90, 90, 80, 70), *each, after="fewer") == two | {"2": ("1", whole)}
        and given((90, 90, 80, 70), *split) == of_two | rest
        and given((90, 80, 70), prize(1), side) == {"0": ("0", whole), "1": ("1", whole)}
        and given((90, 80), prize(2, min_score="80")) == two
        and given((90, 80), prize(2), per_author="best") == {"0": ("0", whole)}
        and refused(lambda: given((90, 90), prize(2), per_author="best"))
        and refused(lambda: given((90, 90), prize(1)))
    )
