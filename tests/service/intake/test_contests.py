"""Contests are opened and amended, units and people made known."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from contracts import intake
from kernel.testing import Rejected, actor
from services.intake.rules import check
from tests.service.intake.conftest import (
    AN,
    BINH,
    CLERK,
    CONTEST,
    OPENED,
    ORGANISER,
    SOURCE,
    Contest,
)

RULES = check(SOURCE)
LATER = "Thời gian nhận hồ sơ: hạn nhận: 24:00 15/08/2022 → 24:00 22/08/2022."
AMENDED = SOURCE.replace("closes: 2022-08-16", "closes: 2022-08-23")
REASON = "Gia hạn do bão"


def amend(contest: Contest, source: str = AMENDED, reason: str = REASON, by=ORGANISER):
    asked = intake.AmendContest(contest_id=CONTEST, source=source, reason=reason)
    return contest.ask(asked, by, OPENED, intake.OpenedContest)


def test_opened_contest_is_announced_with_its_rules_and_their_hash(bench):
    reply = Contest(bench).open()

    assert reply == intake.OpenedContest(contest_id=CONTEST, number=0, sha256=RULES.sha256)
    assert bench.announced == [
        intake.ContestOpened(
            contest_id=CONTEST, rules=RULES.rules, sha256=RULES.sha256, opened_at=OPENED
        )
    ]


def test_opening_the_same_file_again_announces_nothing(contest):
    said = len(contest.bench.announced)

    assert contest.open().sha256 == RULES.sha256
    assert len(contest.bench.announced) == said


def test_contest_opened_twice_at_once_is_opened_once(bench):
    contest = Contest(bench)

    with ThreadPoolExecutor(4) as organisers:
        hashes = {opened.sha256 for opened in organisers.map(lambda _: contest.open(), range(4))}

    assert len(hashes) == 1
    assert len(contest.said(intake.ContestOpened)) == 1


def test_opening_other_rules_under_the_same_id_is_refused(contest):
    with pytest.raises(Rejected, match="amend it instead"):
        contest.open(AMENDED)


def test_file_with_mistakes_is_refused_with_the_first_of_them(bench):
    with pytest.raises(Rejected, match=r"has 1 mistakes; the first, in line \d+, column 1: Thiếu"):
        Contest(bench).open(SOURCE.replace("  closes: 2022-08-16T00:00:00+07:00\n", ""))


def test_entrant_opens_no_contest(bench):
    with pytest.raises(Rejected, match="Forbidden"):
        Contest(bench).open(by=AN)


def test_amendment_takes_the_next_number_and_gives_its_reason(contest):
    reply = amend(contest)

    new = check(AMENDED)
    assert (reply.number, reply.sha256) == (1, new.sha256)
    assert contest.said(intake.ContestAmended) == [
        intake.ContestAmended(
            contest_id=CONTEST,
            rules=new.rules,
            sha256=new.sha256,
            number=1,
            reason=REASON,
            changes=(LATER,),
        )
    ]
    shown = contest.ask(intake.ShowContest(contest_id=CONTEST), reply=intake.OpenedContest)
    assert (shown.rules, shown.source) == (new.rules, new.source)


def test_everybody_can_read_what_each_amendment_changed(contest):
    amend(contest)

    listed = contest.ask(
        intake.ListAmendments(contest_id=CONTEST), BINH, reply=tuple[intake.Amendment, ...]
    )

    assert [(one.number, one.reason, one.changes) for one in listed] == [
        (0, None, ()),
        (1, REASON, (LATER,)),
    ]
    assert [one.sha256 for one in listed] == [check(SOURCE).sha256, check(AMENDED).sha256]


@pytest.mark.parametrize(
    ("source", "reason", "code"),
    [
        (AMENDED, " ", "NoReason"),
        (SOURCE, REASON, "NothingAmended"),
        (AMENDED.replace("id: HG-CCHC-2022", "id: HG-CCHC-2023"), REASON, "OtherContest"),
    ],
)
def test_amendment_that_makes_no_sense_is_refused(contest, source, reason, code):
    with pytest.raises(Rejected, match=code):
        amend(contest, source, reason)


def test_contest_of_one_tenant_is_unknown_to_another(contest):
    with pytest.raises(Rejected, match="UnknownContest"):
        contest.ask(intake.ShowContest(contest_id=CONTEST), tenant="soc-trang")


def test_contests_are_listed_newest_first(contest):
    other = SOURCE.replace("id: HG-CCHC-2022", "id: HG-CCHC-2023")
    contest.ask(intake.OpenContest(source=other), ORGANISER)

    lines = contest.ask(intake.ListContests(), reply=tuple[intake.ContestLine, ...])

    assert [line.contest_id for line in lines] == ["HG-CCHC-2023", CONTEST]


def test_checking_a_file_says_its_mistakes_and_opens_nothing(bench):
    asked = intake.CheckRules(source=SOURCE.replace("jury_size: 7", "jury_size: bảy"))

    checked = bench.ask(asked, actor=ORGANISER, reply=intake.RulesChecked)

    assert [found.path for found in checked.mistakes] == ["jury_size"]
    assert bench.announced == []


def test_units_imported_twice_are_known_once(contest):
    assert contest.import_units("STP", "STC", "STC") == 3

    listed = contest.ask(intake.ListAgencies(), reply=tuple[intake.Agency, ...])
    assert [agency.unit_id for agency in listed] == ["SNV", "STC", "STP"]


def register(contest: Contest, by, name: str = "Nguyễn Văn An", person_id: str = "p-an") -> None:
    contest.ask(intake.RegisterPerson(person_id=person_id, full_name=name, email="an@vd.vn"), by)


def test_person_is_announced_with_a_tidy_name(contest):
    register(contest, AN, "Nguyễn\u00a0 Văn An ")

    assert contest.said(intake.PersonRegistered) == [
        intake.PersonRegistered(person_id="p-an", full_name="Nguyễn Văn An", email="an@vd.vn")
    ]


def test_registering_again_is_announced_only_when_something_changed(contest):
    register(contest, AN)
    register(contest, CLERK)
    register(contest, CLERK, "Nguyễn Văn Ân")

    names = [event.full_name for event in contest.said(intake.PersonRegistered)]
    assert names == ["Nguyễn Văn An", "Nguyễn Văn Ân"]


def test_nobody_registers_somebody_else(contest):
    with pytest.raises(Rejected, match="Forbidden"):
        register(contest, actor("entrant", id="p-binh"))


def test_what_an_amendment_has_dropped_is_named_on_handing_in(contest):
    entry_id = contest.draft()
    amend(contest, AMENDED.replace("code: TTHC", "code: THU_TUC"))

    with pytest.raises(Rejected, match="UnknownArea: This contest has no area TTHC"):
        contest.submit(entry_id)


def test_a_file_for_a_paper_that_was_dropped_is_no_part_of_the_dossier(contest):
    entry_id = contest.draft()
    contest.upload(entry_id)
    contest.upload(entry_id, code="MINH_CHUNG")
    amend(contest, AMENDED.replace("code: MINH_CHUNG", "code: PHU_LUC"))

    receipt = contest.submit(entry_id)

    (said,) = contest.said(intake.EntrySubmitted)
    assert (receipt.missing, [one.code for one in said.documents]) == ((), ["BAN_THUYET_MINH"])
