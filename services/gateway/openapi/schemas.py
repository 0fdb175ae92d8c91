"""The types of bodies as JSON Schema, made by msgspec, which also reads and writes them.

The framework's own schemas name the same types; `of` says under which names they stand.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, get_args, get_type_hints

import msgspec
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from services.gateway.api.tokens import TokenRefusal
from services.gateway.problems import Problem

REFERENCE = "#/components/schemas/{name}"
# msgspec reads a number where a text with one is due, and writes the text.
DECIMAL = {"type": ["string", "number"], "pattern": r"^-?[0-9]{1,12}(\.[0-9]{1,9})?$"}


def of(routes: list[HTTPRouteHandler], known: list[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the schemas of all bodies, and for the framework's names of them those here."""
    types = sorted(found_in(routes), key=lambda kind: (kind.__module__, kind.__name__))
    references, schemas = msgspec.json.schema_components(
        [*types, Problem, TokenRefusal], schema_hook=anything, ref_template=REFERENCE
    )
    names = {
        alias: reference["$ref"].rpartition("/")[2]
        for kind, reference in zip(types, references, strict=False)
        for alias in aliases(kind)
        if alias in known
    }
    # A default may be a tuple or a struct.
    schemas = msgspec.json.decode(msgspec.json.encode(schemas))
    for schema in schemas.values():
        settle(schema)
    for kind, reference in zip(types, references, strict=False):
        name_instants(kind, schemas[reference["$ref"].rpartition("/")[2]]["properties"])
    return dict(sorted(schemas.items())), names


def found_in(routes: list[HTTPRouteHandler]) -> set[type[Struct]]:
    """Return every struct that a route takes or gives, with those inside."""
    found: set[type[Struct]] = set()
    waiting = [hint for route in routes for hint in get_type_hints(route.fn).values()]
    while waiting:
        hint = waiting.pop()
        waiting += get_args(hint)
        if isinstance(hint, type) and issubclass(hint, Struct) and hint not in found:
            found.add(hint)
            waiting += get_type_hints(hint).values()
    return found


def name_instants(kind: type[Struct], properties: dict[str, Any]) -> None:
    """Say of fields that are instants that they are; msgspec does where a zone is demanded."""
    for field, hint in get_type_hints(kind).items():
        schema = properties.get(field, {})
        for part in (
            (schema, *schema.get("anyOf", ())) if datetime in (hint, *get_args(hint)) else ()
        ):
            if part.get("type") == "string":
                part["format"] = "date-time"


def aliases(kind: type) -> Iterator[str]:
    """Return the names the framework may give a type: its own, with more or less of its module."""
    parts = [*kind.__module__.split("."), kind.__name__]
    for first in range(len(parts)):
        yield "_".join(parts[first:])


def settle(schema: dict[str, Any]) -> None:
    """Say of decimals what they look like, of sentences what they say on one line."""
    if "description" in schema:
        schema["description"] = " ".join(schema["description"].split())
    if schema.get("format") == "decimal":
        schema |= DECIMAL
    for inside in schema.values():
        for part in inside.values() if isinstance(inside, dict) else ():
            if isinstance(part, dict):
                settle(part)
        for part in (inside, *(inside if isinstance(inside, list) else ())):
            if isinstance(part, dict):
                settle(part)


def anything(_: type) -> dict[str, Any]:
    """Say of a value that is passed on as it is that it may be of any kind."""
    return {"description": "Any value."}
