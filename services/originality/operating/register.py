"""`sangkien originality register …`: the register of known initiatives, over the HTTP API."""

from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zipfile import ZIP_DEFLATED, ZipFile

import click

from kernel.door import Door

PATH = click.Path(exists=True, path_type=Path)
TWINS = {"refuse": "REFUSE", "merge": "MERGE", "keep": "KEEP"}
server = click.option("--server", help="The platform's address; else SANGKIEN_URL.")
name = click.option(
    "--register", "register_name", default="TINH", show_default=True, help="Which register."
)


@click.group("register")
def register() -> None:
    """Keep the register of known initiatives (danh mục sáng kiến đã biết)."""


@register.command("import")
@click.argument("file", type=PATH)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--twins",
    type=click.Choice(sorted(TWINS)),
    default="refuse",
    show_default=True,
    help="What becomes of initiatives told twice.",
)
@name
@server
def import_file(
    file: Path, *, dry_run: bool, twins: str, register_name: str, server: str | None
) -> None:
    """Record the initiatives of FILE, or say its mistakes by row and column.

    FILE is CSV in UTF-8, XLSX, a ZIP, or a folder of one such sheet and the documents it names.
    """
    asked = {"register": register_name, "dry_run": str(dry_run).lower(), "twins": TWINS[twins]}
    content = packed(file) if file.is_dir() else file.read_bytes()
    path = f"/v1/initiatives/imports?{urlencode(asked)}"
    read = Door.of_environment(server).ask("POST", path, content, reads=(422,))
    if "mistakes" not in read:
        raise click.ClickException(f"{read['title']}: {read['detail']}")
    for one in read["mistakes"]:
        column = f":{one['column']}" if one["column"] else ""
        click.echo(f"{file}:{one['row']}{column}: {one['sentence']}")
    for twin in read["twins"]:
        click.echo(f"{file}:{twin['row']}: {sentence_on(twin)}")
    if not read["mistakes"]:
        click.echo(summary(read))
    if not read["recorded"] and not (dry_run and not read["mistakes"]):
        raise SystemExit(1)


@register.command("list")
@click.option("--register", "register_name", help="Only this register.")
@server
def list_known(register_name: str | None, server: str | None) -> None:
    """List what is known: register, code, scope, since when, where, title, reading of a scan."""
    only = f"?{urlencode({'register': register_name})}" if register_name else ""
    for one in Door.of_environment(server).ask("GET", f"/v1/initiatives{only}"):
        parts = (one["register"], one["code"], one["scope"], one["applied_on"] or "-")
        click.echo("\t".join((*parts, one["applied_at"], one["title"], one["reading"] or "-")))


@register.command("remove")
@click.argument("code")
@name
@server
def remove(code: str, register_name: str, server: str | None) -> None:
    """Take the initiative CODE out of the register."""
    asked = urlencode({"register": register_name, "code": code})
    Door.of_environment(server).ask("DELETE", f"/v1/initiatives?{asked}")
    click.echo(f"{code} đã ra khỏi danh mục {register_name}")


def packed(folder: Path) -> bytes:
    """Return a folder as a ZIP, its hidden files left out."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            if path.is_file() and not any(part.startswith((".", "~$")) for part in parts):
                archive.write(path, "/".join(parts))
    return written.getvalue()


def sentence_on(twin: dict[str, Any]) -> str:
    """Say which initiative a row tells again."""
    where = f"dòng {twin['other_row']}" if twin["other_row"] else "danh mục"
    percent = f"{float(twin['likeness']):.0%}"
    return (
        f"{twin['code']} trùng {percent} với {twin['other_code']} ({where}): {twin['other_title']}"
    )


def summary(read: dict[str, Any]) -> str:
    """Say what has changed, or would."""
    counts = f"{read['added']} mới, {read['changed']} thay đổi, {read['merged']} gộp"
    if read["recorded"]:
        done = "đã ghi"
    elif read["dry_run"]:
        done = "chạy thử, chưa ghi"
    else:
        done = "chưa ghi: có sáng kiến trùng nhau, chọn --twins merge hoặc --twins keep"
    scans = f"; {read['scans']} bản quét chờ nhận dạng chữ" if read["scans"] else ""
    return f"{read['rows']} sáng kiến: {counts} ({done}){scans}"
