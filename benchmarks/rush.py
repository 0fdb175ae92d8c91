"""The last hour of a national contest, played in a few minutes: several tenants at once.

Half of all submissions come in the last sixth of the time, each with three documents, each at its
instant whether or not those before it are done. Afterwards every acknowledged one is looked for
in the database and the store. Beside it the limit of the same machine: the same bytes put into
the store and one commit for each entry, by as many at once, with nothing of ours between.
"""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

from minio import Minio
from sqlalchemy import create_engine, text

from benchmarks.entrants import THREE_PAPERS, Entrant, admit, open_contest
from benchmarks.measuring import Timed
from deploy.local import objects
from deploy.local.instance import load
from deploy.local.stack import Stack

TENANTS = ("tinh-thu-nhat", "tinh-thu-hai", "tinh-thu-ba")
AT_ONCE = 24
WHOLE_HOUR = 20_000
LAST_DAY = datetime(2022, 8, 15, 22, tzinfo=timezone(timedelta(hours=7)))
LIMIT = 120  # entries that the limit is measured with

TAKEN = text(
    "SELECT e.receipt_code, e.entry_id, d.document_id, d.key, d.size, d.sha256"
    " FROM entry e JOIN document d ON d.tenant = e.tenant AND d.entry_id = e.entry_id"
    " WHERE e.state = 'SUBMITTED' AND d.stored_at IS NOT NULL"
)


def measure(stack: Stack, count: int, seconds: float) -> dict[str, Any]:
    """Return the figures of so many submissions within so many seconds, and what was lost."""
    stack.set_clock(LAST_DAY)
    entrants: list[Entrant] = []
    for tenant in TENANTS:
        operator = open_contest(stack, tenant)
        entrants += [admit(stack, operator, tenant, n) for n in range(AT_ONCE // len(TENANTS))]
        operator.close()
    bare = limit(stack)
    took = play(entrants, [seconds * share for share in instants(count)])
    whole, receipts = Timed(total=took), Timed(total=took)
    for each in entrants:
        whole.each += each.whole.each
        receipts.each += each.receipts.each
    return {
        "limit: store and commit": bare.figures(),
        "rush: entries of three documents": whole.figures() | {"of_limit": ratio(whole, bare)},
        "rush: submit to receipt": receipts.figures(),
        "lost": lost(stack, entrants),
    }


def instants(count: int) -> Iterator[float]:
    """Yield when each submission comes, as a share of the time: half in the last sixth."""
    early = count - count // 2
    for number in range(early):
        yield 5 / 6 * number / early
    for number in range(count // 2):
        yield 5 / 6 + number / (count // 2) / 6


def play(entrants: list[Entrant], when: list[float]) -> float:
    """Hand in each entry when it is due, by whoever is free; return the seconds it took."""
    began = time.perf_counter()
    turns, lock = iter(when), threading.Lock()

    def work(entrant: Entrant) -> None:
        while True:
            with lock:
                due = next(turns, None)
            if due is None:
                return
            time.sleep(max(0.0, began + due - time.perf_counter()))
            entrant.hand_in(THREE_PAPERS, began + due)

    at_once([lambda each=each: work(each) for each in entrants])  # type: ignore[misc]
    return time.perf_counter() - began


def limit(stack: Stack) -> Timed:
    """Time the least that could be done for an entry: three objects stored and one commit."""
    instance = load(stack.name)
    engine = create_engine(stack.addresses.admin_database_url, pool_size=AT_ONCE)
    with engine.begin() as line:
        line.execute(text("CREATE TABLE IF NOT EXISTS bare (id text PRIMARY KEY)"))
    numbers, timed = itertools.count(), Timed()
    contents = [path.read_bytes() for _, path in THREE_PAPERS]

    def work() -> None:
        store = objects.client(instance)
        while next(numbers) < LIMIT:
            began = time.perf_counter()
            put_bare(store, contents)
            with engine.begin() as line:
                line.execute(text("INSERT INTO bare VALUES (:id)"), {"id": uuid4().hex})
            timed.each.append(time.perf_counter() - began)

    began = time.perf_counter()
    at_once([work] * AT_ONCE)
    timed.total = time.perf_counter() - began
    with engine.begin() as line:
        line.execute(text("DROP TABLE bare"))
    engine.dispose()
    return timed


def put_bare(store: Minio, contents: list[bytes]) -> None:
    """Put the documents of one entry into the store."""
    for content in contents:
        url = store.get_presigned_url("PUT", "intake", f"bare/{uuid4().hex}")
        store._http.request("PUT", url, body=content)  # noqa: SLF001 -- its pool, as it is


def at_once(works: list[Callable[[], None]]) -> None:
    """Do all of it side by side; raise what any of it raises."""
    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(work) for work in works]:
            done.result()


def ratio(one: Timed, other: Timed) -> float:
    """Return the rate of one as a part of the other's."""
    return round(one.per_second / other.per_second, 3)


def lost(stack: Stack, entrants: list[Entrant]) -> dict[str, int]:
    """Count what was acknowledged and is not there, or not as it was, and gaps in the codes."""
    found: dict[str, dict[str, tuple[str, int, str]]] = {}
    codes: Counter[tuple[str, str]] = Counter()
    engine = create_engine(stack.database_url("intake"))
    for tenant in TENANTS:
        with engine.begin() as line:
            line.execute(
                text("SELECT set_config('app.tenant', :tenant, true)"), {"tenant": tenant}
            )
            for code, entry_id, document_id, key, size, digest in line.execute(TAKEN):
                documents = found.setdefault(entry_id, {})
                if not documents:
                    codes[tenant, code] += 1
                documents[document_id] = (key, size, digest)
    engine.dispose()
    store, bucket = objects.client(load(stack.name)), objects.bucket(load(stack.name), "intake")
    receipts = [receipt for entrant in entrants for receipt in entrant.acknowledged]
    missing = changed = 0
    for receipt in receipts:
        documents = found.get(receipt.entry_id, {})
        missing += {document for document, _ in receipt.documents} != documents.keys()
        for document_id, digest in receipt.documents:
            key, size, kept = documents.get(document_id, ("", 0, ""))
            is_there = key and store.stat_object(bucket, key).size == size
            changed += not is_there or kept != digest
    return {
        "acknowledged": len(receipts),
        "entries missing": missing,
        "documents missing or changed": changed,
        "codes given twice": sum(count - 1 for count in codes.values()),
        "gaps in the codes": gaps(codes),
    }


def gaps(codes: Counter[tuple[str, str]]) -> int:
    """Count the numbers that are missing between the first and the last code of each tenant."""
    numbers: dict[tuple[str, str], set[int]] = {}
    for tenant, code in codes:
        day, _, number = code.rpartition("-")
        numbers.setdefault((tenant, day), set()).add(int(number))
    return sum(max(given) - len(given) for given in numbers.values())
