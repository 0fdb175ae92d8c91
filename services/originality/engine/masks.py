"""Which words of a text are left out, as a few bytes to be kept beside it.

They go with the code that found them: the engine works out anew what another version has packed,
and `sangkien originality reindex` packs it anew. A contest's phrases are no part of them. The
words are not kept: to scan a text again is quicker than to read its numbers from a database.
"""

from hashlib import sha256
from pathlib import Path

import numpy as np

from services.originality.engine.kernels.scanning import Flags

_HERE = Path(__file__).parent
# What decides where words are, and which of them are left out.
DECIDING = (
    *(_HERE / f"{name}.py" for name in ("articles", "bibliography", "letters", "masks")),
    *(_HERE / f"{name}.py" for name in ("paragraphs", "quotations", "words")),
    _HERE / "kernels" / "scanning.py",
    _HERE / "kernels" / "hashing.py",
    _HERE.parent / "data" / "headings.txt",
)
VERSION = sha256(b"\0".join(path.read_bytes() for path in DECIDING)).digest()[:8]


def pack(masked: Flags) -> bytes:
    """Return the words left out: version, words in all, then where each row begins and ends."""
    edges = np.flatnonzero(np.diff(masked.astype(np.int8), prepend=0, append=0))
    return VERSION + np.array([len(masked), *edges], "<i4").tobytes()


def unpack(packed: bytes | None, total: int) -> Flags | None:
    """Return which of so many words are left out; None if it has to be worked out anew."""
    if not packed or not packed.startswith(VERSION):
        return None
    words, *edges = np.frombuffer(packed, "<i4", offset=len(VERSION)).tolist()
    if words != total:
        return None
    masked = np.zeros(total, np.bool_)
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        masked[first:last] = True
    return masked
