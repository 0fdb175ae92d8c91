"""`sangkien sandbox empty`: a sandbox begins anew, in every service; by hand, or every night."""

import asyncio
import sys
from types import ModuleType
from uuid import uuid4

import click
from sqlalchemy import delete

from contracts import awards, intake, notify, originality, review
from contracts.message import Actor
from kernel.client import Client, RemoteFailure, RemoteRefusal, TimedOut
from kernel.database import Database
from kernel.errors import Unavailable
from kernel.settings import KernelSettings, load
from services.gateway.grants import GrantRow
from services.gateway.sessions import working

# The ledger keeps what it has recorded, as of every tenant.
EMPTIED = (intake, originality, review, awards, notify)
OURSELVES = Actor(id="service:gateway", roles=frozenset({"operator"}))
PATIENCE = 120.0  # seconds a service may take


@click.group("sandbox", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Look after the sandboxes in which other systems try the connection."""


@group.command()
@click.argument("tenant")
def empty(tenant: str) -> None:
    """Take all contests, entries, marks and papers of the sandbox TENANT away.

    Accounts and clients stay, so that whoever tries the connection need not register anew; so do
    the record of the ledger and files in the store, to which nothing leads any more.
    """
    settings = load(KernelSettings)
    try:
        found = asyncio.run(emptied(settings, tenant))
    except RemoteRefusal as refusal:
        sys.exit(f"{tenant}: {refusal}")
    except (RemoteFailure, TimedOut, Unavailable) as problem:
        sys.exit(f"{tenant} is not empty, or not everywhere: {problem} Run it again.")
    forget_grants(settings, tenant)
    for service, rows in found.items():
        click.echo(f"{service}: {rows}")


async def emptied(
    settings: KernelSettings, tenant: str, spoken: tuple[ModuleType, ...] = EMPTIED
) -> dict[str, int]:
    """Have every service emptied in turn; return how many rows each has taken away."""
    names = {each.__name__.rpartition(".")[2]: each for each in spoken}
    client = Client(settings.amqp_url, speaker="gateway", services=tuple(names))
    await client.start()
    try:
        return {
            service: await client.ask(
                its.EmptySandbox(),
                reply=int,
                tenant=tenant,
                actor=OURSELVES,
                id=uuid4().hex,
                timeout=PATIENCE,
            )
            for service, its in names.items()
        }
    finally:
        await client.close()


def forget_grants(settings: KernelSettings, tenant: str) -> None:
    """Take the roles in contests away that are no more."""
    database = Database()
    database.connect(settings, wake=lambda: None)
    try:
        with working(database, tenant) as work:
            work.session.execute(delete(GrantRow).where(GrantRow.tenant == tenant))
    finally:
        database.stop()
