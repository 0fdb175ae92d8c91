"""Signing in through other providers: their table, who is who there, and the way there and back.

Start with `leave` and `arrive`.
"""

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec
from msgspec import to_builtins
from sqlalchemy import DateTime, delete, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Database, Row
from kernel.errors import Conflict, NotFound, Refused
from services.gateway import domain, linking, oidc, passwords, sessions, sign_ins, store
from services.gateway.caller import Door
from services.gateway.domain import Account
from services.gateway.linking import Provider, Somebody
from services.gateway.oidc import Step
from services.gateway.sessions import Beginning, Place, Ticket, machine_now, working
from services.gateway.store import AccountRow, Table

BACK = "/dang-nhap/ve"
WITHIN = timedelta(minutes=10)  # from going there to coming back


class UnknownProvider(NotFound):
    """There is no such way to sign in here."""


class PassageEnded(Refused):
    """This sign-in was begun in another browser, too long ago, or is over; begin again."""


class LinkedElsewhere(Conflict):
    """This sign-in belongs to another account here already."""


class ProviderRow(Row, Table):
    """One row per provider that a tenant signs in through; `described` is a `Provider`."""

    __tablename__ = "provider"

    id: Mapped[str] = mapped_column(primary_key=True)
    described: Mapped[dict[str, object]] = mapped_column(JSONB)


class IdentityRow(Row, Table):
    """One row per person and issuer: which account they are here."""

    __tablename__ = "identity"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str]
    linked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class PassageRow(Row, Table):
    """One row per sign-in under way elsewhere; `account_id` is who wants to be linked."""

    __tablename__ = "passage"

    state_digest: Mapped[str] = mapped_column(primary_key=True)
    provider_id: Mapped[str]
    nonce: Mapped[str]
    verifier: Mapped[str]
    account_id: Mapped[str | None]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody came back: their sign-in, and who they are if only their provider says so."""

    ticket: Ticket
    made: Somebody | None = None


def describe(database: Database, tenant: str, provider: Provider) -> None:
    """Add a provider, or change it. Raises `ProviderWrong`, `UnknownRole`."""
    linking.check(provider)
    described = to_builtins(provider)
    with working(database, tenant) as work:
        row = insert(ProviderRow).values(id=provider.id, described=described)
        changed = {"described": described}
        work.session.execute(
            row.on_conflict_do_update(index_elements=["tenant", "id"], set_=changed)
        )


def remove(database: Database, tenant: str, provider_id: str) -> None:
    """Sign nobody in through a provider any more; accounts and links stay."""
    with working(database, tenant) as work:
        work.session.execute(delete(ProviderRow).where(ProviderRow.id == provider_id))


def offered(database: Database, tenant: str) -> list[Provider]:
    """Return a tenant's providers, by name."""
    with working(database, tenant, read_only=True) as work:
        rows = work.session.scalars(select(ProviderRow))
        found = [msgspec.convert(row.described, Provider) for row in rows]
    return sorted(found, key=lambda each: each.name)


def linked(database: Database, tenant: str, account_id: str) -> frozenset[str]:
    """Return the issuers that an account is linked with."""
    query = select(IdentityRow.issuer).where(IdentityRow.account_id == account_id)
    with working(database, tenant, read_only=True) as work:
        return frozenset(work.session.scalars(query))


def leave(door: Door, tenant: str, provider_id: str, account_id: str | None) -> tuple[str, str]:
    """Return where the browser goes, and the state that it must bring back."""
    database = door.accounts.database
    provider = find(database, tenant, provider_id)
    state = f"{tenant}.{secrets.token_urlsafe(32)}"
    step = Step(state, secrets.token_urlsafe(32), secrets.token_urlsafe(48), back_to(door))
    url = oidc.way_there(provider, step)
    now = machine_now()
    with working(database, tenant) as work:
        work.session.execute(delete(PassageRow).where(PassageRow.expires_at <= now))
        row = PassageRow(
            state_digest=domain.token_digest(state),
            provider_id=provider_id,
            nonce=step.nonce,
            verifier=step.verifier,
            account_id=account_id,
            expires_at=now + WITHIN,
        )
        work.session.add(row)
    return url, state


def arrive(door: Door, answer: Mapping[str, str], kept: str, place: Place) -> Came:
    """Sign in whom a provider sends back; `kept` is the state that the browser kept.

    Raises `PassageEnded`, what `oidc.come_back` raises, `NoAccountHere`, `LinkedElsewhere`.
    """
    state = answer.get("state", "")
    tenant = state.partition(".")[0]
    right = secrets.compare_digest(state.encode(), kept.encode())
    if not (state and right and domain.TENANT.fullmatch(tenant)):
        raise PassageEnded
    database = door.accounts.database
    row = take_passage(database, tenant, state)
    provider = find(database, tenant, row.provider_id)
    step = Step(state, row.nonce, row.verifier, back_to(door))
    secret = oidc.secret_of(provider, door.settings.provider_secrets)
    arrived = oidc.come_back(provider, step, answer, secret)
    somebody = linking.read(provider, arrived.claims)
    with working(database, tenant) as work:
        account = settle(work.session, provider, somebody, row.account_id)
    waits_for = None if provider.second_step else door.accounts.still_needed(tenant, account)
    how = Beginning(place, provider.id, waits_for=waits_for, hint=arrived.id_token)
    ticket = sessions.begin(database, tenant, account, how)
    return Came(ticket, somebody if account.id == linking.made_id(somebody) else None)


def settle(
    session: Session, provider: Provider, somebody: Somebody, wants_link: str | None
) -> Account:
    """Return whose account it is; write down a new link."""
    same = (IdentityRow.issuer == somebody.issuer) & (IdentityRow.subject == somebody.subject)
    known = session.scalar(select(IdentityRow.account_id).where(same))
    if known is not None and wants_link not in (None, known):
        raise LinkedElsewhere
    found = store.find_by_id(session, known or wants_link or "")
    if found is None:
        found = linking.account_for(provider, somebody)
        store.add_account(session, found, passwords.hashed(passwords.generated()))
    if known is None:
        session.add(
            IdentityRow(
                issuer=somebody.issuer,
                subject=somebody.subject,
                account_id=found.id,
                linked_at=machine_now(),
            )
        )
    roles = linking.renewed(provider, found, somebody)
    if roles != found.roles:
        ours = AccountRow.id == found.id
        session.execute(update(AccountRow).where(ours).values(roles=sorted(roles)))
        # Whoever signed in with the roles of before signs in again.
        sign_ins.end_others(session, found.id)
    return replace(found, roles=roles)


def take_passage(database: Database, tenant: str, state: str) -> PassageRow:
    """Return a sign-in under way and forget it: an answer counts once. Raises `PassageEnded`."""
    ours = PassageRow.state_digest == domain.token_digest(state)
    with working(database, tenant) as work:
        row: PassageRow | None = work.session.scalar(
            delete(PassageRow)
            .where(ours, PassageRow.expires_at > machine_now())
            .returning(PassageRow)
        )
        if row is None:
            raise PassageEnded
        work.session.expunge(row)
        return row


async def way_out(door: Door, token: str) -> str:
    """Return where to sign out at the provider of a sign-in; empty where there is no such place.

    A provider that does not answer keeps nobody from signing out here.
    """
    database = door.accounts.database
    way, hint = await asyncio.to_thread(sessions.hint_of, database, token)
    if hint is None:
        return ""
    back = door.settings.portal_url.rstrip("/") + "/"
    try:
        provider = await asyncio.to_thread(find, database, token.partition(".")[0], way)
        return await asyncio.to_thread(oidc.way_out, provider, hint, back)
    except (UnknownProvider, oidc.ProviderAway, oidc.ProviderMistaken):
        return ""


def find(database: Database, tenant: str, provider_id: str) -> Provider:
    """Return a tenant's provider; raises `UnknownProvider`."""
    with working(database, tenant, read_only=True) as work:
        query = select(ProviderRow.described).where(ProviderRow.id == provider_id)
        described = work.session.scalar(query)
    if described is None:
        raise UnknownProvider
    return msgspec.convert(described, Provider)


def back_to(door: Door) -> str:
    """Return the address that providers send people back to."""
    return door.settings.portal_url.rstrip("/") + BACK
