"""Entries are drafted and their documents uploaded to the real store."""

from decimal import Decimal
from hashlib import sha256

import httpx
import pytest
from sqlalchemy import select

from contracts import intake
from kernel.testing import Rejected, actor
from services.intake.store.tables import DocumentRow
from tests.files import docx
from tests.service.intake.conftest import (
    AN,
    BINH,
    CLERK,
    CONTEST,
    IN_TIME,
    ORGANISER,
    PDF,
    SECRETARY,
    member,
)

CLIENT = actor("client", id="client-1")


def test_author_without_an_account_becomes_known_by_the_entry_that_is_handed_in(contest):
    entry_id = contest.draft(
        kind="COLLECTIVE",
        group="SO_BAN_NGANH",
        authors=(
            member("Nguyễn Văn An", "60", person_id="p-an", unit_id="SNV"),
            member("Trần  Thị Bình", "40", email="binh@vd.vn", unit_id="SNV"),
        ),
    )
    before = contest.said(intake.PersonRegistered)
    shown = contest.show(entry_id, AN)

    contest.submit(entry_id)

    an, binh = contest.said(intake.PersonRegistered)
    assert before == []
    assert (an.person_id, an.full_name) == ("p-an", "Nguyễn Văn An")
    assert (binh.full_name, binh.email) == ("Trần Thị Bình", "binh@vd.vn")
    assert [author.person_id for author in shown.authors] == ["p-an", binh.person_id]
    assert [author.share for author in shown.authors] == [Decimal(60), Decimal(40)]
    assert (shown.state, shown.unit_id) == ("DRAFT", "SNV")


def test_author_is_recognised_by_the_email_address(contest):
    contest.ask(
        intake.RegisterPerson(person_id="p-binh", full_name="Trần Thị Bình", email="Binh@vd.vn"),
        BINH,
    )

    authors = (member("Trần T. Bình", "100", email="binh@VD.vn"),)
    entry_id = contest.draft(CLERK, channel="DESK", authors=authors)

    (author,) = contest.show(entry_id).authors
    assert (author.person_id, author.full_name) == ("p-binh", "Trần T. Bình")
    assert len(contest.said(intake.PersonRegistered)) == 1


def test_stranger_cannot_be_named_by_an_id(contest):
    with pytest.raises(Rejected, match="UnknownPerson"):
        contest.draft(authors=(member("Ai đó", "100", person_id="p-nobody"),))


@pytest.mark.parametrize(
    ("by", "channel"), [(AN, "DESK"), (CLERK, "ONLINE"), (CLERK, "ONE_STOP"), (CLIENT, "DESK")]
)
def test_channel_is_for_those_who_work_it(contest, by, channel):
    with pytest.raises(Rejected, match="Forbidden"):
        contest.draft(by, channel=channel)


def test_client_files_a_dossier_of_the_one_stop_shop(contest):
    authors = (member("Lê Văn Cường", "100", email="cuong@vd.vn"),)

    entry_id = contest.draft(
        CLIENT, channel="ONE_STOP", authors=authors, external_code="000.00.14.H30-220701-0118"
    )

    assert contest.show(entry_id, CLIENT).external_code == "000.00.14.H30-220701-0118"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"contest_id": "HG-1999"}, "UnknownContest"),
        ({"area": "GIAO_DUC"}, "UnknownArea"),
        ({"unit_id": "SXYZ"}, "UnknownUnit"),
        ({"group": "HOC_SINH"}, "UnknownGroup"),
        ({"authors": (member("A", "0"),)}, "ShareOutOfRange"),
        ({"enterprise": intake.Enterprise(tax_code="123")}, "BadTaxCode"),
        ({"improves": (intake.Improvement(index="GDP"),)}, "UnknownIndex"),
        ({"improves": (intake.Improvement(index="PAPI", component="X"),)}, "UnknownComponent"),
        ({"improves": (intake.Improvement(index="PAPI", document_id="d"),)}, "UnknownDocument"),
    ],
)
def test_draft_that_cannot_become_an_entry_is_refused_and_leaves_nothing(contest, other, code):
    said = len(contest.bench.announced)

    with pytest.raises(Rejected, match=code):
        contest.draft(**other)

    assert len(contest.bench.announced) == said


@pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (docx(), "docx")])
def test_uploaded_document_is_verified_and_can_be_read_back(contest, content, kind):
    entry_id = contest.draft()

    document_id = contest.upload(entry_id, content, kind)

    (shown,) = contest.show(entry_id).documents
    assert (shown.stored, shown.version, shown.file_name) == (True, 1, f"Thuyết minh.{kind}")
    link = intake.LinkDocument(entry_id=entry_id, document_id=document_id)
    response = httpx.get(contest.ask(link))
    assert sha256(response.content).hexdigest() == shown.sha256
    assert "Thuy%E1%BA%BFt%20minh" in response.headers["content-disposition"]


def test_verified_document_cannot_be_overwritten_by_its_upload_link(contest):
    entry_id = contest.draft()
    upload = contest.attach(entry_id)
    httpx.put(upload.url, content=PDF).raise_for_status()
    contest.confirm(entry_id, upload)

    late = httpx.put(upload.url, content=b"%PDF-1.7 something else")

    assert late.status_code == 404
    link = intake.LinkDocument(entry_id=entry_id, document_id=upload.document_id)
    assert httpx.get(contest.ask(link)).content == PDF


def test_every_version_of_a_document_is_kept(contest):
    entry_id = contest.draft()
    first = contest.upload(entry_id, PDF)
    second = contest.upload(entry_id, docx(), "docx")

    shown = {one.document_id: one.version for one in contest.show(entry_id).documents}

    assert shown == {first: 1, second: 2}
    assert len(set(contest.bench.rows(select(DocumentRow.key)))) == 2


def test_confirming_twice_changes_nothing(contest):
    entry_id = contest.draft()
    upload = contest.attach(entry_id)
    httpx.put(upload.url, content=PDF).raise_for_status()
    contest.confirm(entry_id, upload)
    before = contest.show(entry_id)

    contest.confirm(entry_id, upload)

    assert contest.show(entry_id) == before


def test_document_that_never_came_is_neither_confirmed_nor_linked(contest):
    entry_id = contest.draft()
    upload = contest.attach(entry_id)
    link = intake.LinkDocument(entry_id=entry_id, document_id=upload.document_id)

    with pytest.raises(Rejected, match=r"NotUploaded: Thuyết minh\.pdf"):
        contest.confirm(entry_id, upload)
    with pytest.raises(Rejected, match=r"NotUploaded: Thuyết minh\.pdf"):
        contest.ask(link)


def test_document_of_another_entry_is_unknown_in_this_one(contest):
    document_id = contest.upload(contest.draft())
    link = intake.LinkDocument(entry_id=contest.draft(), document_id=document_id)

    with pytest.raises(Rejected, match="UnknownDocument"):
        contest.ask(link)


@pytest.mark.parametrize("sent", [PDF + b"!", PDF[:-1] + b"!"])
def test_other_bytes_than_announced_are_refused(contest, sent):
    entry_id = contest.draft()
    upload = contest.attach(entry_id)
    httpx.put(upload.url, content=sent).raise_for_status()

    with pytest.raises(Rejected, match="NotWhatWasAnnounced"):
        contest.confirm(entry_id, upload)


def test_program_called_a_document_is_refused(contest):
    entry_id = contest.draft()
    upload = contest.attach(entry_id, b"MZ\x90 program", "docx")
    httpx.put(upload.url, content=b"MZ\x90 program").raise_for_status()

    with pytest.raises(Rejected, match="ContentMismatch"):
        contest.confirm(entry_id, upload)


@pytest.mark.parametrize("by", [BINH, CLERK, SECRETARY, ORGANISER])
def test_nobody_else_sees_or_changes_a_draft(contest, by):
    entry_id = contest.draft()
    document_id = contest.upload(entry_id)
    named = {"entry_id": entry_id, "document_id": document_id}

    for asked in (
        lambda: contest.show(entry_id, by),
        lambda: contest.attach(entry_id, by=by),
        lambda: contest.submit(entry_id, by),
        lambda: contest.ask(intake.WithdrawEntry(entry_id=entry_id), by),
        lambda: contest.ask(intake.LinkDocument(**named), by),
        lambda: contest.ask(intake.ShareDocument(**named, recipient="Bộ", days=1), by),
        lambda: contest.ask(intake.ShowVersions(entry_id=entry_id), by),
    ):
        with pytest.raises(Rejected, match="UnknownEntry: There is no such entry"):
            asked()
    assert listed(contest, by) == []
    assert [line.entry_id for line in listed(contest, AN)] == [entry_id]


def listed(contest, by) -> list[intake.EntryLine]:
    asked = intake.ListEntries(contest_id=CONTEST)
    return contest.ask(asked, by, reply=list[intake.EntryLine])


def test_a_draft_of_the_desk_is_seen_by_the_staff(contest):
    entry_id = contest.draft(CLERK, channel="DESK", authors=(member("Bà Tư", "100"),))
    document_id = contest.upload(entry_id, by=CLERK)
    link = intake.LinkDocument(entry_id=entry_id, document_id=document_id)

    assert contest.ask(link, SECRETARY).startswith("http")
    assert [line.entry_id for line in listed(contest, SECRETARY)] == [entry_id]


def test_staff_may_look_but_not_write_for_an_entrant(contest):
    entry_id = contest.enter()

    with pytest.raises(Rejected, match="NotYours"):
        contest.attach(entry_id, by=CLERK)


def test_another_clerk_may_go_on_with_a_paper_dossier(contest):
    entry_id = contest.draft(CLERK, channel="DESK", authors=(member("Bà Tư", "100"),))

    contest.upload(entry_id, by=actor("clerk", id="c-2"))

    assert contest.show(entry_id).documents[0].stored


def test_document_knows_when_its_upload_was_asked_for(contest):
    entry_id = contest.draft()
    contest.upload(entry_id)

    assert contest.bench.rows(select(DocumentRow.begun_at)) == [IN_TIME]
