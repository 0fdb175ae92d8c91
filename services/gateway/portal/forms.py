"""Who is at the page, and forms that only a page of ours can have sent.

A form carries a token derived from the sign-in, which another site cannot know, and a key made
with the page, so that a button pressed twice is one command.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import normalize

from litestar import Request, Response
from litestar.datastructures import State
from litestar.di import NamedDependency

from kernel.errors import Forbidden
from services.gateway import domain
from services.gateway.accounts import Ticket, machine_now
from services.gateway.caller import NOBODY, Caller, Calling, Door, check_signed_in, identify
from services.gateway.settings import GatewaySettings

COOKIE = "sangkien"


class FormTooOld(Forbidden):
    """This form is not of your present sign-in; open the page again."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A form that was sent: by whom, and its fields as composed, trimmed text."""

    caller: Caller
    fields: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


Sent = NamedDependency[Posted]  # how a route asks for the form sent to it


async def visitor(request: Request[None, None, State], door: NamedDependency[Door]) -> Caller:
    """Return who looks at the page, who need not have signed in."""
    return await identify(request, door, request.cookies.get(cookie_name(door.settings), ""))


def cookie_name(settings: GatewaySettings, name: str = COOKIE) -> str:
    """Return what a cookie of ours is called; over HTTPS no other host can set one so called."""
    return f"__Host-{name}" if settings.cookie_secure else name


def set_cookie(answer: Response[Any], door: Door, ticket: Ticket) -> None:
    """Give the browser the token of a sign-in, which no script reads."""
    answer.set_cookie(
        cookie_name(door.settings),
        ticket.token,
        httponly=True,
        secure=door.settings.cookie_secure,
        samesite="lax",
        max_age=int((ticket.expires_at - machine_now()).total_seconds()),
    )


def clear_cookie(answer: Response[Any], door: Door) -> None:
    """Have the browser forget the token."""
    answer.set_cookie(
        cookie_name(door.settings), "", httponly=True,
        secure=door.settings.cookie_secure, samesite="lax", max_age=0,
    )  # fmt: skip


async def signed_in(visitor: Calling) -> Caller:
    """Return who looks at the page; raises `SignInNeeded` or `SecondStepNeeded`."""
    check_signed_in(visitor.account)
    return visitor


async def posted(request: Request[None, None, State], visitor: Calling) -> Posted:
    """Return the form sent; raises `FormTooOld` unless it is of this sign-in."""
    form = await request.form()
    lists = {
        name: tuple(normalize("NFC", str(value)).strip() for value in form.getall(name))
        for name in form
    }
    domain.check_text("".join(value for values in lists.values() for value in values))
    fields = {name: values[-1] for name, values in lists.items()}
    if visitor.account is NOBODY:
        check_origin(request)
    elif not secrets.compare_digest(
        fields.get("form", "").encode(), domain.form_token(visitor.token).encode()
    ):
        raise FormTooOld
    key = fields.get("key") or visitor.key
    domain.check_key(key)
    return Posted(replace(visitor, key=key), fields, lists)


def check_origin(request: Request[None, None, State]) -> None:
    """Refuse a form that a page of another site has sent, before there is a sign-in."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise FormTooOld
