"""How the rows of segments come out of PostgreSQL."""

from sqlalchemy.orm import Session

from services.originality.engine.kernels.postings import KEY_BITS
from services.originality.store.copying import Words, copy
from services.originality.store.postings.keys import Numbers

BUCKET, LIST, FRESH, REMOVED = range(4)

_PART = """
SELECT 0::bigint, segment::bigint, bucket::bigint, 0::bigint, packed FROM posting_bucket
WHERE tenant = %(tenant)s AND segment = {segment} AND bucket BETWEEN {first} AND {last}
UNION ALL
SELECT 1::bigint, segment::bigint, key, texts::bigint, packed FROM posting_list
WHERE tenant = %(tenant)s AND segment = {segment} AND key >= {low} AND key < {high}
"""


def copy_part(
    session: Session, segment: int, buckets: int, low: int, high: int
) -> tuple[Words, Numbers]:
    """Return a segment's rows with keys from `low` to `high`, and of its buckets the whole."""
    shift = KEY_BITS - buckets
    query = _PART.format(
        segment=segment, first=low >> shift, last=(high - 1) >> shift, low=low, high=high
    )
    return copy(session, query)
