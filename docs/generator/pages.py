"""Which pages the reference has, and what writes each."""

from collections.abc import Callable
from pathlib import Path

from docs.generator import (
    access,
    client,
    commands,
    errors,
    http,
    messages,
    operations,
    rules,
    schema,
    settings,
)

FOLDER = Path(__file__).parents[1] / "reference"

PAGES: dict[str, Callable[[], str]] = {
    "messages.md": messages.render,
    "http.md": http.render,
    "rules.md": rules.render,
    "rules.schema.json": schema.render,
    "settings.md": settings.render,
    "commands.md": commands.render,
    "errors.md": errors.render,
    "../../services/gateway/openapi/operations.json": operations.render,
    **client.pages(),
    "access.md": access.render,
}
