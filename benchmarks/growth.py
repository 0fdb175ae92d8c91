"""Whether a submission costs the same with many entries in the database as with few.

One entry that was handed in is copied row by row, under other ids, until there are so many; then
a few entries are handed in over HTTP, one after another.
"""

import time
from typing import Any

from sqlalchemy import Connection, create_engine, text

from benchmarks.entrants import OPEN, THREE_PAPERS, Entrant, admit, open_contest
from benchmarks.measuring import Timed, processor_seconds
from deploy.local.stack import Stack

GROWN = "tinh-lon-dan"
SIZES = (1_000, 10_000, 100_000)
EACH = 40

# Of a model entry: every table that is about entries, and the kernel's, which grow with it.
TABLES = text(
    "SELECT table_name FROM information_schema.columns"
    " WHERE table_schema = 'public' AND column_name = 'entry_id' ORDER BY 1"
)
COLUMNS = text(
    "SELECT column_name, data_type FROM information_schema.columns"
    " WHERE table_schema = 'public' AND table_name = :table AND is_identity = 'NO'"
    " ORDER BY ordinal_position"
)
# Columns that must differ from copy to copy, and how.
FRESH = {
    "entry_id": "'s' || n",
    "document_id": "'s' || n || '-' || t.document_id",
    "receipt_code": "'H30-220101-' || n",
    "key": "'s' || n || '-' || t.key",
}


def measure(stack: Stack) -> dict[str, Any]:
    """Return the figures of entries handed in at each size, and the last beside the first."""
    stack.set_clock(OPEN)
    operator = open_contest(stack, GROWN)
    entrant = admit(stack, operator, GROWN, 0)
    operator.close()
    entrant.hand_in(THREE_PAPERS)
    model, found, there = entrant.acknowledged[0].entry_id, {}, 1
    time.sleep(5)  # until what was said of it is sent, so that no copy of it is
    for size in SIZES:
        grow(stack, model, there, size)
        there = size
        found[f"growth: {size} entries"] = hand_in(stack, entrant)
    first, *_, last = found.values()
    growth = {name: round(last[name] / first[name], 2) for name in ("p50_ms", "cpu_us")}
    return found | {"growth": growth}


def hand_in(stack: Stack, entrant: Entrant) -> dict[str, float]:
    """Hand in a few entries; return the time of the last step and intake's processor time."""
    for _ in range(5):  # what is new to the process is not part of the cost
        entrant.hand_in(THREE_PAPERS)
    entrant.receipts = Timed()
    pid = stack.pid("intake") or 0
    used = processor_seconds(pid)
    for _ in range(EACH):
        entrant.hand_in(THREE_PAPERS)
    entrant.receipts.work = processor_seconds(pid) - used
    entrant.receipts.total = sum(entrant.receipts.each)
    return entrant.receipts.figures()


def grow(stack: Stack, model: str, there: int, wanted: int) -> None:
    """Copy the model's rows under other ids until there are as many entries as wanted."""
    engine = create_engine(stack.database_url("intake"))
    with engine.begin() as line:
        line.execute(text("SELECT set_config('app.tenant', :tenant, true)"), {"tenant": GROWN})
        for table in line.scalars(TABLES).all():
            copy(line, table, f"t.entry_id = '{model}'", there, wanted)
        copy(line, "request", "t.id = (SELECT max(id) FROM request)", there, wanted)
        sent = "t.id = (SELECT max(id) FROM outbox WHERE sent_at IS NOT NULL)"
        copy(line, "outbox", sent, there, wanted)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        line.execute(text("ANALYZE"))
    engine.dispose()


def copy(line: Connection, table: str, which: str, there: int, wanted: int) -> None:
    """Copy the rows of a table that are the model's, once for each new entry."""
    fresh = FRESH | ({"id": "'s' || n"} if table in ("request", "outbox") else {})
    columns = [name for name, _ in line.execute(COLUMNS, {"table": table})]
    values = ", ".join(fresh.get(name, f't."{name}"') for name in columns)
    named = ", ".join(f'"{name}"' for name in columns)
    line.execute(
        text(
            f'INSERT INTO "{table}" ({named}) SELECT {values} FROM "{table}" t,'  # noqa: S608
            f" generate_series({there + 1}, {wanted}) n WHERE {which}"
        )
    )
