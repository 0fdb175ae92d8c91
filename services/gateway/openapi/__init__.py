"""The API as it describes itself: `/schema/openapi.json` for programs, `/api` for people.

`completing` makes the document, `browsing` the pages, `samples` the examples in both. It is made
when it is first asked for, beside the loop: most copies of the gateway never are asked.
"""

import asyncio
from typing import Any

from litestar import Request, Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, YamlRenderPlugin

from services.gateway.openapi import browsing
from services.gateway.openapi.completing import document

__all__ = ["CONFIG", "ROUTES", "document"]

Json = dict[str, Any]
DESCRIPTION = """
Contests of initiatives, from the rules file to the certificates. People send the token of
`POST /v1/sessions`, systems that of `POST /v1/token`, as `Authorization: Bearer …`; who has none
may name an organising authority in `X-Tenant`. Every write may carry an `Idempotency-Key`, and in
`If-Match` the `ETag` of what it changes or of what that lies in: 412 if it is another now, 409
while somebody else changes it. Lists come in pages: `?limit=&cursor=`, the next one in `Link`.
Errors are problem details (RFC 9457): `code` is for programs and stays.
"""


class AsJson(JsonRenderPlugin):
    """The document as JSON, whole."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: Json) -> bytes:  # noqa: ARG002  # is the framework's own
        """Return the document."""
        return super().render(request, document(request.app))


class AsYaml(YamlRenderPlugin):
    """The document as YAML, whole."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: Json) -> bytes:  # noqa: ARG002  # is the framework's own
        """Return the document."""
        return super().render(request, document(request.app))


async def make_ready(request: Request[Any, Any, Any]) -> None:
    """Have the document made before it is rendered; other requests go on meanwhile."""
    await asyncio.to_thread(document, request.app)


CONFIG = OpenAPIConfig(
    title="sangkien",
    version="1",
    description=" ".join(DESCRIPTION.split()),
    render_plugins=[AsJson(), AsYaml()],
    openapi_router=Router(
        "/schema", route_handlers=[], include_in_schema=False, before_request=make_ready
    ),
    operation_id_creator=lambda handler, _method, _path: handler.handler_name,
)
ROUTES = browsing.ROUTES
