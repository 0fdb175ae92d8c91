"""A span per HTTP request, under the trace the caller sent or a new one."""

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway import domain
from telemetry.tracing import context_of

TRACEPARENT = "traceparent"  # of the request's span, in its state


def traced(app: ASGIApp) -> ASGIApp:
    """Return the application with a span around every request; without an endpoint, as it is.

    The span has the route's template, never the path: that may name somebody.
    """

    async def trace(scope: Scope, receive: Receive, send: Send) -> None:
        """Begin a span, and end it with the response's status."""
        tracer = scope["litestar_app"].state.door.tracer
        if not tracer.is_on or scope["path"] == "/health":
            await app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"traceparent", b"").decode("latin-1")
        route = scope.get("path_template") or "other"
        method = str(scope.get("method", ""))
        span = tracer.begin(
            f"{method} {route}",
            "SERVER",
            domain.trace_or(given, "") or None,
            {"http.request.method": method, "http.route": route},
        )
        scope["state"][TRACEPARENT] = context_of(span)
        status = 500

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await app(scope, receive, note)
        finally:
            tracer.end(span, str(status))

    return trace
