"""Minutes of a round, from the opening to the closing record, on real parts."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from unicodedata import normalize
from urllib.request import urlopen

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from msgspec.structs import replace

from contracts import intake, review
from contracts.rules import Advance, JuryRules, MinutesRules
from contracts.rules import Missing as Ways
from kernel.testing import Rejected, actor
from tests.service.review import keys
from tests.service.review.conftest import CHAIR, ORGANISER, RECOVERY, SECRETARY
from tests.unit.review.builders import FIRST, LAST, a_contest

MORNING = datetime(2022, 8, 16, 1, 0, tzinfo=UTC)
JUDGE = actor("judge", id="j-2")
AUTHOR = "Phạm Thị Tác Giả (mẫu)"
NAMES = {
    "j-1": "Nguyễn Văn Chánh (mẫu)",
    "j-2": "Lê Thị Giám (mẫu)",
    "j-3": "Đỗ Văn Khảo (mẫu)",
    "s-1": "Trần Thị Thư Ký (mẫu)",
    "o-1": "Võ Văn Tổ Chức (mẫu)",
    RECOVERY: "Hồ Thị Khóa (mẫu)",
}


@dataclass
class Desk:
    """Who draws up minutes of one contest, in few words."""

    contest: object

    def draft(self, kind, *, by=SECRETARY, round_id="SO_KHAO", **said):
        met = {
            "place": "Phòng họp số 2, Sở Nội vụ",
            "began_at": MORNING,
            "ended_at": MORNING + timedelta(hours=2),
        }
        about = {name: said.pop(name) for name in ("minutes_id", "reason") if name in said}
        command = review.DraftMinutes(
            contest_id="HG-2022",
            round_id=round_id,
            kind=kind,
            meeting=review.Meeting(**(met | said)),
            **about,
        )
        return self.ask(command, by=by, reply=review.MinutesView)

    def ask(self, message, *, by=SECRETARY, **options):
        return self.contest.bench.ask(message, actor=by, now=self.contest.now, **options)

    def check(self, made, by=SECRETARY):
        command = review.CheckMinutes(contest_id="HG-2022", minutes_id=made.minutes_id)
        return self.ask(command, by=by, reply=review.MinutesView)

    def issue(self, made, by=CHAIR):
        command = review.IssueMinutes(contest_id="HG-2022", minutes_id=made.minutes_id)
        return self.ask(command, by=by, reply=review.MinutesView)

    def issued(self, kind, **said):
        made = self.draft(kind, **said)
        self.check(made)
        return self.issue(made)

    def list(self, by=SECRETARY):
        asked = review.ListMinutes(contest_id="HG-2022", round_id="SO_KHAO")
        return self.ask(asked, by=by, reply=tuple[review.MinutesView, ...])

    def file(self, made, form="pdf", by=SECRETARY, version=None) -> bytes:
        asked = review.LinkMinutes(
            contest_id="HG-2022", minutes_id=made.minutes_id, format=form, version=version
        )
        with urlopen(self.ask(asked, by=by)) as answer:  # noqa: S310  # the store's own link
            return answer.read()

    def text(self, made, by=SECRETARY) -> str:
        with pypdfium2.PdfDocument(self.file(made, by=by)) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        return " ".join(normalize("NFC", " ".join(pages)).split())


def amend(contest, minutes=None, number=1, **rules):
    first = replace(FIRST, **({"missing": Ways(ways=("replace", "extend", "quorum"))} | rules))
    amended = replace(a_contest(first, LAST), minutes=minutes or MinutesRules())
    contest.bench.hear(
        intake.ContestAmended(
            contest_id="HG-2022", rules=amended, sha256="1" * 64, number=number, reason="Sửa"
        )
    )


def name(contest, person_id, full_name, unit_id=None):
    registered = intake.PersonRegistered(person_id=person_id, full_name=full_name, unit_id=unit_id)
    contest.bench.hear(registered, now=contest.now)


@pytest.fixture
def desk(contest):
    """Open and seal a round of two entries by an author with a name of her own."""
    amend(contest)
    for person_id, full_name in NAMES.items():
        name(contest, person_id, full_name)
    contest.seat()
    contest.enter("e-1", "e-2")
    for entry in ("e-1", "e-2"):
        name(contest, f"p-{entry}", AUTHOR)
    contest.open()
    return Desk(contest)


def give_all(contest, totals):
    """Let the judges of each entry give these totals, in the order of their ids."""
    for entry, given in totals.items():
        for judge, total in zip(contest.panels()[entry], given, strict=True):
            contest.give(judge, contest.code(entry), total)


def look_again(contest, minutes):
    """Let who was asked to look again come closer, by these minutes."""
    (asked,) = contest.said(review.SecondLookNeeded)
    for judge, total in zip(asked.judge_ids, (80, 78), strict=True):
        contest.give(judge, asked.code, total, minutes=minutes, reason=f"Xem lại {judge}")
    return asked


def test_minutes_go_from_a_draft_by_way_of_both_who_sign(desk):
    made = desk.draft("OPENING")
    checked = desk.check(made)
    issued = desk.issue(made)

    assert [one.state for one in (made, checked, issued)] == ["DRAFT", "CHECKED", "ISSUED"]
    assert (issued.kept_by, issued.presided_by, issued.number) == ("s-1", "j-1", "01/BB-BTC")
    assert issued.dated == date(2022, 8, 17)  # the day in Vietnam
    assert desk.contest.said(review.MinutesIssued) == [
        review.MinutesIssued(
            contest_id="HG-2022",
            round_id="SO_KHAO",
            minutes_id=made.minutes_id,
            version=1,
            kind="OPENING",
            number="01/BB-BTC",
            dated=issued.dated,
            digest=made.digest,
            pdf_sha256=sha256(desk.file(issued)).hexdigest(),
            docx_sha256=sha256(desk.file(issued, "docx")).hexdigest(),
        )
    ]
    (said,) = desk.contest.said(review.MinutesChecked)
    assert said.digest == made.digest


def test_only_who_kept_them_checks_and_only_who_presided_issues(desk):
    made = desk.draft("OPENING")
    checks = ((CHAIR, "NotTheKeeper"), (ORGANISER, "NotTheKeeper"), (JUDGE, "UnknownMinutes"))
    issues = ((CHAIR, "NotChecked"), (SECRETARY, "NotThePresider"), (JUDGE, "UnknownMinutes"))

    for act, tries in ((desk.check, checks), (desk.issue, issues)):
        for by, refusal in tries:
            with pytest.raises(Rejected, match=refusal):
                act(made, by=by)


def test_only_who_runs_the_round_drafts_and_only_of_one_that_was_opened(desk):
    for by in (JUDGE, actor("entrant", id="p-e-1"), actor()):
        with pytest.raises(Rejected, match="Forbidden"):
            desk.draft("OPENING", by=by)
    with pytest.raises(Rejected, match="RoundNotOpen"):
        desk.draft("OPENING", round_id="BAO_VE")


def test_both_files_tell_who_judges_what_under_codes_and_name_no_author(desk):
    made = desk.draft("OPENING")

    pdf = desk.text(made)
    docx = Document(BytesIO(desk.file(made, "docx")))
    (rows,) = [t.rows for t in docx.tables if t.rows[0].cells[-1].text == "Giám khảo chấm"]

    panels = desk.contest.panels()
    assert {(row.cells[1].text, row.cells[3].text) for row in rows[1:]} == {
        (desk.contest.code(entry), "; ".join(NAMES[judge] for judge in judges))
        for entry, judges in panels.items()
    }
    whole = "".join(one.text or "" for one in docx.element.iter(qn("w:t")))
    for said in (pdf, whole):
        assert AUTHOR not in said
        assert all(desk.contest.code(entry) in said for entry in panels)
    assert "Vòng sơ khảo được mở vào 00 giờ 00 phút, ngày 17 tháng 8 năm 2022." in pdf


def test_conflicts_are_counted_while_blind_rounds_run_and_told_afterwards(contest):
    amend(contest)
    for person_id, full_name in NAMES.items():
        name(contest, person_id, full_name)
    contest.seat()
    contest.enter("e-1", unit_id="STC")  # the unit of j-3
    contest.open()
    desk = Desk(contest)
    before = desk.text(desk.draft("OPENING"))
    give_all(contest, {"e-1": (80, 81)})
    contest.close()

    after = desk.text(desk.draft("OPENING"))

    assert "Có 1 trường hợp, liên quan 1 giám khảo và 1 bài." in before
    assert "cùng đơn vị" not in before
    assert "cùng đơn vị với tác giả hoặc bài dự thi" in after
    assert "Có 1 trường hợp" not in after


@pytest.fixture
def story(desk):
    """Play a round in which much happened; return its issued minutes, and a draft before."""
    contest = desk.contest
    drafts = {"MISSING": desk.draft("MISSING")}
    until = contest.now + timedelta(days=2)
    stated = {"contest_id": "HG-2022", "round_id": "SO_KHAO", "reason": "Nhiều bài dài"}
    minutes = drafts["MISSING"].minutes_id
    desk.ask(review.ExtendRound(**stated, until=until, minutes=minutes))
    give_all(contest, {"e-1": (62, 84), "e-2": (75, 74)})
    drafts["UNSEALING"] = desk.draft("UNSEALING")
    keys.give(contest.bench, "s-1", now=contest.now)
    lost = {"lost": "j-1", "minutes": drafts["UNSEALING"].minutes_id, "reason": "Hỏng máy tính"}
    keys.give(contest.bench, RECOVERY, now=contest.now, **lost)
    drafts["RECONSIDERING"] = look = desk.draft("RECONSIDERING")
    look_again(contest, look.minutes_id)
    untold = desk.text(desk.draft("RECONSIDERING", minutes_id=look.minutes_id))
    contest.close()
    issued = {}
    for kind in ("OPENING", "MISSING", "UNSEALING", "RECONSIDERING", "VOTE", "CLOSING"):
        again = {"minutes_id": drafts[kind].minutes_id} if kind in drafts else {}
        issued[kind] = desk.issued(kind, **again)
    return desk, issued, untold


def test_whole_story_of_a_round_is_in_its_minutes(story):
    desk, issued, untold = story
    contest = desk.contest

    said = {kind: desk.text(one) for kind, one in issued.items()}

    assert [one.number for one in issued.values()] == [f"0{n}/BB-BTC" for n in range(1, 7)]
    assert "Lý do: Nhiều bài dài. Biên bản này." in said["MISSING"]
    assert f"{NAMES['s-1']} gia hạn nộp phiếu đến" in said["MISSING"]
    assert "đưa thay khóa của" in said["UNSEALING"]
    assert "Hỏng máy tính. Biên bản này." in said["UNSEALING"]
    digests = [one.digest for one in contest.said(review.SheetSealed)]
    assert all(digest[:16] in said["UNSEALING"] for digest in digests)
    assert re.findall(r"\b(62|84|80|78)\b", untold) == []
    told = ("62 (lần 1)", "84 (lần 1)", "80 (lần 2)", "78 (lần 2)")
    (asked,) = contest.said(review.SecondLookNeeded)
    told += tuple(f"Xem lại {judge}" for judge in asked.judge_ids)
    assert [said["RECONSIDERING"].count(fact) for fact in told] == [1] * 6
    closing = said["CLOSING"]
    assert re.search(rf"1 {contest.code('e-1')} Một cửa e-1 79,00 x", closing)
    assert re.search(rf"2 {contest.code('e-2')} Một cửa e-2 74,50 x", closing)
    assert "Điểm tối thiểu: 70. Số bài tối đa: 2." in closing
    assert all(f"0{n}/BB-BTC" in closing for n in range(1, 6))
    assert not any(AUTHOR in text for text in said.values())


def test_missing_judges_are_told_as_they_were_handled(desk):
    contest = desk.contest
    missing = desk.draft("MISSING")
    left = contest.panels()["e-1"][0]
    stated = {"contest_id": "HG-2022", "round_id": "SO_KHAO", "minutes": missing.minutes_id}
    desk.ask(review.ReplaceMissing(**stated, judge_id=left, reason="Nghỉ ốm dài ngày"))
    away = contest.panels()["e-1"][1]
    contest.give(contest.panels()["e-1"][0], contest.code("e-1"), 80)
    for judge in contest.panels()["e-2"]:
        contest.give(judge, contest.code("e-2"), 75)
    desk.ask(review.CountWithout(**stated, reason="Đi công tác xa"))

    said = desk.text(desk.draft("MISSING", minutes_id=missing.minutes_id))

    replaced, counted = said.split("Bài tính theo các phiếu đã có", 1)
    assert "Nghỉ ốm dài ngày" in replaced
    assert NAMES[left] in replaced
    assert "Đi công tác xa" in counted
    assert NAMES[away] in counted


def test_vote_of_the_council_is_told_with_its_order(contest):
    amend(contest, advance=Advance(max_count=1, at_cutoff="council_vote"))
    for person_id, full_name in NAMES.items():
        name(contest, person_id, full_name)
    contest.seat()
    contest.enter("e-1", "e-2")
    contest.open()
    give_all(contest, {"e-1": (80, 80), "e-2": (80, 80)})
    contest.unseal()
    desk = Desk(contest)
    vote = desk.draft("VOTE")
    codes = (contest.code("e-2"), contest.code("e-1"))
    desk.ask(
        review.RecordVote(
            contest_id="HG-2022",
            round_id="SO_KHAO",
            order=codes,
            minutes=vote.minutes_id,
            reason="Tính lan tỏa",
        ),
        by=CHAIR,
    )

    said = desk.text(desk.issued("VOTE", minutes_id=vote.minutes_id))

    assert "Tính lan tỏa. Biên bản này" in said
    assert said.index(codes[0]) < said.index(codes[1])


def test_draft_is_not_checked_or_issued_once_more_has_happened(desk):
    made = desk.draft("UNSEALING")
    checked = desk.draft("UNSEALING")
    desk.check(checked)
    give_all(desk.contest, {"e-1": (80, 81), "e-2": (75, 74)})

    with pytest.raises(Rejected, match="RecordMovedOn"):
        desk.check(made)
    with pytest.raises(Rejected, match="RecordMovedOn"):
        desk.issue(checked)
    assert desk.issued("UNSEALING", minutes_id=checked.minutes_id).state == "ISSUED"


def test_new_version_stands_beside_the_one_it_replaces(desk):
    first = desk.issued("OPENING")
    before = desk.file(first)
    with pytest.raises(Rejected, match="NoReasonForVersion"):
        desk.draft("OPENING", minutes_id=first.minutes_id)

    second = desk.issued(
        "OPENING", minutes_id=first.minutes_id, reason="Ghi nhầm địa điểm", place="Hội trường A"
    )

    assert (second.version, second.number) == (2, "02/BB-BTC")
    assert [(one.version, one.is_replaced) for one in desk.list()] == [(1, True), (2, False)]
    assert desk.file(first, version=1) == before
    assert desk.file(first) != before
    assert (
        "Biên bản này thay thế Biên bản số 01/BB-BTC ngày 17 tháng 8 năm 2022. Lý do: Ghi nhầm"
        " địa điểm." in desk.text(second)
    )
    digests = [said.pdf_sha256 for said in desk.contest.said(review.MinutesIssued)]
    assert digests == [first.pdf_sha256, second.pdf_sha256]


def test_numbers_begin_anew_with_the_year_and_are_a_bodys_own(desk):
    desk.issued("OPENING")
    desk.contest.now = datetime(2023, 1, 3, tzinfo=UTC)

    assert desk.issued("OPENING").number == "01/BB-BTC"
    amend(desk.contest, MinutesRules(issuer="Ban Giám khảo", symbol="BB-BGK"), number=2)
    assert desk.issued("OPENING").number == "01/BB-BGK"


READERS = {
    "secretary": SECRETARY,
    "organiser": ORGANISER,
    "chair": CHAIR,
    "judge": JUDGE,
    "holder": actor(id=RECOVERY),
    "author": actor("entrant", id="p-e-1"),
    "judge elsewhere": actor("judge", "chair", id="j-9"),
    "operator": actor("operator", id="op-1"),
}


def read_by(desk):
    return {who for who, reader in READERS.items() if desk.list(by=reader)}


def test_who_reads_which_minutes_by_role_and_state(desk):
    run = {"secretary", "organiser", "chair"}
    drafted = desk.draft("OPENING")
    assert read_by(desk) == run
    desk.check(drafted)
    desk.issue(drafted)
    assert read_by(desk) == run
    desk.issued("UNSEALING")
    assert read_by(desk) == run | {"holder"}
    assert [one.kind for one in desk.list(by=READERS["holder"])] == ["UNSEALING"]
    give_all(desk.contest, {"e-1": (80, 81), "e-2": (75, 74)})
    desk.contest.close()
    desk.draft("CLOSING")

    assert read_by(desk) == run | {"holder", "judge"}
    assert [one.state for one in desk.list(by=READERS["judge"])] == ["ISSUED", "ISSUED"]
    for who in ("author", "judge elsewhere", "operator"):
        with pytest.raises(Rejected, match="UnknownMinutes"):
            desk.file(drafted, by=READERS[who])


def test_minutes_wait_for_the_names_of_those_they_name(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    desk = Desk(contest)
    made = desk.draft("OPENING")
    with pytest.raises(Rejected, match=f"NamesMissing.*s-1, {RECOVERY}"):
        desk.check(made)
    given = {"s-1": NAMES["s-1"], RECOVERY: NAMES[RECOVERY]}

    again = desk.draft("OPENING", minutes_id=made.minutes_id, names=given)

    assert desk.check(again).state == "CHECKED"


def test_a_name_typed_for_an_author_opens_no_way_to_theirs(desk):
    made = desk.draft("OPENING", names={"p-e-1": "?"})

    assert AUTHOR not in desk.text(made)
    with pytest.raises(Rejected, match="NotOfTheMeeting"):
        desk.draft("OPENING", kept_by="p-e-1")


def test_where_rules_demand_minutes_kept_here_no_other_do(desk):
    contest = desk.contest
    amend(contest, MinutesRules(required=("extend",)), number=2)
    until = {"until": contest.now + timedelta(days=2), "reason": "Nhiều bài dài"}
    stated = {"contest_id": "HG-2022", "round_id": "SO_KHAO", **until}

    for named in ("01/BB-BTC", "khác", desk.draft("VOTE").minutes_id):
        with pytest.raises(Rejected, match="MinutesNotKept"):
            desk.ask(review.ExtendRound(**stated, minutes=named))
    missing = desk.issued("MISSING")
    assert missing.number == "01/BB-BTC"
    desk.ask(review.ExtendRound(**stated, minutes=missing.number))

    (said,) = contest.said(review.RoundExtended)
    assert said.minutes == "01/BB-BTC"


def test_second_look_and_lost_key_rest_on_minutes_where_the_rules_say_so(desk):
    contest = desk.contest
    amend(contest, MinutesRules(required=("second_look", "lost_key")), number=2)
    give_all(contest, {"e-1": (62, 84), "e-2": (75, 74)})
    keys.give(contest.bench, "s-1", now=contest.now)
    lost = {"lost": "j-1", "reason": "Hỏng máy tính"}
    with pytest.raises(Rejected, match="MinutesNotKept"):
        keys.give(contest.bench, RECOVERY, now=contest.now, minutes="9/BB", **lost)
    unsealing = desk.draft("UNSEALING").minutes_id
    keys.give(contest.bench, RECOVERY, now=contest.now, minutes=unsealing, **lost)

    with pytest.raises(Rejected, match="MinutesNotKept"):
        look_again(contest, unsealing)  # about something else
    look_again(contest, desk.draft("RECONSIDERING").minutes_id)

    assert len(contest.said(review.EntryScored)) == 2


def test_jury_of_the_contest_is_who_may_be_present(desk):
    made = desk.draft(
        "OPENING",
        present=("j-1", "j-2"),
        guests=("Đại diện Văn phòng UBND tỉnh",),
        conclusion="Thống nhất",
    )

    said = desk.text(made)

    assert "Có mặt 2/3 giám khảo; đủ số lượng tối thiểu 2 giám khảo theo thể lệ." in said
    assert "Khách mời: Đại diện Văn phòng UBND tỉnh." in said
    assert made.meeting.conclusion == "Thống nhất"


def test_amendment_changes_nothing_of_the_minutes_of_an_open_round(desk):
    made = desk.draft("OPENING")
    amended = a_contest(replace(FIRST, name="Vòng khác", blind=False), LAST)
    amended = replace(amended, title="Tên khác", jury=JuryRules(quorum={"parts": 1, "of": 1}))
    desk.contest.bench.hear(
        intake.ContestAmended(
            contest_id="HG-2022", rules=amended, sha256="1" * 64, number=2, reason="Sửa"
        )
    )

    checked = desk.check(made)

    assert (checked.state, checked.digest) == ("CHECKED", made.digest)
    with pytest.raises(Rejected, match="ConflictsHidden"):  # the open round is blind all the same
        desk.ask(review.ListConflicts(contest_id="HG-2022"), by=CHAIR)
