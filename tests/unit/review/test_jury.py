"""Who may sit on a jury together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.rules import Area, JuryRules, Quorum
from services.review.domain.jury import (
    BelowQuorum,
    EvenJury,
    JudgeStillNeeded,
    NoChair,
    Role,
    Seat,
    SeatTakenTwice,
    SecretaryMarks,
    WrongJurySize,
    check_jury,
    check_leaving,
    quorum_of,
)
from services.review.domain.sub_juries import (
    FieldWithoutJudges,
    SubJury,
    UnknownPanel,
    check_panels,
    fields_of,
    sitting,
)
from tests.unit.review.builders import a_contest


def jury_of(judges: int, *others: Seat) -> list[Seat]:
    """Seat a chair, members up to so many judges, and others."""
    members = [Seat(f"j-{number}", Role.MEMBER) for number in range(2, judges + 1)]
    return [Seat("j-1", Role.CHAIR), *members, *others]


def test_odd_jury_with_one_chair_may_sit():
    check_jury(jury_of(7), size=7, busy=())


def test_secretaries_do_not_make_a_jury_even():
    check_jury(jury_of(3, Seat("s-1", Role.SECRETARY)), size=3, busy=())


def test_even_jury_is_refused():
    with pytest.raises(EvenJury, match="this one has 4"):
        check_jury(jury_of(4), size=None, busy=())


def test_jury_smaller_than_the_rules_ask_is_refused():
    with pytest.raises(WrongJurySize, match="ask for 7 judges; this jury has 5"):
        check_jury(jury_of(5), size=7, busy=())


@pytest.mark.parametrize("chairs", [0, 2])
def test_jury_without_exactly_one_chair_is_refused(chairs):
    seats = [Seat(f"j-{n}", Role.CHAIR if n < chairs else Role.MEMBER) for n in range(3)]

    with pytest.raises(NoChair, match=f"has {chairs}"):
        check_jury(seats, size=None, busy=())


def test_nobody_sits_twice_not_even_as_secretary():
    with pytest.raises(SeatTakenTwice, match="j-2"):
        check_jury(jury_of(3, Seat("j-2", Role.SECRETARY)), size=None, busy=())


def test_judge_with_entries_in_an_open_round_keeps_the_seat():
    with pytest.raises(JudgeStillNeeded, match="j-9"):
        check_jury(jury_of(3), size=None, busy={"j-1", "j-9"})


AREAS = (Area(code="TTHC", name="Thủ tục hành chính"), Area(code="THE_CHE", name="Thể chế"))
RULES = replace(a_contest(jury_size=None), areas=AREAS)
PANELS = (
    SubJury("A", "Tiểu ban 1", frozenset({"TTHC"}), frozenset({"SO_KHAO"})),
    SubJury("B", "Tiểu ban 2", frozenset({"THE_CHE"}), frozenset({"SO_KHAO"})),
    SubJury("C", "Chung khảo", frozenset(), frozenset({"BAO_VE"})),
)


def on_panel(panel_id: str, *people: str) -> list[Seat]:
    """Seat people on a panel, the first as its chair."""
    return [
        Seat(person, Role.MEMBER if place else Role.CHAIR, panel_id=panel_id)
        for place, person in enumerate(people)
    ]


def in_panels() -> list[Seat]:
    return [
        Seat("c-1", Role.CHAIR, panel_id=None),
        *on_panel("A", "a-1", "a-2", "a-3"),
        *on_panel("B", "b-1", "b-2", "b-3"),
        *on_panel("C", "a-1", "b-1", "b-2"),
    ]


def test_jury_in_panels_may_sit_and_one_person_on_several_of_them():
    check_jury(in_panels(), size=7, busy=())
    check_panels(in_panels(), PANELS, RULES)


def test_each_field_has_the_judges_of_its_panel_and_those_who_sit_for_all():
    assert list(sitting(in_panels(), PANELS, "SO_KHAO", "TTHC")) == ["c-1", "a-1", "a-2", "a-3"]
    assert list(sitting(in_panels(), PANELS, "BAO_VE", "TTHC")) == ["c-1", "a-1", "b-1", "b-2"]


def test_fields_of_a_judge_are_those_of_all_their_panels_in_the_round():
    both = [*in_panels(), *on_panel("B", "a-2")]

    fields = fields_of(both, PANELS, "SO_KHAO")

    assert fields["a-1"] == {"TTHC"}
    assert fields["a-2"] == {"TTHC", "THE_CHE"}
    assert fields["c-1"] is None


@pytest.mark.parametrize(
    ("seats", "rules", "error"),
    [
        (on_panel("A", "a-1", "a-2"), JuryRules(), EvenJury),
        (on_panel("A", "a-1", "a-2", "a-3"), JuryRules(panel_size=5), WrongJurySize),
        ([Seat("a-1", Role.MEMBER, panel_id="A")], JuryRules(), NoChair),
        (
            [*on_panel("A", "a-1"), Seat("c-1", Role.SECRETARY, panel_id="A")],
            JuryRules(),
            SecretaryMarks,
        ),
    ],
)
def test_panel_is_made_up_as_the_rules_say(seats, rules, error):
    with pytest.raises(error):
        check_jury([Seat("c-1", Role.CHAIR), *seats], size=None, busy=(), rules=rules)


def test_rules_may_allow_an_even_jury():
    check_jury(jury_of(4), size=None, busy=(), rules=JuryRules(odd=False))


@pytest.mark.parametrize(
    "panels",
    [
        PANELS[:2],  # seats on a panel nobody described
        (*PANELS, SubJury("D", "Không có ai")),
        (*PANELS[:2], SubJury("C", "Chung khảo", frozenset({"Y_TE"}))),
        (*PANELS[:2], SubJury("C", "Chung khảo", frozenset(), frozenset({"VONG_3"}))),
    ],
)
def test_panels_are_of_seats_fields_and_rounds_that_there_are(panels):
    with pytest.raises(UnknownPanel):
        check_panels(in_panels(), panels, RULES)


def test_field_without_judges_is_named():
    seats = [seat for seat in in_panels() if seat.panel_id != "B"]

    with pytest.raises(FieldWithoutJudges, match="“Thể chế” has 1 judges in the round “Vòng sơ"):
        check_panels(seats, (PANELS[0], PANELS[2]), RULES)


@pytest.mark.parametrize(("judges", "quorum"), [(3, 2), (5, 4), (7, 5), (9, 6)])
def test_quorum_of_two_thirds_is_rounded_up(judges, quorum):
    assert quorum_of(judges, JuryRules()) == quorum


def test_judge_leaves_without_a_substitute_while_the_quorum_stays():
    check_leaving(jury_of(7), jury_of(5), JuryRules())

    with pytest.raises(BelowQuorum, match="4 judges would be left of 7; the rules ask for 5"):
        check_leaving(jury_of(7), jury_of(4), JuryRules())


def test_chair_does_not_leave_without_a_substitute():
    with pytest.raises(NoChair):
        check_leaving(jury_of(7), jury_of(7)[1:], JuryRules())


@given(st.integers(1, 99), st.integers(1, 9), st.integers(1, 9))
def test_quorum_is_the_least_number_that_makes_up_the_share(judges, parts, of):
    needed = quorum_of(judges, JuryRules(quorum=Quorum(parts=parts, of=of)))

    assert needed * of >= judges * parts > (needed - 1) * of
