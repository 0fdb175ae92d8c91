"""Who holds a round's keys where its rules say so."""

import pytest
from msgspec.structs import replace

from services.review.domain.jury import Role, Seat
from services.review.domain.officers import (
    NotAnOfficer,
    OfficersOfTheRules,
    check_registering,
    officers_of,
)
from services.review.domain.sealed import OfficersNeeded
from tests.unit.review.builders import FIRST

SEATED = (
    Seat("j-1", Role.CHAIR), Seat("j-2", Role.MEMBER), Seat("s-1", Role.SECRETARY),
    Seat("s-2", Role.SECRETARY),
)  # fmt: skip


@pytest.mark.parametrize(
    ("of_the_rules", "asked", "chosen"),
    [
        ((), ("a", "b"), ("a", "b")),
        ((), (), ()),
        (("CHAIR", "p-9"), (), ("j-1", "p-9")),
        (("CHAIR", "p-9"), ("p-9", "j-1"), ("p-9", "j-1")),
        (("CHAIR", "SECRETARY"), ("j-1", "s-2"), ("j-1", "s-2")),
        (("CHAIR", "SECRETARY"), ("j-2", "s-2"), OfficersOfTheRules),
        (("CHAIR", "SECRETARY"), ("s-1", "s-2"), OfficersOfTheRules),
        (("CHAIR", "SECRETARY"), (), OfficersNeeded),  # of two secretaries one has to be named
    ],
)
def test_officers_are_those_of_the_rules(of_the_rules, asked, chosen):
    rules = replace(FIRST, officers=of_the_rules)

    if isinstance(chosen, tuple):
        assert officers_of(rules, SEATED, asked) == chosen
    else:
        with pytest.raises(chosen):
            officers_of(rules, SEATED, asked)


def test_key_is_registered_by_whom_some_round_may_be_sealed_for():
    named = replace(FIRST, officers=("CHAIR", "p-9"), recovery="p-8")

    for person in ("j-1", "p-9", "p-8"):
        check_registering(person, [(named, SEATED)])
    check_registering("p-7", [(named, SEATED), (FIRST, SEATED)])
    check_registering("p-7", [(named, ())])  # nobody chairs yet
    check_registering("p-7", [])
    with pytest.raises(NotAnOfficer):
        check_registering("p-7", [(named, SEATED)])
