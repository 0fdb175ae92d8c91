"""`sangkien …`: what operators do to a service from the command line.

Each command works on one service's database, the one `DATABASE_URL` names. A service adds groups
of its own by the `COMMANDS` of `services/<name>/operate.py`. Exit status: 0 done, 1 not done, 2
wrong usage.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from sqlalchemy import create_engine, func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from kernel import envelope, schema
from kernel.audit import NotRecorded, recorded
from kernel.envelope import Undecodable
from kernel.later import Later
from kernel.settings import BadSetting, KernelSettings, load
from kernel.tables import EVERY_TENANT, Inbox, Outbox, current_tenant


class OneDatabase(Struct, frozen=True):
    """What most commands need.

    database_url: The database of the service to operate.
    """

    database_url: str


REQUESTS = ("request", "commands")  # where the dead are kept that no handler of events heard

SERVICES = Path(__file__).parents[1] / "services"


def added() -> dict[str, str]:
    """Return where the groups of the services in this image are, by their names."""
    found: dict[str, str] = {}
    beside = sorted(SERVICES.parent.glob("telemetry/operate.py"))
    for path in (*sorted(SERVICES.glob("*/operate.py")), *beside):
        place = path.relative_to(SERVICES.parent).with_suffix("").parts
        found |= import_module(".".join(place)).COMMANDS
    return found


@click.group(cls=Later, places=added())
def group() -> None:
    """Operate a sangkien service; DATABASE_URL says whose."""


@contextmanager
def everything() -> Iterator[Session]:
    """Open a transaction that sees every tenant of the service's database."""
    token = current_tenant.set(EVERY_TENANT)
    try:
        engine = create_engine(load(OneDatabase).database_url, poolclass=NullPool)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            session.execute(
                text("SELECT set_config('app.tenant', :tenant, true)"), {"tenant": EVERY_TENANT}
            )
            yield session
    finally:
        current_tenant.reset(token)


@group.command()
@click.argument("service")
def migrate(service: str) -> None:
    """Bring SERVICE's database to the newest shape."""
    if not (SERVICES / service).is_dir():
        raise click.BadParameter(f"there is no service {service} in this image")
    schema.migrate(service, load(OneDatabase).database_url)
    click.echo(f"{service}: the database is up to date")


@group.command()
@click.option("--prune-days", type=int, help="Forget events sent more than so many days ago.")
def outbox(prune_days: int | None) -> None:
    """Show what the broker has not confirmed yet; with --prune-days, forget old sent events."""
    with everything() as session:
        if prune_days is not None:
            sent = text("DELETE FROM outbox WHERE sent_at < now() - make_interval(days => :days)")
            gone = session.execute(sent, {"days": prune_days})
            click.echo(f"{gone.rowcount} forgotten")  # type: ignore[attr-defined]
        for row in session.scalars(
            select(Outbox).where(Outbox.sent_at.is_(None)).order_by(Outbox.sequence)
        ):
            click.echo(f"{row.created_at:%Y-%m-%d %H:%M:%S} {row.tenant} {row.type} {row.id}")


@group.group()
def dead() -> None:
    """Look at the messages that were given up."""


@dead.command("list")
def list_dead() -> None:
    """List the dead: when, whose, which handler, type, id, why."""
    with everything() as session:
        rows = session.scalars(
            select(Inbox).where(Inbox.state == "dead").order_by(Inbox.received_at)
        ).all()
    for row in rows:
        click.echo(
            f"{row.received_at:%Y-%m-%d %H:%M:%S} {row.tenant} {row.handler} {row.type} "
            f"{row.message_id} {row.error}"
        )
    click.echo(f"{len(rows)} dead", err=True)


@dead.command("show")
@click.argument("message_id")
def show_dead(message_id: str) -> None:
    """Print the envelope of the dead message MESSAGE_ID. It may hold personal data."""
    with everything() as session:
        row = session.scalars(select(Inbox).where(Inbox.message_id == message_id)).first()
        if row is None or row.envelope is None:
            raise click.ClickException(f"There is no dead message {message_id}; see `dead list`.")
        click.echo(row.envelope.decode(errors="backslashreplace"))


@group.command()
@click.argument("message_id", required=False)
@click.option("--all", "every_one", is_flag=True, help="Every dead message of the service.")
@click.option(
    "--fixed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the mended envelope, as `dead show` prints it.",
)
def retry(message_id: str | None, every_one: bool, fixed: Path | None) -> None:  # noqa: FBT001
    """Try dead events again, one by its MESSAGE_ID or --all; the service picks them up.

    A dead request stays dead: whoever sent it has been told, and may send another.
    """
    if bool(message_id) == every_one or (every_one and fixed):
        raise click.UsageError("Give one MESSAGE_ID, which --fixed may mend, or --all.")
    values: dict[str, Any] = {"state": "retry", "attempts": 0, "next_try_at": func.now()}
    if fixed:
        try:
            mended = envelope.decode(fixed.read_bytes())
        except Undecodable as error:
            raise click.ClickException(f"{fixed} is not an envelope: {error}") from error
        values |= {"envelope": envelope.encode(mended), "type": mended.type}
        values |= {"tenant": mended.tenant}
    chosen = update(Inbox).where(Inbox.state == "dead", Inbox.handler.not_in(REQUESTS))
    if message_id:
        chosen = chosen.where(Inbox.message_id == message_id)
    with everything() as session:
        count = session.execute(chosen.values(values)).rowcount  # type: ignore[attr-defined]
    if message_id and not count:
        raise click.ClickException(f"There is no dead event {message_id}; see `dead list`.")
    click.echo(f"{count} will be tried again")


@group.command()
@click.option("--type", "kind", help="Only events of this type, e.g. intake.EntrySubmitted.")
@click.option("--hours", type=float, required=True, help="Events sent in the last so many hours.")
def replay(kind: str | None, hours: float) -> None:
    """Send events again, for a hearer that is new or was restored; the others ignore them."""
    again = update(Outbox).where(Outbox.sent_at > func.now() - timedelta(hours=hours))
    if kind:
        again = again.where(Outbox.type == kind)
    with everything() as session:
        count = session.execute(again.values(sent_at=None)).rowcount  # type: ignore[attr-defined]
    click.echo(f"{count} will be sent again")


@group.command()
@click.option("--json", "as_json", is_flag=True, help="Print whole envelopes, one a line.")
def watch(as_json: bool) -> None:  # noqa: FBT001
    """Print every event as it travels, until interrupted; AMQP_URL must allow to read all."""
    from kernel import tap  # noqa: PLC0415  # brings the broker's library with it

    for enveloped in tap.events(load(KernelSettings)):
        if as_json:
            click.echo(envelope.encode(enveloped))
        else:
            click.echo(json.dumps(tap.line(enveloped), ensure_ascii=False))


def main() -> None:
    """Run the command line; turn what operators can mend into one sentence."""
    try:
        with recorded(sys.argv[1:]):
            group(prog_name="sangkien")
    except NotRecorded as error:
        raise SystemExit(f"sangkien: not run, as it cannot be recorded: {error}") from error
    except BadSetting as error:
        raise SystemExit(f"sangkien: {error}") from error
    except DBAPIError as error:
        raise SystemExit(f"sangkien: the database did not do it: {error.orig}") from error


if __name__ == "__main__":
    main()
