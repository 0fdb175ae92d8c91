"""Paper dossiers come to the desk: who brought them, and many at once from a sheet."""

import base64
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from contracts import intake
from kernel.testing import Rejected, actor
from services.intake.domain.imports import columns, letter
from services.intake.rules import check
from services.intake.store.tables import EntryRow
from tests.service.intake.conftest import AN, CLERK, CONTEST, IN_TIME, ORGANISER, SECRETARY, member

COLUMNS = columns(check(Path("contests/hau-giang-2022.yaml").read_text()).rules)
GOOD = {
    "title": "Một cửa lưu động",
    "summary": "Mang một cửa đến từng ấp.",
    "area": "Cải cách thủ tục hành chính",
    "group": "Người dân trên địa bàn tỉnh",
    "kind": "Cá nhân",
    "channel": "Trực tiếp",
    "name_1": "Bà Tư",
    "is_handed_in": "Có",
}
LATER = datetime(2022, 8, 18, 2, tzinfo=UTC)


def sheet(*rows: dict[str, object]) -> bytes:
    book = Workbook()
    book.active.append([column.heading for column in COLUMNS])
    for row in rows:
        book.active.append([(GOOD | row).get(column.key) for column in COLUMNS])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def enter(contest, content: bytes, by=CLERK, now=IN_TIME, *, dry_run=False, **more):
    asked = intake.ImportEntries(contest_id=CONTEST, sheet=content, dry_run=dry_run)
    return contest.ask(asked, by, now, intake.Imported, **more)


def entries_of(contest) -> int:
    return contest.bench.rows(select(func.count()).select_from(EntryRow))[0]


def test_each_row_becomes_a_draft_or_an_entry_with_its_receipt(contest):
    rows = (
        {"applicant": "Nguyễn Văn An", "phone": "0912345678", "is_declared": "Có"},
        {"title": "Tổ công nghệ số", "is_handed_in": "Không"},
    )

    done = enter(contest, sheet(*rows))

    first, second = done.entries
    assert done.mistakes == ()
    assert (first.row, first.receipt_code, first.late) == (2, "H30-220701-0001", False)
    assert (second.row, second.receipt_code) == (3, None)
    shown = contest.show(first.entry_id)
    assert (shown.state, shown.channel, shown.missing) == (
        "SUBMITTED",
        "DESK",
        ("BAN_THUYET_MINH",),
    )
    assert (shown.handover.applicant, shown.handover.phone) == ("Nguyễn Văn An", "0912345678")
    assert contest.state(second.entry_id) == "DRAFT"
    assert len(contest.said(intake.EntrySubmitted)) == 1


def test_row_that_came_by_post_counts_by_its_postmark(contest):
    row = {
        "channel": "Bưu chính",
        "posted_at": date(2022, 8, 15),
        "arrived_at": datetime(2022, 8, 17, 9, 30),  # noqa: DTZ001 - sheets know no zones
    }
    late = row | {"title": "Tổ công nghệ số", "posted_at": "16/08/2022"}

    done = enter(contest, sheet(row, late), now=LATER)

    assert [entry.late for entry in done.entries] == [False, True]
    assert contest.show(done.entries[0].entry_id).posted_at == date(2022, 8, 15)


def test_one_wrong_row_keeps_all_out_and_every_mistake_is_told(contest):
    contest.seat("p-an")
    contest.ask(
        intake.RegisterPerson(person_id="p-an", full_name="An", email="an@vd.vn"), ORGANISER
    )
    rows = (
        {},
        {"title": "Hai", "unit_id": "SYT"},
        {"title": "Ba", "kind": "Tập thể", "share_1": "60", "name_2": "Bình", "share_2": "30"},
        {"title": "Bốn", "email_1": "an@vd.vn"},
        {"title": "Năm", "channel": "Bưu chính", "posted_at": "02/07/2022"},
    )

    done = enter(contest, sheet(*rows))

    assert done.entries == ()
    assert [(one.row, one.column, one.code) for one in done.mistakes] == [
        (3, "F", "UnknownUnit"),
        (4, "R", "Unfinished"),
        (5, "N", "Excluded"),
        (6, "J", "PostedAfterArrival"),
    ]
    assert entries_of(contest) == 0
    assert contest.said(intake.EntrySubmitted) == []


def test_dry_run_finds_the_same_and_keeps_nothing(contest):
    before = len(contest.bench.announced)

    done = enter(contest, sheet({}, {"title": "Hai"}), dry_run=True)
    wrong = enter(contest, sheet({"unit_id": "SYT"}), dry_run=True)

    assert (done.rows, done.mistakes, done.entries, done.dry_run) == (2, (), (), True)
    assert [one.code for one in wrong.mistakes] == ["UnknownUnit"]
    assert entries_of(contest) == 0
    assert len(contest.bench.announced) == before
    receipt = contest.submit(contest.draft())
    assert receipt.receipt_code == "H30-220701-0001"


def test_repeated_import_enters_nothing_twice(contest):
    content = sheet({}, {"title": "Hai"})

    first = enter(contest, content, id="i-1")
    second = enter(contest, content, id="i-1")

    assert second == first
    assert entries_of(contest) == 2


def test_mistakes_in_cells_are_told_without_trying_the_rows(contest):
    done = enter(contest, sheet({"area": "Y tế", "title": None}))

    assert [(one.row, one.column, one.value, one.code) for one in done.mistakes] == [
        (2, "A", "", "CellEmpty"),
        (2, "C", "Y tế", "NotAmongChoices"),
    ]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"PK", "UnreadableSheet"),
        (b"x" * (2 * 1024 * 1024 + 1), "SheetTooLarge"),
        (sheet(), "NoRows"),
    ],
    ids=["no sheet", "too large", "no rows"],
)
def test_file_that_is_no_sheet_of_dossiers_is_refused(contest, content, error):
    with pytest.raises(Rejected, match=error):
        enter(contest, content)


@pytest.mark.parametrize("by", [AN, SECRETARY, ORGANISER])
def test_only_a_clerk_imports(contest, by):
    with pytest.raises(Rejected, match="Forbidden"):
        enter(contest, sheet({}), by)


@pytest.mark.slow
def test_a_thousand_rows_are_entered_in_one_go(contest):
    content = sheet(*({"title": f"Sáng kiến số {number}"} for number in range(1000)))

    done = enter(contest, content)

    assert (len(done.entries), done.mistakes) == (1000, ())
    assert done.entries[-1].receipt_code == "H30-220701-1000"


def test_sheet_to_fill_in_offers_the_choices_of_the_contest(contest):
    drawn = contest.ask(intake.DrawSheet(contest_id=CONTEST), CLERK)

    book = load_workbook(BytesIO(base64.b64decode(drawn)))
    headings = [cell.value for cell in book["Hồ sơ"][1]]
    offered = {
        str(one.sqref): one.formula1 for one in book["Hồ sơ"].data_validations.dataValidation
    }
    assert headings[:3] == ["Tên mô hình, sáng kiến, giải pháp *", "Tóm tắt *", "Lĩnh vực *"]
    assert offered["C2:C1001"] == "'Danh mục'!$C$1:$C$6"
    assert book["Danh mục"]["C1"].value == "Cải cách thể chế"


def test_sheet_as_drawn_can_be_filled_in_and_sent(contest):
    drawn = contest.ask(intake.DrawSheet(contest_id=CONTEST), CLERK)
    book = load_workbook(BytesIO(base64.b64decode(drawn)))
    book["Hồ sơ"].append([GOOD.get(column.key) for column in COLUMNS])
    content = BytesIO()
    book.save(content)

    assert len(enter(contest, content.getvalue()).entries) == 1


def hand_over(contest, entry_id, by=CLERK, applicant="Lê Văn Tư", **more):
    asked = intake.RecordHandover(
        entry_id=entry_id,
        applicant=applicant,
        phone="0912345678",
        papers=more.get(
            "papers", (intake.PaperCount(code="BAN_THUYET_MINH", originals=1, copies=2),)
        ),
    )
    contest.ask(asked, by)


def at_the_desk(contest) -> str:
    return contest.draft(CLERK, channel="DESK", authors=(member("Bà Tư", "100"),))


def test_who_handed_a_dossier_over_and_what_was_in_it_is_kept(contest):
    entry_id = at_the_desk(contest)

    hand_over(contest, entry_id, applicant="Lê Văn Ba")
    hand_over(contest, entry_id)

    assert contest.show(entry_id).handover == intake.Handover(
        applicant="Lê Văn Tư",
        phone="0912345678",
        papers=(intake.PaperCount(code="BAN_THUYET_MINH", originals=1, copies=2),),
        recorded_by="c-1",
        recorded_at=IN_TIME,
    )


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"applicant": " "}, "NobodyHandedOver"),
        ({"papers": (intake.PaperCount(code="BAN_THUYET_MINH"),)}, "BadCount"),
        ({"papers": (intake.PaperCount(code="BAN_THUYET_MINH", copies=-1),)}, "BadCount"),
        ({"papers": (intake.PaperCount(code="KHAC", copies=1),)}, "UnknownPaper"),
        ({"papers": 2 * (intake.PaperCount(code="BAN_CAM_KET", copies=1),)}, "CountedTwice"),
        ({"by": AN}, "Forbidden"),
    ],
)
def test_handover_that_cannot_be_is_refused(contest, more, error):
    with pytest.raises(Rejected, match=error):
        hand_over(contest, at_the_desk(contest), **more)


def test_entry_that_came_online_was_not_handed_over(contest):
    both = actor("clerk", "entrant", id="p-both")

    with pytest.raises(Rejected, match="NotHandedOver"):
        hand_over(contest, contest.draft(both), both)


def test_an_enterprise_is_entered_and_what_it_lacks_is_told_in_its_column(contest):
    firm = {
        "group": "DOANH_NGHIEP",
        "enterprise.name": "Công ty TNHH Vị Thanh",
        "enterprise.tax_code": "6300123456",
        "enterprise.representative": "Lê Văn Chín",
    }

    lacking = enter(contest, sheet(firm | {"enterprise.representative": ""}))
    odd = enter(contest, sheet(firm | {"enterprise.tax_code": "630012345"}))
    (entered,) = enter(contest, sheet(firm)).entries

    places = [column.key for column in COLUMNS]
    assert [(one.column, one.code) for one in (*lacking.mistakes, *odd.mistakes)] == [
        (letter(places.index("enterprise.representative")), "Unfinished"),
        (letter(places.index("enterprise.tax_code")), "BadTaxCode"),
    ]
    assert contest.show(entered.entry_id).enterprise == intake.Enterprise(
        name="Công ty TNHH Vị Thanh", tax_code="6300123456", representative="Lê Văn Chín"
    )
