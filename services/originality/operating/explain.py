"""`sangkien originality explain ENTRY`: why a report says what it says."""

from urllib.parse import quote

import click
from msgspec import convert

from contracts.originality import Report
from contracts.rules import Novelty
from kernel.door import Door
from services.originality.domain import explaining


@click.command("explain")
@click.argument("entry")
@click.option("--server", help="The platform's address; else SANGKIEN_URL.")
def explain(entry: str, server: str | None) -> None:
    """Say step by step how the newest report on ENTRY came to its level."""
    door = Door.of_environment(server)
    report = convert(door.ask("GET", f"/v1/entries/{quote(entry, safe='')}/originality"), Report)
    rules = door.ask("GET", f"/v1/contests/{report.contest_id}")["rules"]
    novelty = convert(rules["novelty"], Novelty)
    click.echo("\n".join(explaining.explain(report, novelty)))
