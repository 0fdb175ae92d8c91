"""Heavy computing in child processes, so that a service goes on listening meanwhile.

`Crunch` is the dependency; `main` is what a child runs. They speak over the child's standard
input and output: a name and a body in, a verdict and a body out, each with its length before it.
"""

import importlib
import os
import struct
import subprocess
import sys
from typing import Any, BinaryIO

from eventlet import Timeout
from eventlet.green import subprocess as green
from eventlet.queue import LightQueue
from nameko.extensions import DependencyProvider

from kernel.settings import KernelSettings, load

_LENGTH = struct.Struct(">I")


class Crashed(Exception):
    """The child process ended, or was ended, before it answered."""


class Failed(Exception):
    """The function raised; the message is what it said."""


class Crunch(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Gives a service functions `(bytes) -> bytes` of one module, run in child processes.

    A child that crashes, or takes longer than `seconds`, is replaced; the call raises `Crashed`.
    Children that nobody waits for give way to others by being `nice`, 0 to 19.
    """

    def __init__(self, module: str, seconds: float = 60.0, nice: int = 0) -> None:
        self.module = module
        self.seconds = seconds
        self.nice = nice

    def setup(self) -> None:
        """Start the children."""
        self.connect(load(KernelSettings))

    def connect(self, settings: KernelSettings) -> None:
        """Make room for so many children; each starts with its first call."""
        self.places: LightQueue = LightQueue()
        for _ in range(settings.crunch_children):
            self.places.put(None)

    def stop(self) -> None:
        """End the idle children; those at work are ended with the process."""
        while not self.places.empty():
            end(self.places.get())

    def get_dependency(self, _worker_ctx: object) -> "Crunch":
        """Hand the service the children."""
        return self

    def call(self, function: str, body: bytes) -> bytes:
        """Run a function of the module on these bytes; raise `Failed` or `Crashed`."""
        child = self.places.get()
        try:
            if child is None or child.poll() is not None:
                child = self.start()
            with Timeout(self.seconds, Crashed(f"{function} took over {self.seconds} s")):
                send(child.stdin, function.encode(), body)
                verdict, answer = receive(child.stdout), receive(child.stdout)
        except (Crashed, OSError, EOFError) as error:
            end(child)
            child = None
            raise Crashed(f"{function}: {error}") from error
        finally:
            self.places.put(child)
        if verdict != b"ok":
            raise Failed(answer.decode())
        return answer

    def start(self) -> Any:  # noqa: ANN401  # eventlet has no types
        """Start one child."""
        command = [sys.executable, "-m", "kernel.crunch", self.module, str(self.nice)]
        return green.Popen(command, stdin=green.PIPE, stdout=green.PIPE, close_fds=True)


def end(child: "subprocess.Popen[bytes] | None") -> None:
    """Kill a child, if there is one, and wait until it is gone."""
    if child is not None:
        child.kill()
        child.wait()


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
    while len(data) < length:
        chunk = stream.read(length - len(data))
        if not chunk:
            raise EOFError("the child has gone")
        data += chunk
    return bytes(data)


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


if __name__ == "__main__":
    main()
