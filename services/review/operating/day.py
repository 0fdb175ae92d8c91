"""`sangkien review day …`: a defence day tried out, printed, saved as a calendar file."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import click
from msgspec import convert, json

from contracts.review import DefenceDay, DefencePlan, DefenceSlot
from kernel.door import Door

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
STRETCH = re.compile(r"(\d{4}-\d\d-\d\d) +(\d\d:\d\d) *[-–] *(\d\d:\d\d)")
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
SERVER = click.option("--server", help="The platform's address; else SANGKIEN_URL.")


@click.group("day")
def day() -> None:
    """Try, print or save the defence day of a round (ngày bảo vệ)."""


@day.command("plan")
@click.argument("contest")
@click.argument("round_id", metavar="ROUND")
@click.option(
    "--hours", multiple=True, required=True, help='"2022-08-25 08:00-11:30", Vietnam time.'
)
@click.option(
    "--room", "rooms", multiple=True, required=True, help='"Phòng 2", or "Phòng 2: TTHC, CDS".'
)
@click.option(
    "--when", multiple=True, help='"ID 2022-08-25 08:00-09:30": when a judge or entry can come.'
)
@click.option("--seed", help="Decides among orders equally good; else the contest's own lot.")
@SERVER
@click.option("--json", "as_json", is_flag=True, help="Print the plan as the API gives it.")
def plan(  # noqa: PLR0913, PLR0917  # click passes options one by one
    contest: str,
    round_id: str,
    hours: tuple[str, ...],
    rooms: tuple[str, ...],
    when: tuple[str, ...],
    seed: str | None,
    server: str | None,
    *,
    as_json: bool,
) -> None:
    """Say who would present when in ROUND of CONTEST; nothing is kept.

    Asks the platform as secretary, chair or organiser. Breaks lie between the hours given.
    """
    body = {
        "hours": [stretch(one) for one in hours],
        "rooms": [room(one) for one in rooms],
        "availability": list(map(limit, when)),
        "seed": seed,
    }
    door, path = Door.of_environment(server), f"{path_of(contest, round_id)}/plan"
    answer = door.ask("POST", path, json.encode(body), kind="application/json")
    found = convert(answer, DefencePlan)
    click.echo(json.encode(answer).decode() if as_json else "\n".join(planned(found)))


@day.command("show")
@click.argument("contest")
@click.argument("round_id", metavar="ROUND")
@click.option("--version", type=int, help="An earlier version; else the newest.")
@SERVER
def show(contest: str, round_id: str, version: int | None, server: str | None) -> None:
    """Print the defence day of ROUND of CONTEST as it is recorded."""
    answer = Door.of_environment(server).fetch(path_of(contest, round_id), version=version)
    found = json.decode(answer, type=DefenceDay)
    click.echo("\n".join(recorded(found)))


@day.command("ics")
@click.argument("contest")
@click.argument("round_id", metavar="ROUND")
@click.argument("file", type=NEW_FILE)
@click.option("--judge", help="What this judge hears, alone.")
@click.option("--entry", help="This entry alone, by its code.")
@SERVER
def ics(  # noqa: PLR0913, PLR0917  # click passes options one by one
    contest: str,
    round_id: str,
    file: Path,
    judge: str | None,
    entry: str | None,
    server: str | None,
) -> None:
    """Save the defence day of ROUND of CONTEST as a calendar FILE (iCalendar)."""
    if judge and entry:
        raise click.UsageError("Name a judge or an entry, not both.")
    path = path_of(contest, round_id)
    named = f"{path}/judges/{quote(judge, safe='')}/calendar" if judge else path
    named = f"{path}/entries/{quote(entry, safe='')}/calendar" if entry else named
    file.write_bytes(Door.of_environment(server).fetch(f"{named}.ics"))
    click.echo(str(file))


def path_of(contest: str, round_id: str) -> str:
    """Return where the API has a round's defence day."""
    return f"/v1/contests/{quote(contest, safe='')}/rounds/{quote(round_id, safe='')}/defence"


def stretch(text: str) -> dict[str, str]:
    """Read a stretch of time in Vietnam."""
    found = STRETCH.fullmatch(text.strip())
    if found is None:
        raise click.UsageError(f'Write hours as "2022-08-25 08:00-11:30", not "{text}".')
    try:
        ends = [datetime.fromisoformat(f"{found[1]} {found[at]}") for at in (2, 3)]
    except ValueError as error:
        raise click.UsageError(f"{text}: {error}.") from error
    begin, end = (one.replace(tzinfo=VIETNAM).isoformat() for one in ends)
    return {"starts_at": begin, "ends_at": end}


def room(text: str) -> dict[str, Any]:
    """Read a room, after a colon the areas defended in it."""
    name, _, areas = text.partition(":")
    named = [area.strip() for area in areas.split(",") if area.strip()]
    return {"name": name.strip(), "areas": named}


def limit(text: str) -> dict[str, Any]:
    """Read when a judge or the presenters of an entry can be there."""
    of, _, hours = text.strip().partition(" ")
    return {"of": of, "hours": [stretch(hours)]}


def planned(found: DefencePlan) -> Iterator[str]:
    """Yield a plan in words, line by line."""
    yield f"Lịch bảo vệ dự kiến, chưa ghi nhận (mã bốc thăm {found.seed})"
    yield from lines(found.slots)
    least = "ít nhất có thể" if found.is_best else f"không thứ tự nào ít hơn {found.at_least}"
    yield f"Giám khảo rời phòng {found.leavings} lượt ({least})."


def recorded(found: DefenceDay) -> Iterator[str]:
    """Yield a recorded day in words, and its versions."""
    yield f"Lịch bảo vệ, lần ghi nhận {found.version}/{found.newest}"
    yield from lines(found.slots)
    for one in found.versions:
        changed = ", ".join(one.changed)
        at = one.recorded_at.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")
        yield f"Lần {one.version}, {at}, {one.recorded_by}: {one.reason} ({changed})"


def lines(slots: Iterable[DefenceSlot]) -> Iterator[str]:
    """Yield slots, one on a line."""
    for slot in slots:
        begin, end = (one.astimezone(VIETNAM) for one in (slot.starts_at, slot.ends_at))
        away = f" (tạm rời phòng: {', '.join(slot.away)})" if slot.away else ""
        gone = " [đã hủy]" if slot.state == "CANCELLED" else ""
        title = f" {slot.title}" if slot.title else ""
        yield f"{begin:%d/%m/%Y %H:%M}–{end:%H:%M} {slot.room}: {slot.code}{title}{away}{gone}"
