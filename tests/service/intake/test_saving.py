"""Entries are saved as they are typed, changed after they were handed in, and handed in anew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from contracts import intake
from kernel.testing import Rejected
from services.intake.store.tables import VersionRow
from tests.files import docx
from tests.service.intake.conftest import AN, BINH, CLERK, IN_TIME, PDF, SECRETARY, member

LAST = IN_TIME + timedelta(days=40)
CLOSED = IN_TIME + timedelta(days=60)


def save(contest, entry_id: str, revision: int, by=AN, now=IN_TIME, **changes) -> int:
    asked = intake.SaveDraft(entry_id=entry_id, revision=revision, **changes)
    return contest.ask(asked, by, now)


def shown_versions(contest, entry_id: str, by=SECRETARY) -> tuple[intake.VersionView, ...]:
    asked = intake.ShowVersions(entry_id=entry_id)
    return contest.ask(asked, by, reply=tuple[intake.VersionView, ...])


def test_draft_begins_empty_and_is_filled_in_save_by_save(contest):
    entry_id = contest.draft(title="", summary="", area="", group="", authors=())
    with pytest.raises(Rejected, match=r"Unfinished: .*: title, summary, area, group, authors"):
        contest.submit(entry_id)

    second = save(contest, entry_id, 1, title="Một  cửa số", area="TTHC")
    third = save(contest, entry_id, second, authors=(member("Y Blim", "100"),))
    fourth = save(contest, entry_id, third, summary="Làm một lần.", group="NGUOI_DAN")

    shown = contest.show(entry_id, AN)
    assert (second, third, fourth) == (2, 3, 4)
    assert (shown.title, shown.revision, shown.lacks) == ("Một cửa số", 4, ())
    assert contest.submit(entry_id).version == 1


def test_save_that_changes_nothing_makes_no_revision(contest):
    entry_id = contest.draft()

    assert save(contest, entry_id, 1, title="Nộp hồ sơ một lần", area="TTHC") == 1


def test_stale_save_is_refused_and_says_what_changed_by_whom_and_when(contest):
    people = (member("An", "50", person_id="p-an"), member("Bình", "50", email="b@vd.vn"))
    contest.ask(intake.RegisterPerson(person_id="p-binh", full_name="Bình", email="b@vd.vn"), BINH)
    entry_id = contest.draft(kind="COLLECTIVE", authors=people)
    save(contest, entry_id, 1, by=BINH, summary="Bình viết.")

    with pytest.raises(Rejected) as refusal:
        save(contest, entry_id, 1, title="An viết")

    assert (refusal.value.code, refusal.value.kind) == ("StaleRevision", "Conflict")
    assert str(refusal.value).endswith(
        "Since revision 1, summary has been changed, last by p-binh at 09:00 01/07/2022;"
        " the newest revision is 2. Read it again."
    )
    assert contest.show(entry_id, AN).title == "Nộp hồ sơ một lần"


def test_of_two_saves_at_once_one_is_refused(contest):
    entry_id = contest.draft()

    def type_in(title: str) -> str:
        try:
            return str(save(contest, entry_id, 1, title=title))
        except Rejected as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as people:
        outcomes = sorted(people.map(type_in, ("Một", "Hai")))

    assert outcomes == ["2", "StaleRevision"]


def test_author_without_an_address_stays_the_same_person_save_after_save(contest):
    entry_id = contest.draft(authors=(member("Bà Tư", "100"),))
    (before,) = contest.show(entry_id, AN).authors
    known = len(contest.said(intake.PersonRegistered))

    save(contest, entry_id, 1, authors=(member("Bà Tư", "100", position="Hộ kinh doanh"),))
    save(
        contest,
        entry_id,
        2,
        authors=(member("Bà Tư Hồng", "100", person_id=before.person_id),),
    )

    (after,) = contest.show(entry_id, AN).authors
    assert (after.person_id, after.full_name) == (before.person_id, "Bà Tư Hồng")
    assert len(contest.said(intake.PersonRegistered)) == known


def test_name_typed_letter_by_letter_is_one_person_known_when_the_entry_is_handed_in(contest):
    entry_id = contest.draft(authors=())
    contest.upload(entry_id)
    typed = [("Y", None), ("Y B", None), ("Y Blim", "y@v"), ("Y Blim", "y@vd.vn")]

    ids = set()
    for revision, (name, email) in enumerate(typed, 1):
        save(contest, entry_id, revision, authors=(member(name, "100", email=email),))
        ids |= {author.person_id for author in contest.show(entry_id, AN).authors}
    before = contest.said(intake.PersonRegistered)
    contest.submit(entry_id)

    (person_id,) = ids
    assert before == []
    assert contest.said(intake.PersonRegistered) == [
        intake.PersonRegistered(person_id=person_id, full_name="Y Blim", email="y@vd.vn")
    ]


def test_name_typed_over_that_of_somebody_known_is_somebody_else(contest):
    contest.ask(intake.RegisterPerson(person_id="p-binh", full_name="Bình"), BINH)
    entry_id = contest.draft(authors=(member("Bình", "100", person_id="p-binh"),))

    save(contest, entry_id, 1, authors=(member("Y Blim", "100"),))

    (author,) = contest.show(entry_id, AN).authors
    assert author.person_id != "p-binh"


def test_author_moved_to_another_place_keeps_the_id_and_gives_it_to_nobody(contest):
    authors = (member("Một", "50"), member("Hai", "50"))
    entry_id = contest.draft(kind="COLLECTIVE", authors=authors)
    one, two = (author.person_id for author in contest.show(entry_id, AN).authors)

    save(contest, entry_id, 1, authors=(member("Hai", "50"), member("Ba", "50")))

    first, second = contest.show(entry_id, AN).authors
    assert (first.full_name, first.person_id) == ("Hai", two)
    assert second.person_id not in {one, two}


def test_author_who_got_an_account_meanwhile_is_that_person_in_the_entry(contest):
    entry_id = contest.draft(authors=(member("Bình", "100", email="binh@vd.vn"),))
    contest.upload(entry_id)
    account = intake.RegisterPerson(person_id="p-binh", full_name="Bình", email="Binh@vd.vn")
    contest.ask(account, BINH)

    contest.submit(entry_id)

    (author,) = contest.show(entry_id, BINH).authors
    assert author.person_id == "p-binh"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"area": "GIAO_DUC"}, "UnknownArea"),
        ({"unit_id": "SXYZ"}, "UnknownUnit"),
        ({"enterprise": intake.Enterprise(tax_code="12-34")}, "BadTaxCode"),
        ({"improves": (intake.Improvement(index="GDP"),)}, "UnknownIndex"),
    ],
)
def test_unknown_code_is_refused_at_once_and_nothing_is_saved(contest, changes, code):
    entry_id = contest.draft()

    with pytest.raises(Rejected, match=code):
        save(contest, entry_id, 1, title="Tên mới", **changes)

    assert contest.show(entry_id, AN).revision == 1


def test_nobody_else_saves(contest):
    entry_id = contest.enter()

    with pytest.raises(Rejected, match="UnknownEntry"):
        save(contest, entry_id, 1, by=BINH, title="Của tôi")
    with pytest.raises(Rejected, match="NotYours"):
        save(contest, entry_id, 1, by=SECRETARY, title="Của tôi")


def test_staff_sees_what_was_handed_in_until_it_is_handed_in_again(contest):
    entry_id = contest.draft()
    first = contest.upload(entry_id)
    receipt = contest.submit(entry_id)

    save(contest, entry_id, 1, title="Tên mới", authors=(member("Nguyễn An", "100"),))
    second = contest.upload(entry_id, docx(), "docx")
    link = intake.LinkDocument(entry_id=entry_id, document_id=second)

    staff, own = contest.show(entry_id), contest.show(entry_id, AN)
    assert (staff.title, staff.edited) == ("Nộp hồ sơ một lần", False)
    assert [author.full_name for author in staff.authors] == ["Nguyễn Văn An"]
    assert [document.document_id for document in staff.documents] == [first]
    assert (own.title, own.edited) == ("Tên mới", True)
    assert {document.document_id for document in own.documents} == {first, second}
    with pytest.raises(Rejected, match="UnknownDocument"):
        contest.ask(link, SECRETARY)

    again = contest.submit(entry_id, now=LAST)

    staff = contest.show(entry_id)
    assert (again.receipt_code, again.version) == (receipt.receipt_code, 2)
    assert (staff.title, staff.version, staff.edited) == ("Tên mới", 2, False)
    assert [document.document_id for document in staff.documents] == [second]
    assert (staff.received_at, staff.handed_at) == (IN_TIME, LAST)
    assert contest.ask(link, SECRETARY).startswith("http")
    submitted = contest.said(intake.EntrySubmitted)
    assert [(one.version, one.title) for one in submitted] == [
        (1, "Nộp hồ sơ một lần"),
        (2, "Tên mới"),
    ]


def test_list_and_decision_are_of_the_version_handed_in(contest):
    entry_id = contest.enter()
    save(contest, entry_id, 1, title="Chưa nộp lại", group="DOANH_NGHIEP")

    lines = contest.ask(
        intake.ListEntries(contest_id="HG-CCHC-2022"),
        SECRETARY,
        reply=tuple[intake.EntryLine, ...],
    )
    contest.accept(entry_id)

    assert [line.title for line in lines] == ["Nộp hồ sơ một lần"]
    assert contest.said(intake.EntryAccepted)[0].title == "Nộp hồ sơ một lần"


def test_what_was_handed_in_never_changes_afterwards(contest):
    entry_id = contest.enter()
    (before,) = shown_versions(contest, entry_id)
    kept = contest.bench.rows(select(VersionRow.sha256))

    save(contest, entry_id, 1, title="Tên mới", summary="Khác hẳn.")
    contest.upload(entry_id, docx(), "docx")
    contest.submit(entry_id, now=LAST)

    first, second = shown_versions(contest, entry_id)
    assert first == before
    assert [first.sha256] == kept
    assert (second.handed_at, second.handed_by, second.title) == (LAST, "p-an", "Tên mới")
    assert second.changes == (
        "Sửa tên bài dự thi: “Nộp hồ sơ một lần” thành “Tên mới”.",
        "Sửa tóm tắt: “Một lần cho mọi thủ tục.” thành “Khác hẳn.”.",
        "Thêm tài liệu BAN_THUYET_MINH: Thuyết minh.docx.",
        "Bớt tài liệu BAN_THUYET_MINH: Thuyết minh.pdf.",
    )
    compared = intake.CompareVersions(entry_id=entry_id, older=1, newer=2)
    assert contest.ask(compared, AN, reply=tuple[str, ...]) == second.changes
    with pytest.raises(Rejected, match="UnknownVersion"):
        contest.ask(intake.CompareVersions(entry_id=entry_id, older=1, newer=3), AN)
    with pytest.raises(Rejected, match="UnknownEntry"):
        shown_versions(contest, entry_id, BINH)


def test_nothing_changes_once_the_window_is_closed_or_a_clerk_has_decided(contest):
    closed, accepted = contest.enter(), contest.enter()
    contest.accept(accepted)

    with pytest.raises(Rejected, match=r"EditingOver: .* until 24:00 15/08/2022"):
        save(contest, closed, 1, now=CLOSED, title="Muộn")
    with pytest.raises(Rejected, match="WrongState: The entry is ACCEPTED"):
        save(contest, accepted, 1, title="Muộn")
    with pytest.raises(Rejected, match="WrongState"):
        contest.attach(accepted)


def test_edit_that_was_not_handed_in_before_the_deadline_does_not_count(contest):
    entry_id = contest.enter()
    save(contest, entry_id, 1, now=LAST, title="Chưa kịp nộp lại")

    with pytest.raises(Rejected, match="EditingOver"):
        contest.submit(entry_id, now=CLOSED)

    shown = contest.show(entry_id)
    assert (shown.title, shown.version, shown.state) == ("Nộp hồ sơ một lần", 1, "SUBMITTED")


def test_supplement_is_typed_beside_what_was_handed_in(contest):
    entry_id = contest.enter(CLERK, channel="DESK", authors=(member("Bà Tư", "100"),))
    contest.give_back(entry_id)
    save(contest, entry_id, 1, by=CLERK, summary="Đã bổ sung.")

    own, staff = contest.show(entry_id, CLERK), contest.show(entry_id)
    again = contest.submit(entry_id, CLERK)

    assert (own.summary, staff.summary) == ("Đã bổ sung.", "Một lần cho mọi thủ tục.")
    assert (again.version, contest.show(entry_id).summary) == (2, "Đã bổ sung.")


def test_enterprise_and_indexes_are_kept_and_shown(contest):
    firm = intake.Enterprise(
        name="Doanh nghiệp mẫu", tax_code="0123456789-001", representative="Người đại diện mẫu"
    )
    entry_id = contest.draft(group="DOANH_NGHIEP", enterprise=firm)
    document_id = contest.upload(entry_id)
    improves = (
        intake.Improvement(
            index="PAPI",
            component="TTHC",
            baseline=Decimal("77.8"),
            target=Decimal(80),
            year=2023,
            document_id=document_id,
        ),
    )

    save(contest, entry_id, 1, improves=improves)
    contest.submit(entry_id)

    shown = contest.show(entry_id)
    assert (shown.enterprise, shown.improves) == (firm, improves)
    assert shown_versions(contest, entry_id)[0].improves == improves


def test_citizen_names_no_unit(contest):
    entry_id = contest.draft(group="NGUOI_DAN", unit_id="SNV")

    with pytest.raises(Rejected, match="NoUnitHere"):
        contest.submit(entry_id)


def test_versions_of_one_tenant_do_not_exist_for_another(contest):
    entry_id = contest.enter()
    contest.upload(contest.draft(), PDF)

    with pytest.raises(Rejected, match="UnknownEntry"):
        contest.ask(intake.ShowVersions(entry_id=entry_id), SECRETARY, tenant="soc-trang")
