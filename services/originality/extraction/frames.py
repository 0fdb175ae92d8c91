"""How the service's child and its reader speak: parts, each with its length before it."""

import struct
from typing import IO

_LENGTH = struct.Struct(">I")
LONGEST = 256 * 1024 * 1024  # bytes of a part; more is nobody's answer


def send(stream: IO[bytes], *parts: bytes) -> None:
    """Write each part with its length before it."""
    for part in parts:
        stream.write(_LENGTH.pack(len(part)))
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """Read one part; raise EOFError where the other side has gone or talks nonsense."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError("the other side has gone")
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length) if length <= LONGEST else b""
    if len(body) < length:
        raise EOFError("the other side has gone, or talks nonsense")
    return body
