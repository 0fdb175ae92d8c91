"""Entries and prizes in numbers, charts, a workbook and the year-end report."""

from datetime import UTC, date, datetime
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import docx
import pypdfium2
import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from contracts import awards, intake
from kernel.testing import Rejected, actor
from tests.service.awards.conftest import (
    CONTEST,
    NOVEMBER,
    SECRETARY,
    Story,
    print_later,
    withdrawn,
)

ENTRANT = actor("entrant", id="p1")


ROOT = Path(__file__).parents[3]


def submitted(entry_id, version=1, **changed):
    known = {
        "contest_id": CONTEST,
        "entry_id": entry_id,
        "receipt_code": f"R-{entry_id}",
        "filed_by": "p1",
        "author_ids": ("p1",),
        "title": f"Sáng kiến {entry_id}",
        "version": version,
        "received_at": datetime(2022, 7, version, tzinfo=UTC),
        "area": "TTHC",
        "kind": "INDIVIDUAL",
        "group": "SO",
        "channel": "ONLINE",
        "documents": (),
        "unit_id": "u-1",
    }
    return intake.EntrySubmitted(**known | changed)


def refused(entry_id):
    told = withdrawn(entry_id)
    known = {name: getattr(told, name) for name in intake.EntryEvent.__struct_fields__}
    return intake.EntryRefused(**known, reason="Trùng lắp")


def counted(bench, by=SECRETARY, ids=(CONTEST,)):
    asked = awards.ShowStatistics(contest_ids=ids)
    return bench.ask(asked, actor=by, now=NOVEMBER, reply=awards.Statistics)


def table(found, by):
    chosen = next(each for each in found.tables if each.by == by)
    return {line.name: [count.received for count in line.counts] for line in chosen.lines}


def fetched(url):
    with urlopen(url) as answer:  # noqa: S310  # the store's link
        return answer.read()


@pytest.fixture
def published(approved):
    """Three winners of five entries; one refused, one taken back, told out of order and twice."""
    bench = approved.bench
    print_later(bench)
    approved.publishes()
    told = (
        submitted("e-1", version=2, area="THE_CHE", channel="DESK"),
        submitted("e-1"),
        submitted("e-2", unit_id=None, kind="COLLECTIVE", channel="POST"),
        submitted("e-3"),
        refused("e-4"),
        submitted("e-4"),
        submitted("e-5"),
        withdrawn("e-5"),
        submitted("e-5"),
    )
    for event in told:
        bench.hear(event)
    return bench


def test_entries_are_counted_by_everything_that_is_known_of_them(published):
    found = counted(published)

    assert found.contests[0].total == awards.EntryCount(
        received=5,
        accepted=3,
        refused=1,
        withdrawn=1,
        prizes={line.prize: 1 for line in results(published)},
    )
    assert table(found, "CHANNEL") == {"Trực tiếp": [1], "Trực tuyến": [3], "Bưu chính": [1]}
    assert table(found, "YEAR") == {"2022": [5]}
    assert table(found, "UNIT") == {"Sở Tư pháp": [4], "Không xác định": [1]}
    assert {sum(sum(n) for n in table(found, each.by).values()) for each in found.tables} == {5}


def test_entries_of_before_there_were_counts_are_counted_by_what_was_kept(marked):
    bench = marked.bench
    path = Path("services/awards/migrations/0008_count_earlier.py")
    migration = spec_from_file_location("count_earlier", ROOT / path)
    later = module_from_spec(migration)
    migration.loader.exec_module(later)
    before = counted(bench).contests[0].total

    with bench.database.engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
        connection.execute(text("DELETE FROM counted_entry"))
        for _ in range(2):
            connection.execute(text(later.COUNT))

    after = counted(bench).contests[0].total
    assert (before.accepted, after.accepted) == (3, 3)


def results(bench):
    asked = awards.ShowPrizes(contest_id=CONTEST)
    return bench.ask(asked, actor=SECRETARY, reply=awards.PrizeList).lines


def test_contests_stand_side_by_side(published):
    Story(published).opens("HG-NEXT")
    published.hear(submitted("x-1", contest_id="HG-NEXT"))

    found = counted(published, ids=())

    assert [each.total.received for each in found.contests] == [5, 1]
    assert table(found, "YEAR") == {"2022": [5, 1]}


def test_numbers_come_as_a_workbook_and_as_a_chart(published):
    asked = {"contest_ids": (CONTEST,)}

    book = published.ask(
        awards.ExportStatistics(**asked), actor=SECRETARY, now=NOVEMBER, reply=bytes
    )
    chart = published.ask(
        awards.DrawStatistics(by="CHANNEL", **asked), actor=SECRETARY, now=NOVEMBER
    )

    pages = load_workbook(BytesIO(book))
    assert pages.sheetnames[0] == "Tổng hợp"
    assert [cell.value for cell in pages["Tổng hợp"][2]][2:8] == [5, 3, 1, 1, 0, 3]
    assert "Bưu chính" in chart
    with pytest.raises(Rejected):
        counted(published, by=ENTRANT)


def test_report_is_drafted_again_and_issued(published):
    def draft(**said):
        asked = awards.DraftReport(contest_id=CONTEST, **said)
        return published.ask(asked, actor=SECRETARY, now=NOVEMBER, reply=awards.ReportDraft)

    def link(version, form):
        asked = awards.LinkReport(contest_id=CONTEST, version=version, format=form)
        return fetched(published.ask(asked, actor=SECRETARY, now=NOVEMBER))

    draft()
    with pytest.raises(Rejected) as unfinished:
        published.ask(awards.IssueReport(contest_id=CONTEST), actor=SECRETARY, now=NOVEMBER)
    second = draft(assessment=("Cuộc thi đạt yêu cầu.",), proposals=("Tiếp tục tổ chức.",))
    paper = published.ask(
        awards.IssueReport(contest_id=CONTEST), actor=SECRETARY, now=NOVEMBER, reply=awards.Paper
    )

    assert (unfinished.value.code, second.version) == ("ReportUnfinished", 2)
    assert (paper.symbol, paper.form, paper.dated) == ("BC-BTC", "YEAR_REPORT", date(2022, 11, 8))
    drafted = in_words(link(2, "pdf"))
    assert "Số: …/BC-BTC" in drafted
    assert "Cuộc thi đạt yêu cầu." not in in_words(link(1, "pdf"))
    issued = published.ask(
        awards.LinkPaper(paper_id=paper.paper_id, format="pdf"), actor=SECRETARY, now=NOVEMBER
    )
    said = in_words(fetched(issued))
    assert "Có 5 hồ sơ dự thi của 1 cơ quan, đơn vị được tiếp nhận; 3 hồ sơ hợp lệ" in said
    assert "Biểu 6. Hồ sơ theo hình thức nộp" in said
    assert "Bưu chính" in said
    word = docx.Document(BytesIO(link(2, "docx")))
    assert [len(table.rows) for table in word.tables][-1] == 4  # channels and their heads
    assert len(word.inline_shapes) == 6  # a chart a table
    listed = published.ask(
        awards.ListReports(contest_id=CONTEST), actor=SECRETARY, reply=awards.Reports
    )
    assert ([one.version for one in listed.drafts], len(listed.issued)) == ([2, 1], 1)


def in_words(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
