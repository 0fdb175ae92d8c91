"""Tampering with a second contest: severities are taken off, entries judged again, lists revised.

`DISPUTED` maps a name to a tampering and the check that names it, as `tampering.CASES`.
"""

from copy import deepcopy
from datetime import date, timedelta
from functools import lru_cache

from contracts.rules import Calibration
from tests.unit.awards.builders import a_prize
from tests.unit.recount.contests import (
    a_round,
    dispute,
    play,
    revise,
    revoke,
    rows_of,
    rules_of,
)
from tests.unit.recount.tampering import first, insert, of

DISPUTED = {}


def case(step):
    def keep(tamper):
        DISPUTED[tamper.__name__] = (tamper, step)
        return tamper

    return keep


def with_petitions(*, takes_back=False, **rules):
    """Play a contest, and raise the fourth above the third by a petition that is upheld."""
    prizes = (a_prize("NHAT", 1, 0), a_prize("KK", 2, 0, ("GD_SNV", "GIAY_KHEN")))
    contest = play(rules_of(a_round("R1", **rules), prizes=prizes), entries=9, seed=3)
    table = [event for _, event in contest.events if hasattr(event, "table")][-1].table
    ranked = sorted(table, key=lambda line: line.rank)
    if takes_back:
        revoke(contest)
    dispute(contest, ranked[0].entry_id, "UPHELD", 1)  # a better score, the same prize
    dispute(contest, ranked[1].entry_id, "DISMISSED", 50, ("A",))
    dispute(contest, ranked[3].entry_id, "UPHELD", ranked[2].score - ranked[3].score + 2)
    revise(contest, {ranked[0].entry_id} if takes_back else ())
    revised = [event for _, event in contest.events if hasattr(event, "revision")][-1]
    return contest, revised, [line.entry_id for line in ranked]


@lru_cache(maxsize=1)
def played_rows():
    contest, _, _ = with_petitions(calibration=Calibration(counts=True, min_sheets_per_judge=2))
    return rows_of(contest)


def swapped_rows():
    """The rows of a contest whose first two change places after a petition."""
    prizes = (a_prize("NHAT", 1, 0), a_prize("KK", 2, 0, ("GD_SNV", "GIAY_KHEN")))
    contest = play(rules_of(a_round("R1"), prizes=prizes), entries=5, seed=3)
    table = [event for _, event in contest.events if hasattr(event, "table")][-1].table
    one, two = sorted(table, key=lambda line: line.rank)[:2]
    dispute(contest, two.entry_id, "UPHELD", one.score - two.score + 2)
    revise(contest)
    return rows_of(contest)


def disputed_rows():
    """The rows of the contest that is tampered with here."""
    return deepcopy(played_rows())


# -- what comes before what


@case("rules")
def a_contest_never_opened(rows):
    rows.remove(first(rows, "ContestOpened"))


@case("rules")
def a_round_opened_before_the_contest(rows):
    contest, opened = first(rows, "ContestOpened"), first(rows, "RoundOpened")
    rows.remove(contest)
    contest[2] = opened[2] + timedelta(seconds=1)
    rows.insert(rows.index(opened) + 1, contest)


# -- severities


@case("table")
def a_severity(rows):
    said = first(rows, "RoundClosed")[3]["severities"]
    judge = min(said)
    said[judge] = str(float(said[judge]) + 0.5)


@case("table")
def a_severity_left_out(rows):
    first(rows, "RoundClosed")[3]["severities"].popitem()


@case("table")
def severities_that_the_rules_do_not_know(rows):
    first(rows, "ContestOpened")[3]["rules"]["rounds"][0]["calibration"]["counts"] = False


@case("table")
def severities_of_too_few_sheets(rows):
    rules = first(rows, "ContestOpened")[3]["rules"]["rounds"][0]["calibration"]
    rules["min_sheets_per_judge"] = 99


@case("table")
def severities_of_too_few_judges_an_entry(rows):
    rules = first(rows, "ContestOpened")[3]["rules"]["rounds"][0]["calibration"]
    rules["min_sheets_per_entry"] = 4


# -- entries judged again


@case("petitions")
def a_new_mark(rows):
    sheet = first(rows, "EntryRejudged")[3]["sheets"][0]
    sheet["marks"] = {**sheet["marks"], "A": "1"}


@case("petitions")
def a_new_mark_off_the_scale(rows):
    for sheet in first(rows, "EntryRejudged")[3]["sheets"]:
        sheet["marks"] = {**sheet["marks"], "A": "51"}


@case("petitions")
def a_new_mark_for_what_was_not_in_question(rows):
    event = next(row[3] for row in of(rows, "EntryRejudged") if row[3]["criteria"])
    event["sheets"][0]["marks"]["B"] = "10"


@case("petitions")
def the_new_sheets_left_out(rows):
    first(rows, "EntryRejudged")[3]["sheets"] = []


@case("petitions")
def a_new_sheet_by_somebody_else(rows):
    first(rows, "EntryRejudged")[3]["sheets"][0]["judge_id"] = "q-9"


@case("petitions")
def a_new_sheet_by_who_judged_before(rows):
    event = first(rows, "EntryRejudged")[3]
    judge = first(rows, "MarksGiven", entry_id=event["entry_id"])[3]["judge_id"]
    event["sheets"][0]["judge_id"] = judge
    seated = first(rows, "RejudgingSeated", petition_id=event["petition_id"])[3]
    seated["judge_ids"][0] = judge


@case("petitions")
def a_judging_again_that_nobody_ordered(rows):
    rows.remove(first(rows, "RejudgingOrdered"))


@case("petitions")
def a_judging_again_of_more_than_was_ordered(rows):
    first(rows, "RejudgingOrdered")[3]["criteria"] = ["B"]


@case("petitions")
def a_judging_again_with_nobody_seated(rows):
    rows.remove(first(rows, "RejudgingSeated"))


@case("petitions")
def a_new_mean(rows):
    first(rows, "EntryRejudged")[3]["line"]["average"]["total"] = "300"


@case("petitions")
def a_new_mean_of_a_part(rows):
    event = next(row[3] for row in of(rows, "EntryRejudged") if row[3]["criteria"])
    event["line"]["average"]["total"] = "300"


@case("petitions")
def a_new_mean_of_a_criterion(rows):
    first(rows, "EntryRejudged")[3]["line"]["criteria"]["A"]["total"] = "1"


@case("petitions")
def a_new_score(rows):
    first(rows, "EntryRejudged")[3]["line"]["score"] = "99"


@case("petitions")
def new_marks_given_to_another(rows):
    rejudged = of(rows, "EntryRejudged")
    rejudged[0][3]["line"]["entry_id"] = rejudged[1][3]["line"]["entry_id"]


@case("petitions")
def how_many_put_it_first_before(rows):
    first(rows, "EntryRejudged")[3]["line"]["firsts"] += 1


@case("petitions")
def a_judging_again_by_one(rows):
    """One alone is seated, and everything is worked out from that sheet."""
    event = first(rows, "EntryRejudged")[3]
    seated = first(rows, "RejudgingSeated", petition_id=event["petition_id"])[3]
    seated["judge_ids"], event["sheets"] = seated["judge_ids"][:1], event["sheets"][:1]
    marks, line = event["sheets"][0]["marks"], event["line"]
    line["average"] = {"total": str(sum(map(int, marks.values()))), "count": 1}
    line["criteria"] = {code: {"total": mark, "count": 1} for code, mark in marks.items()}


@case("petitions")
def an_order_to_judge_another_again(rows):
    one, other = of(rows, "RejudgingOrdered")[:2]
    one[3]["entry_id"] = other[3]["entry_id"]


@case("prizes")
def a_petition_upheld_for_another(rows):
    one, other = of(rows, "PetitionMoved", state="UPHELD")[:2]
    other[3]["entry_id"] = one[3]["entry_id"]


@case("prizes")
def a_petition_upheld_in_silence(rows):
    rows.remove(of(rows, "PetitionMoved", state="UPHELD")[-1])


@case("prizes")
def a_petition_dismissed_yet_counted(rows):
    of(rows, "PetitionMoved", state="UPHELD")[-1][3]["state"] = "DISMISSED"


@case("results")
def a_prize_lost_in_silence(rows):
    first(rows, "ResultsRevised")[3]["lost"] = []


@case("approval")
def a_revision_nobody_approved(rows):
    rows.remove(of(rows, "PrizesApproved")[-1])


# -- the draw


@case("judges")
def a_draw_that_spares_one_judge(rows):
    """One judge's entries are all given to another who is free, seals and sheets with them."""
    opened = first(rows, "RoundOpened")
    opened[3]["desks"].append({"judge_id": "j-x", "areas": [], "most": None})
    first(rows, "JurySeated")[3]["seats"].append({"person_id": "j-x"})


# -- a round that claims to be the last


@case("table")
def a_round_called_not_the_last(rows):
    first(rows, "RoundClosed")[3]["is_last"] = False


@case("rounds")
def a_round_closed_twice(rows):
    closed = first(rows, "RoundClosed")
    insert(rows, closed, closed[1], deepcopy(closed[3]))


@case("judges")
def an_entry_handed_on_after_it_was_marked(rows):
    given = first(rows, "MarksGiven")[3]
    said = {key: given[key] for key in ("round_id", "entry_id", "judge_id")}
    said |= {"ground": "HANDED_ON", "kind": None, "substitute_id": None, "sheets": 1}
    insert(rows, first(rows, "RoundClosed"), "review.JudgeStoodDown", {**said, "minutes": ""})


@case("judges")
def an_entry_that_counts_without_a_judge_and_minutes(rows):
    given = first(rows, "MarksGiven")[3]
    said = {key: given[key] for key in ("round_id", "entry_id", "judge_id")}
    said |= {"ground": "COUNTED_WITHOUT", "kind": None, "substitute_id": None, "sheets": 1}
    insert(rows, first(rows, "RoundClosed"), "review.JudgeStoodDown", {**said, "minutes": " "})


@case("judges")
def a_judge_in_conflict_who_comes_back(rows):
    panel = first(rows, "JudgesAssigned")
    said = {
        "round_id": "R1",
        "entry_id": panel[3]["entry_id"],
        "judge_id": panel[3]["judge_ids"][0],
    }
    said |= {"ground": "CONFLICT", "kind": "FOUND", "substitute_id": None, "sheets": 0}
    sealed = first(rows, "SheetsOpened")
    insert(rows, sealed, "review.JudgeStoodDown", {**said, "minutes": ""})
    insert(rows, first(rows, "RoundClosed"), panel[1], deepcopy(panel[3]))


@case("seals")
def sheets_opened_by_somebody_without_a_key(rows):
    first(rows, "SheetsOpened")[3]["holders"] = ["o-1", "o-9"]


# -- papers


@case("papers")
def a_number_of_the_golden_book_given_twice(rows):
    papers = [p for p in first(rows, "ResultsPublished")[3]["papers"] if p["register"]]
    same = [p for p in papers if p["authority"] == papers[-1]["authority"]]
    for row in of(rows, "PaperPrinted"):
        if row[3]["paper"]["paper_id"] == same[-1]["paper_id"]:
            row[3]["paper"]["register"] = same[0]["register"]
    same[-1]["register"] = same[0]["register"]


@case("papers")
def a_number_of_the_golden_book_left_out(rows):
    papers = [p for p in first(rows, "ResultsPublished")[3]["papers"] if p["register"]]
    for row in of(rows, "PaperPrinted"):
        if row[3]["paper"]["paper_id"] == papers[-1]["paper_id"]:
            row[3]["paper"]["register"] = 9
    papers[-1]["register"] = 9


@case("papers")
def a_number_dated_before_a_lower_one(rows):
    papers = first(rows, "ResultsPublished")[3]["papers"]
    before = date.fromisoformat(papers[0]["dated"]) - timedelta(days=1)
    papers.append({**papers[0], "paper_id": "d-y", "number": 99, "dated": before.isoformat()})
