"""A winner that is put to use is known from that day on, to every contest but its own entry."""

from datetime import date

from contracts import awards, originality
from tests.service.originality.conftest import ORGANISER, SECRETARY, Contest
from tests.unit.originality.disguise import text

OWN = text("hen_gio")


def adopt(contest: Contest, entry_id: str = "e-1", day: date = date(2022, 12, 1)) -> str:
    return contest.bench.hear(
        awards.InitiativeAdopted(
            contest_id="HG-2022",
            entry_id=entry_id,
            title=f"Sáng kiến {entry_id}",
            adopted_on=day,
            adopted_at="Sở Nội vụ",
            reach="UNIT",
            basis="Quyết định 12/QĐ-SNV",
        )
    )


def known(contest: Contest) -> tuple[originality.InitiativeLine, ...]:
    return contest.bench.ask(
        originality.ListInitiatives(),
        actor=SECRETARY,
        reply=tuple[originality.InitiativeLine, ...],
    )


def test_adopted_winner_is_a_source_in_the_next_contest(contest: Contest, unopened: Contest):
    contest.submit("e-1", OWN)
    adopt(contest)
    unopened.open(cutoff=date(2024, 6, 30))

    unopened.submit("e-5", OWN)

    (match,) = unopened.report("e-5").matches
    assert contest.told[1:] == [("e-5", "REVIEW", ("e-1",))]
    assert (match.source_kind, match.applied_at) == ("KNOWN_INITIATIVE", "Sở Nội vụ")
    assert known(contest) == (
        originality.InitiativeLine(
            register="AP_DUNG",
            code="e-1",
            title="Sáng kiến e-1",
            applied_at="Sở Nội vụ",
            scope="UNIT",
            applied_on=date(2022, 12, 1),
            entry_id="e-1",
        ),
    )


def test_winner_adopted_after_the_cutoff_is_no_source(contest: Contest, unopened: Contest):
    contest.submit("e-1", OWN)
    adopt(contest, day=date(2024, 7, 1))
    unopened.open(cutoff=date(2024, 6, 30))

    unopened.submit("e-5", OWN)

    assert contest.told[1:] == [("e-5", "CLEAR", ())]


def test_winner_applied_before_its_own_contest_is_not_held_against_itself(contest: Contest):
    contest.submit("e-1", OWN)

    adopt(contest, day=date(2022, 1, 1))
    contest.bench.tick("renew_reports")

    assert contest.told == [("e-1", "CLEAR", ())]
    assert contest.report("e-1").matches == ()


def test_adoption_heard_twice_or_corrected_leaves_one_initiative(contest: Contest):
    contest.submit("e-1", OWN)

    adopt(contest)
    adopt(contest)
    adopt(contest, day=date(2022, 11, 1))

    assert [(one.code, one.applied_on) for one in known(contest)] == [("e-1", date(2022, 11, 1))]


def test_adoption_heard_before_the_entry_waits_for_it(contest: Contest):
    assert adopt(contest) == "retry"

    contest.submit("e-1", OWN)
    contest.bench.retry(awards.InitiativeAdopted)

    assert [one.code for one in known(contest)] == ["e-1"]


def test_winner_imported_into_its_register_is_still_not_held_against_itself(contest: Contest):
    """Its text there may be corrected by a file or by the API."""
    contest.submit("e-1", OWN)
    adopt(contest, day=date(2022, 6, 1))
    corrected = originality.KnownInitiative(
        code="e-1", title="Tên đã sửa", text=OWN, applied_at="Sở Nội vụ"
    )
    asked = originality.ImportInitiatives(register="AP_DUNG", initiatives=(corrected,))
    contest.bench.ask(asked, actor=ORGANISER)
    by_api = known(contest)
    rows = f"""code,title,summary,unit,scope
e-1,Tên sửa lần nữa,"{" ".join(OWN.split())}",Sở Nội vụ,Trong tỉnh
"""
    file = originality.ImportRegister(register="AP_DUNG", content=rows.encode())

    read = contest.bench.ask(file, actor=ORGANISER, reply=originality.RegisterRead)
    contest.bench.tick("renew_reports")

    assert read.mistakes == ()
    assert [(one.code, one.title, one.entry_id) for one in (*by_api, *known(contest))] == [
        ("e-1", "Tên đã sửa", "e-1"),
        ("e-1", "Tên sửa lần nữa", "e-1"),
    ]
    assert contest.report("e-1").matches == ()
