"""The application: its routes, what they are given, and what every response carries."""

from typing import Any

from litestar import Litestar, Request, Response
from litestar.config.compression import CompressionConfig
from litestar.datastructures import MutableScopeHeaders, State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, YamlRenderPlugin
from litestar.plugins.prometheus import PrometheusConfig
from litestar.types import Message, Scope

from services.gateway import api, health, portal, problems
from services.gateway.arrival import stamped
from services.gateway.caller import Door, signed_in, visitor
from services.gateway.composing import ComposedRequest

HEADERS = {
    "Content-Security-Policy": portal.pages.POLICY,  # unless a page has one of its own
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
COUNTED = PrometheusConfig(app_name="gateway", prefix="sangkien_http", group_path=True)


def build(door: Door) -> Litestar:
    """Return the application behind this door."""

    async def give_door() -> Door:
        """Give every request the same door."""
        return door

    return Litestar(
        route_handlers=[api.router, portal.router, portal.static, health.route(door)],
        dependencies={
            "door": Provide(give_door),
            "visitor": Provide(visitor),
            "caller": Provide(signed_in),
        },
        request_class=ComposedRequest,
        exception_handlers={Exception: respond},
        before_send=[add_headers],
        compression_config=CompressionConfig(backend="gzip"),
        middleware=[stamped, COUNTED.middleware],
        openapi_config=OpenAPIConfig(
            title="sangkien",
            version="1",
            description="Contests of initiatives, from the rules file to the certificates.",
            render_plugins=[JsonRenderPlugin(), YamlRenderPlugin()],
            operation_id_creator=lambda handler, _method, _path: handler.handler_name,
        ),
        on_startup=[door.client.start],
        on_shutdown=[door.client.close],
        logging_config=None,
    )


def respond(request: Request[None, None, State], error: Exception) -> Response[Any]:
    """Say what went wrong: to a browser on a page, to a program as problem details."""
    if "text/html" in request.headers.get("accept", ""):
        return portal.pages.respond(request, error)
    return problems.respond(request, error)


async def add_headers(message: Message, scope: Scope) -> None:
    """Tell the request's key, and browsers to do nothing that was not asked for."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if key := scope["state"].get("idempotency_key"):
        headers["Idempotency-Key"] = key
