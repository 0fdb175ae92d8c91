"""Signing in and out, and making accounts: each method is one transaction, run in a thread."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta

from kernel.database import Database, Work
from services.gateway import (
    domain,
    grants,
    own_boxes,
    passwords,
    scopes,
    second_steps,
    sessions,
    sign_ins,
    store,
    strength,
    tries,
    trying,
)
from services.gateway.domain import Account
from services.gateway.sessions import Beginning, Place, Ticket, machine_now
from services.gateway.trying import Try

__all__ = ["Accounts", "Ticket", "machine_now"]

NOWHERE = Place()


class Accounts:
    """The accounts of every tenant. A token begins with its tenant: `hau-giang.3fa9…`.

    A person's sign-in ends when it was not used for `idle`. Seeds of second steps are kept under
    `door_key`.
    """

    def __init__(
        self, database: Database, idle: timedelta = timedelta(hours=2), door_key: str = ""
    ) -> None:
        self.database = database
        self.idle = idle
        self.door_key = door_key

    def sign_in(
        self, tenant: str, login: str, secret: str, place: Place = NOWHERE, code: str = ""
    ) -> Ticket:
        """Sign a person in at once.

        Raises `WrongLogin`, `TooManyTries`; with a second step `CodeNeeded` and `WrongCode`.
        """
        ticket = self.enter(tenant, login, secret, place)
        if ticket.waits_for != sign_ins.CODE:
            return ticket
        if not code:
            self.sign_out(ticket.token)
            raise second_steps.CodeNeeded
        return self.pass_code(ticket.token, code, place)

    def enter(self, tenant: str, login: str, secret: str, place: Place) -> Ticket:
        """Take a password; the sign-in may then wait for a code (`pass_code`)."""
        tried = Try("PERSON", login, place.address)
        account = self.check(tenant, tried, secret)
        box = own_boxes.box_by_password(self.database, tenant, account.id, secret)
        waits_for = self.still_needed(tenant, account)
        if waits_for != sign_ins.CODE:
            self._forget(tenant, tried)
        how = Beginning(place, box=box, waits_for=waits_for)
        return sessions.begin(self.database, tenant, account, how)

    def still_needed(self, tenant: str, account: Account) -> str | None:
        """Say what a sign-in waits for after its first step: a code, to set one up, nothing."""
        with self._work(tenant, read_only=True) as work:
            if second_steps.is_set(work.session, account.id):
                return sign_ins.CODE
            held = replace(account, grants=grants.of(work.session, account.id)).all_roles
            needed = second_steps.is_needed(work.session, held)
        return sign_ins.ENROL if needed else None

    def pass_code(self, token: str, code: str, place: Place) -> Ticket:
        """Take the code of a sign-in that waits for it; it goes on under a new token.

        Raises `SignInNeeded` where none waits, `WrongCode`, `TooManyTries`.
        """
        found = sessions.waiting(self.database, token)
        if found is None:
            raise domain.SignInNeeded
        tenant, account = found
        tried = Try("PERSON", account.login, place.address)
        with self._work(tenant, read_only=True) as work:
            tries.check(trying.look_up(work.session, tried), machine_now())
        try:
            with self._work(tenant) as work:
                second_steps.check(work.session, account.id, code, machine_now(), self.door_key)
        except second_steps.WrongCode:
            with self._work(tenant) as work:
                trying.count_failure(work.session, tried, machine_now())
            raise
        self._forget(tenant, tried)
        ticket = sessions.renew(self.database, token)
        if ticket is None:
            raise domain.SignInNeeded
        return ticket

    def grant(
        self,
        tenant: str,
        login: str,
        secret: str,
        asked: scopes.Scopes,
        place: Place = NOWHERE,
    ) -> Ticket:
        """Sign a system in, for the scopes it asks for; raises `ScopeExceeded` as well."""
        tried = Try("CLIENT", login, place.address)
        account = self.check(tenant, tried, secret)
        held = scopes.granted(account.scopes or scopes.USUAL, asked)
        self._forget(tenant, tried)
        allowed = replace(account, scopes=held)
        return sessions.begin(self.database, tenant, allowed, Beginning(place, way="secret"))

    def revoke(
        self, tenant: str, login: str, secret: str, token: str, place: Place = NOWHERE
    ) -> None:
        """End a system's own token, if it is one; raises `WrongLogin` or `TooManyTries`."""
        client = self.check(tenant, Try("CLIENT", login, place.address), secret)
        known = self.who(token)
        if known is not None and known[1].id == client.id:
            self.sign_out(token)

    def rotate(self, tenant: str, client_id: str, old_until: datetime, rotation: str) -> str:
        """Give a system a new secret; the old one is good until then. Raises `UnknownClient`.

        `rotation` is the id of the request: repeated, it gives another new secret, and the old
        one stays the one there was before.
        """
        secret = passwords.generated()
        with self._work(tenant) as work:
            if store.find_account(work.session, client_id, "CLIENT") is None:
                raise domain.UnknownClient
            kept = store.NewSecret(passwords.hashed(secret), old_until, rotation)
            store.rotate_secret(work.session, client_id, kept)
        return secret

    def revoke_old(self, tenant: str, client_id: str) -> None:
        """End the old secret of a system at once. Raises `UnknownClient`."""
        with self._work(tenant) as work:
            if store.find_account(work.session, client_id, "CLIENT") is None:
                raise domain.UnknownClient
            store.revoke_old_secret(work.session, client_id)

    def check(self, tenant: str, tried: Try, secret: str) -> Account:
        """Return the account if the secret is its present one, or an old one still good."""
        account, secret_hash = self._find(tenant, tried)
        # Outside the transaction: argon2 takes long on purpose.
        right = passwords.matches(secret, secret_hash)
        if account is not None and not right and tried.kind == "CLIENT":
            with self._work(tenant, read_only=True) as work:
                old = store.old_secret(work.session, account.id, machine_now())
            right = old is not None and passwords.matches(secret, old)
        if account is None or not right:
            with self._work(tenant) as work:
                trying.count_failure(work.session, tried, machine_now())
            raise domain.WrongLogin
        return account

    def _find(self, tenant: str, tried: Try) -> tuple[Account | None, str | None]:
        """Return the account and its hash; raises `TooManyTries` while it has to rest."""
        with self._work(tenant, read_only=True) as work:
            tries.check(trying.look_up(work.session, tried), machine_now())
            is_login = domain.LOGIN.fullmatch(tried.login) is not None
            found = store.find_account(work.session, tried.login, tried.kind) if is_login else None
        return found or (None, None)

    def _forget(self, tenant: str, tried: Try) -> None:
        """Forget wrong secrets after a right one."""
        with self._work(tenant) as work:
            trying.forget_failures(work.session, tried, machine_now())

    def who(self, token: str) -> tuple[str, Account] | None:
        """Return the tenant and the account behind a token, if it is good."""
        return sessions.who(self.database, token, self.idle)

    def sign_out(self, token: str) -> None:
        """End the sign-in of a token that `who` knows."""
        sessions.end(self.database, token)

    def register(self, tenant: str, account: Account, password: str) -> None:
        """Make an account; the same one again changes nothing. Raises `LoginTaken`."""
        domain.check_login(account.login)
        strength.check(password, (account.login, tenant))
        known, secret_hash = self._add(tenant, account, password)
        if known != account or not passwords.matches(password, secret_hash):
            raise domain.LoginTaken

    def issue(self, tenant: str, account: Account) -> str:
        """Make an account with a secret made up for it, and return that.

        The same account again gets a new secret: whoever lost the answer can repeat the request.
        """
        domain.check_login(account.login)
        secret = passwords.generated()
        known, secret_hash = self._add(tenant, account, secret)
        if known != account:
            raise domain.LoginTaken
        if not passwords.matches(secret, secret_hash):
            with self._work(tenant) as work:
                store.renew_secret(work.session, account.id, passwords.hashed(secret))
        return secret

    def knows(self, tenant: str) -> bool:
        """Tell whether the tenant has accounts: its operator has let it in."""
        with self._work(tenant, read_only=True) as work:
            return store.has_accounts(work.session)

    def every(self, tenant: str) -> list[Account]:
        """Return a tenant's accounts, by login."""
        with self._work(tenant, read_only=True) as work:
            return store.list_accounts(work.session)

    def _add(self, tenant: str, account: Account, secret: str) -> tuple[Account | None, str]:
        """Add the account unless it is there; return who has its login now, and their hash."""
        secret_hash = passwords.hashed(secret)
        with self._work(tenant) as work:
            store.add_account(work.session, account, secret_hash)
            found = store.find_account(work.session, account.login, account.kind)
        return found or (None, secret_hash)

    def _work(self, tenant: str, *, read_only: bool = False) -> AbstractContextManager[Work]:
        """Open a transaction of our own accord: nobody has signed in yet."""
        return sessions.working(self.database, tenant, read_only=read_only)
