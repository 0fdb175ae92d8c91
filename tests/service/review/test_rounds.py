"""Opening, showing and closing rounds, with a real database."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contracts import intake, originality, review
from contracts.review import Average
from kernel.testing import Rejected, actor
from tests.service.review.conftest import CHAIR, ORGANISER, RECOVERY, SECRETARY
from tests.unit.review.builders import CLOSING, FIRST, LAST, a_contest


def test_opened_round_gives_every_eligible_entry_a_code_and_its_judges(contest):
    contest.seat()
    contest.enter("e-1", "e-2", "e-3")

    opened = contest.open()

    assert opened == review.OpenedRound(entries=3, assignments=6, kept_away=())
    started, _, *assigned = contest.bench.announced[1:]
    assert sorted(started.entry_ids) == ["e-1", "e-2", "e-3"]
    assert [event.entry_id for event in assigned] == list(started.entry_ids)
    assert [event.code for event in assigned] == ["HG-01", "HG-02", "HG-03"]
    load = sorted(judge for event in assigned for judge in event.judge_ids)
    assert load == ["j-1", "j-1", "j-2", "j-2", "j-3", "j-3"]


def test_round_waits_for_entries_in_the_balance(contest):
    contest.seat()
    contest.enter("e-1")
    contest.submit("e-2")

    with pytest.raises(Rejected, match=r"RoundTooEarly: 1 entries still wait.*“Một cửa e-2”"):
        contest.open()


def test_what_waited_for_word_is_granted_when_asked_again_under_the_same_id(contest):
    contest.seat()
    contest.enter("e-1")
    contest.submit("e-2")
    asked = contest.opening()

    with pytest.raises(Rejected, match="RoundTooEarly"):
        contest.bench.ask(asked, actor=SECRETARY, now=contest.now, id="c-1")
    contest.withdraw("e-2")

    assert contest.bench.ask(asked, actor=SECRETARY, now=contest.now, id="c-1")["entries"] == 1


def test_jury_seated_before_word_of_the_contest_is_seated_when_asked_again(bench):
    seats = tuple(
        review.Seat(person_id=f"j-{n}", role=r)
        for n, r in enumerate(("CHAIR", "MEMBER", "MEMBER"))
    )
    asked = review.SeatJury(contest_id="HG-2022", seats=seats)
    word = intake.ContestOpened(
        contest_id="HG-2022", rules=a_contest(), sha256="0" * 64, opened_at=CLOSING
    )

    with pytest.raises(Rejected, match="UnknownContest"):
        bench.ask(asked, actor=ORGANISER, id="c-1")
    bench.hear(word)

    assert bench.ask(asked, actor=ORGANISER, id="c-1") is None


def test_round_waits_for_the_end_of_intake(contest):
    contest.seat()
    contest.enter("e-1")
    contest.now = CLOSING - timedelta(seconds=1)

    with pytest.raises(Rejected, match="RoundTooEarly: Entries may come in until"):
        contest.open()


def test_round_waits_for_authors_to_be_registered(contest):
    contest.seat()
    contest.submit("e-1")
    contest.accept("e-1")
    contest.report("e-1")

    with pytest.raises(Rejected, match="authors of 1 entries are not registered"):
        contest.open()


def test_refused_withdrawn_disqualified_and_duplicate_entries_are_not_judged(contest):
    contest.seat()
    contest.enter("e-1", "e-2", "e-3")
    contest.submit("e-4")
    contest.submit("e-5")
    contest.withdraw("e-2")
    contest.bench.hear(intake.EntryDisqualified(**contest.about("e-3"), reason="Sao chép"))
    contest.bench.hear(intake.EntryRefused(**contest.about("e-4"), reason="Sai đối tượng"))
    contest.report("e-5", "REVIEW")
    contest.rule("e-5", "DUPLICATE")

    contest.open()

    assert contest.panels().keys() == {"e-1"}


def test_entry_ruled_original_is_judged(contest):
    contest.seat()
    contest.register("p-e-1")
    contest.submit("e-1")
    contest.accept("e-1")
    contest.report("e-1", "REVIEW")
    contest.rule("e-1", "ORIGINAL")

    assert contest.open().entries == 1


def test_news_in_any_order_comes_to_the_same(contest):
    contest.seat()
    early = contest.rule("e-1", "ORIGINAL")
    contest.report("e-1", "REVIEW")
    contest.accept("e-1")
    contest.submit("e-1")
    contest.register("p-e-1")

    assert early == "retry"  # the report it is about had not arrived
    assert contest.bench.retry(originality.OriginalityRuled)
    assert contest.open().entries == 1


def test_version_handed_in_anew_must_be_accepted_and_checked_anew(contest):
    contest.seat()
    contest.enter("e-1")
    contest.submit("e-1", version=2)
    contest.accept("e-1", version=2)

    with pytest.raises(Rejected, match="1 entries still wait"):
        contest.open()
    contest.report("e-1", version=2)

    assert contest.open().entries == 1


def test_late_news_of_an_earlier_version_changes_nothing(contest):
    contest.seat()
    contest.register("p-e-1")
    contest.submit("e-1", version=2, unit_id="SNV")
    contest.accept("e-1", version=2, unit_id="SNV")
    contest.report("e-1", version=2)
    contest.submit("e-1", version=1)
    contest.accept("e-1", version=1)

    assert [one.judge_id for one in contest.open().kept_away] == ["j-1"]


def test_only_the_chair_a_secretary_or_the_organiser_opens_a_round(contest):
    contest.seat()
    contest.enter("e-1")

    with pytest.raises(Rejected, match="Forbidden"):
        contest.open(by=actor("judge", id="j-2"))


def test_chair_who_marks_blind_is_not_told_who_was_kept_away(contest):
    contest.seat()
    contest.enter("e-1", unit_id="SNV")

    assert contest.open(by=CHAIR) == review.OpenedRound(entries=1, assignments=2, kept_away=())


def test_entry_with_too_few_judges_is_named_with_the_grounds(contest):
    contest.seat()
    contest.enter("e-1", unit_id="SNV")
    contest.declare("j-2", "e-1")

    with pytest.raises(Rejected, match=r"“Một cửa e-1” \(1/2: j-1 OWN_UNIT, j-2 DECLARED\)"):
        contest.open()


def test_round_without_a_jury_is_refused(contest):
    contest.enter("e-1")

    with pytest.raises(Rejected, match="NoJury"):
        contest.open()


def test_round_opens_once(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()

    with pytest.raises(Rejected, match="RoundAlreadyOpen"):
        contest.open()


def test_entry_of_which_word_comes_late_holds_the_round_until_it_is_opened_again(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    contest.give_all({"e-1": 80})
    contest.enter("e-2")
    with pytest.raises(Rejected, match=r"EntriesOverlooked: 1 entries .*: “Một cửa e-2”"):
        contest.close()

    opened = contest.open()

    assert (opened.entries, contest.code("e-2")) == (1, "HG-02")
    assert len(contest.said(review.RoundOpened)) == 1
    idle = ({"j-1", "j-2", "j-3"} - set(contest.panels()["e-1"])).pop()
    assert idle in contest.panels()["e-2"]


def test_open_round_shows_counts_and_no_marks(contest):
    contest.seat()
    contest.enter("e-1", "e-2")
    before = contest.show()
    contest.open()
    judge_id, _ = contest.panels()["e-1"]
    contest.give(judge_id, contest.code("e-1"), 80)

    assert before == view(state="WAITING", entries=2)
    assert contest.show() == view(state="OPEN", entries=2, sheets_given=1, sheets_awaited=3)


def view(**counts) -> review.RoundView:
    known: dict[str, object] = {"sheets_given": 0, "sheets_awaited": 0, "second_looks": 0}
    if counts["state"] != "WAITING":
        known |= {"officers": ("j-1", "s-1"), "recovery": RECOVERY, "rules": FIRST}
    if counts["state"] == "CLOSED":
        known |= {"keys_given": ("j-1", "s-1")}
    return review.RoundView(round_id="SO_KHAO", **(known | counts))


def test_closed_round_is_ranked_and_both_at_the_cutoff_go_on(contest):
    contest.seat()
    contest.enter("e-1", "e-2", "e-3", "e-4")
    contest.open()
    contest.give_all({"e-1": 78, "e-2": 85, "e-3": 78, "e-4": 60})

    table = contest.close()

    lines = {line.entry_id: line for line in table}
    assert lines["e-2"] == review.RoundLine(
        entry_id="e-2",
        code=contest.code("e-2"),
        average=Average(total=Decimal(170), count=2),
        criteria={
            "TINH_MOI": Average(total=Decimal(120), count=2),
            "HIEU_QUA": Average(total=Decimal(50), count=2),
        },
        score=Decimal("85.00"),
        rank=1,
        advances=True,
        highest=Decimal(85),
        firsts=2,
    )
    assert {
        entry_id: (line.rank, line.advances, line.tied_at_cutoff)
        for entry_id, line in lines.items()
    } == {
        "e-1": (2, True, True),
        "e-2": (1, True, False),
        "e-3": (2, True, True),
        "e-4": (4, False, False),
    }
    assert contest.said(review.RoundClosed) == [
        review.RoundClosed(contest_id="HG-2022", round_id="SO_KHAO", table=table, is_last=False)
    ]
    assert contest.show() == view(state="CLOSED", entries=4, sheets_given=8, table=table)


def test_round_with_sheets_to_come_is_not_closed(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()

    with pytest.raises(Rejected, match=r"SheetsAwaited: Still awaited, by entry: HG-01 \(2\)"):
        contest.close()


def test_withdrawn_entry_keeps_nobody_waiting_and_is_listed_as_left(contest):
    contest.seat()
    contest.enter("e-1", "e-2")
    contest.open()
    for judge_id in contest.panels()["e-1"]:
        contest.give(judge_id, contest.code("e-1"), 80)

    contest.withdraw("e-2")

    left = (review.EntryLeft(code=contest.code("e-2"), reason="WITHDRAWN"),)
    assert contest.show() == view(state="OPEN", entries=1, sheets_given=2, left=left)
    assert [line.entry_id for line in contest.close()] == ["e-1"]


def test_second_round_judges_those_who_went_on_by_all_free_judges(contest):
    contest.seat()
    contest.enter("e-1", "e-2")
    contest.enter("e-3", unit_id="STC")
    contest.open()
    contest.give_all({"e-1": 60, "e-2": 80, "e-3": 90})
    contest.close()

    opened = contest.open("BAO_VE")

    assert opened.assignments == 5
    assert contest.panels("BAO_VE") == {"e-2": ("j-1", "j-2", "j-3"), "e-3": ("j-1", "j-2")}


def test_last_round_says_so_and_nobody_goes_on(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    contest.give_all({"e-1": 80})
    contest.close()
    contest.open("BAO_VE")
    contest.give_all({"e-1": 90}, "BAO_VE")

    table = contest.close("BAO_VE")

    assert [(str(line.score), line.advances) for line in table] == [("90.00", False)]
    assert contest.said(review.RoundClosed)[-1].is_last


def test_both_rounds_keep_their_own_marks(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    contest.give_all({"e-1": 80})
    first = contest.close()
    contest.open("BAO_VE")
    contest.give_all({"e-1": 90}, "BAO_VE")
    contest.close("BAO_VE")

    assert contest.show("SO_KHAO").table == first


def test_amendment_reaches_the_next_round_and_not_the_open_one(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    rules = a_contest(replace(FIRST, step=Decimal(10)), replace(LAST, step=Decimal(10)))
    contest.bench.hear(
        intake.ContestAmended(
            contest_id="HG-2022", rules=rules, sha256="1" * 64, number=1, reason="Thống nhất"
        )
    )

    contest.give_all({"e-1": "80.5"})
    assert contest.show().rules == FIRST
    contest.close()
    contest.open("BAO_VE")

    with pytest.raises(Rejected, match="MarkOffStep"):
        contest.give("j-1", "HG-01", "80.5", "BAO_VE")


def test_rules_that_arrive_late_do_not_replace_newer_ones(contest):
    opened = intake.ContestOpened(
        contest_id="HG-2023", rules=a_contest(), sha256="0" * 64, opened_at=CLOSING
    )
    amended = intake.ContestAmended(
        contest_id="HG-2023",
        rules=a_contest(jury_size=5),
        sha256="1" * 64,
        number=1,
        reason="Tăng số giám khảo",
    )
    contest.bench.hear(amended)
    contest.bench.hear(opened)
    seats = (review.Seat(person_id="j-1", role="CHAIR"),)

    with pytest.raises(Rejected, match="ask for 5 judges"):
        contest.bench.ask(
            review.SeatJury(contest_id="HG-2023", seats=seats), actor=actor("organiser")
        )


def test_tenants_do_not_see_each_others_contests(contest):
    contest.seat()
    contest.enter("e-1")

    with pytest.raises(Rejected, match="UnknownContest"):
        contest.bench.ask(
            contest.opening(),
            actor=actor("organiser"),
            now=contest.now,
            tenant="soc-trang",
        )
