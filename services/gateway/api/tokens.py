"""Tokens of systems by OAuth 2.0: client credentials (RFC 6749, 4.4), revocation (RFC 7009)."""

import asyncio
import base64
import binascii
from typing import Literal
from urllib.parse import unquote_plus

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from msgspec import Struct

from services.gateway import domain, scopes
from services.gateway.caller import Door, count, tenant_of
from services.gateway.headers import place_of

NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
WAYS = ("client_secret_basic", "client_secret_post")


class TokenRequest(Struct, frozen=True, kw_only=True):
    """What a system asks for a token with; id and secret here, or with HTTP Basic."""

    grant_type: Literal["client_credentials"]
    scope: str = ""
    client_id: str = ""
    client_secret: str = ""


class RevocationRequest(Struct, frozen=True, kw_only=True):
    """The token to end; id and secret here, or with HTTP Basic."""

    token: str
    client_id: str = ""
    client_secret: str = ""


class Token(Struct, frozen=True, kw_only=True):
    """An access token (RFC 6749, 5.1)."""

    access_token: str
    expires_in: int
    scope: str
    token_type: str = "Bearer"  # noqa: S105  # the name of the kind, not a secret


class TokenRefusal(Struct, frozen=True, kw_only=True):
    """Why there is no token (RFC 6749, 5.2)."""

    error: Literal["invalid_request", "invalid_client", "invalid_scope", "unsupported_grant_type"]


class AuthorisationServer(Struct, frozen=True, kw_only=True):
    """What systems find out by themselves about how to get a token (RFC 8414)."""

    issuer: str
    token_endpoint: str
    revocation_endpoint: str
    scopes_supported: tuple[str, ...]
    service_documentation: str
    response_types_supported: tuple[str, ...] = ()
    grant_types_supported: tuple[str, ...] = ("client_credentials",)
    token_endpoint_auth_methods_supported: tuple[str, ...] = WAYS
    revocation_endpoint_auth_methods_supported: tuple[str, ...] = WAYS


class TokenRefused(Exception):
    """No token; `error` is the word for it in RFC 6749, 5.2."""

    def __init__(self, error: str) -> None:
        self.error = error
        super().__init__(error)


def say(_: Request[None, None, State], refused: TokenRefused) -> Response[dict[str, str]]:
    """Answer as the standard says."""
    is_client = refused.error == "invalid_client"
    headers = NO_STORE | ({"WWW-Authenticate": 'Basic realm="sangkien"'} if is_client else {})
    status = 401 if is_client else 400
    return Response({"error": refused.error}, status_code=status, headers=headers)


@post("/token", status_code=200, exception_handlers={TokenRefused: say})
async def grant_token(
    request: Request[None, None, State], door: NamedDependency[Door]
) -> Response[Token]:
    """Sign a system in: OAuth 2.0 client credentials, as a form or with Basic."""
    await count(request, door, None)
    form = await fields_of(request)
    if "grant_type" not in form:
        raise TokenRefused("invalid_request")
    if form["grant_type"] != "client_credentials":
        raise TokenRefused("unsupported_grant_type")
    client_id, secret = credentials(request, form)
    asked = frozenset(form.get("scope", "").split())
    tenant = tenant_of(request, door)
    try:
        ticket = await asyncio.to_thread(
            door.accounts.grant, tenant, client_id, secret, asked, place_of(request)
        )
    except (scopes.ScopeExceeded, scopes.UnknownScope):
        raise TokenRefused("invalid_scope") from None
    except domain.WrongLogin:
        raise TokenRefused("invalid_client") from None
    seconds = int(domain.LIFETIME["CLIENT"].total_seconds())
    held = " ".join(sorted(ticket.account.scopes or ()))
    token = Token(access_token=ticket.token, expires_in=seconds, scope=held)
    return Response(token, headers=NO_STORE)


@post("/token/revocation", status_code=200, exception_handlers={TokenRefused: say})
async def revoke_token(
    request: Request[None, None, State], door: NamedDependency[Door]
) -> Response[None]:
    """End a token of the calling system; one that is none is as good as ended."""
    await count(request, door, None)
    form = await fields_of(request)
    client_id, secret = credentials(request, form)
    if not form.get("token"):
        raise TokenRefused("invalid_request")
    tenant = tenant_of(request, door)
    mine = (tenant, client_id, secret, form["token"])
    try:
        await asyncio.to_thread(door.accounts.revoke, *mine, place_of(request))
    except domain.WrongLogin:
        raise TokenRefused("invalid_client") from None
    return Response(None, headers=NO_STORE)


@get("/.well-known/oauth-authorization-server", include_in_schema=False, sync_to_thread=False)
def describe_server(request: Request[None, None, State]) -> AuthorisationServer:
    """Tell systems where tokens are given, and for which scopes."""
    issuer = str(request.base_url).rstrip("/")
    return AuthorisationServer(
        issuer=issuer,
        token_endpoint=f"{issuer}/v1/token",
        revocation_endpoint=f"{issuer}/v1/token/revocation",
        scopes_supported=tuple(sorted(scopes.PLAIN)),
        service_documentation=f"{issuer}/schema",
    )


async def fields_of(request: Request[None, None, State]) -> dict[str, str]:
    """Return a form's fields; raises `TokenRefused` if one is there twice or is a file."""
    form = await request.form()
    found: dict[str, str] = {}
    for name, value in form.multi_items():
        if name in found or not isinstance(value, str):
            raise TokenRefused("invalid_request")
        found[name] = value
    return found


def credentials(request: Request[None, None, State], form: dict[str, str]) -> tuple[str, str]:
    """Return a system's id and secret, which come in one of two ways (RFC 6749, 2.3.1)."""
    in_header = basic(request.headers.get("authorization", ""))
    if in_header is None:
        return form.get("client_id", ""), form.get("client_secret", "")
    name, secret = in_header
    if "client_secret" in form or form.get("client_id", name) != name:
        raise TokenRefused("invalid_request")
    return name, secret


def basic(header: str) -> tuple[str, str] | None:
    """Return the id and secret in a header of this kind; raises `TokenRefused` if unreadable.

    Both are coded as in a form first, other than RFC 7617 has it.
    """
    scheme, _, coded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(coded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise TokenRefused("invalid_client") from None
    return unquote_plus(name), unquote_plus(secret)


ROUTES = (grant_token, revoke_token)
