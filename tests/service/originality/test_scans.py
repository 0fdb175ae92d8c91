"""Scans wait in a queue of their own; what pages show besides their text is told afterwards."""

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from kernel.crunch import Crunch
from kernel.settings import KernelSettings, load
from services.originality.store.tables import ScanRow
from tests.service.originality.conftest import Contest
from tests.unit.originality.disguise import paragraphs, text
from tests.unit.originality.papers import (
    DOCX,
    PDF,
    docx,
    paragraph,
    pdf,
    pdf_with_picture,
    picture_of,
    run,
    scan_of,
)

OWN, OTHER = text("hen_gio"), text("kho_giay")
PAGE = "\n\n".join(paragraphs("hen_gio"))[:1800]
OTHER_PAGE = "\n\n".join(paragraphs("kho_giay"))[:1800]
pytestmark = pytest.mark.slow


def waiting(contest: Contest) -> int:
    return contest.bench.rows(select(func.count()).select_from(ScanRow))[0]


def look(contest: Contest) -> None:
    contest.bench.tick("look_at_pictures")


def test_scan_is_reported_on_once_it_has_been_read(contest: Contest):
    contest.submit("e-1", OWN)
    contest.submit("e-2", scan_of(pdf(PAGE)), media_type=PDF)
    before = contest.told[1:]

    look(contest)

    report = contest.report("e-2")
    assert (before, waiting(contest)) == ([], 0)
    assert contest.told[1:] == [("e-2", "REVIEW", ("e-1",))]
    assert report.flags == ("SCANNED",)
    assert report.signs[0].page == 1


def test_picture_without_any_text_goes_to_a_person(contest: Contest):
    contest.submit("e-1", picture_of(pdf("")), media_type="image/png")

    look(contest)

    assert contest.told == [("e-1", "UNREADABLE", ())]
    assert contest.report("e-1").flags == ("NO_TEXT",)


def test_scan_that_the_store_has_lost_goes_to_a_person_and_holds_up_no_other(contest: Contest):
    contest.submit("e-1", scan_of(pdf(PAGE)), media_type=PDF)
    contest.submit("e-2", scan_of(pdf(OTHER_PAGE)), media_type=PDF)
    (lost,) = contest.bench.rows(select(ScanRow.documents).where(ScanRow.entry_id == "e-1"))
    contest.files.client.remove_object(contest.files.name, lost[0]["key"])

    look(contest)
    look(contest)

    assert contest.told == [("e-1", "UNREADABLE", ()), ("e-2", "CLEAR", ())]
    assert contest.report("e-1").flags == ("MISSING",)
    assert waiting(contest) == 0


def test_scan_of_an_entry_that_was_taken_back_is_left_alone(contest: Contest):
    contest.submit("e-1", picture_of(pdf(PAGE)), media_type="image/png")
    contest.withdraw("e-1")

    look(contest)

    assert (contest.told, waiting(contest)) == ([], 0)


def test_scan_of_an_entry_that_was_taken_back_is_not_even_read(contest: Contest):
    contest.submit("e-1", scan_of(pdf(PAGE)), media_type=PDF)

    contest.withdraw("e-1")

    assert waiting(contest) == 0


def test_scan_of_a_disqualified_entry_becomes_a_source_without_a_report(contest: Contest):
    contest.submit("e-1", scan_of(pdf(PAGE)), media_type=PDF)
    contest.submit("e-2", OWN)
    contest.disqualify("e-1")

    look(contest)
    contest.bench.tick("renew_reports")

    assert contest.told == [("e-2", "CLEAR", ()), ("e-2", "REVIEW", ("e-1",))]
    assert waiting(contest) == 0


def test_supplement_with_text_overtakes_the_scan_before_it(contest: Contest):
    contest.submit("e-1", scan_of(pdf(PAGE)), media_type=PDF)
    contest.submit("e-1", OTHER, version=2, hour=2)

    look(contest)

    assert contest.told == [("e-1", "CLEAR", ())]
    assert contest.report("e-1").version == 2


def test_supplement_that_is_a_scan_is_no_source_until_it_has_been_read(contest: Contest):
    contest.submit("e-1", OWN)
    contest.submit("e-2", OWN)
    contest.submit("e-1", scan_of(pdf(PAGE)), media_type=PDF, version=2, hour=1)

    contest.bench.tick("renew_reports")

    assert contest.told[2:] == [("e-2", "CLEAR", ())]


def test_awaited_scan_goes_before_a_look_at_pages(contest: Contest):
    contest.submit("e-1", pdf(PAGE), media_type=PDF)
    contest.submit("e-2", scan_of(pdf(PAGE)), media_type=PDF)

    look(contest)

    assert waiting(contest) == 1
    assert contest.told[1:] == [("e-2", "REVIEW", ("e-1",))]


def test_text_is_reported_on_at_once_and_looked_at_later(contest: Contest):
    contest.submit("e-1", pdf(PAGE), media_type=PDF)
    told = contest.told

    look(contest)

    assert told == contest.told == [("e-1", "CLEAR", ())]
    assert waiting(contest) == 0


def test_page_that_shows_another_text_is_compared_by_what_it_shows(contest: Contest):
    body = pdf_with_picture("", picture_of(pdf(PAGE)), behind=OTHER[:1800])
    contest.submit("e-1", OWN)
    contest.submit("e-2", body, media_type=PDF)

    look(contest)

    report = contest.report("e-2")
    assert contest.told[1:] == [("e-2", "CLEAR", ()), ("e-2", "REVIEW", ("e-1",))]
    assert {(sign.kind, sign.page) for sign in report.signs} == {
        ("SCANNED", 1),
        ("TEXT_LAYER_DIFFERS", 1),
    }


@pytest.fixture(params=["missing", "crashing"])
def broken_tesseract(request, contest: Contest, servers, tmp_path, monkeypatch) -> Iterator[str]:
    """Break tesseract for the child that recognises; the reader may run what Python may import."""
    for name in ("sh", "kill"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    if request.param == "crashing":
        program = tmp_path / "tesseract"
        program.write_text("#!/bin/sh\necho Trang; kill -SEGV $$\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}")
    healthy = contest.bench.service.recogniser
    broken = Crunch(healthy.module, healthy.seconds, healthy.nice)
    broken.connect(load(KernelSettings, servers.env("originality")))
    monkeypatch.setattr(contest.bench.service, "recogniser", broken)
    yield request.param
    broken.stop()


@pytest.mark.usefixtures("broken_tesseract")
def test_report_on_pages_that_could_not_be_looked_at_goes_to_a_person(contest: Contest):
    contest.submit("e-1", pdf(PAGE), media_type=PDF)

    look(contest)
    contest.bench.tick("renew_reports")

    report = contest.report("e-1")
    assert contest.told == [("e-1", "CLEAR", ()), ("e-1", "REVIEW", ())]
    assert (report.flags, waiting(contest)) == (("NOT_LOOKED_AT",), 0)


@pytest.mark.usefixtures("broken_tesseract")
def test_scan_that_could_not_be_recognised_is_unreadable(contest: Contest):
    contest.submit("e-1", scan_of(pdf(PAGE)), media_type=PDF)
    contest.submit("e-2", pdf_with_picture(PAGE, picture_of(pdf(OTHER[:1800]))), media_type=PDF)

    look(contest)
    look(contest)

    assert contest.told == [("e-1", "UNREADABLE", ()), ("e-2", "UNREADABLE", ())]
    assert contest.report("e-2").flags == ("NEEDS_OCR",)


def test_hidden_text_is_told_and_not_compared(contest: Contest):
    contest.submit("e-1", OWN)
    unseen = '<w:color w:val="FFFFFF"/>'
    shown, secret = (paragraph(run(OTHER)), paragraph(run(PAGE.replace("\n", " "), unseen)))

    contest.submit("e-2", docx(shown + secret), media_type=DOCX)

    report = contest.report("e-2")
    (sign,) = report.signs
    assert contest.told[1:] == [("e-2", "REVIEW", ())]
    assert (report.flags, report.matches) == (("HIDDEN_TEXT",), ())
    assert (sign.detail, sign.text) == ("white", PAGE.replace("\n", " ")[:300])


def test_hidden_text_is_no_source_for_others(contest: Contest):
    unseen = paragraph(run(PAGE.replace("\n", " "), "<w:vanish/>"))
    contest.submit("e-1", docx(paragraph(run(OTHER)) + unseen), media_type=DOCX)

    contest.submit("e-2", OWN)

    assert contest.told[1:] == [("e-2", "CLEAR", ())]


def test_passages_name_their_pages(contest: Contest):
    contest.submit("e-1", OWN)

    contest.submit("e-2", pdf(f"Trang bìa\n#pagebreak()\n{PAGE}"), media_type=PDF)

    (match,) = contest.report("e-2").matches
    assert {passage.page for passage in match.passages} == {2}
    assert {passage.source_page for passage in match.passages} == {None}
