"""Who may sit on a jury together."""

import pytest

from services.review.domain.jury import (
    EvenJury,
    JudgeStillNeeded,
    NoChair,
    Role,
    Seat,
    SeatTakenTwice,
    WrongJurySize,
    check_jury,
)


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
