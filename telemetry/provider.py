"""`Telemetry`: what a service class declares to be measured and traced."""

from typing import Any

from nameko.extensions import DependencyProvider
from prometheus_client import REGISTRY, Histogram
from prometheus_client.registry import Collector

from contracts.message import Envelope
from kernel import clock, envelope, relay
from kernel.database import Database, database_of
from kernel.envelope import Undecodable
from kernel.settings import KernelSettings, load
from kernel.tables import current_traceparent
from telemetry.figures import BACKLOG, Figure, Tables
from telemetry.process import Pool, Queues, Workers
from telemetry.tracing import Tracer, context_of, told

travelled = Histogram(
    "sangkien_message_age_seconds",
    "Time from a message's arising to a worker's taking it",
    ["entrypoint"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200),
)


class Telemetry(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Measures a service by its backlog, its queues, its workers, and `figures` of its own."""

    def __init__(self, *figures: Figure) -> None:
        self.figures = figures

    def setup(self) -> None:
        """Begin to measure."""
        database = database_of(self.container)
        self.tracer = Tracer(self.container.service_name)
        self.spans: dict[Any, Any] = {}
        self.collectors: tuple[Collector, ...] = (
            *collectors(database, self.figures),
            Workers(self.container),
            Queues(load(KernelSettings), self.container),
        )
        for collector in self.collectors:
            REGISTRY.register(collector)
        if self.tracer.is_on:
            relay.observers.append(self.note_sent)

    def stop(self) -> None:
        """Send the last spans and measure no more."""
        for collector in self.collectors:
            REGISTRY.unregister(collector)
        if self.tracer.is_on:
            relay.observers.remove(self.note_sent)
        self.tracer.stop()

    def worker_setup(self, worker_ctx: Any) -> None:  # noqa: ANN401
        """Note how long the message has been under way, and begin its span."""
        entrypoint = worker_ctx.entrypoint.method_name
        if (enveloped := message_of(worker_ctx.args)) is None:
            return
        if not worker_ctx.kwargs.get("tried"):  # else it waited in the inbox, which has its gauges
            age = (clock.now() - enveloped.occurred_at).total_seconds()
            travelled.labels(entrypoint).observe(max(0.0, age))
        is_event = not isinstance(worker_ctx.args[0], Envelope)
        span = self.tracer.begin(
            f"{entrypoint} {enveloped.type}",
            "CONSUMER" if is_event else "SERVER",
            enveloped.traceparent,
            told(enveloped),
        )
        if span is not None:
            self.spans[worker_ctx] = span
            current_traceparent.set(context_of(span))

    def worker_result(self, worker_ctx: Any, result: Any = None, exc_info: Any = None) -> None:  # noqa: ANN401
        """End the message's span with its outcome."""
        if span := self.spans.pop(worker_ctx, None):
            current_traceparent.set(None)
            if isinstance(result, bytes):
                result = envelope.outcome(result)
            self.tracer.end(span, "failed" if exc_info else str(result))

    def note_sent(self, row: Any) -> None:  # noqa: ANN401  # a row of the outbox
        """Make a span of an event's stay in the outbox."""
        enveloped = envelope.decode(bytes(row.envelope))
        span = self.tracer.begin(
            f"outbox {row.type}",
            "PRODUCER",
            enveloped.traceparent,
            told(enveloped),
            began_at=row.created_at,
        )
        self.tracer.end(span, "sent", clock.now())


def collectors(database: Database, figures: tuple[Figure, ...] = ()) -> tuple[Collector, ...]:
    """Return what measures a database: its backlog, the figures, its connections."""
    return Tables(database, (*BACKLOG, *figures)), Pool(database)


def message_of(arguments: tuple[Any, ...]) -> Envelope | None:
    """Return the message a worker is given, of many the first; None for a timer."""
    match arguments:
        case (Envelope() as enveloped,):
            return enveloped
        case (bytes() as body,) | ([bytes() as body, *_],):
            try:
                return envelope.decode(body)
            except Undecodable:
                return None
    return None
