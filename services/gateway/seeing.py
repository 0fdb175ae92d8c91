"""Whom somebody may look as."""

from kernel.errors import Forbidden, NotFound, require
from services.gateway import domain, store
from services.gateway.accounts import Accounts
from services.gateway.caller import Caller
from services.gateway.domain import Account
from services.gateway.sessions import working


class NoSuchAccount(NotFound):
    """Nobody here is called so."""


class NotSeenAs(Forbidden):
    """Nobody looks as an operator, and an organiser not as an authority."""


def find(accounts: Accounts, caller: Caller, login: str) -> Account:
    """Return the account to look as. Raises `Forbidden`, `NoSuchAccount`, `NotSeenAs`."""
    require(caller.account, "organiser", "operator")
    with working(accounts.database, caller.tenant, read_only=True) as work:
        found = store.find_account(work.session, login, "PERSON")
    if found is None:
        raise NoSuchAccount
    check(caller.account.roles, found[0].roles)
    return found[0]


def check(looker: frozenset[str], seen: frozenset[str]) -> None:
    """Refuse to let somebody see more than they may give: see `domain.check_grant`."""
    reserved = {role for role in seen if domain.AUTHORITY_ROLE.fullmatch(role)}
    if "operator" in seen or (reserved and "operator" not in looker):
        raise NotSeenAs
