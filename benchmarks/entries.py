"""Entries accepted per second, over HTTP, from the draft to the receipt, by many at once.

Everything behind the door runs meanwhile: events to all hearers, the originality of each entry,
a letter to each entrant.
"""

import threading
import time
from datetime import datetime
from typing import Any

from sqlalchemy import create_engine, text

from benchmarks.entrants import OPEN, TENANT, Entrant, admit, open_contest
from benchmarks.measuring import Timed
from deploy.local.instance import SERVICES
from deploy.local.stack import Stack

ENTRANTS = 12
SECONDS = 15.0

# Each event of intake: when its command was committed, and under which id hearers know it.
SAID = text(
    "SELECT o.id, pg_xact_commit_timestamp(r.xmin) FROM outbox o JOIN request r"
    " ON r.tenant = o.tenant"
    " AND r.id = convert_from(o.envelope, 'UTF8')::json ->> 'causation_id'"
    " WHERE o.type = 'intake.EntrySubmitted'"
)
HEARD = text(
    "SELECT message_id, pg_xact_commit_timestamp(xmin) FROM inbox"
    " WHERE state = 'done' AND type = 'intake.EntrySubmitted'"
)


def work_until(entrant: Entrant, deadline: float) -> None:
    """Hand in one entry after another."""
    while time.perf_counter() < deadline:
        entrant.hand_in()


def measure(stack: Stack) -> dict[str, dict[str, float]]:
    """Return the figures of whole entries, of receipts, and of the news of them."""
    stack.set_clock(OPEN)
    operator = open_contest(stack)
    entrants = [admit(stack, operator, TENANT, number) for number in range(ENTRANTS)]
    operator.close()
    threads = [
        threading.Thread(target=work_until, args=(each, time.perf_counter() + SECONDS))
        for each in entrants
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    whole, receipts = Timed(total=took), Timed(total=took)
    for each in entrants:
        whole.each += each.whole.each
        receipts.each += each.receipts.each
    return {
        "entries": whole.figures(),
        "submit to receipt": receipts.figures(),
        "commit to all hearers' commit": news(stack).figures(),
    }


def news(stack: Stack, patience: float = 240.0) -> Timed:
    """Return how long each submission took from its commit to the commit of its last hearer."""
    said = dict(rows(stack, "intake", SAID))
    deadline = time.monotonic() + patience
    while True:
        heard: dict[str, list[datetime]] = {id_: [] for id_ in said}
        hearers = 0
        for service in SERVICES:
            if service not in ("intake", "gateway"):
                found = [row for row in rows(stack, service, HEARD) if row[0] in heard]
                hearers += bool(found)
                for id_, instant in found:
                    heard[id_].append(instant)
        full = max((len(instants) for instants in heard.values()), default=0)
        late = sum(len(instants) < full for instants in heard.values())
        if hearers and not late:
            break
        if time.monotonic() > deadline:
            raise TimeoutError(f"{late} submissions were not heard by everybody.")
        time.sleep(0.5)
    each = [(max(heard[id_]) - instant).total_seconds() for id_, instant in said.items()]
    last = max(max(instants) for instants in heard.values())
    return Timed(each, (last - min(said.values())).total_seconds())


def rows(stack: Stack, service: str, question: Any) -> list[tuple[str, datetime]]:  # noqa: ANN401
    """Return what a service's database answers, for the demo's tenant."""
    engine = create_engine(stack.database_url(service))
    with engine.begin() as line:
        line.execute(text("SELECT set_config('app.tenant', :tenant, true)"), {"tenant": TENANT})
        found = [(str(row[0]), row[1]) for row in line.execute(question)]
    engine.dispose()
    return found
