"""`sangkien originality check FILE`: compare a file with everything a contest knows."""

import json
from base64 import b64encode
from pathlib import Path

import click
from msgspec import convert

from contracts.originality import Report
from kernel.door import Door
from services.originality.domain import wording
from services.originality.domain.wording import day, moment, number, percent
from services.originality.extraction.documents import MEDIA_TYPES

# Pictures are not recognised here.
TYPES = {end: kind for end, kind in MEDIA_TYPES.items() if not kind.startswith("image/")}
SHOWN = 100  # characters of a passage


@click.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--contest", required=True, help="The contest whose rules and entries count.")
@click.option("--server", help="The platform's address; else SANGKIEN_URL.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as the API gives it.")
def check(file: Path, contest: str, server: str | None, *, as_json: bool) -> None:
    """Compare FILE with what CONTEST knows and say what it shares; nothing of it is kept.

    Asks the platform as secretary or organiser. Status 1 where a person should look.
    """
    media_type = TYPES.get(file.suffix.lower())
    if media_type is None:
        raise click.BadParameter(f"{file.suffix or file.name}: one of {', '.join(sorted(TYPES))}")
    body = {"content": b64encode(file.read_bytes()).decode(), "media_type": media_type}
    path = f"/v1/contests/{contest}/originality/checks"
    answer = Door.of_environment(server).ask(
        "POST", path, json.dumps(body).encode(), kind="application/json"
    )
    report = convert(answer, Report)
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(told(report)))
    if report.level != "CLEAR":
        raise SystemExit(1)


def told(report: Report) -> list[str]:
    """Return a report in words, every source and the beginning of every passage."""
    lines = [
        f"{report.level}: {wording.LEVELS[report.level]}",
        (
            f"{number(report.words)} chữ, loại trừ {percent(report.excluded_share)};"
            f" trùng {percent(report.share)} sau loại trừ,"
            f" {percent(report.share_without)} khi không loại trừ gì"
        ),
        *(f"dấu hiệu: {wording.FLAGS.get(flag, flag)}" for flag in report.flags),
    ]
    for place, match in enumerate(report.matches, start=1):
        since = moment(match.filed_at) if match.filed_at else day(match.applied_on)
        where = match.place or match.applied_at or "không rõ nơi"
        kind = wording.SOURCES[match.source_kind]
        named = f"{match.title} ({kind} {match.source_id}; {since}; {where})"
        lines.append(f"{place}. {printable(named)}")
        lines += [
            f"   {place}.{n} {wording.KINDS.get(passage.kind or '', '–')}: “{begun(passage.text)}”"
            for n, passage in enumerate(match.passages, start=1)
        ]
    return [*lines, wording.NOTICE]


def begun(text: str) -> str:
    """Return the beginning of a text on one line."""
    flat = printable(" ".join(text.split()))
    return flat if len(flat) <= SHOWN else flat[:SHOWN].rsplit(" ", 1)[0] + " …"


def printable(text: str) -> str:
    """Return a text without what would move a terminal: others have written it."""
    return "".join(letter for letter in text if letter.isprintable())
