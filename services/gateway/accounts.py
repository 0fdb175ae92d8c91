"""Signing in and out, and making accounts: each method is one transaction, run in a thread."""

import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kernel.database import Database, Origin, Work
from services.gateway import boxes, domain, own_boxes, passwords, scopes, store
from services.gateway.boxes import OwnBox
from services.gateway.domain import Account, Kind


@dataclass(frozen=True, slots=True)
class Ticket:
    """A sign-in: the token to show, until when, and whose it is."""

    token: str
    expires_at: datetime
    account: Account


def machine_now() -> datetime:
    """Return the machine's own time: a moved contest clock signs nobody in or out."""
    return datetime.now(UTC)


class Accounts:
    """The accounts of every tenant. A token begins with its tenant: `hau-giang.3fa9…`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def sign_in(self, tenant: str, login: str, secret: str) -> Ticket:
        """Sign a person in by password; raises `WrongLogin` or `TooManyTries`."""
        account = self._check(tenant, login, secret, "PERSON")
        box = own_boxes.box_by_password(self.database, tenant, account.id, secret)
        return self._begin(tenant, account, box)

    def grant(self, tenant: str, login: str, secret: str, asked: scopes.Scopes) -> Ticket:
        """Sign a system in, for the scopes it asks for; raises `ScopeExceeded` as well."""
        account = self._check(tenant, login, secret, "CLIENT")
        held = scopes.granted(account.scopes or scopes.USUAL, asked)
        return self._begin(tenant, replace(account, scopes=held))

    def rotate(self, tenant: str, client_id: str, old_until: datetime) -> str:
        """Give a system a new secret; the old one is good until then. Raises `UnknownClient`."""
        secret = passwords.generated()
        with self._work(tenant) as work:
            if store.find_account(work.session, client_id, "CLIENT") is None:
                raise domain.UnknownClient
            store.rotate_secret(work.session, client_id, passwords.hashed(secret), old_until)
        return secret

    def revoke_old(self, tenant: str, client_id: str) -> None:
        """End the old secret of a system at once. Raises `UnknownClient`."""
        with self._work(tenant) as work:
            if store.find_account(work.session, client_id, "CLIENT") is None:
                raise domain.UnknownClient
            store.revoke_old_secret(work.session, client_id)

    def _check(self, tenant: str, login: str, secret: str, kind: Kind) -> Account:
        """Return the account if the secret is its present one, or an old one still good."""
        account, secret_hash = self._find(tenant, login, kind)
        # Outside the transaction: argon2 takes long on purpose.
        right = passwords.matches(secret, secret_hash)
        if account is None:
            raise domain.WrongLogin
        if not right and kind == "CLIENT":
            with self._work(tenant, read_only=True) as work:
                old = store.old_secret(work.session, account.id, machine_now())
            right = old is not None and passwords.matches(secret, old)
        if not right:
            with self._work(tenant) as work:
                store.count_failure(work.session, account.id, machine_now())
            raise domain.WrongLogin
        return account

    def _begin(self, tenant: str, account: Account, box: OwnBox | None = None) -> Ticket:
        """Begin a sign-in of an account; a person's own key goes with it."""
        kind, now = account.kind, machine_now()
        ticket = Ticket(f"{tenant}.{secrets.token_urlsafe(32)}", domain.expiry(kind, now), account)
        with self._work(tenant) as work:
            digest = domain.token_digest(ticket.token)
            store.add_sign_in(work.session, digest, account, ticket.expires_at)
            if box is not None:
                kept = boxes.under_token(box, ticket.token)
                own_boxes.keep_with(work.session, digest, kept)
            store.forget_failures(work.session, account.id)
        return ticket

    def _find(self, tenant: str, login: str, kind: Kind) -> tuple[Account | None, str | None]:
        """Return the account and its hash; raises `TooManyTries` while it has to rest."""
        if not domain.LOGIN.fullmatch(login):
            return None, None
        with self._work(tenant, read_only=True) as work:
            found = store.find_account(work.session, login, kind)
            if found is None:
                return None, None
            store.find_tries(work.session, found[0].id).check(machine_now())
        return found

    def who(self, token: str) -> tuple[str, Account] | None:
        """Return the tenant and the account behind a token, if it is good."""
        tenant = token.partition(".")[0]
        if not domain.TENANT.fullmatch(tenant):
            return None
        with self._work(tenant, read_only=True) as work:
            digest = domain.token_digest(token)
            account = store.find_sign_in(work.session, digest, machine_now())
        return None if account is None else (tenant, account)

    def sign_out(self, token: str) -> None:
        """End the sign-in of a token that `who` knows."""
        with self._work(token.partition(".")[0]) as work:
            store.end_sign_in(work.session, domain.token_digest(token), machine_now())

    def register(self, tenant: str, account: Account, password: str) -> None:
        """Make an account; the same one again changes nothing. Raises `LoginTaken`."""
        domain.check_login(account.login)
        domain.check_password(password)
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
        return self.database.work(Origin.own("gateway", tenant), read_only=read_only)
