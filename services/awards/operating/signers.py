"""`sangkien paper signers`, `bind`, `unbind`: which certificates may sign for whom."""

from datetime import datetime
from pathlib import Path

import click
from msgspec import json

from kernel.door import Door
from services.awards.orders import Role

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(("%Y-%m-%d",))
server = click.option("--server", help="The platform's address; else SANGKIEN_URL.")


@click.command("signers")
@server
def signers(server: str | None) -> None:
    """List the certificates that may sign, or could, and on which days."""
    for each in Door.of_environment(server).read("/v1/signers"):
        click.echo(told(each))


@click.command("bind")
@click.argument("authority")
@click.argument("role", type=click.Choice(("approve", "issue", "attach")))
@click.argument("certificate", type=FILE)
@click.option("--since", type=DAY, required=True, help="The first day, YYYY-MM-DD.")
@click.option("--until", type=DAY, help="The last day; without it there is none.")
@server
def bind(  # noqa: PLR0913, PLR0917  # click passes them
    authority: str,
    role: Role,
    certificate: Path,
    since: datetime,
    until: datetime | None,
    server: str | None,
) -> None:
    """Let CERTIFICATE (PEM) sign for AUTHORITY, a code of the rules or BTC, as ROLE."""
    asked = {
        "authority": authority,
        "role": role,
        "certificate": certificate.read_text(encoding="utf-8", errors="replace"),
        "since": since.date(),
        "until": until.date() if until else None,
    }
    door = Door.of_environment(server)
    bound = door.ask("POST", "/v1/signers", json.encode(asked), kind="application/json")
    click.echo(told(bound))


@click.command("unbind")
@click.argument("signer")
@click.option("--until", type=DAY, required=True, help="The last day, YYYY-MM-DD.")
@click.option("--reason", required=True, help="Why, for the record.")
@server
def unbind(signer: str, until: datetime, reason: str, server: str | None) -> None:
    """Let the bound certificate SIGNER, an id that `signers` lists, sign no longer."""
    asked = json.encode({"until": until.date(), "reason": reason})
    door = Door.of_environment(server)
    ended = door.ask("POST", f"/v1/signers/{signer}/end", asked, kind="application/json")
    click.echo(told(ended))


def told(signer: dict[str, str]) -> str:
    """Say on a line who may sign for whom, and when."""
    until = f" đến hết {day(signer['until'])}" if signer["until"] else ""
    return (
        f"{signer['signer_id']} {signer['authority']}/{signer['role']} từ {day(signer['since'])}"
        f"{until}: {signer['subject']} (số {signer['serial']})"
    )


def day(written: str) -> str:
    """Write an ISO day as people in Vietnam do."""
    return f"{datetime.fromisoformat(written):%d/%m/%Y}"
