"""Something that is done while its caller goes on, such as work of a child process."""

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Meanwhile(Generic[T]):
    """Begins a function at once; `result` waits for what it returns, or raises what it raised."""

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._returned: list[T] = []
        self._raised: BaseException | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._returned.append(self._function())
        except BaseException as problem:  # noqa: BLE001  # it is raised where it is waited for
            self._raised = problem

    def result(self) -> T:
        """Wait for it."""
        self._thread.join()
        if self._raised is not None:
            raise self._raised
        return self._returned[0]
