"""Why a finalist has its final place. Start with `explain`; `words` says it in Vietnamese."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from contracts import awards
from contracts.rules import Rules
from contracts.rules.reckoning import COUNCIL_VOTE, Merit, Place, Vote
from services.awards.domain.ranking import Candidate, exact, factor, merit


def explain(
    entry_id: str,
    candidates: Sequence[Candidate],
    places: Sequence[Place],
    rules: Rules,
    votes: Sequence[Vote],
) -> awards.FinalExplained:
    """Gather what the final score and place of one of those ranked together rest on."""
    merits = {one.entry_id: merit(one, rules) for one in candidates}
    ranks = {place.entry_id: place for place in places}
    own = next(one for one in candidates if one.entry_id == entry_id)
    return awards.FinalExplained(
        entry_id=entry_id,
        parts=tuple(parts(own, rules)),
        exact=str(merits[entry_id].score),
        rounding=rules.final_rounding,
        score=ranks[entry_id].score,
        rank=ranks[entry_id].rank,
        entries=len(merits),
        scores=scores(merits, ranks, rules),
        chain=rules.tie_break,
        values=values(merits[entry_id]),
        equals=tuple(equals(entry_id, merits, ranks, rules)),
        votes=tuple(
            awards.MinutedVote(order=vote.order, minutes=vote.minutes, reason=vote.reason)
            for vote in votes
            if entry_id in vote.order
        ),
    )


def parts(own: Candidate, rules: Rules) -> Iterator[awards.WeighedRound]:
    """Say what each round adds to the final score."""
    for round_id, weight in rules.weights.items():
        mean, times = exact(own, round_id, "total"), factor(round_id, rules)
        name = next(one.name for one in rules.rounds if one.id == round_id)
        yield awards.WeighedRound(
            round_id=round_id,
            name=name,
            weight=weight,
            mean=str(mean),
            factor=str(times),
            adds=str(mean * times),
        )


def scores(
    merits: Mapping[str, Merit], ranks: Mapping[str, Place], rules: Rules
) -> tuple[awards.FinalCount, ...]:
    """Count the entries by what ranks them, best first."""
    by_exact = rules.final_rounding.rank_by == "exact"
    counted = Counter(
        (figure(one, ranks[entry], rules), ranks[entry].score) for entry, one in merits.items()
    )
    return tuple(
        awards.FinalCount(score=score, entries=entries, exact=str(value) if by_exact else None)
        for (value, score), entries in sorted(counted.items(), reverse=True)
    )


def figure(one: Merit, place: Place, rules: Rules) -> Fraction:
    """Return what ranks first of all: the printed score or the exact one."""
    return one.score if rules.final_rounding.rank_by == "exact" else Fraction(place.score)


def values(one: Merit) -> tuple[str, ...]:
    """Write an entry's values along the chain, exactly."""
    return tuple(str(value) for value in one.chain)


def equals(
    entry_id: str, merits: Mapping[str, Merit], ranks: Mapping[str, Place], rules: Rules
) -> Iterator[awards.FinalEqual]:
    """Say of each entry with the same score what parted it from this one, if anything did."""
    own, place = merits[entry_id], ranks[entry_id]
    links = [link for link in rules.tie_break if link != COUNCIL_VOTE]
    for other, one in merits.items():
        if other == entry_id or figure(one, ranks[other], rules) != figure(own, place, rules):
            continue
        differ = (link for link, a, b in zip(links, own.chain, one.chain, strict=True) if a != b)
        by = None if ranks[other].rank == place.rank else next(differ, COUNCIL_VOTE)
        is_ahead = ranks[other].rank < place.rank
        yield awards.FinalEqual(
            entry_id=other,
            outcome="EQUAL" if by is None else "AHEAD" if is_ahead else "BEHIND",
            by=by,
            values=values(one),
        )


def words(found: awards.FinalExplained, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Say a final place line by line as an office reads it; entries go by their titles."""
    summed = " + ".join(
        f"{number(part.factor)} × {number(part.mean)} ({part.name})" for part in found.parts
    )
    how = "điểm chưa làm tròn" if found.rounding.rank_by == "exact" else "điểm đã làm tròn"
    ahead = found.rank - 1 - sum(equal.outcome == "AHEAD" for equal in found.equals)
    rounding = f"làm tròn một lần đến {found.rounding.places} chữ số thập phân"
    place = f"hạng {found.rank} trong {found.entries} bài, {ahead} bài cao điểm hơn"
    lines = [
        "Điểm cuối cùng:",
        f"  {summed} = {number(found.exact)}; {rounding}: {number(str(found.score))}.",
        f"  Xếp hạng theo {how}: {place}.",
    ]
    for equal in found.equals:
        title = titles.get(equal.entry_id, equal.entry_id)
        lines.append(f"  Bằng điểm với bài “{title}”{parted(equal, found)}")
    for vote in found.votes:
        order = "; ".join(f"“{titles.get(entry, entry)}”" for entry in vote.order)
        reason = f" Lý do: {vote.reason}" if vote.reason else ""
        lines.append(f"  Hội đồng biểu quyết, biên bản số {vote.minutes}: {order}.{reason}")
    return tuple(lines)


def parted(equal: awards.FinalEqual, found: awards.FinalExplained) -> str:
    """Say what parted an equal from the entry, or that nothing did."""
    if equal.by is None:
        return ", không có gì phân định: đồng hạng."
    place = "xếp trên" if equal.outcome == "BEHIND" else "xếp dưới"
    if equal.by == COUNCIL_VOTE:
        return f"; theo biểu quyết của Hội đồng, bài này {place}."
    at = found.chain.index(equal.by)
    compared = f"bài này {number(found.values[at])}, bài kia {number(equal.values[at])}"
    return f"; xét {equal.by}: {compared}, nên bài này {place}."


def number(exactly: str) -> str:
    """Write an exact number with the decimal comma; one without end as a fraction too."""
    if "/" not in exactly:
        return exactly.replace(".", ",")
    value = Fraction(exactly)
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    if Fraction(quotient) == value:
        return f"{quotient:f}".replace(".", ",")
    return f"{exactly} (khoảng {quotient:.4f})".replace(".", ",")
