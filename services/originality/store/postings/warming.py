"""Compiles the kernels of the index and keeps them on disk, so that no search waits for it."""

import numpy as np

from services.originality.engine.kernels.postings import fields, match, pack, spread, unpack


def warm() -> None:
    """Call every kernel once, with arrays like the index's; what COPY brings is read-only."""
    one, shape = np.zeros(1, np.int64), np.array([10, 1, 0], np.int64)
    packed, _ = pack(one, one, one, np.ones(1, np.int64), shape)
    words = np.frombuffer(packed.tobytes() + bytes(-len(packed) % 8), np.uint64)
    rows = np.zeros((1, 6), np.int64)
    match(words, rows, shape, one)
    unpack(words, rows, shape)
    fields(np.frombuffer(bytes(64), np.uint8))
    spread(words.view(np.uint8), rows[0])
