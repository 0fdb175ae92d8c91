"""The one clock. A local stack can be moved to another instant, all processes together."""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import json


def now() -> datetime:
    """Return the instant, aware, in UTC.

    Where `CLOCK_FILE` names a file, its `{"offset": seconds}` is added to the machine's clock.
    """
    instant = datetime.now(UTC)
    if path := os.environ.get("CLOCK_FILE"):
        with suppress(FileNotFoundError):  # nobody has moved the clock yet
            instant += timedelta(seconds=json.decode(Path(path).read_bytes())["offset"])
    return instant
