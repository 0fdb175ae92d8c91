"""The one clock. A local stack can be moved to another instant, all processes together."""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from msgspec import json


def now() -> datetime:
    """Return the instant, aware, in UTC.

    Where `CLOCK_FILE` names a file, its `{"offset": seconds}` is added to the machine's clock.
    """
    instant = datetime.now(UTC)
    if path := os.environ.get("CLOCK_FILE"):
        with suppress(FileNotFoundError):  # nobody has moved the clock yet
            found = os.stat(path)  # noqa: PTH116  # a third of the time of a Path, thousands of times a second
            instant += _offset(path, found.st_mtime_ns, found.st_ino, found.st_size)
    return instant


@lru_cache(maxsize=1)
def _offset(path: str, *_version: int) -> timedelta:
    return timedelta(seconds=json.decode(Path(path).read_bytes())["offset"])
