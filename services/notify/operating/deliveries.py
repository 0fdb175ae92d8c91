"""`sangkien deliveries …`: who was told what, every try of it, and sending again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from kernel import clock
from kernel.database import enter
from kernel.errors import Refused
from kernel.operate import everything
from kernel.tables import current_tenant
from services.notify import store
from services.notify.logbook import export

INSTANT = click.DateTime(formats=["%Y-%m-%dT%H:%M:%S%z"])


@click.group("deliveries")
def group() -> None:
    """Look at who was told what, and have it sent again (thông báo)."""


@contextmanager
def of_tenant(tenant: str) -> Iterator[Session]:
    """Open a transaction on one tenant's rows; turn a refusal into one sentence."""
    with everything() as session:
        token = current_tenant.set(tenant)
        enter(session, tenant)
        try:
            yield session
        except Refused as refused:
            raise click.ClickException(str(refused)) from refused
        finally:
            current_tenant.reset(token)


@group.command("list")
@click.option("--entry", "entry_id", help="About this entry.")
@click.option("--person", "recipient", help="To this person or client.")
@click.option("--contest", "contest_id", help="In this contest.")
@click.option("--state", help="Only in this state, e.g. FAILED.")
@click.option("--limit", default=100, show_default=True)
def list_all(limit: int, **wanted: str | None) -> None:
    """List deliveries, newest first: id, tenant, queued, channel, to whom, what, state, tries."""
    with everything() as session:
        rows = list(store.list_deliveries(session, store.Wanted(**wanted), limit))
    for row in rows:
        click.echo(
            f"{row.delivery_id} {row.tenant} {row.queued_at:%Y-%m-%d %H:%M:%S} {row.channel} "
            f"{row.recipient} {row.template} {row.state} {row.tries} "
            f"{row.last_error or ''}".rstrip()
        )
    click.echo(f"{len(rows)} shown", err=True)


@group.command("show")
@click.argument("tenant")
@click.argument("delivery_id")
def show(tenant: str, delivery_id: str) -> None:
    """Show every try of DELIVERY_ID: number, began, ended, outcome, who took it, response."""
    with of_tenant(tenant) as session:
        row = store.load_delivery(session, delivery_id)
        tries = store.load_tries(session, [delivery_id]).get(delivery_id, [])
    click.echo(f"{row.event_type} {row.channel} {row.recipient} {row.template} {row.state}")
    for one in tries:
        ended = f"{one.ended_at:%H:%M:%S}" if one.ended_at else "-"
        click.echo(
            f"{one.number} {one.began_at:%Y-%m-%d %H:%M:%S} {ended} {one.outcome} "
            f"{one.accepted_by} {one.response}".rstrip()
        )


@group.command("release")
@click.argument("tenant")
@click.argument("delivery_id")
def release(tenant: str, delivery_id: str) -> None:
    """Have a held or failed delivery sent."""
    with of_tenant(tenant) as session:
        row = store.load_delivery(session, delivery_id)
        if row.state not in {"HELD", "FAILED"}:
            raise click.ClickException(
                f"{delivery_id} is {row.state}: it is neither held nor failed."
            )
        store.requeue(session, row, clock.now())
    click.echo("1 will be sent")


@group.command("replay")
@click.argument("tenant")
@click.argument("client_id")
@click.option("--since", type=INSTANT, required=True, help="2026-11-28T07:00:00+07:00")
@click.option("--until", type=INSTANT, required=True, help="Not including this instant.")
def replay(tenant: str, client_id: str, since: datetime, until: datetime) -> None:
    """Push a span again to the client CLIENT_ID, under the same ids."""
    with of_tenant(tenant) as session:
        count = store.replay(session, tenant, client_id, (since, until))
    click.echo(f"{count} will be pushed again")


@group.command("export")
@click.argument("tenant")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--entry", "entry_id", help="About this entry.")
@click.option("--person", "recipient", help="To this person or client.")
@click.option("--contest", "contest_id", help="In this contest.")
def write(tenant: str, file: Path, **wanted: str | None) -> None:
    """Write the log of TENANT, a line a try, to FILE: .csv or .xlsx."""
    if file.suffix not in {".csv", ".xlsx"}:
        raise click.BadParameter(f"{file.name} is neither .csv nor .xlsx")
    with of_tenant(tenant) as session:
        made = export(session, store.Wanted(**wanted), "XLSX" if file.suffix == ".xlsx" else "CSV")
    file.write_bytes(made.content)
    click.echo(f"{file}: {len(made.content)} bytes")
