"""Which model says what a text means, as the operator has set it. Start with `Embedder.look_at`.

An API that fails is not waited for: its text then has no vector of that model, is found by its
words and by the table that ships, and is no worse off than where no API is set.
"""

from collections.abc import Sequence

from services.originality.ideas.endpoint import Endpoint
from services.originality.ideas.meaning import Meaning, parts
from services.originality.ideas.table import Reals, Table, shipped
from services.originality.settings import OriginalitySettings


class Embedder:
    """Makes vectors the way the settings say: none, by the table, and by an API besides."""

    def __init__(self, settings: OriginalitySettings) -> None:
        self.is_on = settings.vectors == "on"
        asked = self.is_on and settings.embeddings_url
        self.endpoint = Endpoint(settings) if asked else None

    def look_at(self, title: str, body: str) -> tuple[Meaning, ...]:
        """Return what a text means by each model that can say, the best model first.

        A text is kept by all of them, and searched by the first that others are kept by too.
        """
        if not self.is_on:
            return ()
        told = parts(title, body)
        remote = self._by_endpoint(told)
        local = _by_table(shipped(), told)
        return tuple(meaning for meaning in (remote, local) if meaning is not None)

    def centroids(self, meaning: Meaning) -> Reals | None:
        """Return the centroids of the lists that vectors of this model are kept in."""
        return shipped().centroids if self.is_on and meaning.model == shipped().name else None

    def curve(self, meaning: Meaning) -> Reals | None:
        """Return the curve of chance of this model, if it has one."""
        return shipped().cosines if self.is_on and meaning.model == shipped().name else None

    def _by_endpoint(self, told: Sequence[str]) -> Meaning | None:
        if self.endpoint is None:
            return None
        vectors = self.endpoint.embed(told)
        return Meaning(self.endpoint.model, vectors) if vectors else None


def _by_table(table: Table, told: Sequence[str]) -> Meaning | None:
    vectors = tuple(vector for part in told if (vector := table.embed(part)) is not None)
    return Meaning(table.name, vectors) if vectors else None
