"""`sangkien review assign` and `witness verify`: from files, without a platform."""

from pathlib import Path

import click
import msgspec
from msgspec import json

from services.review.domain.assignment import witness as checker
from services.review.domain.assignment.problem import Problem, Proof

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("witness")
def witness() -> None:
    """Check proofs that judges cannot be assigned (chứng cứ không phân công được)."""


@witness.command()
@click.argument("file", type=FILE)
def verify(file: Path) -> None:
    """Check the proof in FILE from the problem in it alone. Status 1 if it does not hold."""
    raise SystemExit(checker.main([str(file)]))


@click.command("assign")
@click.argument("file", type=FILE)
@click.option("--proof", type=NEW_FILE, help="Where there is no answer, save the proof of that.")
def assign(file: Path, proof: Path | None) -> None:
    """Answer the problem in FILE (JSON) and print the answer. Status 1 where there is none."""
    from services.review.assigning.answering import answer  # noqa: PLC0415  # brings OR-Tools

    try:
        problem = json.decode(file.read_bytes(), type=Problem)
    except msgspec.DecodeError as error:
        raise click.ClickException(f"{file} is not a problem: {error}") from error
    found = answer(problem)
    click.echo(json.format(json.encode(found), indent=1).decode())
    if proof is not None and found.witnesses:
        proof.write_bytes(json.encode(Proof(problem=problem, witnesses=found.witnesses)))
    if not found.panels:
        raise SystemExit(1)
