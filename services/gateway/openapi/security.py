"""Who may ask for what: people by their roles, systems by the scopes of their tokens."""

import inspect
from typing import Any

from litestar.handlers import HTTPRouteHandler

from contracts.message import PUBLIC
from kernel.envelope import known_messages
from services.gateway import scopes

Json = dict[str, Any]
PERSON, SYSTEM = "person", "system"
OPEN = ("sign_in", "register", "grant_token", "revoke_token")  # those who ask have no token yet


def schemes() -> Json:
    """Return how people and systems show who they are."""
    said = {
        "entries:write": "Begin, complete and hand in entries.",
        "entries:read": "Read one's own entries.",
        "documents:write": "Upload documents.",
        "status:read": "Follow how one's entries stand.",
        "exchange:ask": "Ask about fingerprints of another province.",
    }
    return {
        PERSON: {
            "type": "http",
            "scheme": "bearer",
            "description": "The token of a sign-in (POST /v1/sessions).",
        },
        SYSTEM: {
            "type": "oauth2",
            "description": "Scopes `contest:<id>` beside these narrow a token to contests.",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": "/v1/token",
                    "scopes": {scope: said[scope] for scope in sorted(scopes.PLAIN)},
                }
            },
        },
    }


def of(route: HTTPRouteHandler, asks: list[str]) -> list[Json]:
    """Return who may ask for a route that sends these messages; nobody named: anybody."""
    if route.handler_name in OPEN:
        return []
    needed = {known_messages()[one].scope for one in asks}
    found: list[Json] = [{PERSON: []}]
    if needed and None not in needed:
        found.append({SYSTEM: sorted(scope for scope in needed if scope and scope != PUBLIC)})
    return found if "caller" in inspect.signature(route.fn).parameters else [{}, *found]
