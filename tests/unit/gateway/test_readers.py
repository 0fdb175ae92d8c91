"""Many readers of one page share an answer, and none sees what was before they came."""

import asyncio

import pytest

from services.gateway.readers import Readers

KEY = ("hau-giang", "awards.ShowResults", b"{}")


class Results:
    """What is published, and a question about it that can be held up on its way back."""

    def __init__(self) -> None:
        self.version, self.asked = 1, 0
        self.way_back = asyncio.Event()

    async def fetch(self) -> int:
        self.asked += 1
        seen = self.version
        await self.way_back.wait()
        return seen


async def storm() -> None:
    readers, results = Readers(), Results()
    first = asyncio.create_task(readers.ask(KEY, results.fetch))
    while results.asked == 0:  # noqa: ASYNC110  # nothing tells
        await asyncio.sleep(0)

    results.version = 2  # a revision while the first answer is on its way
    crowd = [asyncio.create_task(readers.ask(KEY, results.fetch)) for _ in range(10_000)]
    await asyncio.sleep(0)
    results.way_back.set()

    assert await first == 1
    assert set(await asyncio.gather(*crowd)) == {2}
    assert results.asked == 2

    results.version = 3
    assert await readers.ask(KEY, results.fetch) == 3
    assert (readers.waiting, readers.turns) == ({}, {})


async def come_again() -> None:
    readers, results = Readers(), Results()
    first = asyncio.create_task(readers.ask(KEY, results.fetch))
    await asyncio.sleep(0)
    second = asyncio.create_task(readers.ask(KEY, results.fetch))
    await asyncio.sleep(0)
    results.way_back.set()

    await first
    results.version = 2
    again = asyncio.create_task(readers.ask(KEY, results.fetch))

    assert await asyncio.gather(second, again) == [2, 2]
    assert results.asked == 2


async def refused() -> None:
    readers = Readers()

    async def fetch() -> int:
        raise LookupError

    crowd = [asyncio.create_task(readers.ask(KEY, fetch)) for _ in range(3)]
    leaver = asyncio.create_task(readers.ask(KEY, fetch))
    await asyncio.sleep(0)
    leaver.cancel()

    for one in crowd:
        with pytest.raises(LookupError):
            await one


@pytest.mark.slow
def test_ten_thousand_readers_ask_once_and_see_the_revision():
    asyncio.run(storm())


def test_who_comes_again_as_soon_as_answered_shares_the_next_question_of_a_crowd():
    asyncio.run(come_again())


def test_a_refusal_reaches_all_and_one_who_leaves_disturbs_nobody():
    asyncio.run(refused())
