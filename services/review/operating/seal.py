"""`sangkien seal …`: an officer's key, made and used on the officer's own machine.

Nothing here asks the platform: what is pasted in comes from the portal, what is printed goes back.
"""

import sys
from pathlib import Path

import click

from kernel.errors import Refused
from services.review import keyfile
from services.review.keyfile import BadKeyFile
from services.review.sealing import boxes

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
from_stdin = click.option(
    "--passphrase-stdin", is_flag=True, help="Read the passphrase from standard input."
)


@click.group("seal", context_settings={"help_option_names": ["-h", "--help"]})
def seal() -> None:
    """Make and use the key with which an officer opens sealed rounds (khóa mở niêm phong)."""


@seal.command()
@click.argument("file", type=NEW_FILE)
@from_stdin
def new(file: Path, passphrase_stdin: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """Make a key, keep it in FILE under a passphrase, and print the public line to register."""
    passphrase = asked(passphrase_stdin, confirm=True)
    pair = boxes.Pair.fresh()
    try:
        keyfile.write(file, pair, passphrase)
    except BadKeyFile as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(boxes.written(pair.public))
    click.echo(f"Đã ghi khóa vào {file}. Hãy giữ tệp và câu mật khẩu ở hai nơi.", err=True)


@seal.command()
@click.argument("file", type=FILE)
def show(file: Path) -> None:
    """Print the public line of the key in FILE again."""
    try:
        click.echo(keyfile.public_of(file))
    except BadKeyFile as problem:
        raise click.ClickException(str(problem)) from problem


@seal.command()
@click.argument("file", type=FILE)
@click.argument("challenge")
@from_stdin
def answer(file: Path, challenge: str, passphrase_stdin: bool) -> None:  # noqa: FBT001
    """Print the answer to the CHALLENGE that the platform shows when the key is registered."""
    click.echo(opened(file, challenge, asked(passphrase_stdin)).decode())


@seal.command()
@click.argument("file", type=FILE)
@click.argument("shares")
@click.argument("service_key")
@from_stdin
def give(file: Path, shares: str, service_key: str, passphrase_stdin: bool) -> None:  # noqa: FBT001
    """Open one's SHARES of a round's key and print them sealed to SERVICE_KEY, to be given."""
    pack = opened(file, shares, asked(passphrase_stdin))
    try:
        click.echo(boxes.encoded(boxes.seal(boxes.read(service_key), pack)))
    except Refused as refused:
        raise click.ClickException("Khóa của hệ thống không đúng; hãy chép cả dòng.") from refused


def opened(file: Path, sealed: str, passphrase: str) -> bytes:
    """Open what was sealed to the key in a file; end with a sentence if it was not."""
    try:
        pair = keyfile.read(file, passphrase)
        return boxes.Opener(pair.private).open(boxes.decoded(sealed))
    except BadKeyFile as problem:
        raise click.ClickException(str(problem)) from problem
    except boxes.CannotOpen as problem:
        raise click.ClickException(
            "Dòng này không được niêm phong cho khóa trong tệp: chép thiếu, hoặc tệp là khóa cũ."
        ) from problem


def asked(from_input: bool, *, confirm: bool = False) -> str:  # noqa: FBT001
    """Return the passphrase, typed unseen or read from standard input."""
    if from_input:
        return sys.stdin.readline().rstrip("\n")
    return str(click.prompt("Câu mật khẩu", hide_input=True, confirmation_prompt=confirm))
