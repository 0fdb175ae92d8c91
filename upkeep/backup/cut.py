"""One consistent cut through databases that know nothing of each other.

Whoever hears an event writes a row into its `inbox` in the same transaction. If one backup held
that row and the speaker's did not hold the event, nothing could mend it; the other way round the
event is announced again, and the inboxes see to it that it has its effect once. So hearing is held
everywhere (a lock on each `inbox`), then each database's snapshot is taken, then hearing goes on:
what any snapshot shows as heard was said before the locks were had, and so before every snapshot.
Commands and questions touch no inbox, and go on meanwhile. The gateway hears nothing and comes
last: what it asked for and was granted is then in the others.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

import psycopg2
from psycopg2 import errors

from kernel.tables import EVERY_TENANT
from upkeep.backup.places import Place

LAST = "gateway"

# A service's own role sees every tenant's rows by this, as the kernel does.
SEE_ALL = f"-c app.tenant={EVERY_TENANT}"


QUICK = 0.3  # seconds in which most handlers end

Gate: TypeAlias = tuple[str, Any]  # a service, and a connection that holds its hearing


class NoCut(Exception):
    """Hearing could not be held; the message says where and what to do."""


@dataclass(frozen=True)
class Cut:
    """A connection to each database that shows it as it was at the cut."""

    readers: dict[str, Any]
    at: datetime
    held_seconds: float


@contextmanager
def take(places: Sequence[Place], patience: float) -> Iterator[Cut]:
    """Take a cut, kept until the body ends; wait up to `patience` seconds for handlers at work.

    Raises `NoCut`.
    """
    ordered = sorted(places, key=lambda place: place.service == LAST)
    with ExitStack() as kept:
        readers = {
            place.service: kept.enter_context(closing(_connect(place))) for place in ordered
        }
        for reader in readers.values():
            reader.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with ExitStack() as held:
            gates = [
                (place.service, held.enter_context(closing(_connect(place)))) for place in ordered
            ]
            began = time.monotonic()
            _hold_all(gates, patience)
            at = datetime.now(UTC)
            for reader in readers.values():
                reader.cursor().execute("SELECT 1")  # the snapshot is that of the first statement
            seconds = time.monotonic() - began
        yield Cut(readers, at, round(seconds, 3))


def _connect(place: Place) -> Any:  # noqa: ANN401  # psycopg2 has no types
    return psycopg2.connect(place.address, options=SEE_ALL)


def _hold_all(gates: Sequence[Gate], patience: float) -> None:
    """Hold hearing everywhere; nobody is held while a slow handler of another is waited for."""
    slow = _hold(gates, QUICK)
    if not slow:
        return
    for _, connection in gates:
        connection.rollback()
    for some in (slow, [gate for gate in gates if gate not in slow]):
        if stuck := _hold(some, patience):
            names = ", ".join(service for service, _ in stuck)
            raise NoCut(
                f"{names} has worked on an event for more than {patience:.0f} seconds. "
                "Begin again, or wait longer: --patience."
            )


def _hold(gates: Sequence[Gate], seconds: float) -> list[Gate]:
    """Lock the inboxes behind these gates at once; return those that were not had in time."""
    with ThreadPoolExecutor(max(1, len(gates))) as pool:
        had = pool.map(lambda gate: _lock(gate[1], seconds), gates)
        return [gate for gate, is_had in zip(gates, had, strict=True) if not is_had]


def _lock(connection: Any, seconds: float) -> bool:  # noqa: ANN401
    try:
        with connection.cursor() as asked:
            asked.execute(
                "SELECT set_config('lock_timeout', %s, true)", [f"{seconds * 1000:.0f}ms"]
            )
            asked.execute("LOCK TABLE inbox IN SHARE MODE")
    except errors.LockNotAvailable:
        connection.rollback()
        return False
    return True
