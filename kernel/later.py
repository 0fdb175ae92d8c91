"""Groups of commands that are imported when they are called, not before.

All that `sangkien` can do takes seconds to import; what one command needs, a fraction of one.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class Later(click.Group):
    """A group that knows where its commands are: their names, and `module:attribute` of each."""

    def __init__(
        self,
        name: str | None = None,
        places: Mapping[str, str] | None = None,
        **options: Any,  # noqa: ANN401  # click's own
    ) -> None:
        options.setdefault("context_settings", {"help_option_names": ["-h", "--help"]})
        super().__init__(name, **options)
        self.places = places or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command."""
        return sorted({*super().list_commands(ctx), *self.places})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command by its name, and import it."""
        if cmd_name not in self.places:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command
