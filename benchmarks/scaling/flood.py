"""What one tenant's flood on a work queue costs another: `measure`.

A quiet tenant's event comes every so often, first alone, then beside as many of another tenant as
wait at once. How long each took is from its publishing to the commit of what it led to.
"""

import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import create_engine, text

from benchmarks.measuring import Timed
from benchmarks.scaling.lots import Lot, Waiting
from benchmarks.scaling.running import EVERYONE, Room

QUIET, LOUD = "tinh-yen-tinh", "tinh-voi-va"
PACE = 0.5  # seconds between two of the quiet tenant's


def measure(room: Room, lot: Lot, smtp: str, quiet: int, loud: int) -> dict[str, Any]:
    """Return the quiet tenant's figures alone, and beside a flood as multiples of those."""
    room.prepare(lot, {QUIET: quiet, LOUD: loud})
    own = [one for one in room.ready[lot.service] if one.tenant == QUIET]
    theirs = [one for one in room.ready[lot.service] if one.tenant == LOUD]
    alone = run(room, lot, smtp, own, []).figures()
    beside = run(room, lot, smtp, own, theirs).figures()
    for share in ("p50", "p99"):
        beside[f"{share}_times"] = round(beside[f"{share}_ms"] / alone[f"{share}_ms"], 2)
    return {"alone": alone, "beside a flood": beside}


def run(
    room: Room, lot: Lot, smtp: str, own: Sequence[Waiting], theirs: Sequence[Waiting]
) -> Timed:
    """Publish the flood at once, the quiet tenant's one after another; time these."""
    told = room.stack.env(lot.service) | {"SMTP_URL": smtp}
    told["DATABASE_URL"] = room.make("scaling_run", lot.service, f"scaling_{lot.service}")
    sent: dict[str, float] = {}
    with room.copies(lot, told, 1, 0):
        room.publish(theirs)
        for one in own:
            sent[one.id] = time.time()
            room.publish([one])
            time.sleep(PACE)
        table, column = (
            ("request", "id") if own[0].exchange == "gateway" else ("inbox", "message_id")
        )
        question = text(
            f"SELECT {column}, extract(epoch FROM pg_xact_commit_timestamp(xmin)) FROM {table}"  # noqa: S608
            f" WHERE {column} = ANY(:ids)"
        )
        engine = create_engine(told["DATABASE_URL"], isolation_level="AUTOCOMMIT")
        with engine.connect() as line:
            line.execute(EVERYONE)
            while True:
                found = dict(line.execute(question, {"ids": list(sent)}).tuples().all())
                if len(found) == len(sent):
                    break
                time.sleep(0.1)
        engine.dispose()
    timed = Timed([float(found[each]) - sent[each] for each in sent])
    timed.total = max(map(float, found.values())) - min(sent.values())
    return timed
