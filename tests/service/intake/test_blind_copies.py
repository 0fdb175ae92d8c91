"""Copies for judges: made when an entry is accepted, checked by a secretary, read by a code."""

from datetime import timedelta
from io import BytesIO

import httpx
import pypdfium2
import pytest
from docx import Document
from PIL import Image

from contracts import intake, review
from kernel.testing import Rejected, actor
from tests.service.intake.conftest import CONTEST, IN_TIME, PDF, SECRETARY

ROUND = "SO_KHAO"
JUDGE = actor("judge", id="j-1")
OTHER = actor("judge", id="j-2")
AUTHOR = intake.Author(
    full_name="Nguyễn Văn An", person_id="p-an", email="an.nv@snv.vn", phone="0912345678"
)


def docx(*lines: str) -> bytes:
    made, stream = Document(), BytesIO()
    made.core_properties.author = "Nguyễn Văn An"
    for line in lines:
        made.add_paragraph(line)
    made.save(stream)
    return stream.getvalue()


def accepted(contest, content: bytes = PDF, kind: str = "pdf", **other) -> str:
    """Hand an entry in, accept it and have its copies made; return its id."""
    entry_id = contest.draft(authors=(AUTHOR,), **other)
    contest.upload(entry_id, content, kind)
    contest.submit(entry_id)
    contest.accept(entry_id)
    (ordered,) = contest.said(intake.CopiesOrdered)
    assert contest.bench.hear(ordered, actor=SECRETARY, now=IN_TIME) == "done"
    return entry_id


def assign(contest, entry_id: str, code: str = "HG-01", *judges: str, later: int = 0) -> None:
    heard = review.JudgesAssigned(
        contest_id=CONTEST, round_id=ROUND, entry_id=entry_id, code=code, judge_ids=judges
    )
    contest.bench.hear(heard, now=IN_TIME + timedelta(minutes=later))


def copies(contest, entry_id: str, by=SECRETARY) -> tuple[intake.CopyView, ...]:
    asked = intake.ShowCopies(entry_id=entry_id)
    return contest.ask(asked, by, reply=tuple[intake.CopyView, ...])


def approve(contest, entry_id: str, place: int, number: int = 1, *, looked=False, by=SECRETARY):
    contest.ask(
        intake.ApproveCopy(entry_id=entry_id, place=place, number=number, looked=looked), by
    )


def papers(contest, by=JUDGE, code: str = "HG-01") -> tuple[intake.JudgedPaper, ...]:
    asked = intake.ListJudgedPapers(contest_id=CONTEST, round_id=ROUND, code=code)
    return contest.ask(asked, by, reply=tuple[intake.JudgedPaper, ...])


def link(contest, place: int = 1, by=JUDGE, code: str = "HG-01") -> str:
    asked = intake.LinkJudgedPaper(contest_id=CONTEST, round_id=ROUND, code=code, place=place)
    return contest.ask(asked, by)


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.fixture
def described(contest):
    """Accept an entry whose description names its author; lay it on one judge's desk."""
    body = docx("Tác giả: NGUYỄN VĂN AN, ĐT 0912 345 678.", "Nội dung: nộp hồ sơ một lần.")
    entry_id = accepted(contest, body, "docx", title="Sáng kiến của Nguyễn Văn An")
    assign(contest, entry_id, "HG-01", "j-1")
    return entry_id


def test_a_judge_reads_a_copy_only_once_a_secretary_has_checked_it(contest, described):
    before = papers(contest)
    with pytest.raises(Rejected, match="NoSuchCopy"):
        link(contest)

    approve(contest, described, 1)

    assert [one.state for one in before] == ["CHECKING"]
    assert [one.state for one in papers(contest)] == ["READY"]
    answer = httpx.get(link(contest)).raise_for_status()
    assert 'filename="HG-01-01.pdf"' in answer.headers["content-disposition"]
    assert "nộp hồ sơ một lần" in words_of(answer.content)
    assert "NGUYỄN" not in words_of(answer.content)
    assert "0912" not in words_of(answer.content)


def test_nothing_a_judge_is_given_is_the_originals(contest, described):
    approve(contest, described, 1)
    (document,) = contest.show(described).documents
    staff = actor("secretary", id="s-9")
    own = intake.LinkDocument(entry_id=described, document_id=document.document_id)
    original = httpx.get(contest.ask(own, staff)).raise_for_status()

    copy = httpx.get(link(contest)).raise_for_status()

    keys = {name.split("?")[0] for name in (str(original.url), str(copy.url))}
    assert len(keys) == 2
    assert document.document_id not in str(copy.url)
    assert described not in str(copy.url)
    assert "/blind/" in str(copy.url)
    assert copy.headers["etag"] != original.headers["etag"]
    assert len(copy.content) != len(original.content)
    assert b"2022" not in copy.content[-600:]
    with pypdfium2.PdfDocument(copy.content) as pdf:
        about = pdf.get_metadata_dict()
    assert {about["Author"], about["Title"], about["Subject"], about["Keywords"]} == {""}
    assert about["CreationDate"] == about["ModDate"] == "D:20000101000000Z"


@pytest.mark.parametrize("by", [JUDGE, actor("judge", "chair", id="j-1")])
def test_a_judge_reaches_the_original_by_no_way(contest, described, by):
    (document,) = contest.show(described).documents
    contest.seat("j-1")
    ways = (
        intake.ShowEntry(entry_id=described),
        intake.LinkDocument(entry_id=described, document_id=document.document_id),
        intake.ShowUpload(entry_id=described, document_id=document.document_id),
        intake.ListShares(entry_id=described),
        intake.ShowVersions(entry_id=described),
        intake.ShowCopies(entry_id=described),
        intake.LinkCopy(entry_id=described, place=1, number=1),
        intake.ShowReceipt(entry_id=described),
    )

    refused = []
    for way in ways:
        with pytest.raises(Rejected) as error:
            contest.ask(way, by)
        refused.append(error.value.code)

    assert set(refused) <= {"UnknownEntry", "Forbidden", "NotYours", "NoReceipt"}
    assert contest.ask(intake.ListEntries(contest_id=CONTEST), by) == []


def test_a_secretary_who_also_judges_checks_no_copies(contest, described):
    contest.seat("j-1")
    both = actor("secretary", "judge", id="j-1")

    for asked in (
        intake.ShowCopies(entry_id=described),
        intake.LinkCopy(entry_id=described, place=1, number=1),
        intake.ApproveCopy(entry_id=described, place=1, number=1),
        intake.ListCopies(contest_id=CONTEST),
        intake.MakeCopies(contest_id=CONTEST),
    ):
        with pytest.raises(Rejected, match=r"UnknownEntry|JudgeOfEntries"):
            contest.ask(asked, both)


def test_a_refusal_does_not_tell_whether_a_code_or_a_paper_exists(contest, described):
    said = set()
    for by, code, place in (
        (JUDGE, "HG-99", 1),  # no such code
        (OTHER, "HG-01", 1),  # on another's desk
        (JUDGE, "HG-01", 1),  # not checked yet
        (JUDGE, "HG-01", 7),  # no such paper
        (JUDGE, "HG-01", 0),  # title and summary are no paper
        (SECRETARY, "HG-01", 1),
    ):
        with pytest.raises(Rejected) as error:
            link(contest, place, by, code)
        said.add((error.value.code, str(error.value), error.value.kind))

    assert len(said) == 1
    assert described not in str(said)


def test_a_judge_who_has_left_the_entry_reads_its_copies_no_more(contest, described):
    approve(contest, described, 1)
    assign(contest, described, "HG-01", "j-2", later=2)
    assign(contest, described, "HG-01", "j-1", later=1)  # overtaken on the way

    with pytest.raises(Rejected, match="NoSuchCopy"):
        link(contest)
    assert link(contest, by=OTHER)


def test_title_and_summary_are_told_to_judges_only_as_checked(contest, described):
    (words, _) = copies(contest, described)
    before = contest.said(intake.EntryBlinded)

    approve(contest, described, 0)

    assert before == []
    assert words.title == "Sáng kiến của [đã che]"
    assert contest.said(intake.EntryBlinded) == [
        intake.EntryBlinded(
            contest_id=CONTEST,
            entry_id=described,
            version=1,
            number=1,
            title="Sáng kiến của [đã che]",
            summary="Một lần cho mọi thủ tục.",
        )
    ]


def test_who_checks_takes_words_out_and_back_and_the_copy_is_checked_again(contest, described):
    approve(contest, described, 1)
    old = link(contest)
    remake = intake.RemakeCopy(
        entry_id=described, place=1, number=1, added=("hồ sơ một lần",), kept=("0912 345 678",)
    )

    number = contest.ask(remake, SECRETARY)
    contest.bench.tick("sweep_uploads", now=IN_TIME)

    (_, copy) = copies(contest, described)
    assert number == copy.number == 2
    assert copy.state == "WAITING"
    assert ("ADDED", "hồ sơ một lần") in [(one.kind, one.words) for one in copy.removed]
    assert "PHONE" not in [one.kind for one in copy.removed]
    assert [one.state for one in papers(contest)] == ["CHECKING"]
    assert httpx.get(old).status_code == 404
    with pytest.raises(Rejected, match="CopyOutdated"):
        approve(contest, described, 1, number=1)


def test_taking_title_and_summary_anew_takes_them_from_judges(contest, described):
    approve(contest, described, 0)

    contest.ask(
        intake.RemakeCopy(entry_id=described, place=0, number=1, added=("Sáng kiến",)), SECRETARY
    )

    assert [(one.number, one.title) for one in contest.said(intake.EntryBlinded)] == [
        (1, "Sáng kiến của [đã che]"),
        (2, ""),
    ]


def test_what_is_withheld_is_said_to_be_and_why_is_not(contest, described):
    asked = intake.WithholdCopy(entry_id=described, place=1, number=1, reason="Ảnh có tên")
    contest.ask(asked, SECRETARY)

    shown = papers(contest)

    assert [one.state for one in shown] == ["WITHHELD"]
    assert "Ảnh có tên" not in str(shown)
    with pytest.raises(Rejected, match="NoSuchCopy"):
        link(contest)
    (_, copy) = copies(contest, described)
    assert (copy.reason, copy.decided_by) == ("Ảnh có tên", "s-1")


def test_a_page_no_program_read_must_be_looked_at(contest):
    entry_id = accepted(contest, scanned())
    assign(contest, entry_id, "HG-01", "j-1")
    (_, copy) = copies(contest, entry_id)

    with pytest.raises(Rejected, match="PagesNotLookedAt"):
        approve(contest, entry_id, 1)
    approve(contest, entry_id, 1, looked=True)

    assert copy.unread == (1,)
    assert [one.state for one in papers(contest)] == ["READY"]


def test_an_author_or_a_stranger_to_the_secretariat_checks_no_copy(contest, described):
    for by in (actor("entrant", id="p-an"), actor("clerk", id="c-1"), actor("organiser", id="o")):
        with pytest.raises(Rejected, match=r"Forbidden|OwnEntry"):
            copies(contest, described, by)


def test_copies_are_made_once_for_a_version_however_often_it_is_asked(contest, described):
    (ordered,) = contest.said(intake.CopiesOrdered)

    contest.bench.hear(ordered, actor=SECRETARY, now=IN_TIME)
    made = contest.ask(intake.MakeCopies(contest_id=CONTEST), SECRETARY)

    assert made == 0
    assert [one.number for one in copies(contest, described)] == [1, 1]
    assert [one.waiting for one in contest.said(intake.CopiesMade)] == [2]
    lines = contest.ask(
        intake.ListCopies(contest_id=CONTEST), SECRETARY, reply=tuple[intake.CopiesLine, ...]
    )
    assert [(one.entry_id, one.waiting, one.approved) for one in lines] == [(described, 2, 0)]


def test_no_event_but_that_of_persons_holds_a_name_taken_out(contest, described):
    approve(contest, described, 0)
    approve(contest, described, 1)

    kinds = (intake.CopiesOrdered, intake.CopiesMade, intake.EntryBlinded)
    said = [event for kind in kinds for event in contest.said(kind)]

    assert len(said) == 3
    assert "Nguyễn Văn An" not in str(said)


def scanned() -> bytes:
    """Return a PDF whose one page is a picture."""
    stream = BytesIO()
    Image.effect_noise((300, 400), 40).save(stream, "PDF")
    return stream.getvalue()
