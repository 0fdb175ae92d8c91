"""A round recomputed from its explanation alone: nothing of the services is used here.

It reads the explanation as an outsider would, as JSON, and counts with fractions.
"""

from fractions import Fraction


def score(one: dict) -> tuple[Fraction, str]:
    """Return the exact mean of the newest sheets that count, and the printed score."""
    newest: dict[str, dict] = {}
    for sheet in one["sheets"]:
        if sheet["standing"] != "STOOD_DOWN":
            known = newest.get(sheet["judge_id"])
            if known is None or known["version"] < sheet["version"]:
                newest[sheet["judge_id"]] = sheet
    weights = {line["code"]: Fraction(line["weight"]) for line in one["rubric"]}
    totals = sorted(
        sum(weights[code] * Fraction(points) for code, points in sheet["marks"].items())
        - Fraction(sheet["severity"])
        for sheet in newest.values()
    )
    cut = to_drop(len(totals), one["aggregate"])
    kept = totals[cut : len(totals) - cut]
    exact = sum(kept, Fraction(0)) / len(kept)
    return exact, printed(exact, one["rounding"])


def to_drop(sheets: int, rule: dict) -> int:
    if rule["method"] == "mean" or sheets < rule["from_sheets"]:
        return 0
    share = rule["drop_share"]
    cut = rule["drop"] if share is None else int(Fraction(share) * sheets)
    return min(cut, (sheets - 1) // 2)


def printed(exact: Fraction, rounding: dict) -> str:
    units = exact * 10 ** rounding["places"]
    down = units.numerator // units.denominator
    rest = units - down
    up = rest > Fraction(1, 2) or (
        rest == Fraction(1, 2) and (rounding["mode"] == "half_up" or down % 2 == 1)
    )
    return str(Fraction(down + up, 10 ** rounding["places"]))


def place(one: dict) -> int:
    """Count who stands above: by score, then by the chain, then by the newest vote."""
    exact, score_printed = score(one)
    above = 0
    for each in one["scores"]:
        if each["exact"] is None:
            above += each["entries"] * (Fraction(each["score"]) > Fraction(score_printed))
        else:
            above += each["entries"] * (Fraction(each["exact"]) > exact)
    own = [Fraction(each["value"]) for each in one["values"]]
    level = []
    for equal in one["equals"]:
        theirs = [Fraction(each["value"]) for each in equal["values"]]
        above += theirs > own
        if theirs == own:
            level.append(equal["code"])
    return 1 + above + by_vote(one, level)


def by_vote(one: dict, level: list[str]) -> int:
    """Return how many equals the newest vote on all of them put above the entry."""
    for vote in reversed(one["votes"]):
        order = vote["order"]
        (own,) = [code for code in order if code not in level and code == one["code"]] or [None]
        if own is not None and set(level) <= set(order):
            return sum(order.index(code) < order.index(own) for code in level)
    return 0
