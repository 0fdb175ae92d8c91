"""What one tenant's flood on a work queue costs another, and itself: `measure`.

A quiet tenant's event comes every so often, first alone, then beside as many of another tenant as
wait at once. How long each took is from its publishing to the commit of what it led to. The flood
is also worked off with nobody beside it.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import create_engine, text

from benchmarks.measuring import Timed
from benchmarks.scaling.lots import Lot, Waiting
from benchmarks.scaling.running import EVERYONE, Room, wait_for

QUIET, LOUD = "tinh-yen-tinh", "tinh-voi-va"
FIRST = 4  # of each tenant, done before it counts

Commits = Callable[[Sequence[Waiting]], dict[str, float]]  # instants of those done, by id


def measure(  # noqa: PLR0913, PLR0917  # who sends how much, how fast
    room: Room, lot: Lot, smtp: str, quiet: int, loud: int, pace: float
) -> dict[str, Any]:
    """Return the quiet tenant's figures alone, and beside a flood as multiples of those.

    `pace` is the seconds between two events of the quiet tenant's.

    `flood_per_second` is how fast the flood was worked off: with nobody beside it, and beside.
    """
    room.prepare(lot, {QUIET: quiet + FIRST, LOUD: loud + FIRST})
    own = [one for one in room.ready[lot.service] if one.tenant == QUIET]
    theirs = [one for one in room.ready[lot.service] if one.tenant == LOUD]
    alone, _ = run(room, lot, smtp, own, theirs[:FIRST], pace)
    _, by_itself = run(room, lot, smtp, [], theirs, pace)
    beside, rate = run(room, lot, smtp, own, theirs, pace)
    found = {"alone": alone.figures(), "beside a flood": beside.figures()}
    for share in ("p50", "p99"):
        times = found["beside a flood"][f"{share}_ms"] / found["alone"][f"{share}_ms"]
        found["beside a flood"][f"{share}_times"] = round(times, 2)
    found["flood_per_second"] = {"alone": round(by_itself, 1), "beside": round(rate, 1)}
    return found


def run(  # noqa: PLR0913, PLR0917
    room: Room,
    lot: Lot,
    smtp: str,
    own: Sequence[Waiting],
    theirs: Sequence[Waiting],
    pace: float,
) -> tuple[Timed, float]:
    """Publish the flood at once, the quiet tenant's one after another; time these.

    Returns their times, and how many of the flood were done a second.
    """
    told = room.stack.env(lot.service) | {"SMTP_URL": smtp}
    told["DATABASE_URL"] = room.make("scaling_run", lot.service, f"scaling_{lot.service}")
    sent: dict[str, float] = {}
    with room.copies(lot, told, 1, 0), looking(told, theirs[0].exchange == "gateway") as commits:
        first, quiet, flood = [*own[:FIRST], *theirs[:FIRST]], own[FIRST:], theirs[FIRST:]
        room.publish(first)
        wait_for(lambda: len(commits(first)), len(first))
        began = time.time()
        room.publish(flood)
        for one in quiet:
            sent[one.id] = time.time()
            room.publish([one])
            time.sleep(pace)
        wait_for(lambda: len(commits([*quiet, *flood])), len(quiet) + len(flood))
        found, theirs_found = commits(quiet), commits(flood)
    timed = Timed([found[each] - sent[each] for each in sent])
    timed.total = max(found.values(), default=began) - began
    ended = max(theirs_found.values(), default=began)
    return timed, len(flood) / (ended - began) if flood else 0.0


@contextmanager
def looking(told: dict[str, str], asked: bool) -> Iterator[Commits]:  # noqa: FBT001
    """Give what tells when each message had its effect: a request, or else an event."""
    column, table = ("id", "request") if asked else ("message_id", "inbox")
    state = "" if asked else " AND state = 'done'"
    question = text(
        f"SELECT {column}, extract(epoch FROM pg_xact_commit_timestamp(xmin)) FROM {table}"  # noqa: S608
        f" WHERE {column} = ANY(:ids){state}"
    )
    engine = create_engine(told["DATABASE_URL"], isolation_level="AUTOCOMMIT")
    with engine.connect() as line:
        line.execute(EVERYONE)

        def commits(messages: Sequence[Waiting]) -> dict[str, float]:
            ids = {"ids": [each.id for each in messages]}
            return {id_: float(at) for id_, at in line.execute(question, ids)}

        yield commits
    engine.dispose()
