"""`sangkien review explain ENTRY`: why an entry is where it is."""

import json

import click

from kernel.door import Door


@click.command("explain")
@click.argument("entry")
@click.option("--contest", required=True, help="The contest's id, e.g. HG-CCHC-2022.")
@click.option("--json", "as_data", is_flag=True, help="Print it as data, to be recounted.")
@click.option("--server", help="The platform's address; else SANGKIEN_URL.")
def explain(entry: str, contest: str, server: str | None, *, as_data: bool) -> None:
    """Say what the places of ENTRY, an id or a code, rest on: marks, weights, rounding, ties."""
    door = Door.of_environment(server)
    found = door.read(f"/v1/contests/{contest}/entries/{entry}/place")
    if as_data:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    final = found["final"]["text"] if found["final"] else []
    click.echo("\n".join([*found["judged"]["text"], *final]))
