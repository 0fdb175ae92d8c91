"""Which decision takes a prize back, and that nobody moves up unless the rules say so."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

from contracts.rules import Awarding
from services.awards.domain.prizes import Council, Line, PrizeList
from services.awards.domain.revoking import taken_back_by, undecided
from services.awards.service.standing import Standing
from tests.unit.awards.builders import a_candidate, some_rules

RULES = some_rules()
THIRD = Line("e-3", "BA", Decimal(76), 3)
FOURTH = Line("e-4", "KHUYEN_KHICH", Decimal(75), 4)
MARKS = {"e-1": 92, "e-2": 88, "e-3": 83, "e-4": 78}


def drawn_after_revoking(entry_id, rules):
    """Draw the list up as a later revision does, once one prize was taken back."""
    field = [a_candidate(entry, mark, mark) for entry, mark in MARKS.items()]
    results = {
        one.id: {each.entry_id: each.results[one.id] for each in field} for one in rules.rounds
    }
    entries = {
        entry: SimpleNamespace(is_out=entry == entry_id, kind="INDIVIDUAL", author_ids=[entry])
        for entry in MARKS
    }
    _, outcome = Standing(rules, entries, results, frozenset({entry_id})).draw(Council())
    return [(line.entry_id, line.prize, line.rank) for line in outcome.lines]


def test_a_revision_takes_a_prize_back_by_the_decision_of_who_gave_it():
    decisions = {"CT_UBND": "07/QĐ-UBND", "GD_SNV": "05/QĐ-SNV"}

    assert taken_back_by(THIRD, decisions, RULES) == "07/QĐ-UBND"
    assert taken_back_by(FOURTH, decisions, RULES) == "05/QĐ-SNV"


def test_who_gave_a_prize_decides_on_taking_it_back_though_giving_nothing_else():
    listed = PrizeList(lines=(replace(THIRD, entry_id="e-4"),), before=(THIRD, FOURTH), revision=2)

    assert undecided(listed, {"CT_UBND"}, RULES) == (FOURTH,)
    assert undecided(listed, {"CT_UBND", "GD_SNV"}, RULES) == ()
    assert undecided(PrizeList(lines=(THIRD, FOURTH)), (), RULES) == ()


def test_a_later_revision_moves_nobody_up_into_a_prize_that_was_taken_back():
    assert drawn_after_revoking("e-1", RULES) == [
        ("e-2", "NHI", 2), ("e-3", "BA", 3), ("e-4", "BA", 4),
    ]  # fmt: skip


def test_where_the_rules_promote_it_moves_up_whoever_is_good_enough():
    rules = some_rules(awarding=Awarding(promote_next=True))

    assert drawn_after_revoking("e-1", rules) == [
        ("e-2", "NHAT", 1), ("e-3", "NHI", 2), ("e-4", "BA", 3),
    ]  # fmt: skip
