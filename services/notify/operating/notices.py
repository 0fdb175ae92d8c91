"""`sangkien notices …`: the words of notices, what they look like, who was told what."""

import re
from datetime import datetime
from pathlib import Path
from typing import TextIO, cast

import click
from msgspec import json, to_builtins

from kernel.door import Door
from kernel.errors import Refused
from services.notify import store, writing
from services.notify.operating.deliveries import of_tenant
from services.notify.written import Letter, ShortMessage

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
server = click.option("--server", help="The platform's address; else SANGKIEN_URL.")
language = click.option(
    "--language", type=click.Choice(writing.LANGUAGES), default="vi", show_default=True
)
text_file = click.option("--text", type=FILE, help="Your words; the first line is the subject.")
short_file = click.option("--short", type=FILE, help="Your short message (SMS, Zalo).")


@click.group("notices", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Word and preview notices (thông báo); say who was told what."""


@group.command("list")
def list_all() -> None:
    """List the kinds of notices: code, and subject as it ships."""
    for code in writing.SAMPLES:
        subject, _ = writing.write_text(
            writing.shipped(code, "vi"), sample_of(code), sample_reader()
        )
        click.echo(f"{code:18} {subject.removeprefix('[MẪU] ')}")


@group.command("words")
@click.argument("code")
@language
def words(code: str, language: str) -> None:
    """Print the words that the kind of notice CODE ships with, and its placeholders."""
    known = words_of(code, language, None, None)
    click.echo(f"# {known.version}\n# {', '.join(writing.known_of(code))}", err=True)
    click.echo(known.text, nl=False)


@group.command("check")
@click.argument("code")
@language
@text_file
@short_file
def check(code: str, language: str, text: Path | None, short: Path | None) -> None:
    """Say what is wrong with your words for CODE, or that nothing is."""
    words_of(code, language, text, short)
    click.echo("Lời văn dùng được.")


@group.command("preview")
@click.argument("code")
@language
@text_file
@short_file
@click.option("--html", type=NEW_FILE, help="Write the HTML of the letter there.")
def preview(
    code: str, language: str, text: Path | None, short: Path | None, html: Path | None
) -> None:
    """Write CODE with sample facts, marked as a sample."""
    known = words_of(code, language, text, short)
    content, reader = sample_of(code), sample_reader()
    letter = cast("Letter", writing.compose("EMAIL", known, content, reader))
    said = cast("ShortMessage", writing.compose("SMS", known, content, reader))
    click.echo(f"{letter.subject}\n\n{letter.text}\n---\n{said.text}")
    if html is not None:
        html.write_text(letter.html or "")


@group.command("change-words")
@click.argument("code")
@language
@text_file
@short_file
@click.option("--contest", default="", help="For this contest alone; else for all of yours.")
@server
def change_words(  # noqa: PLR0913, PLR0917  # click passes them
    code: str,
    language: str,
    text: Path | None,
    short: Path | None,
    contest: str,
    server: str | None,
) -> None:
    """Put your words for CODE in force; without any, those that ship come back."""
    words_of(code, language, text, short)
    told = {
        "text": text.read_text() if text else "",
        "short": short.read_text().strip() if short else "",
        "language": language,
        "contest_id": contest,
    }
    door = Door.of_environment(server)
    path = f"/v1/notices/{code}/words"
    kept = door.ask("PUT", path, json.encode(told), kind="application/json")
    click.echo(kept["version"])


@group.command("log")
@click.option("--contest", help="Of this contest.")
@click.option("--entry", help="About this entry, by its id.")
@click.option("--person", help="To this person, by their id.")
@server
def log(contest: str | None, entry: str | None, person: str | None, server: str | None) -> None:
    """Say who was told what, and when: about an entry, in a contest or to a person."""
    named = [
        f"/v1/{kind}/{one}/notices"
        for kind, one in (("entries", entry), ("people", person), ("contests", contest))
        if one
    ]
    if len(named) != 1:
        raise click.UsageError("Name one of --contest, --entry, --person.")
    for line in Door.of_environment(server).read(named[0]):
        at = datetime.fromisoformat(line["sent_at"] or line["queued_at"])
        who = line["name"] or line["recipient"]
        click.echo(f"{at:%Y-%m-%d %H:%M} {line['state']:8} {line['channel']:7} {who}")
        click.echo(f"    {line['title']}")


@group.command("learn-roles")
@click.argument("tenant")
@click.argument("accounts", type=click.File())
def learn_roles(tenant: str, accounts: TextIO) -> None:
    """Learn the roles of ACCOUNTS (- for standard input) of TENANT made before release 0.3.0.

    They are the lines that `sangkien account list` prints: login, kind, roles, id.
    """
    roles = {}
    for number, line in enumerate(accounts, 1):
        words = line.rsplit(" ", 3)
        if len(words) != 4:
            raise click.ClickException(
                f"Line {number} is not one of `sangkien account list`: login, kind, roles, id."
            )
        if words[1] == "PERSON":
            roles[words[3].strip()] = sorted(filter(None, words[2].split(",")))
    with of_tenant(tenant) as session:
        known = store.learn_roles(session, tenant, roles)
    click.echo(f"{len(known)} known now")
    for person_id in sorted(set(roles) - known):
        click.echo(f"{person_id} has no name and address here: register them over HTTP", err=True)


def words_of(code: str, name: str, text: Path | None, short: Path | None) -> writing.Words:
    """Return words laid over those that ship; ends with a sentence if they have a mistake."""
    if code not in writing.SAMPLES:
        raise click.BadParameter(f"there is no notice {code}; see `sangkien notices list`")
    language: writing.Language = "en" if name == "en" else "vi"
    base = writing.shipped(code, language)
    laid = writing.Words(
        code,
        language,
        base.version,
        text.read_text() if text else base.text,
        re.sub(r"\s+", " ", short.read_text()).strip() if short else base.short,
    )
    try:
        writing.check(laid)
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    return laid


def sample_of(code: str) -> dict[str, object]:
    """Return sample facts of a kind of notice."""
    return cast("dict[str, object]", to_builtins(writing.SAMPLES[code][0]))


def sample_reader() -> writing.Reader:
    """Return a sample reader."""
    return writing.Reader("Nguyễn Văn A", writing.SAMPLE_CONTEST, sample=True)
