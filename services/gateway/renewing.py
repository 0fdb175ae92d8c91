"""New passwords: changed by who knows the old one, or set anew by a link.

A change takes the person's own key along. A link cannot: what was sealed to that key is lost,
and the next sign-in makes a new one.
"""

from kernel.errors import Refused
from services.gateway import (
    domain,
    own_boxes,
    passwords,
    resets,
    sessions,
    sign_ins,
    store,
    strength,
)
from services.gateway.accounts import Accounts
from services.gateway.sessions import Ticket, machine_now, working
from services.gateway.trying import Try


class TypedTwice(Refused):
    """The two new passwords are not the same."""


class WrongOldPassword(Refused):
    """The present password is not right."""


def change(accounts: Accounts, token: str, old: str, new: str) -> Ticket:
    """Replace a password and seal the own key under the new one; other sign-ins end.

    Raises `WrongOldPassword`, `TooManyTries`, `WeakPassword` and the like, `SignInNeeded`.
    """
    found = accounts.who(token)
    if found is None:
        raise domain.SignInNeeded
    tenant, account = found
    strength.check(new, (account.login, tenant))
    try:
        accounts.check(tenant, Try("PERSON", account.login, "own account"), old)
    except domain.WrongLogin as refusal:
        raise WrongOldPassword from refusal
    box = own_boxes.box_by_password(accounts.database, tenant, account.id, old)
    hashed = passwords.hashed(new)
    with working(accounts.database, tenant) as work:
        store.renew_secret(work.session, account.id, hashed)
        own_boxes.seal_again(work.session, account.id, box, new)
        sign_ins.end_others(work.session, account.id, domain.token_digest(token))
        resets.use_up(work.session, account.id)
    waits_for = sign_ins.ENROL if account.limited else None
    ticket = sessions.renew(accounts.database, token, waits_for)
    if ticket is None:
        raise domain.SignInNeeded
    return ticket


def begin_reset(accounts: Accounts, tenant: str, login: str) -> tuple[str, str] | None:
    """Return who wants a new password and the token of a link; None if nobody is called so."""
    if not domain.LOGIN.fullmatch(login):
        return None
    with working(accounts.database, tenant) as work:
        found = store.find_account(work.session, login, "PERSON")
        if found is None:
            return None
        token = resets.begin(work.session, tenant, found[0].id, machine_now())
    return None if token is None else (found[0].id, token)


def finish_reset(accounts: Accounts, token: str, new: str) -> tuple[str, str]:
    """Set a new password by a link, once; every sign-in of the account ends.

    Return the tenant and whose account it is.

    Raises `LinkEnded`, `WeakPassword` and the like.
    """
    tenant = token.partition(".")[0]
    if not domain.TENANT.fullmatch(tenant):
        raise resets.LinkEnded
    hashed = passwords.hashed(new)
    with working(accounts.database, tenant) as work:
        account_id = resets.whose(work.session, token, machine_now())
        account = store.find_by_id(work.session, account_id)
        strength.check(new, (account.login if account else "", tenant))
        store.renew_secret(work.session, account_id, hashed)
        resets.use_up(work.session, account_id)
        sign_ins.end_others(work.session, account_id)
    return tenant, account_id
