"""The page of commands: the tree of `sangkien --help`."""

from collections.abc import Iterator

import click

from docs.generator.words import page
from kernel.operate import group

INTRODUCTION = """
`sangkien` is `python -m kernel.operate`; in a checkout, `.venv/bin/python -m kernel.operate`. A
command works on the database that `DATABASE_URL` names, unless it says otherwise. Exit status: 0
done, 1 not done or not sound, 2 wrong usage.
"""


def render() -> str:
    """Return the page."""
    parts = [INTRODUCTION]
    for name, command, context in walk("sangkien", group, None):
        parts += [f"## {name}", f"```\n{command.get_help(context).rstrip()}\n```"]
    return page("Commands", *parts)


def walk(
    name: str, command: click.Command, parent: click.Context | None
) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield a command and everything below it."""
    context = click.Context(
        command,
        info_name=name.rpartition(" ")[2],
        parent=parent,
        terminal_width=80,
        **command.context_settings,
    )
    yield name, command, context
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            below = command.get_command(context, each)
            if below is not None:
                yield from walk(f"{name} {each}", below, context)
