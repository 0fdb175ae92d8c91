"""`sangkien agencies …`: the list of units that may take part, over the HTTP API."""

import csv
from pathlib import Path
from urllib.parse import urlencode

import click
from msgspec import json

from kernel.door import Door

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
KIND = {"predecessor_id", "successor_id", "on", "kind", "basis"}
server = click.option("--server", help="The platform's address; else SANGKIEN_URL.")


@click.group("agencies", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Import agencies and their successions (danh mục đơn vị); SANGKIEN_TOKEN says who asks."""


@group.command("import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@server
def import_file(file: Path, dry_run: bool, server: str | None) -> None:  # noqa: FBT001
    """Record the units of FILE (CSV in UTF-8, or XLSX), or say its mistakes by row and column."""
    asked = urlencode({"file_name": file.name, "dry_run": str(dry_run).lower()})
    door = Door.of_environment(server)
    kind = "application/octet-stream"
    read = door.ask("POST", f"/v1/agencies/import?{asked}", file.read_bytes(), kind=kind)
    for one in read["mistakes"]:
        column = f":{one['column']}" if one["column"] else ""
        click.echo(f"{file}:{one['row']}{column}: {one['sentence']}")
    if read["mistakes"]:
        raise SystemExit(1)
    done = "đã ghi" if read["recorded"] else "chạy thử, chưa ghi"
    click.echo(f"{read['units']} đơn vị: {read['added']} mới, {read['changed']} thay đổi ({done})")


@group.command("succeed")
@click.argument("file", type=FILE)
@server
def record_successions(file: Path, server: str | None) -> None:
    """Record who continues whom, from the CSV FILE with a column for each part of that."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (UnicodeDecodeError, csv.Error) as error:
        raise click.ClickException(
            f"{file} is no CSV in UTF-8; in Excel save it as “CSV UTF-8 (Comma delimited)”."
        ) from error
    if any(not row.keys() >= KIND for row in rows):
        raise click.ClickException(f"{file} needs the columns {', '.join(sorted(KIND))}.")
    links = [{name: row[name] for name in KIND} for row in rows]
    body = json.encode({"successions": links})
    known = Door.of_environment(server).ask(
        "PUT", "/v1/agencies/successions", body, kind="application/json"
    )
    click.echo(f"{known} lần kế thừa đã ghi")
