"""A client that counts what a page asks the services for, and how many answers it waits for.

What is asked at once is one step. Each step is held back until nobody asks any more, and none of
its answers is given before all are there, so the count does not depend on who answers first.
"""

import asyncio

from kernel.client import Client

QUIET = 0.05  # seconds without a question, after which a step has all of its questions


class Step:
    """Questions that are asked at once."""

    def __init__(self) -> None:
        self.opened, self.done = asyncio.Event(), asyncio.Event()
        self.asked = self.answered = 0


class Counting(Client):
    """A client that notes what it is asked, by steps."""

    def forget(self, quiet: float = QUIET) -> None:
        self.asked, self.steps, self.gathering, self.before = [], 0, None, None
        self.quiet = quiet

    async def ask(self, message, **options):
        self.asked.append(type(message).__name__)
        step = self.join()
        try:
            await step.opened.wait()
            return await super().ask(message, **options)
        finally:
            step.answered += 1
            if step.answered == step.asked:
                step.done.set()
            await step.done.wait()

    def join(self) -> Step:
        """Return the step that gathers questions, a new one if there is none."""
        if self.gathering is None:
            self.gathering = Step()
            self.steps += 1
            self.opening = asyncio.create_task(self.open(self.gathering, self.before))
        self.gathering.asked += 1
        return self.gathering

    async def open(self, step: Step, before: Step | None) -> None:
        """Let a step's questions go when the step before is over and no more of them come."""
        if before is not None:
            await before.done.wait()
        known = 0
        while known < step.asked:
            known = step.asked
            await asyncio.sleep(self.quiet)
        self.gathering, self.before = None, step
        step.opened.set()
