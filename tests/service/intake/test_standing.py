"""Roles in one contest, and looks as somebody else, as the ledger hears of them."""

import pytest

from contracts import intake
from contracts.message import Actor
from kernel.testing import Rejected, actor
from tests.service.intake.conftest import AN, CONTEST, ORGANISER, SECRETARY

REASON = "Giúp việc Ban Tổ chức (mẫu)"
GRANT = intake.GrantRole(contest_id=CONTEST, person_id="p-an", role="secretary", reason=REASON)
WITHDRAWAL = intake.WithdrawRole(
    contest_id=CONTEST, person_id="p-an", role="secretary", reason=REASON
)
LOOK = intake.RecordLook(person_id="p-an", reason=REASON)


def helper(*grants: str) -> Actor:
    return Actor(id="p-helper", roles=frozenset({"entrant"}), grants=frozenset(grants))


def test_a_role_given_and_taken_is_told_with_its_reason(contest):
    contest.ask(GRANT, ORGANISER)
    contest.ask(WITHDRAWAL, ORGANISER)
    contest.ask(LOOK, actor("operator", id="op-1"))

    said = contest.bench.announced[-3:]
    about = {"contest_id": CONTEST, "person_id": "p-an", "role": "secretary", "reason": REASON}
    assert said == [
        intake.RoleGranted(**about),
        intake.RoleWithdrawn(**about),
        intake.LookedAs(person_id="p-an", reason=REASON),
    ]


@pytest.mark.parametrize("asked", [GRANT, WITHDRAWAL, LOOK], ids=lambda one: type(one).__name__)
def test_it_takes_an_organiser_and_a_reason(contest, asked):
    silent = type(asked)(
        **{**{f: getattr(asked, f) for f in asked.__struct_fields__}, "reason": ""}
    )

    with pytest.raises(Rejected) as forbidden:
        contest.ask(asked, SECRETARY)
    with pytest.raises(Rejected) as refused:
        contest.ask(silent, ORGANISER)

    assert (forbidden.value.code, refused.value.code) == ("Forbidden", "NoReasonGiven")


def test_the_role_of_an_authority_is_given_by_an_operator_where_the_rules_name_it(contest):
    operator = actor("operator", id="op-1")
    asked = {"contest_id": CONTEST, "person_id": "p-an", "reason": REASON}

    codes = []
    for by, role in ((ORGANISER, "authority:CT_UBND"), (operator, "authority:KHONG_CO")):
        with pytest.raises(Rejected) as refused:
            contest.ask(intake.GrantRole(**asked, role=role), by)
        codes.append(refused.value.code)
    contest.ask(intake.GrantRole(**asked, role="authority:CT_UBND"), operator)

    assert codes == ["Forbidden", "UnknownAuthority"]
    assert contest.bench.announced[-1].role == "authority:CT_UBND"


def test_a_role_counts_in_its_contest_alone(contest):
    entry_id = contest.enter(AN)
    ask = intake.ShowChecklist(entry_id=entry_id)

    seen = contest.ask(ask, helper(f"secretary@{CONTEST}"), reply=intake.Checklist)
    for elsewhere in ("secretary@KHAC", f"judge@{CONTEST}", f"secretary@X@{CONTEST}"):
        with pytest.raises(Rejected) as refused:
            contest.ask(ask, helper(elsewhere))
        assert refused.value.code == "UnknownEntry"

    assert seen.entry_id == entry_id


def test_a_clerk_of_this_contest_and_secretary_of_another_accepts_nothing(contest):
    entry_id = contest.enter(AN)
    both = helper(f"clerk@{CONTEST}", "secretary@KHAC")

    with pytest.raises(Rejected) as refused:
        contest.ask(intake.AcceptEntry(entry_id=entry_id), both)

    assert refused.value.code == "Forbidden"


def test_who_works_on_one_contest_finds_and_counts_its_entries_alone(contest):
    contest.enter(AN)
    find = intake.FindEntries(contest_id=CONTEST, whose="ALL")
    count = intake.CountEntries(contest_id=CONTEST)

    found = contest.ask(find, helper(f"clerk@{CONTEST}"), reply=intake.EntriesFound)
    counted = contest.ask(count, helper(f"organiser@{CONTEST}"), reply=intake.EntriesCounted)

    assert (found.total, counted.total) == (1, 1)
    for asked in (find, count):
        with pytest.raises(Rejected, match="Forbidden"):
            contest.ask(asked, helper("clerk@KHAC"))
