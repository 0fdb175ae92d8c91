"""One answer for all who ask the same public thing at the same time.

A page that ten thousand read in a minute must not ask ten thousand times, and must never show what
was before a publication, a revision or a revocation. So nothing is kept: a question is sent, and
everybody who comes while it is on its way shares the next one, which is sent a moment after it is
back. Each reader's answer was asked for after they came. Start with `Readers.ask`.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

Key = tuple[str, str, bytes]  # the tenant, the message, what it asks
GATHERING = 0.006  # seconds that a crowd's next question waits for more of them


class Readers:
    """Those who wait for answers, by what they have asked. One object per process."""

    def __init__(self) -> None:
        self.waiting: dict[Key, asyncio.Future[Any]] = {}
        self.turns: defaultdict[Key, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.tasks: set[asyncio.Task[None]] = set()

    async def ask(self, key: Key, fetch: Callable[[], Awaitable[Any]]) -> Any:  # noqa: ANN401  # any answer
        """Return what `fetch` does when it is begun after this call; many share one."""
        answer = self.waiting.get(key)
        if answer is None:
            answer = self.waiting[key] = asyncio.get_running_loop().create_future()
            task = asyncio.create_task(self._fetch(key, fetch, answer))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        return await asyncio.shield(answer)  # a reader who leaves takes nobody's answer along

    async def _fetch(
        self, key: Key, fetch: Callable[[], Awaitable[Any]], answer: asyncio.Future[Any]
    ) -> None:
        is_crowd = self.turns[key].locked()
        async with self.turns[key]:
            if is_crowd:
                await asyncio.sleep(GATHERING)  # those just answered come again, and share it too
            del self.waiting[key]  # whoever comes from here on waits for the one after this
            try:
                answer.set_result(await fetch())
            except Exception as error:  # noqa: BLE001  # each of those who wait is told
                answer.set_exception(error)
                answer.exception()  # though all of them may have left
        if key not in self.waiting:
            self.turns.pop(key, None)
