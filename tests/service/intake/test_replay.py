"""Last year's entries under new rules."""

import pytest

from contracts import intake
from kernel.testing import Rejected
from tests.service.intake.conftest import AN, BINH, CONTEST, ORGANISER, SECRETARY, SOURCE


def replay(contest, *changed, by=ORGANISER):
    source = SOURCE
    for old, new in changed:
        assert old in source
        source = source.replace(old, new)
    asked = intake.ReplayEntries(contest_id=CONTEST, source=source)
    replayed = contest.ask(asked, by, reply=intake.EntriesReplayed)
    return {one.entry_id: (one.was_in, one.would_be_in, one.code) for one in replayed.entries}


@pytest.fixture
def accepted(contest):
    entry_id = contest.enter()
    contest.accept(entry_id)
    return entry_id


def test_the_same_rules_keep_everybody_in(contest, accepted):
    assert replay(contest) == {accepted: (True, True, "")}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  - {code: TTHC, name: Cải cách thủ tục hành chính}\n", "", "UnknownArea"),
        ("kinds: [INDIVIDUAL, COLLECTIVE]", "kinds: [COLLECTIVE]", "KindNotAllowed"),
        ("closes: 2022-08-16T", "closes: 2022-07-01T", "WouldBeLate"),
        ("opens: 2022-06-30T", "opens: 2022-07-09T", "NotOpenYet"),
        ("      form: DECLARATION\n", "      form: FILE\n", "Incomplete"),
    ],
)
def test_an_entry_falls_out_for_a_named_reason(contest, accepted, old, new, code):
    changed = [(old, new)]
    if code == "Incomplete":
        changed.append((", paper: BAN_CAM_KET", ""))

    assert replay(contest, *changed) == {accepted: (True, False, code)}


def test_who_was_out_stays_out_and_drafts_are_not_told(contest, accepted):
    withdrawn = contest.enter(BINH)
    contest.ask(intake.WithdrawEntry(entry_id=withdrawn), BINH)
    contest.draft()

    assert replay(contest) == {accepted: (True, True, ""), withdrawn: (False, False, "OutThen")}


@pytest.mark.parametrize("somebody", [AN, SECRETARY])
def test_only_organisers_try_rules_on_entries(contest, somebody):
    contest.enter()

    with pytest.raises(Rejected, match="Forbidden"):
        replay(contest, by=somebody)


def test_rules_with_mistakes_are_not_tried(contest):
    with pytest.raises(Rejected, match="RulesWrong"):
        replay(contest, ("max_authors: 5", "max_authors: 0"))
