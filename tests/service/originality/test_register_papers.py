"""Documents of the register: every kind an entry may be in, scans when their turn comes."""

from unittest.mock import patch

import pytest
from sqlalchemy import func, select

from contracts import originality
from services.originality.store.papers import PaperRow
from services.originality.store.postings import merging
from services.originality.store.postings.tables import FreshTextRow, SegmentRow
from tests.service.originality.conftest import ORGANISER, SECRETARY, Contest
from tests.service.originality.test_register import (
    LIST,
    OWN,
    PAPERS,
    TIMES,
    a_sheet,
    a_zip,
    import_,
    row,
)
from tests.unit.originality.disguise import paragraphs
from tests.unit.originality.papers import (
    bomb_docx,
    docx,
    paragraph,
    pdf,
    picture_of,
    pptx,
    run,
    scan_of,
    shape,
    slide,
    xlsx,
)

PAGE = "\n\n".join(paragraphs("hen_gio"))[:1800]
pytestmark = pytest.mark.slow


def readings(contest: Contest) -> dict[str, str]:
    found = contest.bench.ask(LIST, actor=SECRETARY, reply=tuple[originality.InitiativeLine, ...])
    return {one.code: one.reading for one in found}


def look(contest: Contest) -> None:
    contest.bench.tick("look_at_papers")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.pptx", pptx(slide(shape(OWN)))),
        ("văn bản/a.XLSX", xlsx(*((part,) for part in OWN.split("\n\n")))),
    ],
)
def test_text_of_slides_and_sheets_is_known_at_once(contest: Contest, name, body):
    read = import_(contest, a_zip(**{"sk.csv": a_sheet(row("SK-1", file=name)), name: body}))

    contest.submit("e-1", OWN)
    assert (read.added, read.scans, readings(contest)) == (1, 0, {"SK-1": ""})
    assert contest.told == [("e-1", "REVIEW", ("SK-1",))]


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.png", picture_of(pdf(PAGE))), ("a.pdf", scan_of(pdf(PAGE)))],
)
def test_scan_is_known_by_its_title_until_it_has_been_recognised(contest: Contest, name, body):
    contest.submit("e-1", OWN)

    read = import_(contest, a_zip(**{"sk.csv": a_sheet(row("SK-1", file=name)), name: body}))
    before = readings(contest)
    look(contest)
    contest.bench.tick("renew_reports")

    assert (read.added, read.scans, before) == (1, 1, {"SK-1": "WAITING"})
    assert readings(contest) == {"SK-1": ""}
    assert contest.told == [("e-1", "CLEAR", ()), ("e-1", "REVIEW", ("SK-1",))]


def test_the_same_scan_again_changes_nothing_before_or_after(contest: Contest):
    content = a_zip(**{
        "sk.csv": a_sheet(row("SK-1", file="a.png"), row("SK-2", PAPERS)),
        "a.png": picture_of(pdf(PAGE)),
    })  # fmt: skip
    import_(contest, content)

    waiting = import_(contest, content)
    look(contest)
    done = import_(contest, content)

    assert [(one.added, one.changed, one.scans) for one in (waiting, done)] == [(0, 0, 0)] * 2
    assert readings(contest) == {"SK-1": "", "SK-2": ""}


def test_scan_that_shows_nothing_is_told_in_the_list(contest: Contest):
    sheet = a_sheet(row("SK-1", file="a.png"))
    import_(contest, a_zip(**{"sk.csv": sheet, "a.png": picture_of(pdf(""))}))

    look(contest)
    look(contest)

    assert readings(contest) == {"SK-1": "NO_TEXT"}


def test_scans_of_entries_go_first(contest: Contest):
    sheet = a_sheet(row("SK-1", file="a.png"))
    import_(contest, a_zip(**{"sk.csv": sheet, "a.png": picture_of(pdf(PAGE))}))
    contest.submit("e-1", pdf(PAGE), media_type="application/pdf")

    look(contest)
    before = readings(contest)
    contest.bench.tick("look_at_pictures")
    look(contest)

    assert (before, readings(contest)) == ({"SK-1": "WAITING"}, {"SK-1": ""})


def test_summary_in_place_of_a_scan_takes_it_out_of_the_queue(contest: Contest):
    sheet = a_sheet(row("SK-1", file="a.png"), row("SK-2", file="a.png"))
    import_(contest, a_zip(**{"sk.csv": sheet, "a.png": picture_of(pdf(PAGE))}), on_twins="KEEP")

    import_(contest, a_sheet(row("SK-1", PAPERS)))
    contest.bench.ask(originality.RemoveInitiative(register="TINH", code="SK-2"), actor=ORGANISER)
    look(contest)

    assert contest.bench.rows(select(func.count()).select_from(PaperRow)) == [0]
    assert readings(contest) == {"SK-1": ""}


def test_hidden_text_of_a_document_is_not_held_against_anybody(contest: Contest):
    unseen = paragraph(run(PAGE.replace("\n", " "), "<w:vanish/>"))
    body = docx(paragraph(run(PAPERS)) + unseen)
    import_(contest, a_zip(**{"sk.csv": a_sheet(row("SK-1", file="a.docx")), "a.docx": body}))

    contest.submit("e-1", OWN)

    assert contest.told == [("e-1", "CLEAR", ())]


def test_each_problem_of_a_document_has_a_sentence_of_its_own(contest: Contest):
    bodies = {"a.docx": b"PK broken", "b.exe": b"MZ", "c.docx": bomb_docx(), "d.txt": b" "}
    rows = (row(f"SK-{name}", file=name) for name in bodies)

    read = import_(contest, a_zip(**{"sk.csv": a_sheet(*rows)}, **bodies))

    assert [one.template.partition(";")[0] for one in read.mistakes] == [
        "{file} is damaged",
        "Files like {file} are not read",
        "{file} is built to harm whoever opens it",
        "{file} has no text",
    ]


def test_import_of_many_leaves_no_fresh_rows_to_search(contest: Contest):
    rows = (row(f"SK-{n}", f"Bản {n}. {TIMES} {n * 7919}") for n in range(40))

    with patch.multiple(merging, FLUSH=2_000):
        import_(contest, a_sheet(*rows), on_twins="KEEP")

    fresh = select(func.count()).select_from(FreshTextRow).where(FreshTextRow.moved.is_(None))
    packed = select(func.count()).select_from(SegmentRow).where(SegmentRow.gone.is_(None))
    contest.submit("e-1", OWN)
    assert (contest.bench.rows(fresh), contest.bench.rows(packed)[0] >= 3) == ([3], True)
    assert contest.told[0][1] == "REVIEW"
