"""Heavy computing in child processes, so that a service goes on listening meanwhile.

`Crunch` is the dependency; `kernel.child` is what a child runs, and how the two speak.
"""

import sys
from contextlib import suppress
from typing import Any

from eventlet import Timeout
from eventlet.green import subprocess as green
from eventlet.queue import LightQueue
from nameko.extensions import DependencyProvider

from kernel.child import receive, send
from kernel.settings import KernelSettings, load


class Crashed(Exception):
    """The child process ended, or was ended, before it answered."""


class Failed(Exception):
    """The function raised; the message is what it said."""


class Crunch(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Gives a service functions `(bytes) -> bytes` of one module, run in child processes.

    A child that crashes, or takes longer than `seconds`, is replaced; the call raises `Crashed`.
    Children that nobody waits for give way to others by being `nice`, 0 to 19. At a stop each may
    take `patience` seconds to end what it does beside its calls.
    """

    def __init__(
        self, module: str, seconds: float = 60.0, nice: int = 0, patience: float = 0.0
    ) -> None:
        self.module = module
        self.seconds = seconds
        self.nice = nice
        self.patience = patience

    def setup(self) -> None:
        """Make room for the children."""
        self.connect(load(KernelSettings))

    def connect(self, settings: KernelSettings) -> None:
        """Make room for so many children; each starts with its first call."""
        self.places: LightQueue = LightQueue()
        for _ in range(settings.crunch_children):
            self.places.put(None)

    def stop(self) -> None:
        """End the idle children; those at work are ended with the process."""
        while not self.places.empty():
            end(self.places.get(), self.patience)

    def get_dependency(self, _worker_ctx: object) -> "Crunch":
        """Hand the service the children."""
        return self

    def call(self, function: str, body: bytes) -> bytes:
        """Run a function of the module on these bytes; raise `Failed` or `Crashed`."""
        child = self.places.get()
        try:
            if child is None or child.poll() is not None:
                child = self.begin()
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

    def begin(self) -> Any:  # noqa: ANN401  # eventlet has no types
        """Start one child. Not named `start`: that is called of every extension by nameko."""
        command = [sys.executable, "-m", "kernel.child", self.module, str(self.nice)]
        return green.Popen(command, stdin=green.PIPE, stdout=green.PIPE, close_fds=True)


def end(child: Any, patience: float = 0.0) -> None:  # noqa: ANN401  # eventlet has no types
    """Have a child, if there is one, end by itself within so many seconds, else kill it."""
    if child is not None:
        if patience:
            with suppress(OSError), Timeout(patience, exception=False):
                child.stdin.close()
                child.wait()
        child.kill()
        child.wait()
