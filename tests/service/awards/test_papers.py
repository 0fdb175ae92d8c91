"""What is issued on publication, and who may read it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from threading import Thread
from urllib.request import urlopen

import pypdfium2
import pytest
from docx import Document
from sqlalchemy import select, text

from contracts import awards
from kernel.database import Origin
from kernel.testing import TENANT, Rejected, actor
from services.awards import store
from services.awards.store.tables import PaperRow
from tests.service.awards.conftest import CHAIRMAN, CONTEST, DIRECTOR, NOVEMBER

EIGHTH = date(2022, 11, 8)


def unnamed(paper):
    """Return what a paper says of itself, its opaque id apart."""
    return (
        paper.kind,
        paper.authority,
        paper.number,
        paper.symbol,
        paper.dated,
        paper.prize,
        paper.entry_id,
        paper.register,
    )


def link(bench, paper, form="pdf", by=None):
    return bench.ask(awards.LinkPaper(paper_id=paper.paper_id, format=form), actor=by)


def read(url):
    with urlopen(url) as answer:  # noqa: S310  # the store's own link
        return answer.read()


def test_each_authority_decides_and_each_winner_gets_a_certificate(approved):
    papers = approved.publishes()

    assert [unnamed(paper) for paper in papers] == [
        ("DECISION", "CT_UBND", 1, "QĐ-UBND", EIGHTH, None, None, None),
        ("CERTIFICATE", "CT_UBND", 1, "QĐ-UBND", EIGHTH, "NHAT", "e-1", 1),
        ("CERTIFICATE", "CT_UBND", 1, "QĐ-UBND", EIGHTH, "NHI", "e-2", 2),
        ("DECISION", "GD_SNV", 1, "QĐ-SNV", EIGHTH, None, None, None),
        ("CERTIFICATE", "GD_SNV", 1, "QĐ-SNV", EIGHTH, "KHUYEN_KHICH", "e-3", 1),
    ]


def test_publication_is_announced_with_lines_and_papers(approved):
    lines = approved.shows_prizes().lines

    papers = approved.publishes()

    assert approved.bench.announced[-1] == awards.ResultsPublished(
        contest_id=CONTEST, lines=lines, papers=papers
    )
    assert approved.shows_prizes().state == "PUBLISHED"


def test_anyone_sees_the_results_once_published_and_nothing_before(approved):
    asked = awards.ShowResults(contest_id=CONTEST)
    with pytest.raises(Rejected, match="NotPublished"):
        approved.bench.ask(asked)

    papers = approved.publishes()

    shown = approved.bench.ask(asked, reply=awards.Results)
    assert shown.papers == papers
    assert shown.published_at == NOVEMBER
    assert shown.winners[0] == awards.Winner(
        title="Sáng kiến e-1",
        authors=("Nguyễn Thị Hồng Nhung", "Trần Quốc Việt"),
        unit="Sở Tư pháp",  # as it was called that day
        prize="NHAT",
        prize_name="Giải Nhất",
        score=Decimal("91.25"),
        entry_id="e-1",
    )


def test_files_in_the_store_are_the_papers(approved):
    decision, certificate, *_ = approved.publishes()
    secretary = actor("secretary")

    pdf = read(link(approved.bench, decision))
    docx = read(link(approved.bench, certificate, "docx", secretary))

    with pypdfium2.PdfDocument(pdf) as document:
        said = document[0].get_textpage().get_text_range()
    assert "Số: 01/QĐ-UBND" in said
    assert "ngày 08 tháng 11 năm 2022" in said
    lines = [line.text for line in Document(BytesIO(docx)).paragraphs]
    assert "Nhóm tác giả: Nguyễn Thị Hồng Nhung, Trần Quốc Việt" in lines


def test_checksums_are_kept_and_keys_tell_nothing(approved):
    approved.publishes()

    for row in approved.bench.rows(select(PaperRow)):
        for file in row.files.values():
            content = approved.bench.service.files.get(file["key"])
            assert file["sha256"] == sha256(content).hexdigest()
            assert row.paper["symbol"] not in file["key"]


def test_decision_is_public_and_a_certificate_is_not(approved):
    decision, certificate, *_ = approved.publishes()

    assert link(approved.bench, decision, by=actor(id="passer-by"))
    with pytest.raises(Rejected, match="Forbidden"):
        link(approved.bench, certificate, by=actor("entrant", id="p3"))
    for reader in (
        actor("entrant", id="p2"),
        actor("organiser"),
        CHAIRMAN,
        DIRECTOR,
    ):
        assert link(approved.bench, certificate, by=reader)


def test_unknown_paper_is_not_found(approved):
    with pytest.raises(Rejected, match="UnknownPaper"):
        approved.bench.ask(awards.LinkPaper(paper_id="none", format="pdf"))


def test_publication_waits_for_every_approval(marked):
    marked.proposes()
    marked.approves("CT_UBND", CHAIRMAN)

    with pytest.raises(Rejected, match="ApprovalsMissing: Not approved yet by GD_SNV"):
        marked.publishes()


def test_results_are_published_once(approved):
    approved.publishes()

    with pytest.raises(Rejected, match="AlreadyPublished"):
        approved.publishes()


def test_winner_whose_name_has_not_arrived_is_asked_for_and_no_number_is_lost(approved):
    approved.accepts("e-2", "p9")
    with pytest.raises(Rejected, match=r"EntryNotHeardOf: .*about p9"):
        approved.publishes()

    approved.knows(p9="Danh Thị Mỹ Duyên")

    assert approved.publishes()[0].number == 1


def test_number_goes_on_in_the_next_contest_and_restarts_on_1_january(story):
    story.knows(p1="Nguyễn Thị Hồng Nhung")
    last_evening = datetime(2022, 12, 31, 16, 59, tzinfo=UTC)  # 23:59 in Vietnam
    moments = [NOVEMBER, last_evening, datetime(2022, 12, 31, 17, tzinfo=UTC)]
    issued = []
    for year, moment in enumerate(moments):
        contest = f"CONTEST-{year}"
        story.opens(contest)
        story.accepts(f"e-{year}", "p1", contest_id=contest)
        story.closes(contest, **{f"e_{year}": 90})
        story.proposes(contest)
        story.approves("CT_UBND", CHAIRMAN, contest)
        paper, _ = story.publishes(contest, now=moment)
        issued.append((paper.number, paper.dated))

    assert issued == [(1, EIGHTH), (2, date(2022, 12, 31)), (1, date(2023, 1, 1))]


def draw(bench, drawn, then=lambda: None):
    with bench.database.work(Origin.own("test", TENANT)) as work:
        number = store.draw_number(work.session, "SỞ NỘI VỤ", 2022, book="QĐ-SNV")
        then()
        drawn.append(number)


def sessions_in_line(bench):
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with bench.database.engine.connect() as connection:
        return connection.scalar(waiting)


def test_many_at_once_get_one_number_each_and_a_failure_leaves_no_gap(bench):
    drawn = []
    others = [Thread(target=draw, args=(bench, drawn)) for _ in range(6)]

    def fail_while_others_wait():
        for other in others:
            other.start()
        while sessions_in_line(bench) < len(others):
            pass
        raise InterruptedError

    with pytest.raises(InterruptedError):
        draw(bench, drawn, then=fail_while_others_wait)
    for other in others:
        other.join(30)

    assert sorted(drawn) == [1, 2, 3, 4, 5, 6]


def test_series_of_two_bodies_do_not_touch(bench):
    with bench.database.work(Origin.own("test", TENANT)) as work:
        numbers = [
            store.draw_number(work.session, body, 2022, book=book)
            for body, book in (("BTC", "QĐ-BTC"), ("SNV", "QĐ-SNV"), ("SNV", "QĐ-SNV"))
        ]

    assert numbers == [1, 1, 2]
