"""Who is told, and that nobody is told twice."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain import (
    Accepted,
    Assigned,
    CodedEntry,
    Entry,
    EntryNews,
    EntryState,
    EntryStates,
    Finalist,
    PrizeWon,
    Receipt,
    ResultsOut,
    Round,
    Telling,
    Won,
    WonPrize,
    tell_finalists,
    tell_judges,
    tell_of_entry,
    tell_results,
)
from tests.unit.notify.builders import CONTEST, ENTRY, NAMED, NOON, an_entry, some_rules

RECEIVED = EntryNews(Receipt(NAMED, NOON, 1, ()), "SUBMITTED", received_at=NOON)
ACCEPTED = EntryNews(Accepted(NAMED), "ACCEPTED")


def readers(tellings):
    return [(one.recipient, one.channel) for one in tellings]


def test_the_contest_is_named_as_its_rules_name_it():
    assert CONTEST.name_papers(("BAN_THUYET_MINH", "VIDEO")) == ("Bản thuyết minh", "VIDEO")
    assert CONTEST.prizes["KHUYEN_KHICH"].authority == "Giám đốc Sở Nội vụ"
    assert CONTEST.round_after("SO_KHAO") == Round(
        "BAO_VE", "Vòng bảo vệ ý tưởng", blind=False, present_minutes=10, question_minutes=5
    )
    assert CONTEST.round_after("BAO_VE") is None
    assert CONTEST.round_after("VONG_BA") is None


def test_a_round_the_rules_do_not_know_is_treated_as_blind():
    assert CONTEST.round("VONG_BA") == Round("VONG_BA", "VONG_BA", blind=True)


def test_who_files_their_own_entry_is_told_once():
    tellings = tell_of_entry(ENTRY, ACCEPTED)

    assert tellings == (
        Telling("p-1", "EMAIL", Accepted(NAMED), ("e-1",)),
        Telling("p-2", "EMAIL", Accepted(NAMED), ("e-1",)),
    )


def test_who_files_online_for_others_hears_everything():
    entry = replace(ENTRY, filed_by="contact")

    assert readers(tell_of_entry(entry, ACCEPTED))[-1] == ("contact", "EMAIL")


def test_a_clerk_hears_of_the_receipt_and_no_more():
    entry = replace(ENTRY, filed_by="clerk", filed_through="DESK")

    of_receipt = readers(tell_of_entry(entry, RECEIVED))
    of_acceptance = readers(tell_of_entry(entry, ACCEPTED))

    assert of_receipt == [("p-1", "EMAIL"), ("p-2", "EMAIL"), ("clerk", "EMAIL")]
    assert of_acceptance == [("p-1", "EMAIL"), ("p-2", "EMAIL")]


def test_a_one_stop_client_gets_a_push_and_no_letter():
    entry = replace(
        ENTRY,
        author_ids=("p-1",),
        filed_by="one-stop",
        filed_through="ONE_STOP",
        external_code="H30.22-220701-0007",
    )

    tellings = tell_of_entry(entry, RECEIVED)

    state = EntryState(
        contest_id="HG-CCHC-2022",
        entry_id="e-1",
        receipt_code="H30-220701-0001",
        external_code="H30.22-220701-0007",
        state="SUBMITTED",
        received_at=NOON,
    )
    assert tellings == (
        Telling("p-1", "EMAIL", RECEIVED.letter, ("e-1",)),
        Telling("one-stop", "WEBHOOK", state, ("e-1",)),
    )


def test_a_judge_reads_codes_in_order_and_no_title_while_the_round_is_blind():
    desk = [CodedEntry("HS-02", "Một cửa số"), CodedEntry("HS-01", "Tổ công nghệ số")]

    (blind,) = tell_judges(CONTEST, "SO_KHAO", {"j-1": desk})
    (open_,) = tell_judges(CONTEST, "BAO_VE", {"j-1": desk})

    coded = (CodedEntry("HS-01", None), CodedEntry("HS-02", None))
    named = (CodedEntry("HS-01", "Tổ công nghệ số"), CodedEntry("HS-02", "Một cửa số"))
    assert blind == Telling("j-1", "EMAIL", Assigned("Vòng sơ khảo", coded))
    assert open_ == Telling("j-1", "EMAIL", Assigned("Vòng bảo vệ ý tưởng", named))


def test_the_author_of_two_finalists_reads_of_both_in_one_letter():
    one, two = an_entry(1, author_ids=("p-1",)), an_entry(2, author_ids=("p-1",))

    tellings = tell_finalists(CONTEST, "SO_KHAO", [one, two])

    letter = Finalist((one.named, two.named), "Vòng sơ khảo", "Vòng bảo vệ ý tưởng", 10, 5)
    assert tellings == (Telling("p-1", "EMAIL", letter, ("e-1", "e-2")),)


def test_after_the_last_round_nobody_is_a_finalist():
    assert tell_finalists(CONTEST, "BAO_VE", [ENTRY]) == ()


def test_a_winner_reads_of_the_prize_only_and_the_others_of_the_results():
    winner = an_entry(1, author_ids=("p-1",))
    same_author = an_entry(2, author_ids=("p-1",))
    other = an_entry(3, author_ids=("p-3",), filed_by="p-3")

    tellings = tell_results(CONTEST, [winner, same_author, other], [PrizeWon("e-1", "NHAT")])

    won = Won((WonPrize(winner.named, "Giải Nhất", "Chủ tịch UBND tỉnh Hậu Giang"),))
    assert tellings == (
        Telling("p-1", "EMAIL", won, ("e-1", "e-2")),
        Telling("p-3", "EMAIL", ResultsOut((other.named,)), ("e-3",)),
    )


def test_a_client_learns_how_all_its_entries_ended_in_one_push():
    filed = {"author_ids": (), "filed_by": "one-stop", "filed_through": "ONE_STOP"}
    one, two = an_entry(1, **filed), an_entry(2, **filed)

    (push,) = tell_results(CONTEST, [one, two], [PrizeWon("e-2", "KHUYEN_KHICH")])

    states = EntryStates(
        "HG-CCHC-2022",
        (
            one.state("NOT_AWARDED"),
            replace(two.state("AWARDED"), prize="KHUYEN_KHICH"),
        ),
    )
    assert push == Telling("one-stop", "WEBHOOK", states, ("e-1", "e-2"))


def test_the_newest_rules_are_quoted():
    amended = some_rules(title="Tên mới")

    assert type(CONTEST).of("HG-CCHC-2022", 1, amended).title == "Tên mới"


people = st.sampled_from(["p-1", "p-2", "p-3", "p-4"])
entries = st.lists(
    st.builds(
        Entry,
        contest_id=st.just("HG-CCHC-2022"),
        entry_id=st.uuids().map(str),
        receipt_code=st.just("H30"),
        title=st.text(max_size=5),
        author_ids=st.lists(people, min_size=1, max_size=4).map(tuple),
        filed_by=people,
        filed_through=st.sampled_from(["ONLINE", "DESK", "ONE_STOP"]),
    ),
    max_size=6,
    unique_by=lambda entry: entry.entry_id,
)


@given(entries, st.data())
def test_nobody_is_told_twice_of_one_event_whatever_roles_they_have(several, data):
    winners = data.draw(st.lists(st.sampled_from(several), unique=True)) if several else []
    won = [PrizeWon(entry.entry_id, "NHAT") for entry in winners]

    for tellings in (
        *(tell_of_entry(entry, RECEIVED) for entry in several),
        tell_finalists(CONTEST, "SO_KHAO", several),
        tell_results(CONTEST, several, won),
    ):
        assert len(set(readers(tellings))) == len(tellings)


@given(entries, st.data())
def test_every_author_of_a_prize_is_congratulated_and_nobody_else(several, data):
    winners = data.draw(st.lists(st.sampled_from(several), unique=True)) if several else []

    tellings = tell_results(CONTEST, several, [PrizeWon(one.entry_id, "NHAT") for one in winners])

    congratulated = {one.recipient for one in tellings if isinstance(one.content, Won)}
    assert congratulated == {person for one in winners for person in one.readers()}
