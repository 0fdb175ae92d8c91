"""The key of a person's own in a sign-in that came without a password.

Who signs in by password has it opened by that. Who comes through another provider opens it with
a passphrase, which may be the password they also have here.
"""

from enum import Enum

from kernel.errors import Refused
from services.gateway import boxes, domain, own_boxes, sessions, strength
from services.gateway.accounts import Accounts
from services.gateway.boxes import CannotOpen


class WrongPassphrase(Refused):
    """This passphrase does not open your key."""


class State(Enum):
    """What is with the key of a sign-in."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    NONE = "NONE"


def state(accounts: Accounts, token: str) -> State:
    """Say whether the own key is open in this sign-in, closed, or not made yet."""
    found = accounts.who(token)
    if found is None:
        raise domain.SignInNeeded
    if own_boxes.is_open(accounts.database, token):
        return State.OPEN
    tenant, account = found
    made = own_boxes.exists(accounts.database, tenant, account.id)
    return State.CLOSED if made else State.NONE


def open_here(accounts: Accounts, token: str, passphrase: str, *, anew: bool) -> None:
    """Open the own key in this sign-in; make it where there is none, or `anew`.

    A key made anew opens nothing that was sealed to the one before.
    """
    found = accounts.who(token)
    if found is None:
        raise domain.SignInNeeded
    tenant, account = found
    database = accounts.database
    if anew or not own_boxes.exists(database, tenant, account.id):
        strength.check(passphrase, (account.login, tenant))
        own_boxes.make_anew(database, tenant, account.id, passphrase)
    try:
        box = own_boxes.open_kept(database, tenant, account.id, passphrase)
    except CannotOpen as problem:
        raise WrongPassphrase from problem
    with sessions.working(database, tenant) as work:
        kept = boxes.under_token(box, token)
        own_boxes.keep_with(work.session, domain.token_digest(token), kept)
