"""Tenants take turns at the door."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import intake
from kernel.errors import Unavailable
from services.gateway.caller import line_of
from services.gateway.turns import Turns


def served(places: int, requests: list[str]) -> list[str]:
    """Let all requests, named by their tenant, come at once; return in which order they went."""

    async def play() -> list[str]:
        turns, order = Turns(places, 30), []

        async def ask(tenant: str) -> None:
            async with turns.turn("intake", tenant):
                order.append(tenant)
                await asyncio.sleep(0)

        await asyncio.gather(*(ask(tenant) for tenant in requests))
        assert turns.lines["intake"].busy == 0
        assert not turns.lines["intake"].waiting
        return order

    return asyncio.run(play())


def test_one_request_waits_for_one_of_a_rush_only():
    order = served(1, ["rush"] * 50 + ["quiet"])

    assert order.index("quiet") <= 2


def test_tenants_go_in_turn():
    order = served(1, ["a", "a", "a", "b", "b", "c"])

    assert order == ["a", "a", "b", "c", "a", "b"]


@given(places=st.integers(1, 5), requests=st.lists(st.sampled_from("abcd"), max_size=60))
def test_every_request_goes_once_and_no_place_is_lost(places, requests):
    if not requests:
        return

    order = served(places, requests)

    assert sorted(order) == sorted(requests)


@given(
    places=st.integers(1, 4),
    rush=st.integers(1, 60),
    others=st.lists(st.sampled_from("bcd"), unique=True, min_size=1),
)
def test_nobody_with_one_request_waits_for_two_rounds(places, rush, others):
    order = served(places, ["a"] * rush + others)

    # The first places are taken before the others come; then each round serves everyone once.
    assert all(order.index(tenant) < places + 1 + len(others) for tenant in others)


@given(st.data())
def test_never_more_at_once_than_there_are_places(data):
    places = data.draw(st.integers(1, 4))
    requests = data.draw(st.lists(st.sampled_from("ab"), min_size=1, max_size=30))

    async def play() -> int:
        turns, inside, most = Turns(places, 30), 0, 0

        async def ask(tenant: str) -> None:
            nonlocal inside, most
            async with turns.turn("intake", tenant):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0)
                inside -= 1

        await asyncio.gather(*map(ask, requests))
        return most

    assert asyncio.run(play()) == min(places, len(requests))


@pytest.mark.parametrize("is_called", [False, True])
def test_a_caller_who_goes_away_takes_no_place_along(is_called):
    async def play() -> int:
        turns, go_on = Turns(1, 30), asyncio.Event()

        async def hold() -> None:
            async with turns.turn("intake", "a"):
                await go_on.wait()

        async def ask() -> None:
            async with turns.turn("intake", "b"):
                pass

        holder = asyncio.create_task(hold())
        await asyncio.sleep(0)
        waiter = asyncio.create_task(ask())
        await asyncio.sleep(0)
        if is_called:
            go_on.set()
            await holder  # the place is the waiter's now, who has not run yet
        waiter.cancel()
        await asyncio.gather(waiter, return_exceptions=True)
        go_on.set()
        await holder
        return turns.lines["intake"].busy

    assert asyncio.run(play()) == 0


def test_services_have_lines_of_their_own():
    async def play() -> bool:
        turns = Turns(1, 30)
        async with turns.turn("review", "a"), turns.turn("intake", "a"):
            return True

    assert asyncio.run(play())


def test_who_gets_no_place_is_told_to_come_again_and_takes_none_along():
    async def play() -> int:
        turns = Turns(1, 0)
        async with turns.turn("intake", "a"):
            with pytest.raises(Unavailable, match="intake is busy"):
                async with turns.turn("intake", "b"):
                    pass
        return turns.lines["intake"].busy

    assert asyncio.run(play()) == 0


def test_slow_requests_wait_in_a_line_of_their_own():
    quick = intake.SubmitEntry(entry_id="e-1")
    slow = intake.ConfirmDocument(entry_id="e-1", document_id="d-1")

    assert (line_of(quick), line_of(slow)) == ("intake", "intake (slow)")
