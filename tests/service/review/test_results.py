"""Votes on equals, explanations and calibrations, with a real database and child process."""

from decimal import Decimal

import pytest
from msgspec import json
from msgspec.structs import replace

from contracts import awards, intake, review
from contracts.rules import Advance, Aggregate, Calibration
from kernel.testing import Rejected, actor
from services.review.service import ReviewService
from tests.service.review.conftest import CHAIR, JUDGES, ORGANISER, SECRETARY, Contest
from tests.unit.review import recount
from tests.unit.review.builders import CLOSING, FIRST, LAST, a_contest

FIRST_TO_VOTE = replace(
    FIRST, advance=Advance(max_count=1, at_cutoff="council_vote"), tie_break=("council_vote",)
)


def contest_with(service_bench, *rounds, jury_size=3) -> Contest:
    """Return a contest on the bench with these rounds."""
    bench = service_bench(ReviewService)
    rules = a_contest(*rounds, jury_size=jury_size)
    bench.hear(
        intake.ContestOpened(contest_id="HG-2022", rules=rules, sha256="0" * 64, opened_at=CLOSING)
    )
    contest = Contest(bench)
    for judge_id in JUDGES:
        contest.register(judge_id)
    contest.seat()
    return contest


def vote(contest, *order, by=CHAIR, minutes="05/BB-BGK", reason="Tính lan tỏa") -> None:
    contest.bench.ask(
        review.RecordVote(
            contest_id="HG-2022",
            round_id="SO_KHAO",
            order=tuple(contest.code(entry) for entry in order),
            minutes=minutes,
            reason=reason,
        ),
        actor=by,
        now=contest.now,
    )


def explain(contest, entry, by=SECRETARY) -> review.Explanation:
    return contest.bench.ask(
        review.ExplainPlace(contest_id="HG-2022", entry=entry), actor=by, reply=review.Explanation
    )


def calibration(contest, round_id="SO_KHAO", by=SECRETARY) -> review.Calibration:
    return contest.bench.ask(
        review.ShowCalibration(contest_id="HG-2022", round_id=round_id),
        actor=by,
        reply=review.Calibration,
    )


@pytest.fixture
def tied(service_bench) -> Contest:
    """Return a round with three equals at its only place, every sheet given."""
    contest = contest_with(service_bench, FIRST_TO_VOTE, LAST)
    contest.enter("e-1", "e-2", "e-3")
    contest.open()
    contest.give_all({"e-1": 80, "e-2": 80, "e-3": 80})
    contest.unseal()
    return contest


def test_round_waits_for_the_councils_vote_and_then_follows_it(tied):
    with pytest.raises(Rejected, match="CouncilVoteNeeded: Equal at the cut-off: HG-01, HG-02"):
        tied.close()

    vote(tied, "e-3", "e-1", "e-2")

    table = tied.close()
    assert [(line.entry_id, line.rank, line.advances) for line in table] == [
        ("e-3", 1, True),
        ("e-1", 2, False),
        ("e-2", 3, False),
    ]
    (first,) = explain(tied, "e-1").rounds
    assert first.votes[0].minutes == "05/BB-BGK"
    assert [(one.code, one.outcome, one.by) for one in first.equals] == [
        (tied.code("e-3"), "AHEAD", "council_vote"),
        (tied.code("e-2"), "BEHIND", "council_vote"),
    ]


def test_equals_a_vote_has_parted_are_voted_on_no_more(tied):
    vote(tied, "e-3", "e-1", "e-2")
    with pytest.raises(Rejected, match="NotTheTiedEntries"):
        vote(tied, "e-2", "e-1", "e-3", minutes="06/BB-BGK")


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"minutes": " "}, "MinutesMissing"),
        ({"reason": ""}, "MinutesMissing"),
        ({"by": SECRETARY}, "Forbidden"),
        ({"by": actor("chair", id="c-9")}, "Forbidden"),
    ],
)
def test_a_vote_is_minuted_and_recorded_by_the_chair_of_this_jury(tied, asked, refusal):
    with pytest.raises(Rejected, match=refusal):
        vote(tied, "e-3", "e-1", "e-2", **asked)


def test_a_vote_orders_exactly_the_equals(tied):
    with pytest.raises(Rejected, match="NotTheTiedEntries"):
        vote(tied, "e-3", "e-1")


def test_no_vote_is_taken_where_the_rules_foresee_none(contest):
    contest.seat()
    contest.enter("e-1", "e-2")
    contest.open()
    contest.give_all({"e-1": 80, "e-2": 80})
    contest.unseal()

    with pytest.raises(Rejected, match="NoVoteForeseen"):
        vote(contest, "e-1", "e-2")


def test_no_vote_is_taken_while_sheets_are_to_come(service_bench):
    contest = contest_with(service_bench, FIRST_TO_VOTE, LAST)
    contest.enter("e-1", "e-2")
    contest.open()
    with pytest.raises(Rejected, match="RoundStillSealed"):
        vote(contest, "e-1", "e-2")
    contest.give_all({"e-1": 80, "e-2": 80})
    contest.unseal()
    contest.declare(contest.panels()["e-1"][0], contest.code("e-1"))

    with pytest.raises(Rejected, match="SheetsAwaited"):
        vote(contest, "e-1", "e-2")


def test_an_open_round_is_explained_to_nobody(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    contest.give_all({"e-1": 80})

    with pytest.raises(Rejected, match="NothingToExplain"):
        explain(contest, "e-1")
    with pytest.raises(Rejected, match="RoundStillOpen"):
        calibration(contest)


def test_a_place_is_explained_over_both_rounds_and_can_be_recounted(contest):
    contest.seat()
    contest.enter("e-1", "e-2", "e-3")
    contest.open()
    contest.give_all({"e-1": 80, "e-2": 78, "e-3": 71})
    contest.close()
    contest.open("BAO_VE")
    contest.give_all({"e-1": 90, "e-2": "90.5"}, "BAO_VE")
    table = contest.close("BAO_VE")

    found = explain(contest, contest.code("e-1"), by=ORGANISER)

    assert (found.entry_id, found.title) == ("e-1", "Một cửa e-1")
    assert [one.round_id for one in found.rounds] == ["SO_KHAO", "BAO_VE"]
    outside = json.decode(json.encode(found))
    for one, rank in zip(outside["rounds"], (1, 2), strict=True):
        assert recount.place(one | {"code": found.code}) == rank == one["rank"]
    line = next(line for line in table if line.entry_id == "e-1")
    assert (found.rounds[1].score, found.rounds[1].average) == (line.score, line.average)
    assert found.text[0] == f"Bài {found.code} “Một cửa e-1”."


def test_what_no_longer_counts_is_explained_too(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    first, second = contest.panels()["e-1"]
    contest.give(first, contest.code("e-1"), 60)
    contest.give(second, contest.code("e-1"), 90)
    contest.give(first, contest.code("e-1"), 80, reason="Đọc lại minh chứng")
    contest.give(second, contest.code("e-1"), 85, reason="Đọc lại minh chứng")
    contest.declare(second, contest.code("e-1"))
    (third,) = set(contest.panels()["e-1"]) - {first}
    contest.give(third, contest.code("e-1"), 82)
    contest.close()

    (one,) = explain(contest, "e-1").rounds

    standings = {(sheet.judge_id, sheet.version): sheet.standing for sheet in one.sheets}
    assert standings == {
        (first, 1): "SUPERSEDED",
        (first, 2): "COUNTED",
        (second, 1): "STOOD_DOWN",
        (second, 2): "STOOD_DOWN",
        (third, 1): "COUNTED",
    }
    assert one.score == Decimal("81.00")


@pytest.mark.parametrize("who", [actor("judge", id="j-2"), actor("entrant", id="p-e-1")])
def test_a_place_is_explained_to_those_who_run_the_contest_only(contest, who):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    contest.give_all({"e-1": 80})
    contest.close()

    with pytest.raises(Rejected, match="Forbidden"):
        explain(contest, "e-1", by=who)
    with pytest.raises(Rejected, match="Forbidden"):
        calibration(contest, by=who)


def test_chair_who_marks_blind_in_the_next_round_learns_no_titles_before_it_closes(service_bench):
    last = replace(LAST, blind=True)
    contest = contest_with(service_bench, FIRST, last)
    contest.enter("e-1")
    contest.open()
    contest.give_all({"e-1": 80})
    contest.close()

    with pytest.raises(Rejected, match="PlaceHidden"):
        explain(contest, "HG-01", by=CHAIR)
    contest.open("BAO_VE")
    contest.give_all({"e-1": 80}, "BAO_VE")
    contest.close("BAO_VE")

    assert explain(contest, "HG-01", by=CHAIR).title == "Một cửa e-1"


def test_highest_and_lowest_do_not_count_where_the_rules_trim(service_bench):
    trimmed = Aggregate(method="trimmed_mean", drop=1, from_sheets=3)
    rule = replace(FIRST, judges_per_entry=3, divergence=None, aggregate=trimmed)
    contest = contest_with(service_bench, rule, LAST)
    contest.enter("e-1")
    contest.open()
    for judge_id, total in zip(JUDGES, (60, 80, 85), strict=True):
        contest.give(judge_id, contest.code("e-1"), total)

    (line,) = contest.close()

    assert (line.average, line.score) == (
        review.Average(total=Decimal(80), count=1),
        Decimal("80.00"),
    )


def skewed(service_bench, counts) -> Contest:
    """Close a round of two dozen entries in which j-3 gives eight points less than the others."""
    rule = replace(
        FIRST,
        divergence=None,
        advance=Advance(max_count=4),
        calibration=Calibration(counts=counts, min_sheets_per_judge=3),
    )
    contest = contest_with(service_bench, rule, LAST)
    entries = [f"e-{n}" for n in range(24)]
    contest.enter(*entries)
    contest.open()
    for entry_id, judge_ids in contest.panels().items():
        for judge_id in judge_ids:
            less = 8 if judge_id == "j-3" else 0
            wiggle = (int(entry_id[2:]) * 7 + int(judge_id[2:]) * 5) % 3
            contest.give(judge_id, contest.code(entry_id), 70 + int(entry_id[2:]) - less + wiggle)
    contest.close()
    return contest


def test_calibration_stands_beside_the_ranking_that_counts(service_bench):
    contest = skewed(service_bench, counts=False)

    found = calibration(contest)

    points = {one.judge_id: one.points for one in found.severities}
    assert not found.counts
    assert Decimal(-9) < points["j-3"] - (points["j-1"] + points["j-2"]) / 2 < Decimal(-7)
    table = {line.entry_id: line for line in contest.show().table}
    assert all(
        (one.raw_rank, one.raw_score) == (table[one.entry_id].rank, table[one.entry_id].score)
        for one in found.lines
    )
    order = [int(one.entry_id[2:]) for one in found.lines]
    raw = [int(line.entry_id[2:]) for line in contest.show().table]
    assert inversions(order) < inversions(raw)
    assert all(one.low <= one.high for one in found.lines)
    assert calibration(contest) == found


def inversions(order: list[int]) -> int:
    """Count the pairs in which the worse entry, by its number, stands above."""
    return sum(a < b for at, a in enumerate(order) for b in order[at + 1 :])


def test_corrected_scores_count_where_the_rules_say_so_and_are_explained(service_bench):
    contest = skewed(service_bench, counts=True)

    found = calibration(contest)

    table = contest.show().table
    assert found.counts
    assert [(one.entry_id, one.rank, one.score) for one in found.lines] == [
        (line.entry_id, line.rank, line.score) for line in table
    ]
    (one,) = explain(contest, "e-20").rounds
    points = {each.judge_id: each.points for each in found.severities}
    assert one.corrected
    assert {sheet.severity for sheet in one.sheets} == {
        points[sheet.judge_id] for sheet in one.sheets
    }
    assert recount.place(json.decode(json.encode(one)) | {"code": "?"}) == one.rank


def test_marks_as_given_count_where_severity_cannot_be_estimated(service_bench):
    rule = replace(FIRST, calibration=Calibration(counts=True))
    contest = contest_with(service_bench, rule, LAST)
    contest.enter("e-1")
    contest.open()
    contest.give_all({"e-1": 80})

    (line,) = contest.close()

    found = calibration(contest)
    assert (line.score, found.counts) == (Decimal("80.00"), False)
    assert found.refusal.reason == "TOO_FEW_SHEETS_PER_JUDGE"


def test_authors_read_what_judges_wrote_once_results_are_public(service_bench):
    contest = contest_with(service_bench, replace(FIRST, feedback="whole"), LAST)
    contest.enter("e-1", "e-2")
    contest.open()
    contest.give_all({"e-1": 80, "e-2": 70})
    contest.close()

    def feedback(entry="e-1", author="p-e-1") -> tuple[review.RoundFeedback, ...]:
        query = review.ShowFeedback(contest_id="HG-2022", entry_id=entry)
        reply = tuple[review.RoundFeedback, ...]
        return contest.bench.ask(query, actor=actor("entrant", id=author), reply=reply)

    before = feedback()
    published = awards.ResultsPublished(contest_id="HG-2022", lines=(), papers=())
    contest.bench.hear(published)

    lines = (review.FeedbackLine(criterion="", comments=("Rõ ràng.",)),)
    assert before == ()
    assert feedback() == (review.RoundFeedback(round_id="SO_KHAO", name=FIRST.name, lines=lines),)
    with pytest.raises(Rejected, match="UnknownEntry"):
        feedback(author="p-e-2")
