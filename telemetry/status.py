"""`sangkien status` and `sangkien top`: how all services are, in a terminal."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence

import click

from kernel.settings import load
from telemetry.reading import Look, MetricsSettings, look_at

COLUMNS = (
    *("process", "health", "outbox", "oldest", "retry", "dead"),
    *("queued", "aside", "workers", "db"),
)
RATES = (*COLUMNS, "msg/s", "mean")


@click.command()
def status() -> None:
    """Show how every service is: backlogs, ages, dead messages, deliveries, open rounds.

    METRICS_URLS says where they are. Exit status 1 if one is unwell or has dead messages.
    """
    looks = look_at(load(MetricsSettings).targets)
    click.echo("\n".join(page(looks)))
    if not all(look.is_well and not look.sum("inbox_dead") for look in looks):
        raise click.exceptions.Exit(1)


@click.command()
@click.option("--every", type=click.FloatRange(min=0.1), default=2.0, help="Seconds between.")
@click.option("--count", type=click.IntRange(min=1), help="End after so many pages.")
def top(every: float, count: int | None) -> None:
    """Show the same again and again, with messages a second, until interrupted."""
    targets = load(MetricsSettings).targets
    before: dict[str, Look] = {}
    shown, looked_at = 0, time.monotonic()
    while count is None or shown < count:
        looks, now = look_at(targets), time.monotonic()
        if sys.stdout.isatty():
            click.clear()
        click.echo("\n".join(page(looks, before, now - looked_at)))
        before, looked_at, shown = {look.name: look for look in looks}, now, shown + 1
        if shown != count:
            time.sleep(every)


def page(
    looks: Sequence[Look], before: dict[str, Look] | None = None, seconds: float = 0
) -> Iterator[str]:
    """Yield the lines of one page."""
    if before is None:
        yield from table(COLUMNS, [row(look) for look in looks])
    else:
        rated = [row(look) + rates(look, before.get(look.name), seconds) for look in looks]
        yield from table(RATES, rated)
    for title, lines in (
        ("Queues with messages", queues(looks)),
        ("Deliveries", deliveries(looks)),
        ("Open rounds", rounds(looks)),
    ):
        if lines:
            yield from ("", title, *(f"  {line}" for line in sorted(lines)))


def row(look: Look) -> list[str]:
    """Return the cells of one process."""
    ill = [f"{name}: {said}" for name, said in look.health.items() if said != "ok"]
    return [
        look.name,
        ", ".join(ill) or "ok",
        whole(look.sum("outbox_waiting")),
        age(look.sum("outbox_oldest_seconds")),
        whole(look.sum("inbox_retrying")),
        whole(look.sum("inbox_dead")),
        whole(look.sum("queue_messages")),
        whole(aside(look)),
        f"{whole(look.sum('workers_busy'))}/{whole(look.sum('workers'))}",
        f"{whole(look.sum('pool_connections_busy'))}/{whole(look.sum('pool_connections'))}",
    ]


def aside(look: Look) -> float | None:
    """Return how many events wait their turn; none where a process shows its inbox and no such."""
    waiting = look.sum("inbox_waiting")
    return 0.0 if waiting is None and look.sum("inbox_dead") is not None else waiting


def rates(look: Look, before: Look | None, seconds: float) -> list[str]:
    """Return how many messages a second since the last look, and their mean time."""
    if before is None or seconds <= 0:
        return ["-", "-"]

    def since(name: str) -> float:
        return (look.sum(name) or 0.0) - (before.sum(name) or 0.0)

    count = since("message_seconds_count")
    mean = f"{since('message_seconds_sum') / count * 1000:.0f}ms" if count > 0 else "-"
    return [f"{max(0.0, count) / seconds:.1f}", mean]


def queues(looks: Iterable[Look]) -> set[str]:
    """Return a line per queue that has messages; copies of a service see the same."""
    longest: dict[str, float] = {}
    for look in looks:
        for labels, value in look.of("queue_messages"):
            longest[labels["queue"]] = max(value, longest.get(labels["queue"], 0))
    return {f"{queue}: {whole(value)}" for queue, value in longest.items() if value}


def deliveries(looks: Iterable[Look]) -> set[str]:
    """Return a line per channel and state."""
    return {
        f"{labels['channel']} {labels['state']}: {whole(value)}"
        for look in looks
        for labels, value in look.of("deliveries")
    }


def rounds(looks: Iterable[Look]) -> set[str]:
    """Return a line per open round: sheets given of those due, and how late it is."""
    lines = set()
    for look in looks:
        given = {tuple(labels.items()): value for labels, value in look.of("round_sheets_given")}
        late = {tuple(labels.items()): value for labels, value in look.of("round_overdue_seconds")}
        for labels, due in look.of("round_sheets_due"):
            key = tuple(labels.items())
            named = f"{labels['tenant']} {labels['contest']} {labels['round']}"
            overdue = f", {age(late[key])} past its day" if late.get(key) else ""
            lines.add(f"{named}: {whole(given.get(key, 0))} of {whole(due)} sheets{overdue}")
    return lines


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield lines with columns as wide as their widest cell."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for cells in (head, *rows):
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        yield "  ".join(padded).rstrip()


def whole(value: float | None) -> str:
    """Return a count; a dash where the process shows none."""
    return "-" if value is None else f"{value:.0f}"


def age(seconds: float | None) -> str:
    """Return an age in the largest unit that is not zero."""
    if not seconds:
        return "-"
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= size:
            return f"{seconds / size:.0f}{unit}"
    return f"{seconds:.0f}s"
