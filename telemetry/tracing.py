"""Spans for OpenTelemetry: one trace from an HTTP request to the last handler it moves.

Off unless `OTEL_EXPORTER_OTLP_ENDPOINT` is set; then sent there by OTLP over HTTP, under all the
settings the OpenTelemetry SDK knows. A message carries its trace in its envelope. What a span
tells of it are ids and names: no body, no person.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from contracts.message import Envelope

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span

SWITCHES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")

Kind = Literal["SERVER", "CLIENT", "CONSUMER", "PRODUCER"]


class Tracer:
    """Makes spans and sends them. Without an endpoint it makes none, and imports nothing."""

    def __init__(self, service: str, environment: Mapping[str, str] = os.environ) -> None:
        self.provider: TracerProvider | None = None
        if any(environment.get(name) for name in SWITCHES):
            self.provider = _provider(service)

    @property
    def is_on(self) -> bool:
        """Tell whether spans are made."""
        return self.provider is not None

    def begin(
        self,
        name: str,
        kind: Kind,
        traceparent: str | None,
        attributes: Mapping[str, str],
        began_at: datetime | None = None,
    ) -> "Span | None":
        """Begin a span under a W3C trace context, or a new trace without one."""
        if self.provider is None:
            return None
        from opentelemetry import trace  # noqa: PLC0415  # only where somebody listens
        from opentelemetry.context import Context  # noqa: PLC0415
        from opentelemetry.trace.propagation import tracecontext  # noqa: PLC0415

        carried = {"traceparent": traceparent} if traceparent else {}
        propagator = tracecontext.TraceContextTextMapPropagator()
        return self.provider.get_tracer("sangkien").start_span(
            name,
            propagator.extract(carried, Context()),
            trace.SpanKind[kind],
            dict(attributes),
            start_time=nanoseconds(began_at),
        )

    def end(self, span: "Span | None", outcome: str, ended_at: datetime | None = None) -> None:
        """End a span; `failed`, `retry`, `dead` and statuses from 500 are errors."""
        if span is None:
            return
        from opentelemetry.trace import StatusCode  # noqa: PLC0415

        span.set_attribute("sangkien.outcome", outcome)
        if outcome in ("failed", "retry", "dead") or (outcome.isdigit() and int(outcome) >= 500):
            span.set_status(StatusCode.ERROR)
        span.end(nanoseconds(ended_at))

    @contextmanager
    def asking(self, name: str, traceparent: str) -> Iterator[str]:
        """Make a span of asking a service; give the trace context that the request carries."""
        service = name.partition(".")[0]
        span = self.begin(name, "CLIENT", traceparent, {"rpc.service": service})
        outcome = "ok"
        try:
            yield context_of(span) or traceparent
        except Exception as error:
            outcome = "refused" if getattr(error, "kind", None) else "failed"
            raise
        finally:
            self.end(span, outcome)

    def stop(self) -> None:
        """Send what is left."""
        if self.provider is not None:
            self.provider.shutdown()


def _provider(service: str) -> "TracerProvider":
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
        OTLPSpanExporter,
    )
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    named = {"service.name": service, "service.namespace": "sangkien"}
    provider = TracerProvider(resource=Resource.create(named))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


def context_of(span: Any) -> str | None:  # noqa: ANN401  # a span, or none
    """Return the W3C trace context that puts others under this span."""
    if span is None:
        return None
    known = span.get_span_context()
    return f"00-{known.trace_id:032x}-{known.span_id:016x}-{known.trace_flags:02x}"


def nanoseconds(instant: datetime | None) -> int | None:
    """Return an instant as OpenTelemetry counts it."""
    return None if instant is None else int(instant.timestamp() * 1e9)


def told(enveloped: Envelope) -> dict[str, str]:
    """Return what a span says of a message: ids and names."""
    return {
        "messaging.system": "rabbitmq",
        "messaging.message.id": enveloped.id,
        "messaging.message.conversation_id": enveloped.correlation_id,
        "sangkien.type": enveloped.type,
        "sangkien.tenant": enveloped.tenant,
    }
