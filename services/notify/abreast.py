"""Errands run side by side, so that a counterparty that hangs delays nobody else."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Errand(Generic[T]):
    """What an errand has brought so far; unfinished when it took too long."""

    brought: list[T] = field(default_factory=list)
    finished: bool = False


def run_abreast(
    errands: Mapping[str, Callable[[], Iterable[T]]], seconds: float
) -> dict[str, Errand[T]]:
    """Run errands together for at most `seconds`; what comes later is not waited for.

    Each errand gives its results one by one, so that those before a hang are not lost.
    """
    enough = Event()
    under_way = {name: Errand[T]() for name in errands}
    threads = [
        # Daemons: one that hangs must not keep the service from stopping.
        Thread(target=run_one, args=(errands[name], under_way[name], enough), daemon=True)
        for name in errands
    ]
    until = time.monotonic() + seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    enough.set()
    return {name: Errand(list(one.brought), one.finished) for name, one in under_way.items()}


def run_one(errand: Callable[[], Iterable[T]], into: Errand[T], enough: Event) -> None:
    """Bring an errand's results in, one by one, until it ends or has had enough time."""
    for result in errand():
        into.brought.append(result)
        if enough.is_set():
            return
    into.finished = True
