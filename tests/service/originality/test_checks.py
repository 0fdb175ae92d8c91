"""Entries are compared with what was there before them, in whatever order they are heard."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document

from contracts import intake
from tests.service.originality.conftest import Contest
from tests.unit.originality.disguise import (
    paragraphs,
    text,
    with_a_fifth_changed,
    with_look_alikes,
    without_marks,
)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OWN, OTHER = text("hen_gio"), text("kho_giay")
COPY = "\n\n".join(
    [*paragraphs("kho_giay")[:2], *map(with_a_fifth_changed, paragraphs("hen_gio"))]
)
SUMMARY = paragraphs("hen_gio")[2]


def test_text_of_its_own_is_clear(contest: Contest):
    contest.submit("e-1", OWN)

    contest.submit("e-2", OTHER)

    report = contest.report("e-2")
    assert contest.told == [("e-1", "CLEAR", ()), ("e-2", "CLEAR", ())]
    assert (report.share, report.matches, report.version) == (Decimal(0), (), 1)
    assert report.words > 400
    assert report.flags == ()


def test_copy_with_words_changed_is_found_and_its_passages_are_named(contest: Contest):
    contest.submit("e-1", OWN)

    contest.submit("e-2", COPY)

    report = contest.report("e-2")
    (match,) = report.matches
    assert contest.told[-1] == ("e-2", "REVIEW", ("e-1",))
    assert report.share > Decimal("0.5")
    assert (match.source_kind, match.source_id, match.title) == ("ENTRY", "e-1", "Sáng kiến e-1")
    for passage in match.passages:
        assert COPY[passage.start : passage.end] == passage.text
        assert OWN[passage.source_start : passage.source_end] == passage.source_text
        assert Decimal("0.5") < passage.exact_share < 1


def test_earlier_entry_heard_late_makes_the_later_report_anew(contest: Contest):
    contest.submit("e-2", COPY)
    contest.submit("e-1", OWN)

    contest.bench.tick("renew_reports")
    contest.bench.tick("renew_reports")

    assert contest.told == [
        ("e-2", "CLEAR", ()),
        ("e-1", "CLEAR", ()),
        ("e-2", "REVIEW", ("e-1",)),
    ]


def test_entries_of_one_instant_are_ordered_by_their_ids(contest: Contest):
    contest.submit("e-2", OWN, hour=5)

    contest.submit("e-1", OWN, hour=5)
    contest.bench.tick("renew_reports")

    assert contest.told[1:] == [("e-1", "CLEAR", ()), ("e-2", "REVIEW", ("e-1",))]


def test_second_delivery_changes_nothing(contest: Contest):
    contest.submit("e-1", OWN, id="m-1")

    assert contest.submit("e-1", OWN, id="m-1") == "repeated"
    assert len(contest.told) == 1


def test_law_quoted_by_both_is_not_flagged(contest: Contest):
    contest.submit("e-1", text("dan_luat"))

    contest.submit("e-2", text("dan_luat_khac"))

    report = contest.report("e-2")
    assert contest.told[-1] == ("e-2", "CLEAR", ())
    assert report.share == 0
    assert report.excluded_share > Decimal("0.3")


@pytest.mark.parametrize("disguise", [without_marks, with_look_alikes])
def test_disguised_copy_is_found(contest: Contest, disguise):
    contest.submit("e-1", OWN)

    contest.submit("e-2", disguise(OWN))

    assert contest.told[-1] == ("e-2", "REVIEW", ("e-1",))


def test_word_document_is_read(contest: Contest):
    file, document = BytesIO(), Document()
    for paragraph in OWN.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(file)
    contest.submit("e-1", OWN)

    contest.submit("e-2", file.getvalue(), media_type=DOCX)

    assert contest.told[-1] == ("e-2", "REVIEW", ("e-1",))


@pytest.mark.parametrize(
    ("body", "media_type", "flag"),
    [
        (b"PK broken", DOCX, "DAMAGED"),
        (b"ngay mai", "text/plain", "NO_TEXT"),
        ("Ýôŵ ẅëŕ þñŏ qÿx ßđœ łŷå æðþ " * 20, "text/plain", "NOT_VIETNAMESE"),
        (b"MZ", "application/x-dosexec", "UNSUPPORTED"),
    ],
)
def test_text_that_cannot_be_read_goes_to_a_person(contest: Contest, body, media_type, flag):
    contest.submit("e-1", body, media_type=media_type)

    assert contest.told == [("e-1", "UNREADABLE", ())]
    assert contest.report("e-1").flags == (flag,)


def test_entry_without_a_description_waits_for_one(contest: Contest):
    contest.submit("e-1", OWN, code="PHIEU_DANG_KY")

    assert contest.told == []


def test_entry_heard_before_its_contest_is_checked_once_the_rules_are_known(unopened: Contest):
    assert unopened.submit("e-1", OWN) == "retry"

    unopened.open()
    unopened.bench.retry(intake.EntrySubmitted)

    assert unopened.told == [("e-1", "CLEAR", ())]


def test_known_initiative_is_found(contest: Contest):
    known = contest.know("SK-2019-07", SUMMARY)

    contest.submit("e-1", OWN)

    (match,) = contest.report("e-1").matches
    assert known == 1
    assert contest.told == [("e-1", "REVIEW", ("SK-2019-07",))]
    assert (match.source_kind, match.applied_at) == (
        "KNOWN_INITIATIVE",
        "Sở Nội vụ tỉnh Hậu Giang",
    )


def test_initiative_imported_late_makes_reports_anew(contest: Contest):
    contest.submit("e-1", OWN)
    contest.submit("e-2", OTHER)

    contest.know("SK-2019-07", SUMMARY)
    contest.bench.tick("renew_reports")

    assert contest.told[2:] == [("e-1", "REVIEW", ("SK-2019-07",))]


def test_initiative_applied_after_the_cut_off_is_no_source(contest: Contest):
    contest.know("SK-1", SUMMARY, applied_on=date(2022, 7, 1))
    contest.know("SK-2", SUMMARY, applied_on=date(2022, 6, 30))

    contest.submit("e-1", OWN)

    assert contest.told == [("e-1", "REVIEW", ("SK-2",))]


def test_initiative_imported_again_is_corrected(contest: Contest):
    contest.know("SK-1", SUMMARY)

    assert contest.know("SK-1", "\n".join(paragraphs("kho_giay"))) == 1

    contest.submit("e-1", OWN)
    assert contest.told == [("e-1", "CLEAR", ())]


def test_withdrawn_entry_is_no_source_any_more(contest: Contest):
    contest.submit("e-1", OWN)
    contest.submit("e-2", COPY)

    contest.withdraw("e-1")
    contest.bench.tick("renew_reports")

    assert contest.told[1:] == [("e-2", "REVIEW", ("e-1",)), ("e-2", "CLEAR", ())]


def test_entry_heard_of_after_its_withdrawal_is_not_checked(contest: Contest):
    contest.withdraw("e-1")

    contest.submit("e-1", OWN)
    contest.submit("e-2", COPY)

    assert contest.told == [("e-2", "CLEAR", ())]


def test_disqualified_entry_is_still_a_source(contest: Contest):
    contest.submit("e-1", OWN)

    contest.disqualify("e-1")
    contest.submit("e-2", COPY)

    assert contest.told[1:] == [("e-2", "REVIEW", ("e-1",))]


def test_supplement_with_another_text_loses_its_place(contest: Contest):
    contest.submit("e-1", OTHER, hour=1)
    contest.submit("e-2", OWN, hour=2)

    contest.submit("e-1", COPY, hour=3, version=2)

    assert contest.told[2:] == [("e-1", "REVIEW", ("e-2",))]
    assert contest.report("e-1").version == 2


def test_supplement_with_the_same_text_keeps_its_place(contest: Contest):
    contest.submit("e-1", OWN, hour=1)
    contest.submit("e-2", COPY, hour=2)

    contest.submit("e-1", OWN, hour=3, version=2)

    assert contest.told[2:] == [("e-1", "CLEAR", ())]


def test_copy_of_what_a_supplement_took_out_is_a_copy_no_more(contest: Contest):
    contest.submit("e-1", OWN, hour=1)
    contest.submit("e-2", COPY, hour=2)

    contest.submit("e-1", OTHER, hour=3, version=2)
    contest.bench.tick("renew_reports")

    assert contest.told[1:] == [
        ("e-2", "REVIEW", ("e-1",)),
        ("e-1", "REVIEW", ("e-2",)),
        ("e-2", "CLEAR", ()),
    ]


def test_other_contests_and_tenants_are_not_compared(contest: Contest, unopened: Contest):
    contest.submit("e-1", OWN)
    unopened.open()

    unopened.submit("e-2", OWN)
    contest.submit("e-9", OWN, tenant="can-tho")

    assert contest.told == [("e-1", "CLEAR", ()), ("e-2", "CLEAR", ())]
