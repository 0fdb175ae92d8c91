"""Texts that are not handed in: how often an entrant may check, and what they never learn."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select

from contracts import intake, originality
from kernel.testing import Rejected, actor
from services.originality.store.tables import ReportRow, TextRow
from tests.service.originality.conftest import ORGANISER, SECRETARY, Contest
from tests.unit.originality.disguise import paragraphs, text, with_a_tenth_changed

OWN, OTHER = text("hen_gio"), text("kho_giay")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AN, BINH = actor("entrant", id="an"), actor("entrant", id="binh")
NIGHT = datetime(2022, 8, 1, 16, 59, tzinfo=UTC)  # a minute before midnight in Vietnam
COPY = "\n\n".join(
    [*paragraphs("kho_giay"), with_a_tenth_changed(paragraphs("hen_gio")[0]),
     paragraphs("hen_gio")[2]]
)  # fmt: skip


@pytest.fixture
def open_to_checks(contest: Contest) -> Contest:
    """Return a contest with three checks a day, an entry of somebody else and a known model."""
    contest.open(cutoff=date(2022, 6, 30), own_checks=3)
    contest.know("SK-1", paragraphs("hen_gio")[2], applied_on=date(2019, 5, 1))
    contest.submit("e-1", OWN)
    return contest


def check(contest: Contest, by=AN, now: datetime = NIGHT, **text_: object):
    asked = originality.CheckMyText(contest_id="HG-2022", **text_)
    return contest.bench.ask(asked, actor=by, now=now, reply=originality.OwnCheck)


def test_entrant_learns_shares_own_passages_and_known_initiatives(open_to_checks: Contest):
    told = check(open_to_checks, text=COPY)

    known, other = told.sources
    assert (known.title, known.place) == ("Mô hình SK-1", "Sở Nội vụ tỉnh Hậu Giang")
    assert other == originality.OwnSource(source_kind="ENTRY", share=other.share)
    assert told.share > 0
    assert told.left == 2
    for passage in told.passages:
        assert COPY[passage.start : passage.end] == passage.text


def test_no_text_title_or_id_of_another_entry_is_told(open_to_checks: Contest):
    asked = originality.CheckMyText(contest_id="HG-2022", text=COPY)

    answer = open_to_checks.bench.ask(asked, actor=AN, now=NIGHT)

    told = json.dumps(answer, ensure_ascii=False)
    assert len(answer["sources"]) == 2
    own_words = re.findall(r"\w+", COPY)
    others_words = re.findall(r"\w+", OWN)
    own_runs = {tuple(own_words[n : n + 5]) for n in range(len(own_words))}
    strange = [
        run
        for n in range(len(others_words) - 4)
        if (run := tuple(others_words[n : n + 5])) not in own_runs
    ]
    said = re.findall(r"\w+", told)
    runs_said = {tuple(said[n : n + 5]) for n in range(len(said))}
    assert len(strange) > 100  # there is text that could leak
    assert [run for run in strange if run in runs_said] == []
    assert "Sáng kiến e-1" not in told
    assert '"e-1"' not in told
    assert "p-1" not in told


def test_checks_are_counted_by_person_and_day_of_vietnam(open_to_checks: Contest):
    left = [check(open_to_checks, text=OTHER).left for _ in range(3)]

    with pytest.raises(Rejected, match="OwnChecksUsedUp: You have made all 3 checks"):
        check(open_to_checks, text=OTHER)
    others = check(open_to_checks, by=BINH, text=OTHER).left
    tomorrow = check(open_to_checks, now=NIGHT + timedelta(minutes=2), text=OTHER).left

    assert left == [2, 1, 0]
    assert (others, tomorrow) == (2, 2)


def test_repeated_request_is_one_check(open_to_checks: Contest):
    asked = originality.CheckMyText(contest_id="HG-2022", text=OTHER)

    answers = [open_to_checks.bench.ask(asked, actor=AN, now=NIGHT, id="c-1") for _ in range(2)]

    assert answers[0] == answers[1]
    assert check(open_to_checks, text=OTHER).left == 1


def test_there_is_none_unless_the_rules_allow_it(contest: Contest):
    with pytest.raises(Rejected, match="OwnChecksClosed"):
        check(contest, text=OTHER)


def test_own_entry_is_no_source_of_a_supplement(open_to_checks: Contest):
    mine = actor("entrant", id="p-1")  # who filed e-1

    told = check(open_to_checks, by=mine, text=OWN)

    assert [one.source_kind for one in told.sources] == ["KNOWN_INITIATIVE"]


def test_file_is_read_like_a_paper_of_a_dossier(open_to_checks: Contest):
    file, document = BytesIO(), Document()
    for paragraph in COPY.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(file)

    from_file = check(open_to_checks, content=file.getvalue(), media_type=DOCX)
    from_text = check(open_to_checks, text=COPY)

    assert from_file.words == from_text.words
    assert from_file.sources == from_text.sources


@pytest.mark.parametrize(
    ("sent", "code"),
    [({"text": " "}, "TextMissing"), ({"text": "a" * 400_001}, "TextTooLong")],
)
def test_text_that_cannot_be_checked_is_refused_and_not_counted(
    open_to_checks: Contest, sent, code
):
    with pytest.raises(Rejected, match=code):
        check(open_to_checks, **sent)

    assert check(open_to_checks, text=OTHER).left == 2


def test_nothing_of_a_checked_text_is_kept(open_to_checks: Contest):
    before = [len(open_to_checks.bench.rows(select(row))) for row in (TextRow, ReportRow)]

    check(open_to_checks, text=COPY)

    after = [len(open_to_checks.bench.rows(select(row))) for row in (TextRow, ReportRow)]
    assert after == before
    assert open_to_checks.told == [("e-1", "REVIEW", ("SK-1",))]


def test_secretary_is_shown_the_sources_of_a_text_by_name(open_to_checks: Contest):
    asked = originality.CheckText(contest_id="HG-2022", text=COPY)

    report = open_to_checks.bench.ask(asked, actor=SECRETARY, now=NIGHT, reply=originality.Report)

    assert [one.source_id for one in report.matches] == ["SK-1", "e-1"]
    assert (report.level, report.entry_id) == ("REVIEW", "")
    assert report.compared == originality.ComparedWith(
        entries=1, known=1, cutoff=date(2022, 6, 30), registers=("TINH",)
    )


@pytest.mark.parametrize("by", [AN, actor("judge", "clerk")])
def test_nobody_else_tries_texts(open_to_checks: Contest, by):
    with pytest.raises(Rejected, match="Forbidden"):
        open_to_checks.bench.ask(originality.CheckText(contest_id="HG-2022", text=COPY), actor=by)


def test_officers_make_no_own_checks(open_to_checks: Contest):
    with pytest.raises(Rejected, match="Forbidden"):
        check(open_to_checks, by=ORGANISER, text=COPY)


def test_another_tenants_texts_are_no_sources(open_to_checks: Contest):
    rules = open_to_checks.rules
    opened = intake.ContestOpened(
        contest_id=rules.id, rules=rules, sha256="0" * 64, opened_at=NIGHT
    )
    open_to_checks.bench.hear(opened, tenant="can-tho")
    asked = originality.CheckText(contest_id=rules.id, text=OWN)

    report = open_to_checks.bench.ask(
        asked, actor=SECRETARY, tenant="can-tho", reply=originality.Report
    )

    assert (report.level, report.matches) == ("CLEAR", ())
