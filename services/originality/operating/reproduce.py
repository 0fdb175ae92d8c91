"""`sangkien originality reproduce NAMED`: whether a report comes out the same again."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import click
from msgspec import convert

from contracts.originality import Change, Difference, Obstacle, Part, Reproduction
from kernel.door import Door
from services.originality.operating.check import printable

OBSTACLES: dict[Obstacle, str] = {
    "NOT_KEPT": "it was made before what a report goes by was kept",
    "TEXT_GONE": "the entry has no text any more",
    "TEXT_CHANGED": "the entry has another text by now",
}
NAMES: dict[Change | Part, str] = {
    "PROGRAM": "the program's parameters are others",
    "RULES": "the rules were amended; made again by those of then",
    "SOURCES": "fewer texts to compare with (entries, initiatives)",
    "SOURCE_GONE": "gone",
    "SOURCE_CHANGED": "has another text by now",
    "LEVEL": "level",
    "SHARE": "share with exclusions",
    "SHARE_WITHOUT": "share without exclusions",
    "EXCLUDED_SHARE": "share left out",
    "WORDS": "words",
    "EXCLUDED": "places left out",
    "FLAGS": "flags",
    "MATCH_LOST": "source not found again",
    "MATCH_FOUND": "source not in the report",
    "MATCH_OTHERWISE": "other passages",
    "IDEA_LOST": "similar idea not found again",
    "IDEA_FOUND": "similar idea not in the report",
    "IDEA_OTHERWISE": "similar idea with other scores",
}


@click.command("reproduce")
@click.argument("named", metavar="ENTRY|REPORT")
@click.option("--server", help="The platform's address; else SANGKIEN_URL.")
@click.option("--json", "as_json", is_flag=True, help="Print what the API answers.")
def reproduce(named: str, server: str | None, *, as_json: bool) -> None:
    """Make a report again from the index as it was then, and say what comes out otherwise.

    Of an entry, the report that counts. Asks the platform as secretary, chair or organiser.
    Status 1 if anything is otherwise, 2 if it cannot be made again.
    """
    path = f"/v1/originality/{quote(named, safe='')}/reproduction"
    answer = Door.of_environment(server).ask("GET", path)
    made = convert(answer, Reproduction)
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(told(made)))
    if made.outcome != "SAME":
        raise SystemExit(1 if made.outcome == "DIFFERENT" else 2)


def told(made: Reproduction) -> Iterator[str]:
    """Yield what became of it, a line each."""
    yield (
        f"report {made.report_id} on entry {made.entry_id}, submission {made.version},"
        f" made {made.made_at.isoformat(timespec='seconds')}"
    )
    if made.obstacle is not None:
        yield f"{made.outcome}: {OBSTACLES[made.obstacle]}"
        return
    yield f"{made.outcome}: {len(made.differences)} differences"
    for heading, found in (("since then", made.changes), ("in the report", made.differences)):
        yield from (f"  {heading}: {line(one)}" for one in found)


def line(one: Difference) -> str:
    """Return one difference on a line."""
    about = f"{one.source_kind} {one.source_id} “{one.title}”: " if one.source_kind else ""
    figures = f": {one.before or '-'} -> {one.now or '-'}" if one.before or one.now else ""
    return printable(f"{about}{NAMES[one.what]}{figures}")
