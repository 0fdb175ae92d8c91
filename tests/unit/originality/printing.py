"""The fingerprints of a text, as the engine gives them to whoever asks."""

import msgspec

from services.originality import engine
from services.originality.engine import Prepared, Unprepared


def prints_of(written: str) -> frozenset[int]:
    body = msgspec.msgpack.encode(Unprepared((written,)))
    (prepared,) = msgspec.msgpack.decode(engine.prepare(body), type=tuple[Prepared, ...])
    return frozenset(prepared.fingerprints)
