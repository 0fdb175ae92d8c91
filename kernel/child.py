"""A child process that computes for a service: `python -m kernel.child MODULE NICENESS`.

Parent and child speak over the child's standard input and output: a name and a body in, a
verdict and a body out, each with its length before it. Nothing of nameko is imported here, so
that a child starts within the time that its own module takes.
"""

import importlib
import os
import struct
import sys
from typing import BinaryIO

_LENGTH = struct.Struct(">I")


def main() -> None:
    """Answer calls until the parent goes away."""
    os.nice(int(sys.argv[2]))
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the replies.
    os.dup2(2, 1)
    module = importlib.import_module(sys.argv[1])
    while True:
        try:
            function, body = receive(requests).decode(), receive(requests)
        except EOFError:
            return
        try:
            answer = getattr(module, function)(body)
        except Exception as error:  # noqa: BLE001  # the parent decides what it means
            send(replies, b"failed", f"{type(error).__name__}: {error}".encode())
        else:
            send(replies, b"ok", answer)


def send(stream: BinaryIO, *parts: bytes) -> None:
    """Write each part with its length before it."""
    for part in parts:
        stream.write(_LENGTH.pack(len(part)))
        stream.write(part)
    stream.flush()


def receive(stream: BinaryIO) -> bytes:
    """Read one part; raise EOFError where the other side has gone."""
    (length,) = _LENGTH.unpack(exactly(stream, _LENGTH.size))
    return exactly(stream, length)


def exactly(stream: BinaryIO, length: int) -> bytes:
    """Read so many bytes."""
    data = bytearray()
    while missing := length - len(data):
        if not (chunk := stream.read(missing)):
            raise EOFError("the child has gone")
        data += chunk
    return bytes(data)


if __name__ == "__main__":
    main()
