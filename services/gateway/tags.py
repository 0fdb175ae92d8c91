"""Entity tags (RFC 9110, 8.8): what is kept still holds, or has changed.

Each answer of the API carries a tag of what it shows; who sends it back in `If-None-Match` and
would be shown the same gets 304 and no body.
"""

import hashlib
import re
from typing import Any, cast

from litestar import Response
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import MediaType
from litestar.serialization import default_serializer
from litestar.types import HTTPScope, Message, Scope

KEPT = "kept_still_holds"  # in the state of a request that is answered by 304
TAG = re.compile(r'(?:W/)?("[^"]*")')
OF_A_BODY = ("content-length", "content-type", "content-encoding")


async def tagged(response: Response[Any]) -> Response[Any]:
    """Return an answer in JSON with its tag, unless it has one of its own."""
    is_json = response.media_type in (None, MediaType.JSON)
    if response.status_code in (None, 200) and response.content is not None and is_json:
        response.content = response.render(response.content, MediaType.JSON, default_serializer)
        response.headers.setdefault("ETag", weak(response.content))
    return response


def weak(content: bytes) -> str:
    """Return the tag of some content: weak, as it may be sent packed or not."""
    return f'W/"{digest(content)}"'


def digest(content: bytes) -> str:
    """Return what tells contents apart, 24 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:24]


async def answer(message: Message, scope: Scope) -> None:
    """Turn an answer into 304 if its tag is among those the caller has."""
    if message["type"] == "http.response.body" and scope["state"].get(KEPT):
        message["body"] = b""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    tag = headers.get("etag")
    if tag is None:
        return
    if cast(HTTPScope, scope)["method"] not in ("GET", "HEAD"):
        del headers["etag"]
        return
    sent = dict(scope["headers"]).get(b"if-none-match", b"").decode("latin-1")
    own = TAG.fullmatch(tag)
    if message["status"] == 200 and own and (sent == "*" or own[1] in TAG.findall(sent)):
        message["status"] = 304
        scope["state"][KEPT] = True
        for name in OF_A_BODY:
            if name in headers:
                del headers[name]
