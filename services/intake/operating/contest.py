"""What an organiser may do with a rules file at the command line.

`check`, `hash`, `diff` and `clone` need no platform; the others ask one over its HTTP API.
"""

import json
from pathlib import Path
from typing import Any

import click

from kernel.door import Door
from services.intake.operating.coverage import coverage
from services.intake.rules import Checked, check
from services.intake.rules.changes import changes
from services.intake.rules.cloning import clone

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
YAML = "application/yaml"
server = click.option("--server", help="The platform's address; else SANGKIEN_URL.")


@click.group("contest", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Check, open, amend and try the rules file of a contest (tệp thể lệ)."""


@group.command("check")
@click.argument("file", type=FILE)
def check_file(file: Path) -> None:
    """Say every mistake of FILE as FILE:LINE:COLUMN: sentence, or its SHA-256 if it has none."""
    click.echo(_sound(file).sha256)


@group.command("hash")
@click.argument("file", type=FILE)
def hash_file(file: Path) -> None:
    """Print the SHA-256 under which FILE would be frozen, as `sha256sum` does."""
    click.echo(f"{_sound(file).sha256}  {file}")


@group.command("diff")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
def diff_files(old: Path, new: Path) -> None:
    """Say in words what differs between the rules files OLD and NEW; status 1 if anything does."""
    if told := _said(_sound(old), _sound(new)):
        click.echo("\n".join(told))
        raise SystemExit(1)


@group.command("clone")
@click.argument("file", type=FILE)
@click.option("--year", type=int, required=True, help="The year of the new contest.")
@click.option("--id", "contest_id", required=True, help="Its id, e.g. HG-CCHC-2023.")
@click.option("--output", "-o", type=NEW_FILE, required=True, help="The file to write.")
def clone_file(file: Path, year: int, contest_id: str, output: Path) -> None:
    """Make next year's rules file from FILE; what was moved is marked to be confirmed."""
    _sound(file)
    if output.exists():
        raise click.ClickException(f"{output} exists; choose another name.")
    output.write_text(clone(file.read_text(), year, contest_id))
    click.echo(f"{_sound(output).sha256}  {output}")


@group.command("open")
@click.argument("file", type=FILE)
@server
def open_file(file: Path, server: str | None) -> None:
    """Open the contest of FILE: its rules are frozen under their SHA-256."""
    sound = _sound(file)
    door = Door.of_environment(server)
    opened = door.ask("POST", "/v1/contests", sound.source.encode(), kind=YAML)
    click.echo(f"{opened['contest_id']} {opened['number']} {opened['sha256']}")


@group.command("amend")
@click.argument("contest")
@click.argument("file", type=FILE)
@click.option("--reason", required=True, help="Why, for everybody to read.")
@click.option("--yes", is_flag=True, help="Do not ask whether the changes are meant.")
@server
def amend_contest(contest: str, file: Path, reason: str, server: str | None, *, yes: bool) -> None:
    """Put FILE in force as CONTEST's next amendment, once its changes in words are confirmed."""
    sound = _sound(file)
    door = Door.of_environment(server)
    known = check(door.ask("GET", f"/v1/contests/{contest}")["source"])
    click.echo("\n".join(_said(known, sound)) or "Không có thay đổi.")
    if not yes:
        click.confirm("Ban hành sửa đổi này?", abort=True)
    body = json.dumps({"source": sound.source, "reason": reason}).encode()
    opened = door.ask("POST", f"/v1/contests/{contest}/amendments", body, kind="application/json")
    click.echo(f"{opened['contest_id']} {opened['number']} {opened['sha256']}")


@group.command("simulate")
@click.argument("file", type=FILE)
@click.option("--with", "contest", required=True, help="The past contest, e.g. HG-CCHC-2022.")
@server
def simulate_file(file: Path, contest: str, server: str | None) -> None:
    """Replay a past contest's entries and marks under FILE: who would have got what."""
    door = Door.of_environment(server)
    path = f"/v1/contests/{contest}/simulations"
    simulated = door.ask("POST", path, _sound(file).source.encode(), kind=YAML)
    for entry in simulated["entries"]:
        then, now = _place(entry["then"]), _place(entry["now"])
        changed = " " if then == now else "*"
        click.echo(
            f"{changed} {then:<24} → {now:<24} {entry['title']}  {entry['reason']}".rstrip()
        )
    for tie in simulated["ties"]:
        click.echo(f"bằng điểm, chưa phân định được: {', '.join(tie)}")


def _place(place: dict[str, Any] | None) -> str:
    if place is None:
        return "-"
    score = str(place["score"]).replace(".", ",")
    return f"{place['rank']}. {score} {place['prize'] or ''}".strip()


def _said(old: Checked, new: Checked) -> list[str]:
    if old.rules is None or new.rules is None:  # never: both were found sound
        return []
    return [change.sentence for change in changes(old.rules, new.rules)]


def _sound(file: Path) -> Checked:
    try:
        source = file.read_bytes().decode()
    except UnicodeDecodeError as error:
        click.echo(f"{file}:1:1: Tệp phải được lưu ở dạng UTF-8 (byte {error.start + 1}).")
        raise SystemExit(1) from error
    checked = check(source)
    for mistake in checked.mistakes:
        where = f"{file}:{mistake.line}:{mistake.column}"
        click.echo(f"{where}: {f'{mistake.path}: ' if mistake.path else ''}{mistake.sentence}")
    if checked.mistakes:
        raise SystemExit(1)
    return checked


group.add_command(coverage)
