"""The port to an OpenAI-compatible API that makes vectors of texts. Start with `Endpoint.embed`.

An answer that is late, wrong or not there is `None`; after three of them in a row the API is left
alone for a minute, so that no check waits for it.
"""

import logging
from collections.abc import Sequence
from http.client import HTTPException
from time import monotonic

import msgspec
import numpy as np
from msgspec import Struct
from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError

from services.originality.ideas.table import Vector, quantised
from services.originality.settings import OriginalitySettings

log = logging.getLogger(__name__)

PATIENCE = 3  # failures in a row
REST = 60.0  # seconds
LARGEST = 8 << 20  # bytes of an answer
WIDEST = 8_192  # dimensions


class _Embedding(Struct):
    index: int
    embedding: list[float]


class _Answer(Struct):
    data: list[_Embedding]


class Endpoint:
    """An API and how it has behaved lately."""

    def __init__(self, settings: OriginalitySettings) -> None:
        self.model = settings.embeddings_model
        self.url = f"{settings.embeddings_url.rstrip('/')}/embeddings"
        self.headers = {"content-type": "application/json", "user-agent": "sangkien"}
        if settings.embeddings_key:
            self.headers["authorization"] = f"Bearer {settings.embeddings_key}"
        self.pool = PoolManager(
            timeout=Timeout(connect=2.0, total=settings.embeddings_seconds), retries=False
        )
        self.failures = 0
        self.rests_until = 0.0

    def embed(self, texts: Sequence[str]) -> tuple[Vector, ...] | None:
        """Return a vector for each text, or None if the API cannot be had now."""
        if monotonic() < self.rests_until:
            return None
        try:
            vectors = read(self._ask(texts), len(texts))
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            self.failures += 1
            if self.failures >= PATIENCE:
                self.rests_until = monotonic() + REST
            log.warning("no vectors from the embeddings API: %s", type(error).__name__)
            return None
        self.failures = 0
        return vectors

    def _ask(self, texts: Sequence[str]) -> bytes:
        """Return the body of the answer; raises ValueError for any other than a short 200."""
        body = msgspec.json.encode({"model": self.model, "input": list(texts)})
        with self.pool.request(
            "POST",
            self.url,
            body=body,
            headers=self.headers,
            redirect=False,
            preload_content=False,
        ) as answer:
            told = answer.read(LARGEST + 1)
            if answer.status != 200 or len(told) > LARGEST:
                raise ValueError(f"{answer.status}, {len(told)} bytes")
            return told


def read(body: bytes, wanted: int) -> tuple[Vector, ...]:
    """Read an answer; raises ValueError unless it has one usable vector for each text."""
    told = sorted(msgspec.json.decode(body, type=_Answer).data, key=lambda found: found.index)
    if [found.index for found in told] != list(range(wanted)):
        raise ValueError("not one vector for each text")
    widths = {len(found.embedding) for found in told}
    if len(widths) != 1 or not 0 < min(widths) <= WIDEST:
        raise ValueError("vectors of no or of different width")
    vectors = tuple(quantised(np.array(found.embedding, np.float64)) for found in told)
    usable = tuple(vector for vector in vectors if vector is not None)
    if len(usable) != wanted:
        raise ValueError("a vector without direction")
    return usable
