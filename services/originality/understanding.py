"""What a text's idea is found by: the terms of its head, and vectors of what it means."""

from functools import cache

from kernel.settings import load
from services.originality import store
from services.originality.engine import Prepared
from services.originality.ideas.embedding import Embedder
from services.originality.ideas.meaning import parts
from services.originality.ideas.terms import terms
from services.originality.settings import OriginalitySettings


@cache
def embedder() -> Embedder:
    """Return the one maker of vectors of this process; it remembers how an API has behaved."""
    return Embedder(load(OriginalitySettings))


def understand(title: str, body: str) -> store.Idea:
    """Return what others may be found by that tell the same idea in other words."""
    makes = embedder()
    meanings = tuple(
        store.Placed(meaning, makes.centroids(meaning), makes.curve(meaning))
        for meaning in makes.look_at(title, body)
    )
    return store.Idea(terms(parts(title, body)[0]), meanings)


def prints_of(text: store.KeptText, prepared: Prepared) -> store.Prints:
    """Return all that a text is found by."""
    return store.Prints.of(prepared, understand(text.title, text.compared))
