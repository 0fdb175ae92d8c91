"""`sangkien review plan`: who would judge what, before a round is opened."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import click
from msgspec import json

from contracts.review import RoundPlan
from kernel.door import Door
from services.review.domain.assignment.sheet import STATES

NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("plan")
@click.argument("contest")
@click.argument("round_id", metavar="ROUND")
@click.option("--seed", help="Decides among plans equally good; else the contest's own lot.")
@click.option("--xlsx", type=NEW_FILE, help="Save plan and reasons as a workbook.")
@click.option("--proof", type=NEW_FILE, help="Where there is no plan, save the proof of that.")
@click.option("--server", help="The platform's address; else SANGKIEN_URL.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as the API gives it.")
def plan(  # noqa: PLR0913, PLR0917  # click passes options one by one
    contest: str,
    round_id: str,
    seed: str | None,
    xlsx: Path | None,
    proof: Path | None,
    server: str | None,
    *,
    as_json: bool,
) -> None:
    """Say who would judge what in ROUND of CONTEST if it opened now; nothing is kept.

    Asks the platform as secretary, chair or organiser. Status 1 where there is no plan.
    """
    path = f"/v1/contests/{quote(contest, safe='')}/rounds/{quote(round_id, safe='')}/plan"
    door = Door.of_environment(server)
    answer = door.fetch(path, seed=seed)
    found = json.decode(answer, type=RoundPlan)
    click.echo(answer.decode() if as_json else "\n".join(told(found)))
    if xlsx is not None:
        xlsx.write_bytes(door.fetch(f"{path}.xlsx", seed=seed))
    if proof is not None and found.proof:
        proof.write_text(found.proof, encoding="utf-8")
    if found.shortages:
        raise SystemExit(1)


def told(found: RoundPlan) -> Iterator[str]:
    """Yield a plan in words, line by line."""
    yield f"{STATES[found.state]} (mã bốc thăm {found.seed})"
    for shortage in found.shortages:
        yield f"KHÔNG phân công được: {shortage.sentence}"
    for entry in found.entries:
        yield f"{entry.code}: {', '.join(entry.judge_ids)}"
    for load in found.loads:
        limit = f" (tối đa {load.most})" if load.most is not None else ""
        yield f"{load.judge_id}: {load.entries} bài{limit}"
