"""Which texts may tell the same idea in other words: by their words and by their meaning."""

from sqlalchemy.orm import Session

from services.originality.ideas.alike import Alike, Curves, Near, alike
from services.originality.ideas.bm25 import Scored
from services.originality.ideas.table import Reals, shipped
from services.originality.store import ideas, postings
from services.originality.store.kept import Idea
from services.originality.store.postings import Extent, Keep

LISTED = 50  # texts of each of the two lists
MOST_TEXTS = 20_000  # that have a term; one that more have tells ideas apart no longer


def ideas_alike(
    session: Session,
    idea: Idea,
    keep: Keep,
    most: int,
    extent: Extent | None = None,
) -> tuple[Alike, ...]:
    """Return the texts to `keep` whose ideas are most alike, those of both lists in turns.

    Of several models the first one that finds anything is gone by. With an `extent`, as the index
    was then.
    """
    near: list[Near] = []
    curve: Reals | None = None
    for placed in idea.meanings:
        near = ideas.nearest(
            session,
            placed.meaning,
            LISTED,
            centroids=placed.centroids,
            keep=keep,
            newest=extent.newest if extent else None,
        )
        if near:
            curve = placed.curve
            break
    curves = Curves(shipped().shares, curve)
    return alike(_by_words(session, idea, keep, extent), near, curves, most)


def _by_words(session: Session, idea: Idea, keep: Keep, extent: Extent | None) -> list[Scored]:
    """Return the texts that share most of what is rare in the head of a text."""
    found = postings.bm25(
        session,
        idea.terms.hashes,
        tfs=idea.terms.counts.tolist(),
        limit=LISTED,
        max_df=MOST_TEXTS,
        keep=keep,
        extent=extent,
    )
    return [Scored(one.text_id, one.score, one.share) for one in found]
