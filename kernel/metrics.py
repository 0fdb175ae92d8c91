"""What a process counts; served on `/metrics` in Prometheus' text format."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Histogram

worked = Counter("sangkien_messages", "Messages worked on", ["entrypoint", "outcome"])
seconds = Histogram(
    "sangkien_message_seconds",
    "Time from taking a message to its commit",
    ["entrypoint"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
relayed = Counter("sangkien_outbox_relayed", "Events the broker has confirmed")


@contextmanager
def timed(entrypoint: str) -> Iterator[None]:
    """Measure the body under the entrypoint's name."""
    started = time.perf_counter()
    try:
        yield
    finally:
        seconds.labels(entrypoint).observe(time.perf_counter() - started)
