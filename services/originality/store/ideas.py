"""Vectors of what texts mean: kept per tenant, model and list, searched list by list.

A list holds the vectors nearest to one of the model's centroids, so that a search in a large
index reads some lists only (an inverted file, as in faiss). The database hands over a list as
one run of bytes: rows stay single, so that one text comes and goes in its own transaction.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, delete, func, insert, select
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.ideas.alike import Near
from services.originality.ideas.meaning import Meaning
from services.originality.ideas.table import Reals, Vector, cosines
from services.originality.store.copying import copy
from services.originality.store.postings import Keep
from services.originality.store.tables import IdeaVectorRow

EXACT = 5_000  # vectors; up to so many all lists are read at once
PROBED = 0.25  # of the lists are read in a larger index
AT_ONCE = 4  # lists in one answer: of a million vectors about 16 MB

NUMBER = 8  # bytes of a text's number

_READ = """
SELECT 0::bigint, 0::bigint, count(*), 0::bigint,
string_agg(int8send(text_id), '') || string_agg(vector, '') FROM idea_vec
WHERE tenant = %(tenant)s AND model = %(model)s AND octet_length(vector) = %(width)s
"""


def save(session: Session, text_id: int, meaning: Meaning, centroids: Reals | None = None) -> None:
    """Keep a text's vectors of one model in place of those it had of it."""
    tenant = current_tenant.get()
    mine = and_(IdeaVectorRow.tenant == tenant, IdeaVectorRow.text_id == text_id)
    session.execute(delete(IdeaVectorRow).where(mine, IdeaVectorRow.model == meaning.model))
    rows = [
        {
            "model": meaning.model,
            "list_id": _nearest_lists(vector, centroids)[0],
            "text_id": text_id,
            "part": part,
            "vector": vector.tobytes(),
        }
        for part, vector in enumerate(meaning.vectors)
    ]
    if rows:
        session.execute(insert(IdeaVectorRow), rows)


def remove(session: Session, *text_ids: int) -> None:
    """Forget texts' vectors, of every model."""
    mine = IdeaVectorRow.tenant == current_tenant.get()
    session.execute(delete(IdeaVectorRow).where(mine, IdeaVectorRow.text_id.in_(text_ids)))


def nearest(  # noqa: PLR0913  # what is not said has a value that suits most
    session: Session,
    meaning: Meaning,
    limit: int,
    *,
    centroids: Reals | None = None,
    keep: Keep | None = None,
    newest: int | None = None,
) -> list[Near]:
    """Return the texts nearest to any of these vectors, the nearest first.

    Only those to `keep` are returned. As many lists are read as when there was nothing after the
    text `newest`.
    """
    if not meaning.vectors:
        return []
    text_ids, found = _likenesses(session, meaning, _lists(session, meaning, centroids, newest))
    ranked = np.lexsort((text_ids, -found))
    best: list[Near] = []
    chunk = 4 * limit
    while len(ranked) and len(best) < limit:
        head, ranked = ranked[:chunk], ranked[chunk:]
        numbers = text_ids[head].tolist()
        seen = set(numbers if keep is None else keep(numbers))
        best += [
            Near(number, cosine)
            for number, cosine in zip(numbers, found[head].tolist(), strict=True)
            if number in seen
        ]
        chunk *= 2
    return best[:limit]


def _likenesses(
    session: Session, meaning: Meaning, lists: Sequence[int] | None
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return texts, each once, and the cosine of the nearest of their vectors to any asked one."""
    parts = [
        (text_ids, np.max([cosines(vectors, asked) for asked in meaning.vectors], axis=0))
        for text_ids, vectors in _read(session, meaning, lists)
    ]
    if not parts:
        return np.empty(0, np.int64), np.empty(0)
    numbers, found = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(numbers, kind="stable")
    numbers, found = numbers[order], found[order]
    heads = np.flatnonzero(np.diff(numbers, prepend=-1))
    return numbers[heads], np.maximum.reduceat(found, heads).astype(np.float64)


def _lists(
    session: Session, meaning: Meaning, centroids: Reals | None, newest: int | None
) -> list[int] | None:
    """Return which lists to read; None for all."""
    if centroids is None or len(centroids) < 2:
        return None
    mine = and_(IdeaVectorRow.tenant == current_tenant.get(), IdeaVectorRow.model == meaning.model)
    if newest is not None:
        mine = and_(mine, IdeaVectorRow.text_id <= newest)
    some = select(IdeaVectorRow.text_id).where(mine).limit(EXACT + 1).subquery()
    if (session.scalar(select(func.count()).select_from(some)) or 0) <= EXACT:
        return None
    most = max(1, round(len(centroids) * PROBED))
    probed = {at for vector in meaning.vectors for at in _nearest_lists(vector, centroids)[:most]}
    return sorted(probed)


def _nearest_lists(vector: Vector, centroids: Reals | None) -> list[int]:
    """Return the numbers of all lists, that of the nearest centroid first; 0 if there is one."""
    if centroids is None or not len(centroids):
        return [0]
    return [int(n) for n in np.argsort(-(centroids @ vector.astype(np.float32)), kind="stable")]


def _read(
    session: Session, meaning: Meaning, lists: Sequence[int] | None
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int8]]]:
    """Yield ids and vectors, some lists at a time; those of another width are of an older model.

    Not grouped by list, which would have the database sort the vectors; nor joined with texts:
    until it has counted the rows, it takes both for short and goes through one for each of the
    other.
    """
    width = len(meaning.vectors[0])
    batches: list[Sequence[int] | None] = [None]
    if lists is not None:
        batches = [lists[n : n + AT_ONCE] for n in range(0, len(lists), AT_ONCE)]
    for batch in batches:
        query = _READ if batch is None else f"{_READ} AND list_id = ANY(%(lists)s)"
        words, rows = copy(session, query, model=meaning.model, width=width, lists=batch)
        count, begin = int(rows[0, 2]), int(rows[0, 4])
        if count:
            copied = words.view(np.uint8)[begin : begin + count * (NUMBER + width)]
            found = copied[: count * NUMBER].view(">i8").astype(np.int64)
            yield found, copied[count * NUMBER :].view(np.int8).reshape(-1, width)
