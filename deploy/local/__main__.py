"""`python -m deploy.local up|down|status|env|clock NAME`: a stack from the command line."""

import json
import sys
from datetime import datetime

import click

from deploy.local.instance import SERVICES, known
from deploy.local.stack import Stack, StackFailed


@click.group()
def main() -> None:
    """Start, stop and look at the stacks of this checkout."""


@main.command()
@click.argument("name")
@click.option("--servers", is_flag=True, help="The servers alone, no service.")
@click.option("--fresh", is_flag=True, help="Wipe what an earlier stack of this name has left.")
@click.option("--copies", default=1, show_default=True, help="Processes per service.")
def up(name: str, *, servers: bool, fresh: bool, copies: int) -> None:
    """Start the stack NAME and leave it running; print its addresses."""
    stack = Stack(name, dict.fromkeys(SERVICES, copies), services=not servers)
    try:
        stack.up(fresh=fresh)
    except (StackFailed, RuntimeError) as problem:
        sys.exit(str(problem))
    _show(stack)


@main.command()
@click.argument("names", nargs=-1)
def down(names: tuple[str, ...]) -> None:
    """Stop the stacks of these NAMES; all of this checkout if none is given."""
    for name in names or known():
        Stack(name).down()
        click.echo(f"{name} is stopped")


@main.command()
@click.argument("name")
def status(name: str) -> None:
    """Print the addresses of NAME, and the state of each of its programs."""
    stack = Stack(name)
    states = stack.states()
    if not states:
        sys.exit(f"{name} does not run; start it with: python -m deploy.local up {name}")
    _show(stack)
    well = stack.health()
    for program, state in states.items():
        words = {True: "well", False: "not well", None: ""}
        health = words[well.get(program.partition(":")[2])]
        click.echo(f"{program:<24} {state.lower():<10} {health}")


@main.command()
@click.argument("name")
@click.argument("service", type=click.Choice(SERVICES))
def env(name: str, service: str) -> None:
    """Print the environment of SERVICE in NAME, to be read by a shell."""
    for key, value in Stack(name).env(service).items():
        click.echo(f"export {key}='{value}'")


@main.command()
@click.argument("name")
def places(name: str) -> None:
    """Print the environment of every service of NAME as JSON, for `sangkien backup`."""
    click.echo(json.dumps({service: Stack(name).env(service) for service in SERVICES}, indent=1))


@main.command()
@click.argument("name")
@click.argument("instant", required=False)
def clock(name: str, instant: str | None) -> None:
    """Make it INSTANT for every process of NAME, e.g. 2022-08-15T23:59:00+07:00; or real time."""
    try:
        moved = datetime.fromisoformat(instant) if instant else None
    except ValueError as problem:
        raise click.BadParameter(str(problem)) from problem
    if moved is not None and moved.tzinfo is None:
        raise click.BadParameter(f"{instant} lacks its offset from UTC, such as +07:00")
    Stack(name).set_clock(moved)
    click.echo(f"{name}: {moved.isoformat() if moved else 'real time'}")


def _show(stack: Stack) -> None:
    for name, address in vars(stack.addresses).items():
        click.echo(f"{name:<20} {address}")


if __name__ == "__main__":
    main()
