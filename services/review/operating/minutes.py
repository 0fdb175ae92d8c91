"""`sangkien review minutes …`: which minutes there are, their files, and whether a file is one."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import click
from msgspec import json

from contracts.review import MinutesView
from kernel.door import Door
from services.review.domain.minutes.saying import SUBJECTS

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
STATES = {"DRAFT": "dự thảo", "CHECKED": "đã kiểm tra", "ISSUED": "đã ban hành"}
FORMATS = click.Choice(["pdf", "docx"])


@click.group("minutes")
def minutes() -> None:
    """List minutes of rounds, fetch them, tell whether a file is one (biên bản)."""


@minutes.command("list")
@click.argument("contest")
@click.option("--round", "round_id", help="Of this round only.")
@click.option("--server", help="The platform's address; else SANGKIEN_URL.")
@click.option("--json", "as_json", is_flag=True, help="Print them as the API gives them.")
def list_minutes(contest: str, round_id: str | None, server: str | None, *, as_json: bool) -> None:
    """List every version of the minutes of CONTEST that the caller may read."""
    found = asked(Door.of_environment(server), contest)
    shown = tuple(one for one in found if round_id in (None, one.round_id))
    click.echo(json.encode(shown).decode() if as_json else "\n".join(map(told, shown)))


@minutes.command("fetch")
@click.argument("contest")
@click.argument("minutes_id", metavar="MINUTES")
@click.argument("to", type=NEW_FILE, metavar="FILE")
@click.option("--version", type=int, help="Which version; else the newest.")
@click.option("--format", "form", type=FORMATS, default="pdf", show_default=True)
@click.option("--server", help="The platform's address; else SANGKIEN_URL.")
def fetch(  # noqa: PLR0913, PLR0917  # click passes options one by one
    contest: str, minutes_id: str, to: Path, version: int | None, form: str, server: str | None
) -> None:
    """Save MINUTES of CONTEST, named by their id, as FILE."""
    door = Door.of_environment(server)
    path = f"{path_of(contest)}/{quote(minutes_id, safe='')}.{form}"
    to.write_bytes(door.follow(path, version=version))


@minutes.command("verify")
@click.argument("contest")
@click.argument("file", type=FILE)
@click.option("--server", help="The platform's address; else SANGKIEN_URL.")
def verify(contest: str, file: Path, server: str | None) -> None:
    """Tell which version of which minutes of CONTEST the FILE is. Status 1 if it is none."""
    digest = sha256(file.read_bytes()).hexdigest()
    found = list(matching(asked(Door.of_environment(server), contest), digest))
    click.echo("\n".join(map(told, found)) or f"{file}: không phải biên bản đã lập ({digest}).")
    if not found:
        raise SystemExit(1)


def asked(door: Door, contest: str) -> tuple[MinutesView, ...]:
    """Return every version the caller may read."""
    return json.decode(door.fetch(path_of(contest)), type=tuple[MinutesView, ...])


def path_of(contest: str) -> str:
    """Return where a contest's minutes are."""
    return f"/v1/contests/{quote(contest, safe='')}/minutes"


def matching(found: tuple[MinutesView, ...], digest: str) -> Iterator[MinutesView]:
    """Return the versions that one of the files with this SHA-256 is of."""
    return (one for one in found if digest in (one.pdf_sha256, one.docx_sha256))


def told(one: MinutesView) -> str:
    """Say a version on one line."""
    number = one.number or "chưa có số"
    dated = f" ngày {one.dated:%d/%m/%Y}" if one.dated else ""
    replaced = ", đã được thay thế" if one.is_replaced else ""
    about = f"{one.round_id}, {SUBJECTS[one.kind]}"
    state = STATES[one.state]
    return f"{one.minutes_id} bản {one.version}: {number}{dated}, {about} ({state}{replaced})"
