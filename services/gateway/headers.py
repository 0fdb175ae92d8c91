"""What the headers of a request say: its token, its key, where it comes from, its trace."""

import secrets

from litestar import Request
from litestar.datastructures import State

from services.gateway import domain
from services.gateway.sessions import Place


def place_of(request: Request[None, None, State]) -> Place:
    """Return where a request comes from, as far as it says."""
    address = request.client.host if request.client else ""
    return Place(address, request.headers.get("user-agent", ""))


def bearer(request: Request[None, None, State]) -> str:
    """Return the token in the Authorization header, or nothing."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def key_of(request: Request[None, None, State]) -> str:
    """Return the request's key, or make one; `app` tells it in the response."""
    key = request.headers.get("idempotency-key", secrets.token_hex(16))
    domain.check_key(key)
    if request.method not in ("GET", "HEAD"):
        request.scope["state"]["idempotency_key"] = key
    return key


def new_trace() -> str:
    """Return a W3C trace context that begins here."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
