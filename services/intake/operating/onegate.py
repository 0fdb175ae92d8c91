"""`sangkien onegate …` and `sangkien onegate-sandbox`: mirrors of dossiers, and a try-out."""

from contextlib import suppress
from pathlib import Path

import click
from sqlalchemy import select

from kernel import clock
from kernel.database import enter
from kernel.operate import everything
from kernel.tables import current_tenant
from services.intake.onegate.behaving import serve
from services.intake.onegate.sandbox import Manners, Sandbox, note
from services.intake.store import onegate
from services.intake.store.tables import CounterpartyRow, PushRow, ReconciliationRow

HELP = {"help_option_names": ["-h", "--help"]}


@click.group("onegate", context_settings=HELP)
def group() -> None:
    """Look at what one-stop portals are told (cổng một cửa)."""


@group.command("list")
@click.option("--all", "every_one", is_flag=True, help="Those that have arrived as well.")
def list_all(every_one: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """List pushes not yet taken: number, tenant, counterparty, entry, step, state, tries, why."""
    query = select(PushRow).order_by(PushRow.sequence)
    if not every_one:
        query = query.where(PushRow.state != "SENT")
    with everything() as session:
        rows = session.scalars(query).all()
    for row in rows:
        click.echo(
            f"{row.sequence} {row.tenant} {row.counterparty} {row.entry_id} {row.step} "
            f"{row.state} {row.attempts} {row.last_error or ''}".rstrip()
        )


@group.command("retry")
@click.argument("tenant")
@click.argument("counterparty")
@click.option("--entry", "entry_id", help="Only the pushes of this entry.")
def retry(tenant: str, counterparty: str, entry_id: str | None) -> None:
    """Try the dead pushes of TENANT to COUNTERPARTY again."""
    with everything() as session:
        token = current_tenant.set(tenant)
        enter(session, tenant)
        try:
            count = onegate.retry(session, counterparty, entry_id, clock.now())
        except onegate.UnknownCounterparty as unknown:
            raise click.ClickException(str(unknown)) from unknown
        finally:
            current_tenant.reset(token)
    click.echo(f"{count} will be tried again")


@group.command("reconciliations")
def list_reconciliations() -> None:
    """List how counterparties compared: when, tenant, name, checked, missing, differing."""
    for row in newest_first(ReconciliationRow):
        end = "" if row.complete else " incomplete"
        click.echo(
            f"{row.at:%Y-%m-%d %H:%M:%S} {row.tenant} {row.counterparty} "
            f"{row.checked} {row.missing} {row.differing}{end}"
        )


@group.command("counterparties")
def list_counterparties() -> None:
    """List counterparties: tenant, name, address, silences in a row."""
    with everything() as session:
        rows = session.scalars(select(CounterpartyRow).order_by(CounterpartyRow.name)).all()
    for row in rows:
        click.echo(f"{row.tenant} {row.name} {row.setup['url']} {row.failures}")


@click.command("onegate-sandbox", context_settings=HELP)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=0, help="0 takes a free one and prints it.")
@click.option("--password", default="sandbox", show_default=True)
@click.option(
    "--file", type=click.Path(dir_okay=False, path_type=Path), help="Keep dossiers here."
)
@click.option("--slow", default=0.0, help="Answer after so many seconds.")
@click.option("--fail", default=0.0, help="Fail this share of the calls, 0 to 1.")
@click.option("--deviate", type=click.Choice(["supplement-as-1"]), help="Deviate from the list.")
@click.option("--duplicate-on-timeout", default=0.0, help="Hold back answers so many seconds.")
@click.option("--hang", is_flag=True, help="Never answer.")
@click.option("--fetch-after", type=float, help="Fetch files after so many seconds.")
@click.option("--session-calls", default=0, help="End a session after so many calls.")
def sandbox(host: str, port: int, password: str, file: Path | None, **switches: object) -> None:
    """Run a counterparty that speaks the national portal's contract, to try against."""
    switches["supplement_as_1"] = switches.pop("deviate") == "supplement-as-1"
    there = Sandbox(Manners(**switches), password, file)  # type: ignore[arg-type]  # by click
    server = serve(there, host, port)
    note(f"http://{host}:{server.server_port}")
    with suppress(KeyboardInterrupt):
        server.serve_forever()
    there.over.set()
    server.server_close()


def newest_first(kind: type[ReconciliationRow]) -> list[ReconciliationRow]:
    """Read rows of every tenant."""
    with everything() as session:
        return list(session.scalars(select(kind).order_by(kind.sequence.desc())))
