"""`sangkien backup …` and `sangkien restore`: what operators type."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import psycopg2
import urllib3

from kernel.broker import CONNECTION_ERRORS
from kernel.errors import Unavailable
from upkeep.backup import keys, making, manifest, restoring
from upkeep.backup.cut import NoCut
from upkeep.backup.files import NotEmpty
from upkeep.backup.manifest import NoBackup
from upkeep.backup.places import load_places

SAID = (NotEmpty, NoCut, NoBackup, restoring.CannotRestore, Unavailable, keys.CannotOpen)
SERVERS = (psycopg2.Error, urllib3.exceptions.HTTPError, *CONNECTION_ERRORS)

folder = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
existing = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
secret = click.Path(exists=True, dir_okay=False, path_type=Path)


class OrMake(click.Group):
    """A group whose own name makes a backup: `backup FOLDER` is `backup make FOLDER`."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command; what is none is a folder."""
        return super().get_command(ctx, cmd_name) or make

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed."""
        if args and args[0] not in self.commands:
            args = ["make", *args]
        return super().resolve_command(ctx, args)


@contextmanager
def saying() -> Iterator[None]:
    """Say in one sentence what cannot be done, and which server did not do it."""
    try:
        yield
    except SAID as problem:
        raise click.ClickException(str(problem)) from problem
    except SERVERS as problem:
        raise click.ClickException(f"{type(problem).__name__}: {problem}".strip()) from problem


@click.group("backup", cls=OrMake, context_settings={"help_option_names": ["-h", "--help"]})
def backup() -> None:
    """Back the whole platform up, in one consistent cut; FOLDER alone makes a backup there.

    PLACES_FILE names a JSON file with the environment of every service.
    """


@backup.command()
@folder
@click.option("--recipient", help="Close the keys to this public key (64 hex digits).")
@click.option("--passphrase-file", type=secret, help="Close the keys under what this file says.")
@click.option("--plain-keys", is_flag=True, help="Write the keys down as they are.")
@click.option(
    "--patience",
    type=click.FloatRange(min=0.01),
    default=60.0,
    show_default=True,
    help="Seconds to wait for handlers at work.",
)
@click.option(
    "--since",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="An earlier backup, to share unchanged objects with.",
)
def make(folder: Path, patience: float, since: Path | None, **closing: Any) -> None:  # noqa: ANN401
    """Make a backup in FOLDER, which is new, while the platform runs."""
    close, closed = closed_how(**closing)
    wish = making.Wish(close, closed, patience, since, note)
    os.umask(0o077)
    with saying():
        made, digest = making.make(load_places(), folder, wish)
    note(f"{len(made.files)} files; keys closed by: {made.keys.closed}")
    click.echo(f"{digest}  {folder / manifest.NAME}")


@backup.command()
@existing
def verify(folder: Path) -> None:
    """Read the backup in FOLDER whole, and say of each file whether it is as it was made."""
    with saying():
        made = manifest.read(folder)
        problems = 0
        for problem in manifest.verify(folder, made):
            problems += 1
            click.echo(problem, err=True)
    if problems:
        raise click.ClickException(f"{problems} files are not as they were made.")
    rows = sum(table.rows for service in made.services.values() for table in service.tables)
    counts = [each.documents.count for each in made.services.values() if each.documents]
    click.echo(
        f"sound: cut at {made.cut_at:%Y-%m-%d %H:%M:%S} UTC, {rows} rows, {sum(counts)} objects"
    )
    for head in made.heads:
        click.echo(f"ledger of {head.tenant}: {head.length} links, head {head.digest}")


@backup.command("keys")
@existing
@click.argument("into", type=click.Path(file_okay=False, path_type=Path))
@click.option("--identity", type=secret, help="The file of the private key they were closed to.")
@click.option("--passphrase-file", type=secret, help="The file with their passphrase.")
def take_keys(
    folder: Path, into: Path, identity: Path | None, passphrase_file: Path | None
) -> None:
    """Open the keys of the backup in FOLDER and write them INTO a new folder, a file each."""
    with saying():
        made = manifest.read(folder)
        data = (folder / made.keys.file).read_bytes()
        match made.keys.closed:
            case "recipient":
                data = keys.open_private(data, text_of(identity, "--identity"))
            case "passphrase":
                data = keys.open_passphrase(data, text_of(passphrase_file, "--passphrase-file"))
    os.umask(0o077)
    for name, key in keys.unpacked(data).items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(key)
        click.echo(str(path))


@backup.command("recipient")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def new_recipient(file: Path) -> None:
    """Make a pair of keys: write the private one to FILE, to be kept away; print the other."""
    try:
        click.echo(keys.new_recipient(file))
    except FileExistsError as problem:
        raise click.ClickException(f"{file} is there already.") from problem


@click.command()
@existing
@click.option("--replace", is_flag=True, help="Remove what the stack holds.")
@click.option("--other-keys", is_flag=True, help="Though the stack has other keys.")
@click.option(
    "--days",
    type=click.IntRange(min=1),
    default=30,
    show_default=True,
    help="How far back to look for events that somebody has not heard.",
)
def restore(folder: Path, *, replace: bool, other_keys: bool, days: int) -> None:
    """Restore the backup in FOLDER into an empty stack whose services do not run.

    Cut off, it can be begun again by the same command.
    """
    with saying():
        made = manifest.read(folder)
        restoring.restore(
            load_places(), restoring.Order(folder, made, replace, other_keys, days, note)
        )
    click.echo(f"restored as of {made.cut_at:%Y-%m-%d %H:%M:%S} UTC; start the services")


def closed_how(
    *, recipient: str | None, passphrase_file: Path | None, plain_keys: bool
) -> tuple[keys.Close, str]:
    """Return how the keys are to be closed; one way must be said."""
    if [recipient is not None, passphrase_file is not None, plain_keys].count(True) != 1:
        raise click.UsageError(
            "Say how the keys are closed: --recipient, --passphrase-file or --plain-keys."
        )
    if recipient is not None:
        try:
            return keys.to_recipient(recipient), "recipient"
        except ValueError as problem:
            raise click.BadParameter(
                "64 hex digits are wanted", param_hint="--recipient"
            ) from problem
    if passphrase_file is not None:
        return keys.under_passphrase(text_of(passphrase_file, "")), "passphrase"
    return bytes, "plain"


def text_of(file: Path | None, option: str) -> str:
    """Return what a file says; end with a sentence if it was not named or says nothing."""
    if file is None:
        raise click.UsageError(f"The keys were closed; give {option}.")
    if not (text := file.read_text().strip()):
        raise click.ClickException(f"{file} is empty.")
    return text


def note(line: str) -> None:
    """Say how far it is."""
    click.echo(line, err=True)
