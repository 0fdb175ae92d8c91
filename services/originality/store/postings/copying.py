"""How packed postings come out of PostgreSQL: by a binary COPY.

The usual way would spell them out as hexadecimal digits and back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg2.extensions import get_wait_callback, set_wait_callback
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.engine.kernels.postings import KEY_BITS, PADDING, fields
from services.originality.store.postings.keys import Numbers

BUCKET, LIST, FRESH, REMOVED, COUNT = range(5)
Words = NDArray[np.uint64]

_PART = """
SELECT 0::bigint, segment::bigint, bucket::bigint, 0::bigint, packed FROM posting_bucket
WHERE tenant = %(tenant)s AND segment = {segment} AND bucket BETWEEN {first} AND {last}
UNION ALL
SELECT 1::bigint, segment::bigint, key, texts::bigint, packed FROM posting_list
WHERE tenant = %(tenant)s AND segment = {segment} AND key >= {low} AND key < {high}
"""


def copy(session: Session, query: str) -> tuple[Words, Numbers]:
    """Run a query for four numbers and bytes; return what came, and the rows in it.

    A row is the four numbers, then where its bytes begin and how many they are, -1 for none.
    """
    cursor: Any = session.connection().connection.cursor()
    with BytesIO() as into:
        asked = cursor.mogrify(query, {"tenant": current_tenant.get()}).decode()
        with _at_once():
            cursor.copy_expert(f"COPY ({asked}) TO STDOUT (FORMAT binary)", into)
        into.write(bytes(PADDING - into.tell() % 8))
        words = np.frombuffer(into.getvalue(), np.uint64)
    cursor.close()
    return words, fields(words.view(np.uint8))


def copy_part(
    session: Session, segment: int, buckets: int, low: int, high: int
) -> tuple[Words, Numbers]:
    """Return a segment's rows with keys from `low` to `high`, and of its buckets the whole."""
    shift = KEY_BITS - buckets
    query = _PART.format(
        segment=segment, first=low >> shift, last=(high - 1) >> shift, low=low, high=high
    )
    return copy(session, query)


@contextmanager
def _at_once() -> Iterator[None]:
    """Let the database be waited for by standing still: COPY cannot be waited for in turns.

    In a service's process psycopg2 is told to let others work meanwhile, and then refuses COPY.
    Nobody else runs before the answer is there, so nobody else meets the change.
    """
    in_turns = get_wait_callback()
    set_wait_callback(None)
    try:
        yield
    finally:
        set_wait_callback(in_turns)
