"""Contests at the edge of a rule: those of `WITHIN` are honest, those of `BEYOND` are not.

`WITHIN` maps a name to a function that makes rows, `BEYOND` one to a function on rows and the step
that names what it does, as `tampering.CASES`.
"""

from copy import deepcopy
from datetime import datetime, timedelta
from decimal import Decimal

from contracts.rules import Divergence
from tests.unit.recount.contests import a_round, play, rows_of, rules_of
from tests.unit.recount.disputes import a_draw_that_spares_one_judge, disputed_rows
from tests.unit.recount.entering import written
from tests.unit.recount.tampering import (
    a_second_look_hidden,
    first,
    honest_rows,
    insert,
    of,
    rules_of_all,
)

BEYOND = {}


def case(step):
    def keep(tamper):
        BEYOND[tamper.__name__] = (tamper, step)
        return tamper

    return keep


# -- just within


def judges_just_near_enough():
    """The widest that judges stand apart is what they may."""
    one = a_round("R1", divergence=Divergence(threshold=Decimal(100)))
    rows = rows_of(play(rules_of(one), seed=3))
    gave = {}
    for row in of(rows, "MarksGiven"):
        gave.setdefault(row[3]["entry_id"], []).append(Decimal(row[3]["total"]))
    widest = str(max(max(own) - min(own) for own in gave.values()))
    rules_of_all(rows, lambda rules: rules["rounds"][0]["divergence"].update(threshold=widest))
    return rows


def a_second_look_at_once():
    """Whoever is to look again does so in the same instant."""
    rows = honest_rows()
    for look in of(rows, "SecondLookNeeded"):
        for row in of(rows, "MarksGiven", entry_id=look[3]["entry_id"], version=2):
            row[2] = look[2]
    return rows


def uneven(expertise="ignored", **desk):
    """A judge has nothing to judge; entries are assigned by this expertise."""
    rows = disputed_rows()
    a_draw_that_spares_one_judge(rows)
    assigning = {"expertise": expertise, "most_per_judge": None}
    rules_of_all(rows, lambda rules: rules["rounds"][0].update(assigning=assigning))
    first(rows, "RoundOpened")[3]["desks"][-1].update(desk)
    return rows


def a_prize_lost_at_once():
    """A prize is taken back and its loss published in the same instant."""
    rows = honest_rows()
    revoked, revised = first(rows, "AwardRevoked"), first(rows, "ResultsRevised")
    for row in rows[rows.index(revoked) : rows.index(revised) + 1]:
        row[2] = revoked[2]
    return rows


def an_entry_at_the_opening():
    """The first entry comes at the very instant that the window opens."""
    rows = honest_rows()
    opens = min(
        datetime.fromisoformat(row[3]["received_at"]) for row in of(rows, "EntrySubmitted")
    )
    rules_of_all(rows, lambda rules: rules["intake"].update(opens=written(opens)))
    return rows


def an_event_recorded_just_in_time():
    """Something is recorded a whole day after it happened, under a head of that day."""
    rows = honest_rows()
    closed = first(rows, "RoundClosed")
    after = rows[rows.index(closed) + 1]
    insert(rows, after, "ledger.HeadSigned", {}, at=closed[2] - timedelta(days=1))
    return rows


WITHIN = {
    "near-enough": judges_just_near_enough,
    "looked-at-once": a_second_look_at_once,
    "preferred": lambda: uneven("preferred"),
    "no-expert": lambda: uneven("required", areas=["Z"]),
    "full-desk": lambda: uneven(most=0),
    "lost-at-once": a_prize_lost_at_once,
    "at-the-opening": an_entry_at_the_opening,
    "just-in-time": an_event_recorded_just_in_time,
}


# -- just beyond


@case("rules")
def a_round_that_the_rules_do_not_have(rows):
    closed = first(rows, "RoundClosed")
    opened = deepcopy(first(rows, "RoundOpened")[3])
    insert(rows, closed, "review.RoundOpened", {**opened, "round_id": "R9", "entry_ids": []})


@case("rules")
def an_amendment_that_amends_nothing(rows):
    first(rows, "ContestAmended")[3]["sha256"] = first(rows, "ContestOpened")[3]["sha256"]


@case("rules")
def an_amendment_of_another_contest(rows):
    first(rows, "ContestAmended")[3]["rules"]["id"] = "HG-9"


def stood_down(rows, before, ground, **about):
    said = {"ground": ground, "kind": None, "substitute_id": None, "sheets": 1}
    insert(rows, before, "review.JudgeStoodDown", {**about, **said, "minutes": "07/BB-BTC"})


@case("table")
def an_entry_that_counts_without_any_judge(rows):
    panel, closed = first(rows, "JudgesAssigned", round_id="R2")[3], of(rows, "RoundClosed")[1]
    about = {key: panel[key] for key in ("round_id", "entry_id")}
    for judge in panel["judge_ids"]:
        stood_down(rows, closed, "COUNTED_WITHOUT", judge_id=judge, **about)


@case("divergence")
def a_second_look_hidden_where_somebody_handed_on(rows):
    entry = first(rows, "SecondLookNeeded")[3]["entry_id"]
    panel = first(rows, "JudgesAssigned", round_id="R1", entry_id=entry)[3]
    judges = {seat["person_id"] for seat in first(rows, "JurySeated")[3]["seats"]}
    other = min(judges - {*panel["judge_ids"], *panel["kept_away"]})
    a_second_look_hidden(rows)
    closed = first(rows, "RoundClosed")
    stood_down(rows, closed, "HANDED_ON", judge_id=other, round_id="R1", entry_id=entry)


@case("divergence")
def a_sheet_given_again_unasked(rows):
    looked = {row[3]["entry_id"] for row in of(rows, "SecondLookNeeded")}
    sheets = (row[3] for row in of(rows, "MarksGiven", round_id="R1"))
    said = next(one for one in sheets if one["entry_id"] not in looked)
    again = {**said, "version": 2, "nonce": "", "digest": ""}
    insert(rows, first(rows, "RoundClosed"), "review.MarksGiven", again)


@case("judges")
def an_expert_in_everything_who_is_spared(rows):
    rows[:] = uneven("required")


@case("judges")
def an_expert_in_all_areas_who_is_spared(rows):
    areas = sorted({row[3]["area"] for row in of(disputed_rows(), "EntryAccepted")})
    rows[:] = uneven("required", areas=areas)


@case("judges")
def a_judge_with_two_entries_less(rows):
    rows[:] = rows_of(play(rules_of(a_round("R1")), entries=3))
    a_draw_that_spares_one_judge(rows)


@case("petitions")
def new_sheets_that_no_event_has(rows):
    rows[:] = disputed_rows()
    del first(rows, "EntryRejudged")[3]["sheets"]


@case("approval")
def a_list_that_was_never_submitted(rows):
    rules_of_all(rows, lambda rules: rules["awarding"].update(submission=True))


@case("seals")
def a_seal_said_twice(rows):
    seal = first(rows, "SheetSealed")
    insert(rows, seal, seal[1], dict(seal[3]))


@case("seals")
def a_sheet_dropped_and_not_counted(rows):
    rows.remove(first(rows, "MarksGiven", round_id="R2"))
    first(rows, "SheetsOpened", round_id="R2")[3]["sheets"] -= 1


@case("papers")
def a_number_that_another_paper_has(rows):
    printed = of(rows, "PaperPrinted")[-1]
    paper = {**first(rows, "ResultsPublished")[3]["papers"][0], "paper_id": "d-z"}
    insert(rows, printed, printed[1], {**printed[3], "paper": paper})


@case("papers")
def a_paper_never_issued_that_is_revoked_too(rows):
    revoked = first(rows, "PaperRevoked")
    insert(rows, revoked, revoked[1], {**revoked[3], "paper_id": "c-x"})


@case("results")
def a_revision_of_what_was_never_published(rows):
    first(rows, "ResultsRevised")[3]["revision"] = 3
    published = first(rows, "ResultsPublished")
    said = published[3]
    said |= {"changed": said.pop("lines"), "lost": [], "revision": 2}
    published[1] = "awards.ResultsRevised"
