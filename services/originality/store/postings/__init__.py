"""The inverted index, in PostgreSQL and nowhere else: which texts share a hash with a text.

A fresh text's postings are a row; a background job packs many into *segments*, which never
change: buckets of neighbouring keys, a row each, and long lists of their own. Segments are merged
into larger ones, so that a query touches four or so. A *manifest* says which are in force; who
reads pins one version of it, and what a version needs stays while somebody reads it. A removed
text is marked in its segments and counts no more from that instant. Workers hold no state but
copies of segments, which may be dropped at any time.

    add, add_many, remove     in the transaction of whoever says so
    search, bm25              which texts share most, or answer terms best; `search_each` at once
    manifest                  the version they go by, for the report
    extent                    how much there is, by which a search can be made so again later
    merge                     one step of the background job

Start with `searching`, then `gathering`, `keeping`, `segments`, `merging`.
"""

from services.originality.store.postings.extents import Extent, extent
from services.originality.store.postings.keys import Channel, Postings, keys_of, postings_of
from services.originality.store.postings.manifest import Manifest, manifest
from services.originality.store.postings.merging import merge
from services.originality.store.postings.searching import (
    Keep,
    Scored,
    Sought,
    bm25,
    search,
    search_each,
)
from services.originality.store.postings.writing import add, add_each, add_many, remove

__all__ = [
    "Channel",
    "Extent",
    "Keep",
    "Manifest",
    "Postings",
    "Scored",
    "Sought",
    "add",
    "add_each",
    "add_many",
    "bm25",
    "extent",
    "keys_of",
    "manifest",
    "merge",
    "postings_of",
    "remove",
    "search",
    "search_each",
]
