"""Who may have which account, how long a sign-in lasts, and what makes a request the same one.

Pure rules: no clock, no database, no messages.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from kernel.errors import Conflict, Forbidden, NotFound, Refused

Kind = Literal["PERSON", "CLIENT"]

PLAIN_ROLES = frozenset(
    {"entrant", "clerk", "secretary", "judge", "chair", "organiser", "coordinator", "head"}
)
LIFETIME: dict[Kind, timedelta] = {"PERSON": timedelta(hours=12), "CLIENT": timedelta(hours=1)}
ANONYMOUS = "anonymous"

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,99}")
AUTHORITY_ROLE = re.compile(r"authority:[A-Z0-9_]{1,40}")
KEY = re.compile(r"[\x21-\x7e]{1,200}")
TENANT = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
TRACE = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


class WrongLogin(Refused):
    """The login or the password is not right."""


class BadText(Refused):
    """Text is sent as UTF-8 and holds no NUL character."""


class SignInNeeded(Refused):
    """Sign in first."""


class SecondStepNeeded(Forbidden):
    """Your role needs a second step; set it up under My account first."""


class OnlyLooking(Forbidden):
    """You look as somebody else and can change nothing; stop that first."""


class UnknownClient(NotFound):
    """There is no such client."""


class LoginTaken(Conflict):
    """This login is in use; choose another."""


class BadLogin(Refused):
    """A login has 2 to 100 small letters, digits or . _ @ + - and begins with one of the first."""


class UnknownRole(Refused):
    """There is no such role."""


class BadKey(Refused):
    """An Idempotency-Key has 1 to 200 printable characters and no space."""


class BadTenant(Refused):
    """There is no such organising authority."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody, or a system, that can sign in. `id` is also the person's id elsewhere.

    `scopes` limit what a system may do; None: its roles alone decide. `grants` are roles in one
    contest, `secretary@HG-CCHC-2022`. Of somebody who only looks as this account, `true_id` and
    `true_login` say who that is. A `limited` sign-in may only set up its second step.
    """

    id: str
    kind: Kind
    login: str
    roles: frozenset[str]
    unit_id: str | None = None
    scopes: frozenset[str] | None = None
    grants: frozenset[str] = frozenset()
    true_id: str | None = None
    true_login: str = ""
    limited: bool = False

    @property
    def all_roles(self) -> frozenset[str]:
        """Return every role, those in one contest among them: for what is not of any contest."""
        return self.roles | {one.partition("@")[0] for one in self.grants}

    def roles_in(self, contest_id: str) -> frozenset[str]:
        """Return the roles that count in a contest."""
        given = (one.rpartition("@") for one in self.grants)
        return self.roles | {role for role, _, here in given if here == contest_id}


def check_login(login: str) -> None:
    """Refuse a login that could be mistaken for another or typed in two ways."""
    if not LOGIN.fullmatch(login):
        raise BadLogin


def check_grant(giver: frozenset[str], roles: frozenset[str]) -> None:
    """Refuse roles that the giver may not give.

    An operator may give any role. An organiser may not make operators, nor authorities: who
    runs the contest must not be able to approve its prizes.
    """
    for role in sorted(roles):
        is_reserved = role == "operator" or AUTHORITY_ROLE.fullmatch(role) is not None
        if not is_reserved and role not in PLAIN_ROLES:
            raise UnknownRole("There is no role {role}.", role=role)
        if "operator" not in giver and (is_reserved or "organiser" not in giver):
            raise Forbidden("You may not give the role {role}.", role=role)


def check_key(key: str) -> None:
    """Refuse a key that would not survive a header unchanged."""
    if not KEY.fullmatch(key):
        raise BadKey


def check_tenant(tenant: str) -> None:
    """Refuse what cannot be a tenant's name."""
    if not TENANT.fullmatch(tenant):
        raise BadTenant


def check_text(text: str) -> None:
    """Refuse a NUL, which no database keeps as text."""
    if "\0" in text:
        raise BadText


def trace_or(given: str, fresh: str) -> str:
    """Return the trace context that a caller sent, if it is one (W3C), else a fresh one."""
    return given if TRACE.fullmatch(given) else fresh


def command_id(tenant: str, actor_id: str, key: str, part: str) -> str:
    """Return the id of the command that a request's key stands for, 32 hexadecimal digits.

    The same key of another actor, or for another kind of message (`part`), is another command.
    """
    parts = f"{tenant}\n{actor_id}\n{key}\n{part}"
    return hashlib.sha256(parts.encode()).hexdigest()[:32]


def token_digest(token: str) -> str:
    """Return what is kept of a token, so that a stolen table signs nobody in."""
    return hashlib.sha256(token.encode()).hexdigest()


def form_token(token: str) -> str:
    """Return what a form must carry to act for this sign-in; another site cannot know it."""
    return hashlib.sha256(b"form\n" + token.encode()).hexdigest()


def expiry(kind: Kind, now: datetime) -> datetime:
    """Return when a sign-in that begins now ends."""
    return now + LIFETIME[kind]
