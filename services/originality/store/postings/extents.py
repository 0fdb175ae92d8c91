"""How much the index held at an instant, so that a search can be made as it was then.

What came later is left out before anything is counted: a hash is as rare as it was. What has gone
since cannot be put back.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.store.postings.gathering import Found
from services.originality.store.postings.keys import Channel
from services.originality.store.postings.manifest import manifest

EVERYTHING = int(np.iinfo(np.int32).max)  # texts that a key may have to be read at all

# What has been removed from segments, what is in none yet, and in channel 0 the latest text.
_BESIDE = text("""
SELECT s.channel, -count(*), -sum(r.length)::bigint FROM posting_removed r
JOIN posting_segment s ON s.tenant = r.tenant AND s.segment = r.segment
WHERE r.tenant = :tenant AND r.segment = ANY(:segments) GROUP BY s.channel
UNION ALL
SELECT channel, count(*), sum(length)::bigint FROM posting_fresh_text
WHERE tenant = :tenant AND coalesce(moved > :version, true) GROUP BY channel
UNION ALL
SELECT 0, coalesce(max(text_id), 0), 0 FROM text WHERE tenant = :tenant
""")


class Held(NamedTuple):
    """How many texts have a channel at all, and how long they are together, in hashes."""

    channel: int
    texts: int
    length: int


@dataclass(frozen=True, slots=True)
class Extent:
    """The number of the latest text there was, and how much each channel held."""

    newest: int
    held: tuple[Held, ...]

    @property
    def texts(self) -> int:
        """Return how many texts there were, by the channel that held most."""
        return max((each.texts for each in self.held), default=0)

    def then(self, channel: Channel, found: Found) -> Found:
        """Return what of it was there then."""
        own = next((each for each in self.held if each.channel == channel), Held(channel, 0, 0))
        there = found.postings.only(found.postings.texts <= self.newest)
        return replace(found, postings=there, texts=own.texts, length=own.length)


def extent(session: Session) -> Extent:
    """Return how much there is now, as of the version of the index that is pinned."""
    pinned = manifest(session)
    segments = [each.segment for each in pinned.segments]
    asked = {"tenant": current_tenant.get(), "version": pinned.version, "segments": segments}
    parts = [(int(each.channel), each.texts, each.length) for each in pinned.segments]
    parts += [tuple(row) for row in session.execute(_BESIDE, asked)]
    return Extent(
        sum(latest for whose, latest, _ in parts if not whose),
        tuple(
            Held(
                channel.value,
                sum(texts for whose, texts, _ in parts if whose == channel),
                sum(length for whose, _, length in parts if whose == channel),
            )
            for channel in Channel
        ),
    )
