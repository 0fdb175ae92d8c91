"""A report is made again as the index was then; what has changed since is said."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from sqlalchemy import update

from contracts import originality, review
from kernel.database import Origin
from kernel.testing import TENANT, Rejected, actor
from services.originality.store.postings import Channel, merge
from services.originality.store.tables import ReportRow
from tests.service.originality.conftest import CHAIR, ORGANISER, SECRETARY, Contest
from tests.unit.originality.disguise import paragraphs, text, with_a_fifth_changed

LATER = datetime(2022, 9, 1, 1, 0, tzinfo=UTC)
OWN, OTHER = text("hen_gio"), text("kho_giay")
MIXED = "\n\n".join([*paragraphs("kho_giay"), paragraphs("hen_gio")[2]])


@pytest.fixture
def copied(contest: Contest) -> Contest:
    """Return a contest in which e-2 repeats a known model and e-1; others have nothing of it."""
    contest.know("SK-1", paragraphs("hen_gio")[2], applied_on=date(2019, 5, 1))
    contest.submit("e-1", OWN)
    contest.submit("e-2", MIXED)
    return contest


def again(contest: Contest, named: str = "e-2", by=SECRETARY) -> originality.Reproduction:
    asked = originality.ReproduceReport(named=named)
    return contest.bench.ask(asked, actor=by, reply=originality.Reproduction)


def grow(contest: Contest) -> None:
    """Let much of the same come in afterwards, so that its words are rare no longer."""
    for n in range(10, 16):
        contest.know(f"SK-{n}", with_a_fifth_changed(MIXED) + f" lần {n}")
    contest.submit("e-9", OWN)
    with contest.bench.database.work(Origin.own("originality", TENANT)) as work:
        for channel in Channel:
            while merge(work.session, channel):
                pass


def test_report_comes_out_the_same_after_the_index_has_grown_and_been_merged(copied: Contest):
    report = copied.report("e-2")
    grow(copied)

    made = again(copied, report.report_id)

    assert (made.outcome, made.changes, made.differences) == ("SAME", (), ())
    assert (made.report_id, made.entry_id, made.made_at) == (
        report.report_id,
        "e-2",
        report.made_at,
    )
    assert {one.source_id for one in report.matches} == {"SK-1", "e-1"}
    newer = copied.bench.tick("renew_reports"), copied.report("e-2")
    assert len(newer[1].matches) > len(report.matches)


def test_what_is_handed_in_again_unchanged_keeps_its_place_in_the_index(copied: Contest):
    copied.submit("e-1", OWN, hour=7, version=2)
    copied.know("SK-1", paragraphs("hen_gio")[2], applied_on=date(2019, 5, 1))

    assert again(copied).outcome == "SAME"


def test_source_that_has_gone_since_is_named_with_what_the_report_lost(copied: Contest):
    asked = originality.RemoveInitiative(register="TINH", code="SK-1")
    copied.bench.ask(asked, actor=ORGANISER)

    made = again(copied)

    assert made.outcome == "DIFFERENT"
    assert [(one.what, one.source_id, one.before, one.now) for one in made.changes] == [
        ("SOURCES", "", "1 1", "1 0"),
        ("SOURCE_GONE", "SK-1", "", ""),
    ]
    assert ("MATCH_LOST", "SK-1") in {(one.what, one.source_id) for one in made.differences}


def test_source_with_another_text_by_now_is_told_from_one_that_has_gone(copied: Contest):
    copied.submit("e-1", OTHER, hour=5, version=2)

    made = again(copied)

    assert ("SOURCE_CHANGED", "e-1") in {(one.what, one.source_id) for one in made.changes}


def test_amended_rules_are_said_and_those_of_then_gone_by(copied: Contest):
    report = copied.report("e-2")
    copied.amend(cutoff=date(2019, 1, 1))

    made = again(copied, report.report_id)

    assert [one.what for one in made.changes] == ["RULES"]
    assert made.outcome == "SAME"


def test_text_handed_in_anew_cannot_give_the_old_report(copied: Contest):
    report = copied.report("e-2")
    copied.submit("e-2", OWN + " thêm", hour=6, version=2)

    assert again(copied).outcome == "SAME"
    made = again(copied, report.report_id)
    assert (made.outcome, made.obstacle) == ("IMPOSSIBLE", "TEXT_CHANGED")
    copied.withdraw("e-2")
    assert again(copied, report.report_id).obstacle == "TEXT_GONE"


def test_report_of_before_anything_was_kept_says_so(copied: Contest):
    with copied.bench.database.work(Origin.own("originality", TENANT)) as work:
        work.session.execute(update(ReportRow).values(seen=None))

    assert again(copied).obstacle == "NOT_KEPT"


def test_ruling_and_report_stay_as_they_are(copied: Contest):
    copied.rule("e-2", "DUPLICATE")
    before, told = copied.report("e-2"), len(copied.bench.announced)

    again(copied)

    assert (copied.report("e-2"), len(copied.bench.announced)) == (before, told)


def test_those_who_read_every_report_may_and_nobody_who_marks_it_blindly(copied: Contest):
    for by in (CHAIR, ORGANISER):
        assert again(copied, by=by).outcome == "SAME"
    for role in ("judge", "entrant"):
        with pytest.raises(Rejected, match="Forbidden"):
            again(copied, by=actor(role))
    with pytest.raises(Rejected, match="UnknownReport"):
        again(copied, "e-99")

    copied.open_blind("SO_KHAO")
    desk = {"contest_id": "HG-2022", "round_id": "SO_KHAO", "entry_id": "e-2", "code": "A-07"}
    copied.bench.hear(review.JudgesAssigned(**desk, judge_ids=(CHAIR.id,)))
    with pytest.raises(Rejected, match="Forbidden"):
        again(copied, by=CHAIR)
    assert msgspec.json.encode(again(copied))
