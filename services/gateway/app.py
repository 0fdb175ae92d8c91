"""The application: its routes, what they are given, and what every response carries."""

from typing import Any

from litestar import Litestar, Request, Response
from litestar.config.compression import CompressionConfig
from litestar.config.cors import CORSConfig
from litestar.datastructures import MutableScopeHeaders, State
from litestar.di import Provide
from litestar.plugins.prometheus import PrometheusConfig
from litestar.types import Message, Scope

from services.gateway import api, health, matching, openapi, portal, problems, tags
from services.gateway.arrival import stamped
from services.gateway.caller import Door, signed_in, visitor
from services.gateway.composing import ComposedRequest
from services.gateway.languages import choose, spoken
from services.gateway.settings import GatewaySettings
from services.gateway.tracing import traced

HEADERS = {
    "Content-Security-Policy": portal.pages.PLAIN,  # unless a page has one of its own
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SECURE_ONLY = {"Strict-Transport-Security": "max-age=63072000"}  # two years, once HTTPS stands
COUNTED = PrometheusConfig(app_name="gateway", prefix="sangkien_http", group_path=True)


def build(door: Door) -> Litestar:
    """Return the application behind this door."""
    settings = door.settings or GatewaySettings()
    return Litestar(
        route_handlers=[
            *(api.router, api.tokens.describe_server, *openapi.ROUTES),
            *(portal.router, portal.static, health.show_health),
        ],
        dependencies={
            "door": Provide(give_door),
            "visitor": Provide(visitor),
            "caller": Provide(signed_in),
        },
        request_class=ComposedRequest,
        exception_handlers={Exception: respond},
        before_send=[add_headers, tags.answer, matching.finish],
        request_max_body_size=settings.request_bytes,
        cors_config=shared_with(settings.cors_origins),
        compression_config=CompressionConfig(backend="gzip"),
        middleware=[stamped, traced, spoken, COUNTED.middleware],
        openapi_config=openapi.CONFIG,
        on_startup=[connect],
        on_shutdown=[disconnect],
        logging_config=None,
        state=State({"door": door}),
    )


def shared_with(origins: str) -> CORSConfig | None:
    """Return what pages of other sites may do: call the API, if their site is listed."""
    listed = [origin.strip() for origin in origins.split(",") if origin.strip()]
    if not listed:
        return None
    return CORSConfig(
        allow_origins=listed,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "If-Match",
                       "If-None-Match", "X-Tenant"],
        expose_headers=["ETag", "Idempotency-Key", "Link", "RateLimit", "RateLimit-Policy",
                        "Retry-After"],
    )  # fmt: skip


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
    choose(request.scope)
    return problems.respond(request, error)


async def add_headers(message: Message, scope: Scope) -> None:
    """Tell the request's key, and browsers to do nothing that was not asked for."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    is_secure = scope["litestar_app"].state.door.settings.cookie_secure
    for name, value in (HEADERS | (SECURE_ONLY if is_secure else {})).items():
        headers.setdefault(name, value)
    for name, value in scope["state"].get("allowance", {}).items():
        headers[name] = value
    if key := scope["state"].get("idempotency_key"):
        headers["Idempotency-Key"] = key
