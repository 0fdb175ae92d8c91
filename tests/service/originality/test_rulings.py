"""A person rules once, with a reason, on the report that counts; only some may read."""

import pytest

from contracts import originality
from contracts.message import Actor
from kernel.testing import Rejected, actor
from tests.service.originality.conftest import CHAIR, ORGANISER, SECRETARY, Contest
from tests.unit.originality.disguise import paragraphs, text

OWN, OTHER = text("hen_gio"), text("kho_giay")
LIST = originality.ListReports(contest_id="HG-2022")


@pytest.fixture
def copied(contest: Contest) -> Contest:
    """Return a contest in which e-2 repeats e-1."""
    contest.submit("e-1", OWN)
    contest.submit("e-2", OWN)
    return contest


def test_ruling_is_announced_and_stands_in_the_report(copied: Contest):
    copied.rule("e-2", "DUPLICATE", reason=" Trùng toàn bộ giải pháp. ")

    report = copied.report("e-2")
    assert copied.bench.announced[-1] == originality.OriginalityRuled(
        contest_id="HG-2022",
        entry_id="e-2",
        report_id=report.report_id,
        ruling="DUPLICATE",
        reason="Trùng toàn bộ giải pháp.",
    )
    assert (report.ruling, report.ruled_by) == ("DUPLICATE", "s-1")


def test_second_ruling_is_refused(copied: Contest):
    copied.rule("e-2")

    with pytest.raises(Rejected, match="AlreadyRuled"):
        copied.rule("e-2", "DUPLICATE")


def test_clear_report_is_not_ruled_on(copied: Contest):
    with pytest.raises(Rejected, match="NothingToRule"):
        copied.rule("e-1")


def test_ruling_without_a_reason_is_refused(copied: Contest):
    with pytest.raises(Rejected, match="ReasonMissing"):
        copied.rule("e-2", reason=" ")


def test_superseded_report_is_not_ruled_on(copied: Contest):
    old = copied.report("e-2").report_id
    copied.know("SK-1", paragraphs("hen_gio")[0])
    copied.bench.tick("renew_reports")

    with pytest.raises(Rejected, match="ReportSuperseded"):
        copied.rule("e-2", report_id=old)

    assert copied.bench.errors() == []


@pytest.mark.parametrize("report_id", ["r-unknown", "of e-1"])
def test_report_of_another_entry_is_unknown(copied: Contest, report_id):
    other = copied.report("e-1").report_id if report_id == "of e-1" else report_id

    with pytest.raises(Rejected, match="UnknownReport"):
        copied.rule("e-2", report_id=other)


def test_ruling_stands_while_nothing_new_is_found(copied: Contest):
    copied.rule("e-2", "DUPLICATE")

    copied.withdraw("e-1")
    copied.bench.tick("renew_reports")

    assert copied.report("e-2").ruling == "DUPLICATE"


def test_ruling_falls_before_a_source_it_has_not_seen(copied: Contest):
    copied.rule("e-2", "ORIGINAL")

    copied.know("SK-1", OWN)
    copied.bench.tick("renew_reports")

    report = copied.report("e-2")
    assert report.ruling is None
    assert {match.source_id for match in report.matches} == {"e-1", "SK-1"}


def test_reports_are_listed_with_the_highest_share_first(copied: Contest):
    copied.rule("e-2", "DUPLICATE")

    lines = copied.bench.ask(LIST, actor=CHAIR, reply=tuple[originality.ReportLine, ...])

    reports = [copied.report("e-2"), copied.report("e-1")]
    assert lines == tuple(
        originality.ReportLine(
            report_id=report.report_id,
            entry_id=report.entry_id,
            level=report.level,
            share=report.share,
            sources=len(report.matches),
            ruling=report.ruling,
        )
        for report in reports
    )
    assert [line.level for line in lines] == ["REVIEW", "CLEAR"]


def test_report_not_made_yet_is_unknown(contest: Contest):
    with pytest.raises(Rejected, match="may still be waiting"):
        contest.report("e-7")


@pytest.mark.parametrize(
    "asked",
    [
        LIST,
        originality.ReadReport(entry_id="e-2"),
        originality.RuleOnReport(
            entry_id="e-2", report_id="r", ruling="ORIGINAL", reason="Khác giải pháp"
        ),
        originality.ImportInitiatives(register="TINH", initiatives=()),
    ],
)
def test_entrant_or_judge_may_do_none_of_it(copied: Contest, asked):
    with pytest.raises(Rejected, match="Forbidden"):
        copied.bench.ask(asked, actor=actor("entrant", "judge", "clerk"))


def test_organiser_reads_but_does_not_rule(copied: Contest):
    assert copied.bench.ask(LIST, actor=ORGANISER)
    with pytest.raises(Rejected, match="Forbidden"):
        copied.bench.ask(
            originality.RuleOnReport(entry_id="e-2", report_id="r", ruling="ORIGINAL", reason="x"),
            actor=ORGANISER,
        )


def test_bad_import_changes_nothing(contest: Contest):
    empty = originality.KnownInitiative(code="SK-1", title="Mô hình", text=" ", applied_at="SNV")

    with pytest.raises(Rejected, match="Initiative SK-1 has no text"):
        contest.bench.ask(
            originality.ImportInitiatives(register="TINH", initiatives=(empty,)), actor=SECRETARY
        )

    assert contest.know("SK-2", OTHER) == 1


def test_another_tenant_reads_nothing(copied: Contest):
    lines = copied.bench.ask(LIST, actor=SECRETARY, tenant="can-tho")

    assert lines == []
    assert len(copied.bench.ask(LIST, actor=SECRETARY)) == 2


def test_a_secretary_of_one_contest_lists_and_reads_its_reports_alone(copied: Contest):
    mine, elsewhere = (
        Actor(id="p-9", grants=frozenset({f"secretary@{one}"})) for one in ("HG-2022", "KHAC")
    )
    read = originality.ReadReport(entry_id="e-2")

    lines = copied.bench.ask(LIST, actor=mine, reply=tuple[originality.ReportLine, ...])
    report = copied.bench.ask(read, actor=mine, reply=originality.Report)

    assert {line.entry_id for line in lines} == {"e-1", "e-2"}
    assert report.entry_id == "e-2"
    for asked in (LIST, read):
        with pytest.raises(Rejected, match="Forbidden"):
            copied.bench.ask(asked, actor=elsewhere)
