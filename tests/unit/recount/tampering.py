"""Ways to tamper with a contest's record, each a function on its rows `[id, type, at, body]`.

`CASES` maps a name to the check that names it when the forger holds the key and has made every
hash and signature anew; OUTSIDE where only a head from elsewhere can tell.
"""

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import count

from contracts.rules import Advance, Divergence, Rounding
from services.ledger import seals
from tests.unit.recount.contests import a_round, play, revoke, rows_of, rules_of

OUTSIDE = "nothing inside"
CASES = {}
FRESH = count()  # numbers of what is slipped in


def case(step):
    def keep(tamper):
        CASES[tamper.__name__] = (tamper, step)
        return tamper

    return keep


def of(rows, name, **about):
    """Rows of a type that say so and so."""
    return [r for r in rows if r[1].endswith(name) and about.items() <= r[3].items()]


def first(rows, name, **about):
    return of(rows, name, **about)[0]


def insert(rows, before, type_, body, at=None):
    rows.insert(
        rows.index(before),
        [f"m-x{next(FRESH)}", type_, at or before[2], {"contest_id": "HG", **body}],
    )


def resealed(rows, marks, *, total):
    """Seal and open anew a sheet that nobody was asked to look at again."""
    again = {
        (e[3]["entry_id"], j) for e in of(rows, "SecondLookNeeded") for j in e[3]["judge_ids"]
    }
    given = next(
        r
        for r in of(rows, "MarksGiven")
        if r[3]["nonce"]
        and (r[3]["entry_id"], r[3]["judge_id"]) not in again
        and marks(dict(r[3]["marks"])) != r[3]["marks"]
    )
    said = given[3]
    key = {k: said[k] for k in ("round_id", "entry_id", "judge_id", "version")}
    said["marks"] = marks(dict(said["marks"]))
    if total:
        said["total"] = str(sum(float(m) for m in said["marks"].values()))
    said["digest"] = seals.digest_of(said)
    first(rows, "SheetSealed", **key)[3]["digest"] = said["digest"]


def lower(marks):
    code = max(marks, key=lambda one: float(marks[one]))
    return {**marks, code: str(float(marks[code]) - 0.5)}


# -- marks and sheets


@case("seals")
def a_mark(rows):
    said = first(rows, "MarksGiven")[3]
    said["marks"] = lower(said["marks"])


@case("seals")
def a_mark_and_the_digest_beside_it(rows):
    said = first(rows, "MarksGiven")[3]
    said["marks"] = lower(said["marks"])
    said["digest"] = seals.digest_of(said)


@case("sheets")
def a_mark_sealed_anew(rows):
    resealed(rows, lower, total=False)


@case("table")
def a_mark_sealed_anew_with_its_total(rows):
    resealed(rows, lower, total=True)


@case("sheets")
def a_mark_above_the_scale(rows):
    resealed(rows, lambda marks: {**marks, "A": "50.5"}, total=True)


@case("sheets")
def a_mark_between_two_steps(rows):
    resealed(rows, lambda marks: {**marks, "A": "20.3"}, total=True)


@case("sheets")
def a_criterion_left_out(rows):
    resealed(rows, lambda marks: {"A": marks["A"]}, total=True)


@case("sheets")
def a_total(rows):
    first(rows, "MarksGiven")[3]["total"] = "1"


@case("seals")
def a_sheet_dropped_before_opening(rows):
    rows.remove(first(rows, "MarksGiven"))


@case("seals")
def a_sheet_dropped_with_its_seal(rows):
    rows.remove(first(rows, "SheetSealed"))
    rows.remove(first(rows, "MarksGiven"))


@case("seals")
def a_sheet_added_without_a_seal(rows):
    rows.remove(first(rows, "SheetSealed"))


@case("seals")
def a_sheet_given_in_the_open_before_opening(rows):
    said = first(rows, "MarksGiven")[3]
    said["nonce"] = said["digest"] = ""


@case("seals")
def a_sheet_given_in_the_open_in_place_of_its_seal(rows):
    given = first(rows, "MarksGiven")
    said = given[3]
    key = {k: said[k] for k in ("round_id", "entry_id", "judge_id", "version")}
    seal = first(rows, "SheetSealed", **key)
    rows.remove(given)
    open_one = {**said, "nonce": "", "digest": ""}
    rows[rows.index(seal)] = [given[0], given[1], seal[2], open_one]
    first(rows, "SheetsOpened", round_id=said["round_id"])[3]["sheets"] -= 1


@case("seals")
def a_seal_put_beside_a_seal(rows):
    seal = first(rows, "SheetSealed")
    insert(rows, seal, seal[1], {**seal[3], "digest": "00" * 32})


@case("seals")
def comments_behind_a_seal(rows):
    first(rows, "MarksGiven")[3]["words"] = "ee" * 32


@case("seals")
def the_instant_of_a_sheet(rows):
    first(rows, "MarksGiven")[3]["given_at"] = "2022-07-01T00:00:00Z"


@case("seals")
def a_round_opened_by_one(rows):
    first(rows, "SheetsOpened")[3]["holders"] = ["o-1"]


@case("seals")
def a_sheet_given_twice(rows):
    given = first(rows, "MarksGiven")
    insert(rows, given, given[1], dict(given[3]))


@case("sheets")
def a_version_in_between_left_out(rows):
    first(rows, "MarksGiven", version=2)[3]["version"] = 3


# -- rules


def rules_in(rows):
    return first(rows, "ContestOpened")[3]["rules"]


@case("prizes")
def a_weight(rows):
    rules_of_all(rows, lambda rules: rules["weights"].update(R1="0.9", R2="0.1"))


def rules_of_all(rows, change):
    for row in of(rows, "ContestOpened") + of(rows, "ContestAmended"):
        change(row[3]["rules"])


@case("table")
def a_rounding(rows):
    rules_of_all(rows, lambda rules: rules["rounds"][0]["rounding"].update(places=3))


@case("prizes")
def the_final_rounding(rows):
    rules_of_all(rows, lambda rules: rules["final_rounding"].update(places=3))


@case("table")
def a_way_to_average(rows):
    new = {"method": "trimmed_mean", "drop": 1, "from_sheets": 3}
    rules_of_all(rows, lambda rules: rules["rounds"][0]["aggregate"].update(new))


@case("sheets")
def a_weight_of_a_criterion(rows):
    rules_of_all(rows, lambda rules: rules["rounds"][0]["rubric"][0].update(weight="2"))


@case("prizes")
def the_least_score_of_a_prize(rows):
    rules_of_all(rows, lambda rules: rules["prizes"][0].update(min_score="99"))


@case("prizes")
def how_many_prizes_there_are(rows):
    rules_of_all(rows, lambda rules: rules["prizes"][2].update(count=1))


@case("divergence")
def how_far_apart_judges_may_stand(rows):
    rules_of_all(rows, lambda rules: rules["rounds"][0]["divergence"].update(threshold="0"))


@case("table")
def how_many_go_on(rows):
    rules_of_all(rows, lambda rules: rules["rounds"][0]["advance"].update(max_count=1))


@case("table")
def which_figure_ranks(rows):
    rules_of_all(rows, lambda rules: rules["rounds"][0]["rounding"].update(rank_by="exact"))


@case("prizes")
def a_late_amendment(rows):
    proposed = first(rows, "PrizesProposed")
    rules = deepcopy(first(rows, "ContestAmended")[3]["rules"])
    rules["weights"] = {"R1": "1", "R2": "0"}
    said = {"rules": rules, "number": 2, "sha256": "cc" * 32, "reason": "x", "changes": []}
    insert(rows, proposed, "intake.ContestAmended", said)


@case("approval")
def an_amendment_after_the_list(rows):
    approved = first(rows, "PrizesApproved")
    rules = deepcopy(first(rows, "ContestAmended")[3]["rules"])
    said = {"rules": rules, "number": 2, "sha256": "cc" * 32, "reason": "x", "changes": []}
    insert(rows, approved, "intake.ContestAmended", said)


@case("rules")
def an_amendment_out_of_number(rows):
    first(rows, "ContestAmended")[3]["number"] = 2


@case("rules")
def an_amendment_without_a_reason(rows):
    first(rows, "ContestAmended")[3]["reason"] = " "


@case("rules")
def a_contest_opened_twice(rows):
    opened = first(rows, "ContestOpened")
    insert(rows, rows[3], opened[1], opened[3], at=rows[3][2])


# -- entries


@case("table")
def an_entry_removed_from_the_table(rows):
    first(rows, "RoundClosed")[3]["table"].pop()


@case("entries")
def an_entry_never_handed_in(rows):
    rows.remove(first(rows, "EntrySubmitted"))


@case("entries")
def two_entries_under_one_code(rows):
    of(rows, "EntrySubmitted")[1][3]["receipt_code"] = "SNV-0000"


@case("table")
def an_entry_refused_yet_ranked(rows):
    opened = first(rows, "RoundOpened")
    insert(rows, opened, "intake.EntryRefused", {"entry_id": "e-1"})


@case("table")
def an_entry_ruled_a_copy_yet_ranked(rows):
    first(rows, "OriginalityRuled")[3]["ruling"] = "DUPLICATE"


@case("table")
def a_withdrawal_hidden(rows):
    rows.remove(first(rows, "EntryWithdrawn"))


@case("table")
def an_entry_of_the_first_round_kept_from_the_second(rows):
    line = of(rows, "RoundClosed")[1][3]["table"].pop()
    for row in list(rows):
        if row[3].get("round_id") == "R2" and row[3].get("entry_id") == line["entry_id"]:
            rows.remove(row)
    first(rows, "SheetsOpened", round_id="R2")[3]["sheets"] = len(
        [r for r in of(rows, "MarksGiven", round_id="R2") if r[3]["nonce"]]
    )


# -- judges


@case("judges")
def a_swapped_judge(rows):
    panel = first(rows, "JudgesAssigned")[3]
    other = ({f"j-{n}" for n in range(5)} - {*panel["judge_ids"], *panel["kept_away"]}).pop()
    panel["judge_ids"][0] = other


@case("judges")
def a_judge_of_no_jury(rows):
    first(rows, "JurySeated")[3]["seats"].pop(0)


@case("judges")
def a_conflict_nobody_minded(rows):
    panel = first(rows, "JudgesAssigned")[3]
    panel["kept_away"] = panel["judge_ids"][:1]


@case("table")
def a_hidden_conflict(rows):
    """A judge stands down for one, and the sheet is counted all the same."""
    panel = first(rows, "JudgesAssigned")[3]
    said = {"round_id": "R1", "entry_id": panel["entry_id"], "judge_id": panel["judge_ids"][0]}
    closed = first(rows, "RoundClosed")
    said |= {"ground": "CONFLICT", "kind": "DECLARED", "substitute_id": None, "sheets": 1}
    insert(rows, closed, "review.JudgeStoodDown", {**said, "minutes": ""})


@case("judges")
def what_the_chair_kept_apart(rows):
    panel = first(rows, "JudgesAssigned")
    said = {"entry_id": panel[3]["entry_id"], "judge_id": panel[3]["judge_ids"][0]}
    said |= {"side": "APART", "pin_id": "n-1", "is_lifted": False}
    insert(rows, panel, "review.ConflictPinned", said)


@case("judges")
def a_panel_too_small(rows):
    first(rows, "JudgesAssigned")[3]["judge_ids"].pop()


@case("judges")
def a_judge_gone_from_a_panel_unsaid(rows):
    panel = first(rows, "JudgesAssigned")
    said = {**panel[3], "judge_ids": panel[3]["judge_ids"][1:]}
    insert(rows, first(rows, "RoundClosed"), panel[1], said)


@case("judges")
def a_seed_left_out(rows):
    first(rows, "RoundOpened")[3]["seed"] = ""


@case("divergence")
def a_second_look_hidden(rows):
    look = first(rows, "SecondLookNeeded")
    rows.remove(look)
    for row in of(rows, "MarksGiven", entry_id=look[3]["entry_id"], round_id="R1", version=2):
        rows.remove(row)


@case("divergence")
def a_second_look_nobody_asked_for(rows):
    rows.remove(first(rows, "SecondLookNeeded"))


@case("divergence")
def a_second_look_without_minutes(rows):
    entry = first(rows, "SecondLookNeeded")[3]["entry_id"]
    for row in of(rows, "MarksGiven", entry_id=entry, version=2):
        row[3]["minutes"] = ""


# -- tables


def table_in(rows):
    return first(rows, "RoundClosed")[3]["table"]


@case("table")
def a_rank(rows):
    one, two = table_in(rows)[:2]
    one["rank"], two["rank"] = 9, one["rank"]


@case("table")
def a_score(rows):
    table_in(rows)[0]["score"] = "99.9"


@case("table")
def a_mean(rows):
    table_in(rows)[0]["average"]["total"] = "299.5"


@case("table")
def how_many_sheets_count(rows):
    table_in(rows)[0]["average"]["count"] = 2


@case("table")
def the_mean_of_a_criterion(rows):
    table_in(rows)[0]["criteria"]["A"]["total"] = "1"


@case("table")
def who_goes_on(rows):
    last = table_in(rows)[-1]
    last["advances"] = not last["advances"]


@case("table")
def the_highest_total(rows):
    table_in(rows)[0]["highest"] = "100"


@case("table")
def how_many_put_it_first(rows):
    table_in(rows)[0]["firsts"] += 1


@case("table")
def a_severity_taken_off(rows):
    first(rows, "RoundClosed")[3]["severities"] = {"j-0": "1.5"}


@case("table")
def a_line_said_twice(rows):
    table_in(rows).append(dict(table_in(rows)[0]))


@case("table")
def a_vote_of_the_council(rows):
    first(rows, "VoteRecorded")[3]["order"].reverse()


@case("council")
def a_vote_without_minutes(rows):
    first(rows, "VoteRecorded")[3]["minutes"] = ""


@case("table")
def a_vote_after_the_table(rows):
    votes = of(rows, "VoteRecorded")
    for vote in votes:
        vote[2] = vote[2] + timedelta(days=2)
    rows.sort(key=lambda row: row[2])


# -- prizes and papers


@case("prizes")
def a_prize_for_another(rows):
    lines = first(rows, "PrizesProposed")[3]["lines"]
    lines[0]["entry_id"], lines[1]["entry_id"] = lines[1]["entry_id"], lines[0]["entry_id"]


@case("prizes")
def a_prize_left_out(rows):
    first(rows, "PrizesProposed")[3]["lines"].pop()


@case("prizes")
def the_score_on_the_list(rows):
    first(rows, "PrizesProposed")[3]["lines"][0]["score"] = "99"


@case("prizes")
def a_share_of_a_prize(rows):
    first(rows, "PrizesProposed")[3]["lines"][0]["share"] = "1/2"


@case("results")
def what_was_published(rows):
    first(rows, "ResultsPublished")[3]["lines"][0]["prize"] = "BA"


@case("approval")
def an_approval_that_never_was(rows):
    rows.remove(first(rows, "PrizesApproved"))


@case("approval")
def a_list_that_was_sent_back(rows):
    insert(
        rows, first(rows, "ResultsPublished"), "awards.PrizesReturned", {"authority": "CT_UBND"}
    )


@case("prizes")
def a_list_before_every_round_was_closed(rows):
    rows.remove(of(rows, "RoundClosed")[1])


@case("council")
def a_decision_of_the_council_without_minutes(rows):
    said = {"prize": "NHAT", "count": 0, "entry_ids": [], "minutes": "", "reason": ""}
    insert(rows, first(rows, "PrizesProposed"), "awards.CouncilDecided", said)


@case("revocations")
def a_revocation_of_another_prize(rows):
    first(rows, "AwardRevoked")[3]["prize"] = "KHUYEN_KHICH"


@case("revocations")
def a_revocation_that_stays_published(rows):
    rows.remove(first(rows, "ResultsRevised"))


@case("results")
def a_prize_taken_away_without_a_revocation(rows):
    rows.remove(first(rows, "AwardRevoked"))


@case("revocations")
def a_ground_the_rules_do_not_have(rows):
    first(rows, "AwardRevoked")[3]["ground"] = "DISLIKED"


@case("results")
def a_revision_nobody_proposed(rows):
    line = deepcopy(first(rows, "ResultsPublished")[3]["lines"][1])
    first(rows, "ResultsRevised")[3]["changed"] = [{**line, "prize": "NHAT"}]


@case("papers")
def a_back_dated_paper(rows):
    for row in of(rows, "ResultsPublished"):
        row[3]["papers"][0]["dated"] = "2022-06-01"
    first(rows, "PaperPrinted")[3]["paper"]["dated"] = "2022-06-01"


@case("papers")
def a_paper_exchanged_at_the_press(rows):
    first(rows, "PaperPrinted")[3]["paper"]["number"] = 77


@case("papers")
def a_number_given_twice(rows):
    papers = first(rows, "ResultsPublished")[3]["papers"]
    papers[1] = {**papers[0], "paper_id": "d-x"}


@case("papers")
def a_certificate_for_nobody(rows):
    papers = first(rows, "ResultsPublished")[3]["papers"]
    papers[-1]["prize"] = "NHAT"
    for row in of(rows, "PaperPrinted"):
        if row[3]["paper"]["paper_id"] == papers[-1]["paper_id"]:
            row[3]["paper"]["prize"] = "NHAT"


@case("papers")
def a_certificate_that_was_to_be_revoked(rows):
    rows.remove(first(rows, "PaperRevoked"))


@case("papers")
def the_revocation_of_a_paper_never_issued(rows):
    first(rows, "PaperRevoked")[3]["paper_id"] = "c-x"


# -- the chain


@case("back-dated")
def an_event_slipped_in_with_an_old_date(rows):
    insert(rows, rows[-1], "intake.EntryRefused", {"entry_id": "e-1"}, at=rows[0][2])


@case("chain")
def an_event_of_another_contest(rows):
    rows[5][3]["contest_id"] = "HG-2"


@case("rounds")
def sheets_of_a_round_never_opened(rows):
    rows.remove(first(rows, "RoundOpened"))


@case(OUTSIDE)
def an_event_that_changes_nothing_left_out(rows):
    rows.remove(next(r for r in rows if r[1].endswith("PaperPrinted")))


@case(OUTSIDE)
def the_newest_events_left_out(rows):
    del rows[-3:]


@case(OUTSIDE)
def two_events_in_another_order(rows):
    at = rows.index(of(rows, "SheetSealed")[0])
    rows[at], rows[at + 1] = rows[at + 1], rows[at]
    rows[at][2], rows[at + 1][2] = rows[at + 1][2], rows[at][2]


@case(OUTSIDE)
def the_reason_of_an_amendment(rows):
    first(rows, "ContestAmended")[3]["reason"] = "Lý do khác"


@case(OUTSIDE)
def the_digest_of_a_printed_paper(rows):
    first(rows, "PaperPrinted")[3]["pdf_sha256"] = "ff" * 32


@case(OUTSIDE)
def another_history_altogether(rows):
    rows[:] = rows_of(contest_of(SEED + 1))


# -- what verified once, though it does not follow


@case("judges")
def a_judge_of_whom_no_sheet_is_left(rows):
    given = next(r for r in of(rows, "MarksGiven", round_id="R2"))[3]
    own = {key: given[key] for key in ("round_id", "entry_id", "judge_id")}
    for row in of(rows, "SheetSealed", **own) + of(rows, "MarksGiven", **own):
        rows.remove(row)
    first(rows, "SheetsOpened", round_id="R2")[3]["sheets"] -= 1


@case("judges")
def a_panel_that_was_small_from_the_start(rows):
    given = next(r for r in of(rows, "MarksGiven", round_id="R2"))[3]
    own = {key: given[key] for key in ("round_id", "entry_id", "judge_id")}
    a_judge_of_whom_no_sheet_is_left(rows)
    place = {key: own[key] for key in ("round_id", "entry_id")}
    first(rows, "JudgesAssigned", **place)[3]["judge_ids"].remove(own["judge_id"])


@case("seals")
def a_sheet_sealed_when_others_were_open(rows):
    seal, closed = first(rows, "SheetSealed"), first(rows, "RoundClosed")
    rows.remove(seal)
    insert(rows, closed, seal[1], seal[3])


@case("seals")
def sheets_opened_in_silence(rows):
    rows.remove(first(rows, "SheetsOpened", round_id="R2"))


@case("entries")
def an_entry_put_into_another_area(rows):
    accepted = first(rows, "EntryAccepted")[3]
    accepted["area"] = "A2" if accepted["area"] == "A1" else "A1"


@case("entries")
def an_entry_put_into_another_class(rows):
    first(rows, "EntryAccepted", kind="INDIVIDUAL")[3]["kind"] = "COLLECTIVE"


@case("judges")
def a_judge_who_had_left_the_jury(rows):
    judge = first(rows, "JudgesAssigned")[3]["judge_ids"][0]
    said = {"judge_id": judge, "decision": {}, "reason": "", "seats": []}
    insert(rows, first(rows, "RoundOpened"), "review.JudgeReplaced", said)


@case("judges")
def what_was_kept_apart_until_the_round_was_closed(rows):
    panel, closed = first(rows, "JudgesAssigned"), first(rows, "RoundClosed")
    said = {"entry_id": panel[3]["entry_id"], "judge_id": panel[3]["judge_ids"][0]}
    said |= {"side": "APART", "pin_id": "n-1", "is_lifted": False}
    insert(rows, panel, "review.ConflictPinned", said)
    late = closed[2] + timedelta(minutes=1)
    insert(rows, closed, "review.ConflictPinned", {**said, "is_lifted": True}, at=late)


@case("results")
def results_published_twice(rows):
    names = ("PrizesProposed", "PrizesApproved", "ResultsPublished")
    revoked, at = first(rows, "AwardRevoked"), first(rows, "ResultsPublished")[2]
    for row in [row for row in rows if row[1].endswith(names)]:
        insert(rows, revoked, row[1], deepcopy(row[3]), at=at + timedelta(minutes=1))


@case("results")
def a_revision_that_comes_before_the_one_before(rows):
    first(rows, "ResultsRevised")[3]["revision"] = 1


@case("papers")
def a_certificate_printed_beside_those_published(rows):
    printed = of(rows, "PaperPrinted")[-1]
    paper = {**printed[3]["paper"], "paper_id": "c-y", "register": None}
    insert(rows, printed, printed[1], {**printed[3], "paper": paper})


@case("form")
def a_mark_divided_by_nothing(rows):
    first(rows, "MarksGiven")[3]["marks"]["A"] = "1/0"


@case("chain")
def an_event_by_the_id_of_another(rows):
    one, other = of(rows, "PaperPrinted")[:2]
    other[0] = one[0]


@case("chain")
def an_id_used_twice_where_nothing_is_counted(rows):
    insert(rows, rows[-1], "ledger.HeadSigned", {})
    insert(rows, rows[-1], "ledger.HeadSigned", {})
    rows[-2][0] = rows[-3][0]


@case("judges")
def a_sheet_of_somebody_not_assigned(rows):
    given = first(rows, "MarksGiven", round_id="R2")
    key = {name: given[3][name] for name in ("round_id", "entry_id", "judge_id", "version")}
    seal = first(rows, "SheetSealed", **key)
    judges = {seat["person_id"] for seat in first(rows, "JurySeated")[3]["seats"]}
    panel = first(rows, "JudgesAssigned", round_id="R2", entry_id=key["entry_id"])[3]
    other = min(judges - set(panel["judge_ids"]))
    said = {**given[3], "judge_id": other}
    said["digest"] = seals.digest_of(said)
    insert(rows, seal, seal[1], {**seal[3], "judge_id": other, "digest": said["digest"]})
    insert(rows, given, given[1], said)
    first(rows, "SheetsOpened", round_id="R2")[3]["sheets"] += 1


@case("papers")
def a_decision_on_a_prize_nobody_published(rows):
    paper = first(rows, "ResultsPublished")[3]["papers"][0]
    paper |= {"prize": "KHONG_CO", "entry_id": "e-1"}
    first(rows, "PaperPrinted")[3]["paper"] = dict(paper)


@case("papers")
def a_number_of_the_golden_book_given_again_later(rows):
    papers = first(rows, "ResultsPublished")[3]["papers"]
    again = {**papers[-1], "paper_id": "d-y", "kind": "DOCUMENT", "number": 0}
    first(rows, "ResultsRevised")[3]["papers"] = [again | {"prize": None, "entry_id": None}]


@case("prizes")
def more_money_than_the_rules_give(rows):
    for name in ("PrizesProposed", "ResultsPublished"):
        first(rows, name)[3]["lines"][0]["money_vnd"] += 1


@case("prizes")
def the_money_of_a_group_for_one_author(rows):
    lines = first(rows, "PrizesProposed")[3]["lines"]
    kinds = {r[3]["entry_id"]: r[3]["kind"] for r in of(rows, "EntryAccepted")}
    one = next(at for at, line in enumerate(lines) if kinds[line["entry_id"]] == "INDIVIDUAL")
    for name in ("PrizesProposed", "ResultsPublished"):
        line = first(rows, name)[3]["lines"][one]
        line["money_vnd"] = {"NHAT": 7_000_001, "BA": 7_000_001 // 3}.get(line["prize"], 1)


@case("prizes")
def money_that_is_published_as_another_sum(rows):
    first(rows, "ResultsPublished")[3]["lines"][-1]["money_vnd"] = 0


# -- the contest that is tampered with

SEED = 0


def contest_of(seed):
    one = a_round(
        "R1",
        rounding=Rounding(places=0),
        divergence=Divergence(threshold=Decimal(12)),
        advance=Advance(max_count=5, at_cutoff="council_vote"),
    )
    contest = play(rules_of(one, a_round("R2")), entries=9, seed=seed, wild=1.5)
    return revoke(contest)


def amended(rows):
    """Put an amendment of no consequence before the first round."""
    opened = first(rows, "ContestOpened")[3]
    said = {"rules": deepcopy(opened["rules"]), "number": 1, "sha256": "bb" * 32}
    said |= {"reason": "Lý do mẫu", "changes": []}
    insert(rows, first(rows, "JurySeated"), "intake.ContestAmended", said)
    return rows


def honest_rows():
    """The rows of a contest in which everything happens that can be tampered with."""
    return deepcopy(played_rows())


@lru_cache(maxsize=1)
def played_rows():
    for seed in range(SEED, 400):
        contest = contest_of(seed)
        rows = rows_of(contest)
        has = {row[1].split(".")[1] for row in rows}
        looked = of(rows, "SecondLookNeeded", round_id="R1")
        scores = [(line["score"], str(line["average"])) for line in table_in(rows)]
        near = len({score for score, _ in scores}) < len(set(scores))  # printed alike, not equal
        many = sum(prize == contest.rules.prizes[2].code for prize, _, _ in contest.lines.values())
        if {"VoteRecorded", "PaperRevoked"} <= has and looked and near and many > 1:
            return amended(rows)
    raise AssertionError("no such contest")


def withdrawn_just_before():
    """An entry of the table is withdrawn two minutes before the round is closed; they cross."""
    rows = honest_rows()
    closed = first(rows, "RoundClosed")
    entry = next(line["entry_id"] for line in closed[3]["table"] if not line["advances"])
    body = {"entry_id": entry, "receipt_code": "", "filed_by": "", "author_ids": [], "title": ""}
    insert(rows, closed, "intake.EntryWithdrawn", body, at=closed[2] - timedelta(minutes=2))
    return rows


def withdrawn_just_after():
    """An entry that is not in the table is withdrawn two minutes after the round is closed."""
    rows = honest_rows()
    gone, closed = first(rows, "EntryWithdrawn"), first(rows, "RoundClosed")
    rows.remove(gone)
    gone[2] = closed[2] + timedelta(minutes=2)
    rows.insert(rows.index(closed) + 1, gone)
    return rows
