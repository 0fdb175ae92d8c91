"""Notices by the rules of a contest: who, when, in which words; reminders, box, wishes, proof."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import convert, structs, to_builtins
from sqlalchemy import select, update

from contracts import awards, intake, notify, originality, review
from contracts.rules import Rules
from kernel.database import Origin
from kernel.testing import TENANT, Rejected, actor
from services.notify.store import DeliveryRow, log
from tests.service.notify.events import (
    HG,
    RULES,
    about,
    accepted,
    assigned,
    person,
    published,
    round_opened,
    submitted,
)

MORNING = datetime(2022, 8, 12, 2, tzinfo=UTC)  # 09:00 in Vietnam, three days before closing
EVENING = datetime(2022, 8, 12, 13, 59, 59, tzinfo=UTC)  # a second before nobody is disturbed
NIGHT = datetime(2022, 8, 12, 15, tzinfo=UTC)  # 22:00
NOTICES = {
    "quiet": {"begins": "21:00", "ends": "06:00"},
    "digest_at": "07:30",
    "kinds": [
        {"code": "accepted", "to": ["AUTHOR", "UNIT"]},
        {"code": "receipt", "urgent": True},
        {"code": "withdrawn", "told": False},
        {"code": "refused", "held": True},
        {"code": "originality_ruled", "to": ["AUTHOR", "SECRETARY"]},
        {"code": "round_opened", "to": ["SECRETARY"]},
        {"code": "paper_ready"},
        {"code": "petition_filed", "to": ["SECRETARY"]},
        {"code": "petition_due", "to": ["SECRETARY"], "days_before": [3], "at": "08:00"},
        {"code": "draft_unfinished", "days_before": [7, 3], "at": "08:00"},
        {"code": "sheets_due", "days_before": [3], "at": "08:00"},
        {"code": "unit_silent", "to": ["UNIT"], "days_before": [3], "at": "08:00"},
        {"code": "digest"},
    ],
}


@pytest.fixture
def contest(bench):
    """Open a contest with rules for its notices; register who enters, judges and runs it."""
    rules = convert({**to_builtins(RULES), "notices": NOTICES}, Rules)
    opened = intake.ContestOpened(contest_id=HG, rules=rules, sha256="a" * 64, opened_at=MORNING)
    bench.hear(opened, now=MORNING)
    for person_id in ("p-1", "p-2", "j-1"):
        bench.hear(person(person_id, f"Người {person_id}", f"{person_id}@example.vn"), now=MORNING)
    for person_id, role, unit in (("s-1", "secretary", None), ("c-1", "coordinator", "STP")):
        registered = intake.PersonRegistered(
            person_id=person_id,
            full_name=f"Người {person_id}",
            email=f"{person_id}@example.vn",
            unit_id=unit,
            roles=(role,),
        )
        bench.hear(registered, now=MORNING)
    return bench


def entered(number=1, unit_id="STP", **who):
    return structs.replace(submitted(number, **who), unit_id=unit_id)


def told(bench, **columns):
    rows = bench.rows(select(DeliveryRow).order_by(DeliveryRow.queued_at, DeliveryRow.recipient))
    names = ("recipient", "template", "state")
    return [
        tuple(getattr(row, name) for name in names)
        for row in rows
        if all(getattr(row, name) == value for name, value in columns.items())
    ]


def subjects(relay, person_id):
    return [letter["Subject"] for letter in relay.letters_to(f"{person_id}@example.vn")]


SECRETARY = actor("secretary", id="s-1")
ORGANISER = actor("organiser", id="o-1")
AUTHOR = actor("entrant", id="p-1")
LINES = tuple[notify.NoticeLine, ...]


def test_rules_say_who_hears_and_what_waits_for_a_look(contest):
    contest.hear(entered(author_ids=("p-1", "p-2")), now=MORNING, id="m-1")
    contest.hear(accepted(author_ids=("p-1", "p-2")), now=MORNING, id="m-2")
    contest.hear(intake.EntryWithdrawn(**about()), now=MORNING, id="m-3")
    contest.hear(intake.EntryRefused(**about(), reason="Thiếu."), now=MORNING, id="m-4")

    held = contest.ask(notify.ShowNotices(contest_id=HG, held=True), actor=SECRETARY, reply=LINES)

    assert told(contest, template="accepted") == [("p-1", "accepted", "QUEUED")]
    assert told(contest, template="withdrawn") == []
    assert sorted(line.recipient for line in held) == ["p-1", "p-2"]


def test_nothing_but_what_is_urgent_goes_out_at_night(contest, relay):
    contest.hear(entered(), now=NIGHT, id="m-1")
    contest.hear(accepted(), now=NIGHT, id="m-2")

    contest.tick("send_letters", now=NIGHT)
    at_night = [letter["Subject"] for letter in relay.letters_to("p-1@example.vn")]
    contest.tick("send_letters", now=NIGHT + timedelta(hours=8))

    assert at_night == ["Giấy biên nhận hồ sơ dự thi số H30-220815-0001"]
    assert len(relay.letters_to("p-1@example.vn")) == 2


def test_what_a_relay_kept_from_going_by_day_does_not_go_at_night(contest, relay):
    contest.hear(entered(), now=MORNING, id="m-1")
    contest.tick("send_letters", now=MORNING)
    relay.refusals["p-1@example.vn"] = "451 4.7.1 busy"
    contest.hear(accepted(), now=EVENING, id="m-2")
    contest.tick("send_letters", now=EVENING)
    relay.refusals.clear()

    contest.tick("send_letters", now=NIGHT)
    at_night = told_by(contest)
    contest.tick("send_letters", now=NIGHT + timedelta(hours=8))

    assert at_night == [("receipt", "SENT", 1), ("accepted", "QUEUED", 1)]
    assert told_by(contest) == [("receipt", "SENT", 1), ("accepted", "SENT", 2)]


def told_by(contest):
    rows = contest.rows(select(DeliveryRow).order_by(DeliveryRow.sequence))
    return [(row.template, row.state, row.tries) for row in rows if row.recipient == "p-1"]


def test_who_has_not_handed_in_is_reminded_until_they_have(contest):
    for number, person_id in ((1, "p-1"), (2, "p-2")):
        begun = intake.EntryDrafted(contest_id=HG, entry_id=f"e-{number}", filed_by=person_id)
        contest.hear(begun, now=MORNING, id=f"b-{number}")

    contest.tick("remind", now=MORNING)
    contest.tick("remind", now=MORNING + timedelta(minutes=1))
    contest.hear(entered(1), now=MORNING + timedelta(minutes=2), id="m-1")

    assert told(contest, template="draft_unfinished") == [
        ("p-1", "draft_unfinished", "EXPIRED"),
        ("p-2", "draft_unfinished", "QUEUED"),
    ]


@pytest.mark.parametrize("given_to", [{"entry_id": "e-1"}, {"person_id": "p-1"}])
@pytest.mark.parametrize("is_first", [True, False])
def test_who_has_more_time_reads_until_when_whatever_came_first(contest, given_to, is_first):
    longer = MORNING + timedelta(days=9)
    begun = intake.EntryDrafted(contest_id=HG, entry_id="e-1", filed_by="p-1")
    given = intake.DeadlineExtended(
        contest_id=HG, extension_id="x-1", until=longer, reason="Mẫu.", **given_to
    )
    for number, event in enumerate([given, begun] if is_first else [begun, given]):
        contest.hear(event, now=MORNING, id=f"m-{number}")

    contest.tick("remind", now=MORNING)

    rows = contest.rows(select(DeliveryRow).where(DeliveryRow.template == "draft_unfinished"))
    assert [(row.recipient, row.expires_at) for row in rows] == [("p-1", longer)]


def test_who_has_more_time_is_reminded_before_it_ends_until_they_have_handed_in(contest):
    until = MORNING + timedelta(days=20)
    for number in (1, 2):
        begun = intake.EntryDrafted(contest_id=HG, entry_id=f"e-{number}", filed_by="p-1")
        contest.hear(begun, now=MORNING, id=f"b-{number}")
    given = intake.DeadlineExtended(
        contest_id=HG, extension_id="x-1", until=until, reason="Mẫu.", entry_id="e-1"
    )
    contest.hear(given, now=MORNING, id="x-1")

    for day in (16, 17, 17):  # of seven days before, of three, and once
        contest.tick("remind", now=MORNING + timedelta(days=day))
    contest.hear(entered(1), now=MORNING + timedelta(days=18), id="m-1")

    rows = contest.rows(select(DeliveryRow).where(DeliveryRow.template == "draft_unfinished"))
    assert [(row.entry_ids, row.expires_at, row.state) for row in rows] == [
        (["e-1"], until, "EXPIRED")
    ] * 2


def test_a_unit_has_its_people_with_drafts_reminded_once_a_day(contest):
    for person_id, unit in (("p-1", "STP"), ("p-2", "SYT")):
        belongs = structs.replace(person(person_id, "Người mẫu"), unit_id=unit)
        contest.hear(belongs, now=MORNING, id=f"u-{person_id}")
        begun = intake.EntryDrafted(contest_id=HG, entry_id=f"e-{unit}", filed_by=person_id)
        contest.hear(begun, now=MORNING, id=f"b-{person_id}")
    coordinator = structs.replace(actor("coordinator", id="c-1"), unit_id="STP")

    def remind(by=coordinator, **at):
        command = notify.RemindDrafts(contest_id=HG)
        return contest.ask(command, actor=by, reply=int, now=MORNING + timedelta(**at))

    assert remind() == 1
    assert told(contest, template="draft_unfinished") == [("p-1", "draft_unfinished", "QUEUED")]
    with pytest.raises(Rejected, match="RemindedToday"):
        remind(hours=5)
    assert remind(days=1) == 1
    with pytest.raises(Rejected, match="EntriesClosed"):
        remind(days=9)
    with pytest.raises(Rejected, match="NobodyToRemind"):
        remind(by=structs.replace(coordinator, unit_id="SNV"))
    with pytest.raises(Rejected, match="Forbidden"):
        remind(by=structs.replace(AUTHOR, unit_id="STP"))


def test_a_silent_unit_is_reminded_and_one_with_nothing_to_enter_is_not(contest):
    contest.tick("remind", now=MORNING)
    nil = intake.NilReturned(contest_id=HG, unit_id="STP", reason="Không có.")
    contest.hear(nil, now=MORNING, id="n-1")

    assert told(contest, template="unit_silent") == [("c-1", "unit_silent", "EXPIRED")]


def test_a_slow_judge_is_reminded_of_what_is_left(contest):
    due = MORNING + timedelta(days=2)
    contest.hear(structs.replace(round_opened(1, 2), due=due), now=MORNING, id="r-1")
    for number in (1, 2):
        contest.hear(assigned(number, "j-1"), now=MORNING, id=f"a-{number}")
    sealed = review.SheetSealed(
        contest_id=HG, round_id="SO_KHAO", entry_id="e-1", judge_id="j-1", version=1,
        digest="a" * 64, given_at=MORNING,
    )  # fmt: skip
    contest.hear(sealed, now=MORNING, id="s-1")

    contest.tick("remind", now=MORNING)

    (row,) = contest.rows(select(DeliveryRow).where(DeliveryRow.template == "sheets_due"))
    assert (row.recipient, row.content["left"], row.expires_at) == ("j-1", 1, due)
    assert told(contest, template="round_opened") == [("s-1", "round_opened", "QUEUED")]


def test_a_petition_comes_to_the_office_and_its_clock_is_minded(contest):
    contest.hear(entered(), now=MORNING, id="m-1")
    named = {"contest_id": HG, "petition_id": "k-1", "entry_id": "e-1", "kind": "COMPLAINT"}
    filed = awards.PetitionFiled(**named, filed_by="p-1")
    contest.hear(filed, now=MORNING, id="k-1")
    moved = {**named, "filed_by": "p-1", "answer_by": MORNING + timedelta(days=2)}
    contest.hear(awards.PetitionMoved(**moved, state="ACCEPTED"), now=MORNING, id="k-2")

    contest.tick("remind", now=MORNING)
    contest.hear(
        awards.PetitionMoved(**moved, state="UPHELD"), now=MORNING + timedelta(1), id="k-3"
    )

    assert sorted(told(contest, recipient="s-1")) == [
        ("s-1", "petition_due", "EXPIRED"),
        ("s-1", "petition_filed", "QUEUED"),
    ]


def test_a_certificate_is_told_of_only_once_the_results_are_public(contest):
    contest.hear(entered(), now=MORNING, id="m-1")
    contest.hear(accepted(), now=MORNING, id="m-2")
    paper = awards.Paper(
        paper_id="c-1", kind="CERTIFICATE", authority="HG", number=5, symbol="QĐ-UBND",
        dated=date(2022, 7, 1), entry_id="e-1",
    )  # fmt: skip
    printed = awards.PaperPrinted(contest_id=HG, paper=paper, pdf_sha256="", docx_sha256="")
    contest.hear(printed, now=MORNING, id="c-1")
    before = told(contest, template="paper_ready")

    contest.hear(published((1, "NHAT")), now=MORNING, id="r-1")

    assert before == []
    assert told(contest, template="paper_ready") == [("p-1", "paper_ready", "QUEUED")]


@pytest.mark.parametrize(
    ("listed", "told_as"),
    [({"code": "round_closed"}, "digest"), ({"code": "digest", "told": False}, "accepted")],
    ids=["not listed", "told to nobody"],
)
def test_what_a_units_contact_is_told_is_not_lost_without_a_digest(contest, listed, told_as):
    kinds = [one for one in NOTICES["kinds"] if one["code"] != "digest"]
    rules = convert(
        {**to_builtins(RULES), "notices": {**NOTICES, "kinds": [*kinds, listed]}}, Rules
    )
    amended = intake.ContestAmended(
        contest_id=HG, number=1, rules=rules, sha256="b" * 64, reason="Mẫu."
    )
    contest.hear(amended, now=MORNING)
    contest.hear(entered(), now=MORNING, id="m-1")
    contest.hear(accepted(), now=MORNING, id="a-1")

    contest.tick("send_digests", now=MORNING + timedelta(days=1))

    assert ("c-1", told_as, "QUEUED") in told(contest, recipient="c-1")


def test_a_units_contact_reads_of_its_entries_once_a_day(contest, relay):
    for number in (1, 2):
        contest.hear(entered(number), now=MORNING, id=f"m-{number}")
        contest.hear(accepted(number), now=MORNING + timedelta(minutes=number), id=f"a-{number}")
    next_day = MORNING + timedelta(days=1)
    contest.tick("send_digests", now=MORNING + timedelta(hours=1))
    contest.tick("send_digests", now=next_day)
    contest.tick("send_digests", now=next_day + timedelta(hours=1))

    contest.tick("send_letters", now=next_day + timedelta(hours=1))

    (letter,) = relay.letters_to("c-1@example.vn")
    assert letter["Subject"] == "Tổng hợp thông báo của đơn vị (2)"
    assert "- Hồ sơ dự thi H30-220815-0001 hợp lệ" in letter.get_body(("plain",)).get_content()


def test_a_ruling_on_originality_reaches_author_and_office(contest):
    contest.hear(entered(author_ids=("p-1", "p-2")), now=MORNING, id="m-1")
    ruled = originality.OriginalityRuled(
        contest_id=HG, entry_id="e-1", report_id="r-1", ruling="ORIGINAL", reason="Khác."
    )
    contest.hear(ruled, now=MORNING, id="o-1")

    assert [line[0] for line in told(contest, template="originality_ruled")] == ["p-1", "s-1"]


def test_the_box_shows_what_was_told_and_what_was_opened(contest):
    contest.hear(entered(), now=MORNING, id="m-1")
    contest.hear(accepted(), now=MORNING, id="m-2")

    contest.ask(notify.ReadNotices(event_ids=("m-1", "of-others")), actor=AUTHOR, now=NIGHT)
    box = contest.ask(notify.ListMyNotices(), actor=AUTHOR, now=NIGHT, reply=notify.Inbox)
    lines = contest.ask(notify.ShowNotices(entry_id="e-1"), actor=AUTHOR, now=NIGHT, reply=LINES)

    assert (box.unread, contest.ask(notify.CountUnread(), actor=AUTHOR, now=NIGHT)) == (1, 1)
    assert {one.code: one.read_at for one in box.notices} == {"receipt": NIGHT, "accepted": None}
    assert box.notices[0].text.startswith("Kính gửi Ông/Bà Người p-1")
    assert {(line.title, line.read_at) for line in lines} == {
        ("Giấy biên nhận hồ sơ dự thi số H30-220815-0001", NIGHT),
        ("Hồ sơ dự thi H30-220815-0001 hợp lệ", None),
    }


def test_a_judge_reads_nowhere_which_entry_a_letter_to_them_was_about(contest):
    contest.hear(entered(), now=MORNING, id="m-1")
    contest.hear(round_opened(1), now=MORNING, id="r-1")
    contest.hear(assigned(1, "j-1"), now=MORNING, id="a-1")
    set_about(contest, "j-1", ["e-1"])  # as a letter that names entries would have it

    asked = notify.ShowNotices(person_id="j-1")
    mine = contest.ask(asked, actor=actor("judge", id="j-1"), reply=LINES)
    offices = contest.ask(asked, actor=SECRETARY, reply=LINES)

    assert [(line.code, line.entry_ids) for line in mine] == [("assigned", ())]
    assert [(line.code, line.entry_ids) for line in offices] == [("assigned", ("e-1",))]


def set_about(bench, person_id, entry_ids):
    with bench.database.work(Origin.own("notify", TENANT)) as work:
        mine = update(DeliveryRow).where(DeliveryRow.recipient == person_id)
        work.session.execute(mine.values(entry_ids=entry_ids))


def test_the_whole_log_is_read_page_by_page(contest, monkeypatch):
    monkeypatch.setattr(log, "NEWEST", 2)
    for number in range(1, 4):
        contest.hear(entered(number), now=MORNING + timedelta(seconds=number), id=f"m-{number}")

    pages, after = [], ""
    while not pages or pages[-1]:
        asked = notify.ShowNotices(contest_id=HG, after=after)
        pages.append(contest.ask(asked, actor=SECRETARY, reply=LINES))
        after = pages[-1][-1].delivery_id if pages[-1] else ""

    assert [[line.entry_ids for line in page] for page in pages] == [
        [("e-1",), ("e-2",)],
        [("e-3",)],
        [],
    ]
    with pytest.raises(Rejected, match="UnknownDelivery"):
        contest.ask(notify.ShowNotices(contest_id=HG, after="d-9"), actor=SECRETARY)


def test_the_log_says_when_a_notice_was_first_opened(contest):
    contest.hear(entered(), now=MORNING, id="m-1")
    contest.hear(accepted(), now=MORNING, id="m-2")

    for at in (NIGHT, NIGHT + timedelta(hours=1)):
        contest.ask(notify.ReadNotices(event_ids=("m-1",)), actor=AUTHOR, now=at)

    rows = contest.rows(select(DeliveryRow).where(DeliveryRow.recipient == "p-1"))
    assert {row.template: row.opened_at for row in rows} == {"receipt": NIGHT, "accepted": None}


def test_an_entrant_sees_nothing_of_others(contest):
    contest.hear(entered(author_ids=("p-2",), filed_by="p-2"), now=MORNING, id="m-1")

    for query in (notify.ShowNotices(entry_id="e-1"), notify.ShowNotices(person_id="p-2")):
        with pytest.raises(Rejected, match="Forbidden"):
            contest.ask(query, actor=AUTHOR)
    assert len(contest.ask(notify.ShowNotices(entry_id="e-1"), actor=SECRETARY)) == 1


def test_a_letters_link_ends_reminders_and_nothing_else(contest, relay):
    begun = intake.EntryDrafted(contest_id=HG, entry_id="e-1", filed_by="p-1")
    contest.hear(begun, now=MORNING, id="b-1")
    contest.tick("remind", now=MORNING)
    contest.tick("send_letters", now=MORNING)
    (letter,) = relay.letters_to("p-1@example.vn")
    token = letter["List-Unsubscribe"].strip("<>").rpartition("/")[2]

    kind = contest.ask(notify.Unsubscribe(token=token), actor=actor(id="anonymous"))
    wishes = contest.ask(notify.ShowMyWishes(), actor=AUTHOR, reply=notify.NoticeWishes)

    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (kind, wishes.off) == ("draft_unfinished", ("draft_unfinished",))
    with pytest.raises(Rejected, match="LinkNotGood"):
        contest.ask(notify.Unsubscribe(token=token[:-2] + "AA"), actor=actor(id="anonymous"))
    with pytest.raises(Rejected, match="RightToHear"):
        contest.ask(notify.SetMyWishes(off=("receipt",)), actor=AUTHOR)


def test_words_of_an_office_lie_over_those_that_ship(contest, relay):
    change = {"code": "accepted", "text": "Hồ sơ {{ entry.receipt_code }} ổn\nChào {{ name }}."}
    first = contest.ask(notify.ChangeNoticeWords(**change), actor=ORGANISER)
    contest.ask(notify.SetMyWishes(language="en"), actor=AUTHOR)
    for person_id in ("p-1", "p-2"):
        who = {"author_ids": (person_id,), "filed_by": person_id}
        number = int(person_id[-1])
        contest.hear(entered(number, **who), now=MORNING, id=f"m-{number}")
        contest.hear(accepted(number, **who), now=MORNING, id=f"a-{number}")

    contest.tick("send_letters", now=MORNING)

    rows = contest.rows(select(DeliveryRow).where(DeliveryRow.template == "accepted"))
    versions = {row.recipient: row.words_version for row in rows}
    assert versions["p-2"] == first
    assert first.startswith("all.1+vi-")
    assert "Hồ sơ H30-220815-0002 ổn" in subjects(relay, "p-2")
    assert "Entry H30-220815-0001 is valid" in subjects(relay, "p-1")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Tên\n\n{{ diem }}", "Line 3: the placeholder diem is unknown. Known are entry, name"),
        (
            "Tên\n{{ entry.score }}",
            "Line 2: the placeholder entry.score is unknown. Known are receipt_code",
        ),
        ("Tên\n{% if %}", "Line 2: "),
        ("Tên\n{{ name.__class__ }}", "Line 2: "),
        ("Tên\n{% include '../x' %}", "Line 2: only signature.txt"),
    ],
)
def test_words_that_cannot_be_filled_are_refused_and_not_kept(contest, text, says):
    with pytest.raises(Rejected, match="NoticeWordsWrong") as refused:
        contest.ask(notify.ChangeNoticeWords(code="accepted", text=text), actor=ORGANISER)

    shown = contest.ask(notify.ShowNoticeWords(code="accepted"), actor=ORGANISER)
    assert says in str(refused.value)
    assert shown["version"].startswith("vi-")


def test_a_preview_is_marked_as_a_sample(contest):
    seen = contest.ask(
        notify.PreviewNotice(code="accepted", contest_id=HG),
        actor=SECRETARY,
        reply=notify.NoticePreview,
    )

    assert seen.subject == "[MẪU] Hồ sơ dự thi MAU-000131-0001 hợp lệ"
    assert seen.text.startswith("[MẪU]")
    assert "<p" in seen.html
    assert seen.short.startswith("[MẪU] Hồ sơ dự thi MAU-000131-0001 hợp lệ")
