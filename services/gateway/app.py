"""The application: its routes, what they are given, and what every response carries."""

from typing import Any
from unicodedata import normalize

from litestar import Litestar, Request
from litestar.config.compression import CompressionConfig
from litestar.datastructures import MutableScopeHeaders, State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, YamlRenderPlugin
from litestar.plugins.prometheus import PrometheusConfig
from litestar.types import Message, Scope

from services.gateway import api, health, portal, problems
from services.gateway.caller import Door, signed_in, visitor

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
COUNTED = PrometheusConfig(app_name="gateway", prefix="sangkien_http", group_path=True)


class ComposedRequest(Request[None, None, State]):
    """A request whose JSON is read as composed Unicode (NFC), however it was typed.

    Vietnamese from a Mac arrives decomposed; two spellings of one name must not differ.
    """

    async def json(self) -> Any:  # noqa: ANN401  # as in litestar
        """Return the body, composed."""
        self._body = normalize("NFC", (await self.body()).decode(errors="replace")).encode()
        return await super().json()


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
        exception_handlers={Exception: problems.respond},
        before_send=[add_headers],
        compression_config=CompressionConfig(backend="gzip"),
        middleware=[COUNTED.middleware],
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


async def add_headers(message: Message, scope: Scope) -> None:
    """Tell the request's key, and browsers to do nothing that was not asked for."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    headers.update(HEADERS)
    if key := scope["state"].get("idempotency_key"):
        headers["Idempotency-Key"] = key
