"""Proves that the cast leads where it should: the contest counted out by hand, from its rules.

Start with `mistakes`. Every sentence it yields is something the demo would not show as meant.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from contracts.rules import Round, Rules
from demo.cast import Cast, Entry, Marks, Register
from demo.texts import Text
from services.intake.rules import check

ROOT = Path(__file__).parents[1]
UNITS = "contests/agencies/hau-giang-2022.csv"
CENT = Decimal("0.01")


def mistakes(cast: Cast, register: Register, texts: tuple[Text, ...]) -> Iterator[str]:
    """Yield every way in which cast, register and texts break the design."""
    rules = read_rules(cast)
    yield from people_mistakes(cast)
    yield from text_mistakes(cast, texts)
    for entry in cast.entries:
        yield from filing_mistakes(cast, rules, entry)
        yield from mark_mistakes(cast, rules, entry)
    yield from register_mistakes(cast, rules, register)
    yield from outcome_mistakes(cast, rules)


def read_rules(cast: Cast) -> Rules:
    """Read the rules file as intake does. Raises ValueError when it has mistakes."""
    checked = check((ROOT / cast.rules).read_text(encoding="utf-8"))
    if checked.rules is None:
        raise ValueError(checked.mistakes)
    return checked.rules


def read_units() -> dict[str, str]:
    """Read the name of every unit of the province, by its id."""
    with (ROOT / UNITS).open(encoding="utf-8", newline="") as lines:
        return {row["unit_id"]: row["name"] for row in csv.DictReader(lines)}


def people_mistakes(cast: Cast) -> Iterator[str]:
    """Yield what is wrong with accounts, units and jury."""
    ids = [person.id for person in cast.people]
    yield from (f"{name} is twice in the cast." for name, n in Counter(ids).items() if n > 1)
    known = read_units()
    for person in cast.people:
        if person.unit and person.unit not in known:
            yield f"{person.id} is of {person.unit}, which is no unit."
        if not person.email.endswith("@mau.example"):
            yield f"{person.id} has an address outside mau.example."
    if len(cast.jury) % 2 == 0 or [seat.role for seat in cast.jury].count("CHAIR") != 1:
        yield "The jury must be odd and have one chair."


def text_mistakes(cast: Cast, texts: tuple[Text, ...]) -> Iterator[str]:
    """Yield where the cast says something else than the heads of the texts."""
    written = {text.number: text for text in texts}
    if sorted(written) != sorted(entry.number for entry in cast.entries):
        yield "Texts and cast do not have the same entries."
    for entry in cast.entries:
        text = written[entry.number]
        for fact in ("file", "kind", "group", "area", "unit", "role"):
            if getattr(text, fact) != getattr(entry, fact):
                yield f"Entry {entry.number}: {fact} differs between text and cast."
        if text.words < 750:
            yield f"Entry {entry.number} has {text.words} words, fewer than 750."


def filing_mistakes(cast: Cast, rules: Rules, entry: Entry) -> Iterator[str]:
    """Yield what is wrong with who files an entry, and when."""
    if sum(part.share for part in entry.authors) != 100:
        yield f"Entry {entry.number}: the shares do not sum to 100."
    in_time = rules.intake.opens <= entry.at < rules.intake.closes
    if in_time == (entry.role == "late"):
        yield f"Entry {entry.number} is filed {'in time' if in_time else 'late'}."
    jury = {seat.person for seat in cast.jury}
    from_jury = any(part.person in jury for part in entry.authors)
    if from_jury != (entry.role == "jury_member"):
        yield f"Entry {entry.number}: its authors and the jury disagree with its role."
    away = {judge for judge in jury if shares_unit(cast, entry, judge)}
    if entry.outcome == "VALID" and away != {entry.conflict} - {None}:
        yield f"Entry {entry.number}: in conflict are {sorted(away)}."


def shares_unit(cast: Cast, entry: Entry, judge_id: str) -> bool:
    """Say whether a judge comes from the entry's own unit."""
    unit = cast.person(judge_id).unit
    return unit in {entry.unit, *(cast.person(part.person).unit for part in entry.authors)}


def mark_mistakes(cast: Cast, rules: Rules, entry: Entry) -> Iterator[str]:
    """Yield marks off the scale, and judges who agree or differ against the plan."""
    if entry.outcome != "VALID":
        return
    first, second = rules.rounds
    at_first = [cast.first_marks(entry, order) for order in range(3)]
    at_last = [cast.marks_again(entry, order) for order in range(3)]
    for marks in (*at_first, *at_last):
        yield from scale_mistakes(first, entry, marks)
    threshold = first.divergence.threshold if first.divergence else first.scale
    if (spread(at_first) > threshold) != entry.diverging or spread(at_last) > threshold:
        yield f"Entry {entry.number}: its judges stand {spread(at_first)} points apart."
    if entry.second_look and entry.second_look != at_last[0]:
        yield f"Entry {entry.number}: second_look is not what marks_again gives."
    if entry.round2:
        yield from defence_mistakes(cast, second, entry)


def defence_mistakes(cast: Cast, judged: Round, entry: Entry) -> Iterator[str]:
    """Yield marks of the defence off the scale, or whose offsets would move the mean."""
    for seat, judge in enumerate(cast.jury):
        yield from scale_mistakes(judged, entry, cast.defence_marks(entry, seat))
        if judge.person == entry.conflict and entry.offsets[seat]:
            yield f"Entry {entry.number}: {judge.person} is away but has an offset."
    if sum(entry.offsets) or len(entry.offsets) != len(cast.jury):
        yield f"Entry {entry.number}: its offsets must be seven and sum to 0."


def scale_mistakes(judged: Round, entry: Entry, marks: Marks) -> Iterator[str]:
    """Yield marks that the round's rubric refuses."""
    most = {criterion.code: criterion.max for criterion in judged.rubric}
    if list(marks) != list(most):
        yield f"Entry {entry.number}: {judged.id} has other criteria."
    for code, mark in marks.items():
        if not 0 <= mark <= most.get(code, Decimal(0)) or mark % judged.step:
            yield f"Entry {entry.number}: {mark} is no mark for {judged.id}.{code}."


def spread(sheets: list[Marks]) -> Decimal:
    """Return how far the totals of several judges lie apart."""
    totals = [sum(marks.values(), Decimal(0)) for marks in sheets]
    return max(totals) - min(totals)


def register_mistakes(cast: Cast, rules: Rules, register: Register) -> Iterator[str]:
    """Yield what is wrong with known initiatives and with what repeats what."""
    codes = {known.code for known in register.initiatives}
    for known in register.initiatives:
        if known.applied_on is None or known.applied_on >= rules.novelty.cutoff:
            yield f"{known.code} is not older than the contest."
    filed = {entry.number: entry.at for entry in cast.entries}
    for entry in cast.entries:
        match entry.repeats:
            case int(earlier) if filed[earlier] >= entry.at:
                yield f"Entry {entry.number} repeats {earlier} but is filed before it."
            case str(code) if code not in codes:
                yield f"Entry {entry.number} repeats {code}, which nobody knows."


def outcome_mistakes(cast: Cast, rules: Rules) -> Iterator[str]:
    """Yield where the counted outcome differs from `expected`."""
    expected = cast.expected
    valid = [entry for entry in cast.entries if entry.outcome == "VALID"]
    if len({entry.at for entry in cast.entries}) != len(cast.entries):
        yield "Two entries are filed at the same instant."
    gate = rules.rounds[0].advance
    if gate is None:
        yield "Round 1 has no gate."
        return
    scores = {entry.number: total(entry.round1) for entry in valid}
    good = sorted((s for s in scores.values() if s >= gate.min_score), reverse=True)
    cutoff = good[: gate.max_count][-1]
    advancing = tuple(sorted(number for number, s in scores.items() if s >= cutoff))
    tied = tuple(sorted(number for number, s in scores.items() if s == cutoff))
    below = tuple(number for number, s in scores.items() if s < gate.min_score)
    defended = tuple(sorted(entry.number for entry in valid if entry.round2))
    counted = (len(valid), advancing, tied, below, defended)
    if counted != (
        expected.valid,
        expected.advancing,
        expected.tied_at_cutoff,
        expected.below_minimum,
        expected.advancing,
    ):
        yield f"Round 1 comes out as {counted}."
    yield from final_mistakes(cast, rules, [e for e in valid if e.number in advancing])


def final_mistakes(cast: Cast, rules: Rules, finalists: list[Entry]) -> Iterator[str]:
    """Yield where final scores, their ties or the prizes differ from `expected`."""
    ranked = sorted(finalists, key=lambda entry: (final(rules, entry), *ties(entry)), reverse=True)
    winners = ranked[: sum(prize.count for prize in rules.prizes)]
    places = [prize for prize in rules.prizes for _ in range(prize.count)]
    won = [
        (entry.number, prize.code, final(rules, entry))
        for entry, prize in zip(winners, places, strict=True)
    ]
    if won != [(each.entry, each.prize, each.final) for each in cast.expected.prizes]:
        yield f"The prizes come out as {won}."
    if any(score < prize.min_score for prize, (_, _, score) in zip(places, won, strict=True)):
        yield "A prize would stay unawarded."
    equal: dict[Decimal, list[int]] = {}
    for entry in ranked:
        equal.setdefault(final(rules, entry), []).append(entry.number)
    if (tied := tuple(tuple(same) for same in equal.values() if len(same) > 1)) != (
        cast.expected.tied_finals
    ):
        yield f"Equal final scores have {tied}."
    if len({(final(rules, entry), *ties(entry)) for entry in ranked}) < len(ranked):
        yield "A tie is left to the council."


def final(rules: Rules, entry: Entry) -> Decimal:
    """Return an entry's final score. Offsets sum to 0, so the planned marks are the means."""
    first, second = rules.rounds
    weighted = rules.weights[first.id] * total(entry.round1) + rules.weights[second.id] * total(
        entry.round2
    )
    return weighted.quantize(CENT, ROUND_HALF_UP)


def ties(entry: Entry) -> tuple[Decimal, ...]:
    """Return what breaks a tie, in the order of the rules."""
    marks = entry.round1 or {}
    return marks["TINH_MOI"], marks["HIEU_QUA"], total(entry.round2)


def total(marks: Marks | None) -> Decimal:
    """Sum the marks of one sheet."""
    return sum((marks or {}).values(), Decimal(0))
