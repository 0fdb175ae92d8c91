"""`sangkien originality exchange …`: other provinces are asked, over the HTTP API."""

import json
from urllib.parse import quote

import click

from kernel.door import Door

BANDS = {"NONE": "không thấy trùng", "LOW": "thấp", "MEDIUM": "trung bình", "HIGH": "cao"}
WAYS = {"ASKED": "đã hỏi", "ANSWERED": "đã trả lời"}
server = click.option("--server", help="The platform's address; else SANGKIEN_URL.")


@click.group("exchange")
def exchange() -> None:
    """Compare with other provinces without showing texts (trao đổi giữa các tỉnh)."""


@exchange.command("ask")
@click.argument("entry")
@click.option("--with", "province", required=True, help="The province, as the agreement names it.")
@server
def ask(entry: str, province: str, server: str | None) -> None:
    """Ask PROVINCE whether it knows an initiative like ENTRY; no text leaves."""
    body = json.dumps({"province": province}).encode()
    path = f"/v1/entries/{quote(entry, safe='')}/exchange"
    said = Door.of_environment(server).ask("POST", path, body, kind="application/json")
    contact = said["contact"]
    who = ", ".join(filter(None, (contact["office"], contact["email"], contact["phone"])))
    click.echo(f"{said['province']}: mức tương đồng {BANDS[said['band']]}; liên hệ {who}")


@exchange.command("list")
@server
def list_comparisons(server: str | None) -> None:
    """List who was asked or answered: when, which way, province, by whom, entry, band."""
    for one in Door.of_environment(server).ask("GET", "/v1/exchange/comparisons"):
        parts = (one["at"], WAYS[one["way"]], one["province"], one["by"], one["entry_id"] or "-")
        click.echo("\t".join((*parts, BANDS[one["band"]])))
