"""How packed numbers come out of PostgreSQL: by a binary COPY.

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
from services.originality.engine.kernels.postings import PADDING, fields

Words = NDArray[np.uint64]
Rows = NDArray[np.int64]


def copy(session: Session, query: str, **asked: object) -> tuple[Words, Rows]:
    """Run a query for four numbers and bytes; return what came, and the rows in it.

    The query knows the tenant, and what it is `asked` for by name. A row is the four numbers, then
    where its bytes begin and how many they are, -1 for none.
    """
    cursor: Any = session.connection().connection.cursor()
    with BytesIO() as into:
        written = cursor.mogrify(query, {"tenant": current_tenant.get(), **asked}).decode()
        with _at_once():
            cursor.copy_expert(f"COPY ({written}) TO STDOUT (FORMAT binary)", into)
        into.write(bytes(PADDING - into.tell() % 8))
        words = np.frombuffer(into.getvalue(), np.uint64)
    cursor.close()
    return words, fields(words.view(np.uint8))


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
