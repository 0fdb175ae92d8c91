"""What an organiser may do with a rules file at the command line, without the platform."""

from pathlib import Path

import click

from services.intake.rules import Checked, check

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("contest", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Check the rules file of a contest (tệp thể lệ)."""


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
