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
    return (
        severities_hold(scoring)
        and a_least_score_is_exact(scoring)
        and a_council_gives(prizes)
        and a_limit_is_not_below(prizes)
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
