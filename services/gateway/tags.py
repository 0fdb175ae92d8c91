"""Entity tags (RFC 9110, 8.8): what is kept still holds, or has changed.

Each answer of the API carries a tag of what it shows; who sends it back in `If-None-Match` and
would be shown the same gets 304 and no body. A tag names the address it is of, by a digest, so
that a change is compared with what is there and with nothing else.
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
PLACE = 8  # digits of an address in a tag
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


def placed(tag: str, path: str) -> str:
    """Return a weak tag with the address it is of, where that is one of the API."""
    is_weak = tag.startswith("W/") and path.startswith("/v1/")
    return f'W/"{name_of(path)}.{tag[3:]}' if is_weak else tag


def may_be_of(path: str, tag: str) -> bool:
    """Say whether a tag is of an address; those that name none may be of any."""
    place, dot, _ = tag.strip('"').partition(".")
    return not dot or place == name_of(path)


def name_of(path: str) -> str:
    """Return what stands for an address in a tag."""
    return digest(path.rstrip("/").encode())[:PLACE]


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
    tag = placed(headers.get("etag", ""), scope["path"])
    if not tag:
        return
    headers["etag"] = tag
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
