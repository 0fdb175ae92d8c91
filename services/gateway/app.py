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
    return Litestar(
        route_handlers=[api.router, portal.router, portal.static, health.show_health],
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
        on_startup=[connect],
        on_shutdown=[disconnect],
        logging_config=None,
        state=State({"door": door}),
    )


async def connect(application: Litestar) -> None:
    """Begin to connect to the services."""
    await application.state.door.client.start()


async def disconnect(application: Litestar) -> None:
    """End what is in flight."""
    await application.state.door.client.close()


async def give_door(state: State) -> Door:
    """Give every request the same door."""
    return state.door  # type: ignore[no-any-return]  # a state is of any type


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
