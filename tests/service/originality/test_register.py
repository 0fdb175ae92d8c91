"""The register: imported whole or not at all, each mistake told, twins told, rules heeded."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import product
from zipfile import ZipFile

import pytest
from docx import Document
from sqlalchemy import select

from contracts import originality
from kernel.database import Origin
from kernel.testing import TENANT, Rejected, actor
from services.originality import store
from services.originality.domain import Policy, Scope, counts
from services.originality.store.tables import EntryRow, TextRow
from tests.service.originality.conftest import ORGANISER, SECRETARY, Contest
from tests.unit.originality.builders import some_rules
from tests.unit.originality.disguise import paragraphs, text, with_other_words

HEADINGS = "Mã,Tên sáng kiến,Tóm tắt,Đơn vị,Áp dụng từ,Áp dụng đến,Phạm vi,Tệp\n"
OWN, OTHER = text("hen_gio"), text("kho_giay")
TIMES, PAPERS = " ".join(paragraphs("hen_gio")), " ".join(paragraphs("kho_giay"))
LIST = originality.ListInitiatives()
ORIGIN = Origin.own("originality", TENANT)


def row(code: str, summary: str = "", file: str = "", scope: str = "Trong tỉnh", **days) -> str:
    cells = (code, f"Mô hình {code}", summary, "Sở Nội vụ", days.get("since", ""), "", scope, file)
    return ",".join(f'"{cell}"' for cell in cells) + "\n"


def a_sheet(*rows: str) -> bytes:
    return (HEADINGS + "".join(rows)).encode()


def a_zip(**files: bytes) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return written.getvalue()


def a_docx(written: str) -> bytes:
    file, document = BytesIO(), Document()
    for paragraph in written.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def import_(contest: Contest, content: bytes, **others: object) -> originality.RegisterRead:
    return contest.bench.ask(
        originality.ImportRegister(register="TINH", content=content, **others),
        actor=ORGANISER,
        reply=originality.RegisterRead,
    )


def lines(contest: Contest) -> list[tuple[str, str, str, date | None]]:
    found = contest.bench.ask(LIST, actor=SECRETARY, reply=tuple[originality.InitiativeLine, ...])
    return [(one.register, one.code, one.scope, one.applied_on) for one in found]


def test_the_register_is_read_on_from_where_a_page_ended(contest: Contest):
    import_(contest, a_sheet(row("SK-1", TIMES), row("SK-2", PAPERS)))
    query = originality.ListInitiatives(after=("TINH", "SK-1"), most=1)

    page = contest.bench.ask(query, actor=SECRETARY, reply=tuple[originality.InitiativeLine, ...])

    assert [one.code for one in page] == ["SK-2"]


def test_initiatives_of_a_sheet_are_known_and_found(contest: Contest):
    content = a_sheet(row("SK-1", TIMES, since="01/03/2021"), row("SK-2", PAPERS, scope="Đơn vị"))

    read = import_(contest, content)

    contest.submit("e-1", OWN)
    assert (read.rows, read.added, read.changed, read.recorded) == (2, 2, 0, True)
    assert lines(contest) == [
        ("TINH", "SK-1", "PROVINCE", date(2021, 3, 1)),
        ("TINH", "SK-2", "UNIT", None),
    ]
    assert contest.told == [("e-1", "REVIEW", ("SK-1",))]


def test_dry_run_says_what_would_change_and_changes_nothing(contest: Contest):
    import_(contest, a_sheet(row("SK-1", TIMES)))

    read = import_(contest, a_sheet(row("SK-1", PAPERS), row("SK-2", TIMES)), dry_run=True)

    assert (read.added, read.changed, read.recorded) == (1, 1, False)
    assert [line[1] for line in lines(contest)] == ["SK-1"]


def test_the_same_file_again_changes_nothing(contest: Contest):
    content = a_sheet(row("SK-1", TIMES), row("SK-2", PAPERS))
    import_(contest, content)

    again = import_(contest, content)

    assert (again.added, again.changed, again.recorded) == (0, 0, True)
    assert len(lines(contest)) == 2


def test_one_mistake_keeps_every_row_out(contest: Contest):
    content = a_sheet(row("SK-1", TIMES), row("SK-2", PAPERS, since="mai", scope="Vũ trụ"))

    read = import_(contest, content)

    assert [(one.row, one.column, one.value, one.code) for one in read.mistakes] == [
        (3, "G", "Vũ trụ", "NotAmongScopes"),
        (3, "E", "mai", "NotADay"),
    ]
    assert (read.recorded, lines(contest)) == (False, [])


def test_documents_packed_beside_the_sheet_are_read(contest: Contest):
    sheet = a_sheet(row("SK-1", file="văn bản/hẹn giờ.docx"))
    content = a_zip(**{"sk/sk.csv": sheet, "sk/văn bản/hẹn giờ.docx": a_docx(OWN)})

    read = import_(contest, content)

    contest.submit("e-1", OWN)
    assert (read.added, read.recorded) == (1, True)
    assert contest.told == [("e-1", "REVIEW", ("SK-1",))]


def test_document_that_cannot_be_read_is_a_mistake_of_its_row(contest: Contest):
    sheet = a_sheet(row("SK-1", file="a.docx"), row("SK-2", file="b.exe"))
    content = a_zip(**{"sk.csv": sheet, "a.docx": b"PK broken", "b.exe": b"MZ"})

    read = import_(contest, content)

    assert [(one.row, one.column, one.params["problem"]) for one in read.mistakes] == [
        (2, "H", "DAMAGED"),
        (3, "H", "UNSUPPORTED"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "NotUnicode"),
        (b"PK", "NotATable"),
        (HEADINGS.encode(), "NoRows"),
        (b"x" * (8 * 1024 * 1024 + 1), "RegisterFileTooLarge"),
    ],
)
def test_file_that_is_no_register_is_refused(contest: Contest, content, code):
    with pytest.raises(Rejected) as refused:
        import_(contest, content)

    assert refused.value.code == code


def test_twins_are_told_and_nothing_is_recorded_until_somebody_chooses(contest: Contest):
    import_(contest, a_sheet(row("SK-1", TIMES)))
    edited = with_other_words(TIMES, 1 / 40)

    read = import_(contest, a_sheet(row("SK-2", PAPERS), row("SK-3", edited), row("SK-4", PAPERS)))

    assert [(one.row, one.code, one.other_code, one.other_row) for one in read.twins] == [
        (3, "SK-3", "SK-1", None),
        (4, "SK-4", "SK-2", 2),
    ]
    assert all(Decimal("0.6") <= one.likeness <= 1 for one in read.twins)
    assert (read.recorded, len(lines(contest))) == (False, 1)


def test_merged_twins_become_one_that_is_as_old_as_the_older(contest: Contest):
    import_(contest, a_sheet(row("SK-1", TIMES, since="01/01/2023")))
    content = a_sheet(
        row("SK-2", PAPERS, since="01/05/2021"),
        row("SK-3", TIMES, since="01/03/2022"),
        row("SK-4", PAPERS, since="01/04/2021"),
    )

    read = import_(contest, content, on_twins="MERGE")
    again = import_(contest, content, on_twins="MERGE")

    assert (read.added, read.merged, read.recorded) == (1, 2, True)
    assert (again.added, again.changed, again.merged) == (0, 0, 2)
    assert lines(contest) == [
        ("TINH", "SK-1", "PROVINCE", date(2022, 3, 1)),
        ("TINH", "SK-2", "PROVINCE", date(2021, 4, 1)),
    ]


def test_kept_twins_are_both_known(contest: Contest):
    read = import_(contest, a_sheet(row("SK-1", TIMES), row("SK-2", TIMES)), on_twins="KEEP")

    assert (read.added, read.merged, len(read.twins)) == (2, 0, 1)
    assert [line[1] for line in lines(contest)] == ["SK-1", "SK-2"]


def test_the_same_initiative_in_another_register_is_no_twin(contest: Contest):
    import_(contest, a_sheet(row("SK-1", TIMES)))
    other = originality.ImportRegister(register="NGOAI", content=a_sheet(row("X-1", TIMES)))

    read = contest.bench.ask(other, actor=ORGANISER, reply=originality.RegisterRead)

    assert (read.recorded, read.twins) == (True, ())


def test_initiative_taken_out_is_no_source_any_more(contest: Contest):
    import_(contest, a_sheet(row("SK-1", TIMES)))
    contest.submit("e-1", OWN)

    contest.bench.ask(originality.RemoveInitiative(register="TINH", code="SK-1"), actor=ORGANISER)
    contest.bench.tick("renew_reports")

    assert contest.told == [("e-1", "REVIEW", ("SK-1",)), ("e-1", "CLEAR", ())]
    assert lines(contest) == []


def test_initiative_corrected_clears_the_report_that_named_it(contest: Contest):
    import_(contest, a_sheet(row("SK-1", TIMES)))
    contest.submit("e-1", OWN)

    import_(contest, a_sheet(row("SK-1", PAPERS)))
    contest.bench.tick("renew_reports")

    assert contest.told == [("e-1", "REVIEW", ("SK-1",)), ("e-1", "CLEAR", ())]


def test_unknown_initiative_cannot_be_taken_out(contest: Contest):
    with pytest.raises(Rejected) as refused:
        contest.bench.ask(
            originality.RemoveInitiative(register="TINH", code="SK-9"), actor=ORGANISER
        )

    assert (refused.value.code, refused.value.kind) == ("UnknownInitiative", "NotFound")


@pytest.mark.parametrize(
    "asked",
    [
        originality.ImportRegister(register="TINH", content=a_sheet(row("SK-1", TIMES))),
        originality.RemoveInitiative(register="TINH", code="SK-1"),
        LIST,
    ],
    ids=lambda asked: type(asked).__name__,
)
def test_entrants_have_nothing_to_do_with_the_register(contest: Contest, asked):
    with pytest.raises(Rejected) as refused:
        contest.bench.ask(asked, actor=actor("entrant"))

    assert refused.value.code == "Forbidden"


def test_scope_the_rules_do_not_name_is_no_source(contest: Contest):
    contest.open(scope=("other_provinces_public",), forbid=())
    import_(contest, a_sheet(row("SK-1", TIMES), row("SK-2", PAPERS, scope="Tỉnh khác")))

    contest.submit("e-1", OWN)
    contest.submit("e-2", OTHER)

    assert contest.told == [("e-1", "CLEAR", ()), ("e-2", "REVIEW", ("SK-2",))]


def test_amended_cutoff_makes_reports_anew(contest: Contest):
    import_(contest, a_sheet(row("SK-1", TIMES, since="2022-07-15")))
    contest.submit("e-1", OWN)

    contest.amend(cutoff=date(2022, 7, 31))
    contest.bench.tick("renew_reports")

    assert contest.told == [("e-1", "CLEAR", ()), ("e-1", "REVIEW", ("SK-1",))]


def test_amendment_of_something_else_renews_nothing(contest: Contest):
    contest.submit("e-1", OWN)

    contest.amend()

    assert contest.bench.rows(select(EntryRow.entry_id).where(EntryRow.is_stale)) == []


def test_database_counts_as_the_rule_does(contest: Contest):
    days = (None, date(2022, 6, 29), date(2022, 6, 30), date(2022, 7, 1))
    kinds = list(product(Scope, days))
    policy = Policy.of(some_rules())
    for number, (scope, day) in enumerate(kinds):
        since = day.isoformat() if day else ""
        content = a_sheet(row(f"{number}", f"Tóm tắt {number}", scope=scope, since=since))
        import_(contest, content)

    with contest.bench.database.work(ORIGIN) as work:
        query = select(TextRow.source_id).where(store.counting(policy, "e-1"))
        found = set(work.session.scalars(query))

    rule = {
        f"{number}"
        for number, (scope, day) in enumerate(kinds)
        if counts(scope, day, policy.scopes, policy.cutoff)
    }
    assert found == rule


def test_initiative_that_turns_out_older_is_held_against_those_that_repeat_it(contest: Contest):
    import_(contest, a_sheet(row("SK-1", TIMES, since="01/03/2023")))
    contest.submit("e-1", OWN)
    assert contest.report("e-1").matches == ()

    read = import_(contest, a_sheet(row("SK-2", TIMES, since="01/03/2020")), on_twins="MERGE")
    contest.bench.tick("renew_reports")

    assert read.merged == 1
    (match,) = contest.report("e-1").matches
    assert (match.source_id, match.applied_on) == ("SK-1", date(2020, 3, 1))


@pytest.mark.parametrize("register", ["", " ", "a/b", "x" * 61])
def test_register_is_named_alike_however_it_is_filled(contest: Contest, register):
    asked = originality.ImportInitiatives(register=register, initiatives=())

    with pytest.raises(Rejected, match="BadRegisterName"):
        contest.bench.ask(asked, actor=ORGANISER)
