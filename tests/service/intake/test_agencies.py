"""Agencies come from files, continue one another, take part or say that they do not."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from contracts import intake
from kernel.testing import Rejected, actor
from services.intake.store.tables import NilReturnRow
from tests.service.intake.conftest import (
    AN,
    CLERK,
    CONTEST,
    IN_TIME,
    OPENED,
    ORGANISER,
    SECRETARY,
    member,
)

FILE = "unit_id;name;kind;contact_email;staff\nSYT;Sở Y tế;SO_BAN_NGANH;syt@vidu.vn;40\n".encode()
HEAD = actor("coordinator", id="h-1", unit_id="STP")
MERGED = intake.AgencySuccession(
    predecessor_id="STP", successor_id="SNV", on=date(2022, 7, 10), kind="MERGED", basis="QĐ 1"
)


def import_file(contest, content=FILE, by=ORGANISER, **other) -> intake.AgencyFileRead:
    asked = intake.ImportAgencyFile(file_name="units.csv", content=content, **other)
    return contest.ask(asked, by, OPENED, intake.AgencyFileRead)


def agencies(contest, by=ORGANISER, **other) -> dict[str, intake.Agency]:
    listed = contest.ask(intake.ListAgencies(**other), by, reply=tuple[intake.Agency, ...])
    return {one.unit_id: one for one in listed}


def succeed(contest, *links, by=ORGANISER) -> int:
    return contest.ask(intake.RecordSuccessions(successions=links or (MERGED,)), by)


def lines(contest, **other) -> dict[str, intake.CoverageLine]:
    asked = intake.ShowCoverage(contest_id=CONTEST, **other)
    found = contest.ask(asked, SECRETARY, reply=tuple[intake.CoverageLine, ...])
    return {one.unit_id: one for one in found}


def sum_up(contest, **other) -> intake.CoverageReport:
    asked = intake.SumUpCoverage(contest_id=CONTEST, **other)
    return contest.ask(asked, SECRETARY, reply=intake.CoverageReport)


def silent(contest, by=SECRETARY, now=IN_TIME) -> list[intake.SilentUnit]:
    asked = intake.ListSilentUnits(contest_id=CONTEST)
    return list(contest.ask(asked, by, now, tuple[intake.SilentUnit, ...]))


def nil(contest, by=HEAD, reason="Không có đề tài", now=IN_TIME) -> None:
    contest.ask(intake.ReturnNil(contest_id=CONTEST, reason=reason), by, now)


def test_file_is_recorded_and_told_without_whom_to_write_to(contest):
    read = import_file(contest)

    assert read == intake.AgencyFileRead(units=1, added=1, changed=0, recorded=True)
    assert agencies(contest)["SYT"].contact_email == "syt@vidu.vn"
    assert agencies(contest, AN)["SYT"].contact_email is None
    (said,) = contest.said(intake.AgenciesImported)[-1].agencies
    assert said == intake.Agency(unit_id="SYT", name="Sở Y tế", kind="SO_BAN_NGANH", staff=40)


def test_dry_run_says_what_would_change_and_changes_nothing(contest):
    import_file(contest)
    content = FILE.replace("Sở Y tế".encode(), "Sở Y tế tỉnh".encode()) + b"STC;S;SO_BAN_NGANH;;\n"

    read = import_file(contest, content, dry_run=True)

    assert (read.units, read.added, read.changed, read.recorded) == (2, 1, 1, False)
    assert set(agencies(contest)) == {"SNV", "STP", "SYT"}


def test_file_with_a_mistake_records_nothing(contest):
    read = import_file(contest, FILE + "STC;Sở Tài chính;SO_BAN_NGANH;;nhiều\n".encode())

    assert [(one.row, one.column) for one in read.mistakes] == [(3, "staff")]
    assert not read.recorded
    assert set(agencies(contest)) == {"SNV", "STP"}


def test_file_of_an_old_code_page_is_refused_with_the_way_out(contest):
    with pytest.raises(Rejected, match=r"NotUnicode: .* save it as “CSV UTF-8"):
        import_file(
            contest, "unit_id;name;kind\nTTR;Thanh tra Hậu Giâng;X".encode("cp1258", "replace")
        )


@pytest.mark.parametrize("by", [AN, CLERK, SECRETARY])
def test_who_runs_no_contest_imports_no_agencies(contest, by):
    with pytest.raises(Rejected, match="Forbidden"):
        import_file(contest, by=by)
    with pytest.raises(Rejected, match="Forbidden"):
        succeed(contest, by=by)


def test_unit_has_the_name_of_the_day(contest):
    later = OPENED + timedelta(days=30)
    renamed = intake.Agency(unit_id="SNV", name="Sở Nội vụ và Lao động", kind="SO_BAN_NGANH")
    contest.ask(intake.ImportAgencies(agencies=(renamed,)), ORGANISER, later)

    assert agencies(contest, as_of=date(2022, 7, 24))["SNV"].name == "Đơn vị SNV"
    assert agencies(contest, as_of=date(2022, 7, 25))["SNV"].name == "Sở Nội vụ và Lao động"


def test_succession_is_recorded_once_and_told(contest):
    assert (succeed(contest), succeed(contest)) == (1, 1)
    assert contest.said(intake.AgenciesSucceeded) == [
        intake.AgenciesSucceeded(successions=(MERGED,))
    ]
    listed = contest.ask(intake.ListSuccessions(), AN, reply=tuple[intake.AgencySuccession, ...])
    assert listed == (MERGED,)
    assert set(agencies(contest, as_of=date(2022, 7, 9))) == {"SNV", "STP"}
    assert set(agencies(contest, as_of=date(2022, 7, 10))) == {"SNV"}


@pytest.mark.parametrize(
    ("predecessor", "successor", "refused"),
    [("SNV", "STP", "SuccessionCycle"), ("SNV", "XYZ", "UnknownUnit")],
)
def test_succession_that_cannot_be_is_refused(contest, predecessor, successor, refused):
    succeed(contest)
    link = intake.AgencySuccession(
        predecessor_id=predecessor, successor_id=successor, on=date(2022, 8, 1),
        kind="RENAMED", basis="QĐ 2",
    )  # fmt: skip

    with pytest.raises(Rejected, match=refused):
        succeed(contest, link)
    assert succeed(contest) == 1


def test_merged_unit_counts_once_from_the_day_of_the_merger(contest):
    contest.enter(unit_id="SNV")
    contest.enter(unit_id="STP")
    contest.enter()
    succeed(contest)

    before, after = (
        sum_up(contest, as_of=date(2022, 7, 9)),
        sum_up(contest, as_of=date(2022, 7, 10)),
    )

    assert [(one.unit_id, one.entries) for one in before.lines] == [("SNV", 1), ("STP", 1)]
    assert [(one.unit_id, one.entries) for one in after.lines] == [("SNV", 2)]
    assert after.lines[0].continues == ("STP",)
    assert (before.without_unit, after.without_unit) == (1, 1)
    assert (str(after.rate), after.reached) == ("1.0000", True)


def test_receipt_of_a_merged_unit_keeps_its_name_and_the_entry_goes_on(contest):
    entry_id = contest.enter(unit_id="STP")
    receipt = contest.ask(intake.ShowReceipt(entry_id=entry_id))
    succeed(contest)

    contest.give_back(entry_id)
    contest.upload(entry_id, code="XAC_NHAN_DON_VI")
    contest.submit(entry_id, now=IN_TIME + timedelta(days=1))
    contest.accept(entry_id)

    assert contest.ask(intake.ShowReceipt(entry_id=entry_id, version=1)) == receipt
    assert contest.show(entry_id).unit_id == "STP"
    assert lines(contest, as_of=date(2022, 7, 10))["SNV"].entries == 1


def test_coverage_of_a_day_counts_what_had_come_by_then(contest):
    contest.enter(unit_id="SNV")

    assert lines(contest, as_of=date(2022, 6, 30))["SNV"].entries == 0
    assert lines(contest, as_of=date(2022, 7, 1))["SNV"].entries == 1


def test_coverage_tells_individuals_from_collectives(contest):
    contest.enter(unit_id="SNV")
    pair = (member("Bà Tư", "60"), member("Ông Năm", "40"))
    entry_id = contest.draft(CLERK, channel="DESK", kind="COLLECTIVE", authors=pair, unit_id="SNV")
    contest.submit(entry_id, CLERK)

    line = lines(contest)["SNV"]

    assert (line.individual, line.collective, line.authors) == (1, 1, 3)


@pytest.mark.parametrize("role", ["coordinator", "head"])
def test_nil_return_of_a_unit_is_kept_and_told(contest, role):
    nil(contest, actor(role, id="h-1", unit_id="STP"))

    assert lines(contest)["STP"].nil_reason == "Không có đề tài"
    assert contest.said(intake.NilReturned) == [
        intake.NilReturned(contest_id=CONTEST, unit_id="STP", reason="Không có đề tài")
    ]
    assert [one.unit_id for one in silent(contest)] == ["SNV"]
    assert [row.unit_id for row in contest.bench.rows(select(NilReturnRow))] == ["STP"]


def test_entry_outweighs_an_earlier_nil_return(contest):
    nil(contest)
    contest.enter(unit_id="STP")

    assert lines(contest)["STP"].nil_reason is None


@pytest.mark.parametrize(
    ("by", "refused"),
    [
        (actor("coordinator", id="h-1"), "NoUnit"),
        (actor("coordinator", id="h-1", unit_id="XYZ"), "UnknownUnit"),
        (actor("entrant", id="h-1", unit_id="STP"), "Forbidden"),
        (actor("coordinator", id="h-2", unit_id="SNV"), "UnitHasEntered"),
    ],
)
def test_nil_return_of_who_may_not_is_refused(contest, by, refused):
    contest.enter(unit_id="SNV")

    with pytest.raises(Rejected, match=refused):
        nil(contest, by)
    with pytest.raises(Rejected, match="NoReason"):
        nil(contest, reason="  ")


def test_silent_units_are_listed_with_the_days_they_have_left(contest):
    import_file(contest)
    contest.enter(unit_id="SNV")

    found = silent(contest)

    assert [(one.unit_id, one.days_left, one.contact_email) for one in found] == [
        ("STP", 46, None), ("SYT", 46, "syt@vidu.vn"),
    ]  # fmt: skip
    assert silent(contest, now=datetime.fromisoformat("2022-08-15T16:59:00Z"))[0].days_left == 1
    assert silent(contest, now=datetime.fromisoformat("2022-08-15T17:00:00Z"))[0].days_left == 0


def test_coverage_is_for_staff(contest):
    for asked in (
        intake.SumUpCoverage(contest_id=CONTEST), intake.ListSilentUnits(contest_id=CONTEST),
        intake.ExportCoverage(contest_id=CONTEST), intake.ExportEntries(contest_id=CONTEST),
    ):  # fmt: skip
        with pytest.raises(Rejected, match="Forbidden"):
            contest.ask(asked, AN)


def test_judge_gets_no_list_of_who_wrote_what(contest):
    contest.seat("j-1")

    with pytest.raises(Rejected, match="JudgeOfEntries"):
        contest.ask(intake.ExportEntries(contest_id=CONTEST), actor("secretary", id="j-1"))


def test_other_tenant_sees_neither_units_nor_successions(contest):
    succeed(contest)

    assert contest.ask(intake.ListSuccessions(), AN, tenant="soc-trang") == []
    assert contest.ask(intake.ListAgencies(), AN, tenant="soc-trang") == []


def test_coverage_as_a_spreadsheet(contest):
    contest.enter(unit_id="SNV")
    nil(contest)

    content = contest.ask(intake.ExportCoverage(contest_id=CONTEST), SECRETARY, reply=bytes)

    page = load_workbook(BytesIO(content))["Đơn vị tham gia"]
    rows = [row[:4] for row in page.iter_rows(min_row=2, values_only=True)]
    assert rows == [(1, "SNV", "Đơn vị SNV", 1), (2, "STP", "Đơn vị STP", 0)]
    assert page["L3"].value == "Không có đề tài"


def test_entries_as_a_spreadsheet_with_authors_by_given_name(contest):
    people = (
        member("=Nguyễn Minh Trí", "40"),
        member("Trần Văn Ánh", "30"),
        member("Lê An", "30"),
    )
    entry_id = contest.draft(
        CLERK, channel="DESK", kind="COLLECTIVE", authors=people, unit_id="SNV"
    )
    contest.submit(entry_id, CLERK)
    contest.draft()

    content = contest.ask(intake.ExportEntries(contest_id=CONTEST), SECRETARY, reply=bytes)

    book = load_workbook(BytesIO(content))
    (entry,) = book["Hồ sơ"].iter_rows(min_row=2, values_only=True)
    assert entry == (
        1, "H30-220701-0001", "Nộp hồ sơ một lần", "Cải cách thủ tục hành chính", "Tập thể",
        "Đơn vị SNV", "Đã nộp", datetime(2022, 7, 1, 9), 1,  # noqa: DTZ001  # as Excel's
    )  # fmt: skip
    authors = list(book["Tác giả"].iter_rows(min_row=2, values_only=True))
    assert [(row[1], row[4]) for row in authors] == [
        ("Lê An", 0.3), ("Trần Văn Ánh", 0.3), ("=Nguyễn Minh Trí", 0.4),
    ]  # fmt: skip
