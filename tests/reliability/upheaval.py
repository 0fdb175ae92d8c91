"""What befalls a running stack while people work on it: processes killed, servers restarted.

An `Upheaval` runs a plan of blows beside the play; `calm` keeps it still for a moment.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Lock, Thread
from typing import Self

from deploy.local.instance import SERVICES
from deploy.local.stack import Stack

Blow = Callable[[Stack, Counter[str]], None]

CHANCE = 2022  # the same every time


class Upheaval:
    """Strikes one blow after another, each once everybody is well, from the play's beginning on.

    `pause` is how many seconds, at least and at most, a blow is waited for. A play that ends
    before the plan does is a quick one: the blows that are left fall on what it has set going,
    the events and letters that are still on their way. A play that fails ends the plan.
    """

    def __init__(self, stack: Stack, plan: Iterable[Blow], pause: tuple[float, float]) -> None:
        self.stack = stack
        self.plan = plan
        self.pause = pause
        self.chance = random.Random(CHANCE)  # noqa: S311  # nothing secret
        self.struck: Counter[str] = Counter()
        self.failure: BaseException | None = None
        self.over = Event()
        self.still = Lock()
        self.thread = Thread(target=self.run, daemon=True)

    def run(self) -> None:
        """Strike until there is nothing left to strike."""
        try:
            for blow in self.plan:
                if self.over.wait(self.chance.uniform(*self.pause)):
                    return
                with self.still:
                    blow(self.stack, self.struck)
                # Who starts again needs the processor; striking faster than they can start
                # would show nothing but that.
                self.stack.wait_healthy()
        except BaseException as failure:  # noqa: BLE001  # told to the test at its end
            self.failure = failure

    @contextmanager
    def calm(self) -> Iterator[None]:
        """Strike nothing meanwhile, and begin with everybody well."""
        with self.still:
            self.stack.wait_healthy()
            yield

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, problem: object, *_: object) -> None:
        if problem:
            self.over.set()
        self.thread.join()
        if self.failure:
            raise self.failure


def kills(copies: int, rounds: int) -> Iterator[Blow]:
    """Yield blows of kill -9 on one to three processes at once, round after round of them all."""
    chance = random.Random(CHANCE)  # noqa: S311
    left = [(s, n) for _ in range(rounds) for s in SERVICES for n in range(copies)]
    while left:
        count = chance.randint(1, 3)
        yield partial(kill, left[:count])
        left = left[count:]


def kill(processes: Iterable[tuple[str, int]], stack: Stack, struck: Counter[str]) -> None:
    """Kill these processes."""
    for service, number in processes:
        stack.kill(service, number)
        struck[service] += 1


def restarts(*programs: str) -> Iterator[Blow]:
    """Yield a restart in good order of each of these programs."""
    for program in programs:
        yield partial(restart, program)


def restart(program: str, stack: Stack, struck: Counter[str]) -> None:
    """Stop the program as its operator would, and start it again."""
    stack.restart(program)
    struck[program] += 1
