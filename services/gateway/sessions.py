"""Beginning, changing and ending sign-ins: each function is a transaction, run in a thread.

A token is new whenever somebody signs in and whenever what a sign-in may do grows; their own key
moves along with it.
"""

import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kernel.database import Database, Origin, Work
from services.gateway import boxes, domain, sign_ins
from services.gateway.boxes import OwnBox
from services.gateway.domain import Account
from services.gateway.sign_ins import SignIn, SignInRow

PASSWORD = "password"  # noqa: S105  # the name of a way to sign in
CODE_WITHIN = timedelta(minutes=10)  # from the password to the second step
LONGEST_BROWSER = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request comes from: the address, and what the browser says of itself."""

    address: str = ""
    browser: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A sign-in: the token to show, until when, whose it is, and what it still waits for."""

    token: str
    expires_at: datetime
    account: Account
    waits_for: str | None = None


@dataclass(frozen=True, slots=True)
class Beginning:
    """How somebody has signed in: where, by which way, with which key, and what is missing."""

    place: Place = field(default_factory=Place)
    way: str = PASSWORD
    box: OwnBox | None = None
    waits_for: str | None = None
    hint: str | None = None


def machine_now() -> datetime:
    """Return the machine's own time: a moved contest clock signs nobody in or out."""
    return datetime.now(UTC)


def working(
    database: Database, tenant: str, *, read_only: bool = False
) -> AbstractContextManager[Work]:
    """Open a transaction of our own accord: nobody has signed in yet."""
    return database.work(Origin.own("gateway", tenant), read_only=read_only)


def begin(database: Database, tenant: str, account: Account, how: Beginning) -> Ticket:
    """Begin a sign-in; what still waits for a code is good for some minutes only."""
    now = machine_now()
    expires_at = domain.expiry(account.kind, now)
    if how.waits_for == sign_ins.CODE:
        expires_at = now + CODE_WITHIN
    token = f"{tenant}.{secrets.token_urlsafe(32)}"
    row = SignInRow(
        token_digest=domain.token_digest(token),
        account_id=account.id,
        expires_at=expires_at,
        scopes=None if account.scopes is None else sorted(account.scopes),
        box=None if how.box is None else boxes.under_token(how.box, token),
        began_at=now,
        seen_at=now,
        address=how.place.address,
        browser=how.place.browser[:LONGEST_BROWSER],
        way=how.way,
        waits_for=how.waits_for,
        hint=how.hint,
    )
    with working(database, tenant) as work:
        work.session.add(row)
    return Ticket(token, expires_at, account, how.waits_for)


def renew(database: Database, token: str, waits_for: str | None = None) -> Ticket | None:
    """Give a sign-in a new token and end the old one; None if it has ended.

    Its own key is sealed anew, and it stays good no longer than it was, unless it waited for a
    code: then it only begins.
    """
    tenant, old = token.partition(".")[0], domain.token_digest(token)
    now, new = machine_now(), f"{tenant}.{secrets.token_urlsafe(32)}"
    with working(database, tenant) as work:
        row = sign_ins.find(work.session, old, now, domain.LIFETIME["PERSON"])
        if row is None:
            return None
        if row.box is not None:
            row.box = boxes.under_token(boxes.by_token(row.box, token), new)
        if row.waits_for == sign_ins.CODE:
            row.began_at, row.expires_at = now, domain.expiry("PERSON", now)
        row.token_digest, row.waits_for, row.seen_at = domain.token_digest(new), waits_for, now
        work.session.flush()
        account = sign_ins.account_of(work.session, row)
        return Ticket(new, row.expires_at, account, waits_for)


def who(database: Database, token: str, idle: timedelta) -> tuple[str, Account] | None:
    """Return the tenant and the account behind a token, if it is good and complete."""
    found = _find(database, token, idle)
    return None if found is None or found[1].waits_for == sign_ins.CODE else found[::2]


def waiting(database: Database, token: str) -> tuple[str, Account] | None:
    """Return the tenant and the account of a sign-in that waits for its second step."""
    found = _find(database, token, CODE_WITHIN)
    return found[::2] if found is not None and found[1].waits_for == sign_ins.CODE else None


def hint_of(database: Database, token: str) -> tuple[str, str | None]:
    """Return the way a sign-in came by, and the identity token it came with."""
    found = _find(database, token, domain.LIFETIME["PERSON"])
    return ("", None) if found is None else (found[1].way, found[1].hint)


def listed(database: Database, tenant: str, account_id: str) -> list[SignIn]:
    """Return somebody's sign-ins."""
    with working(database, tenant, read_only=True) as work:
        return sign_ins.of_account(work.session, account_id, machine_now())


def end(database: Database, token: str) -> None:
    """End the sign-in of a token that `who` knows."""
    with working(database, token.partition(".")[0]) as work:
        sign_ins.end(work.session, domain.token_digest(token), machine_now())


def end_named(database: Database, tenant: str, account_id: str, name: str) -> None:
    """End one of somebody's sign-ins."""
    with working(database, tenant) as work:
        sign_ins.end_named(work.session, account_id, name)


def end_others(database: Database, token: str, account_id: str) -> None:
    """End all of somebody's sign-ins but this."""
    with working(database, token.partition(".")[0]) as work:
        sign_ins.end_others(work.session, account_id, domain.token_digest(token))


def look_as(database: Database, token: str, account_id: str | None) -> None:
    """Have a sign-in look as another account; None: as itself again."""
    with working(database, token.partition(".")[0]) as work:
        sign_ins.look_as(work.session, domain.token_digest(token), account_id)


def _find(
    database: Database, token: str, idle: timedelta
) -> tuple[str, SignInRow, Account] | None:
    tenant = token.partition(".")[0]
    if not domain.TENANT.fullmatch(tenant):
        return None
    now, digest = machine_now(), domain.token_digest(token)
    with working(database, tenant, read_only=True) as work:
        found = sign_ins.find_who(work, digest, now, idle)
        if found is None:
            return None
        row, account = found
    if row.seen_at < now - sign_ins.SEEN_EVERY:
        with working(database, tenant) as work:
            sign_ins.touch(work.session, digest, now)
    return tenant, row, account
