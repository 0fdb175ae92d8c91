"""The generated part of the Python client: a model per schema, a function per operation."""

import keyword
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from services.gateway import api, app
from services.gateway.caller import Door
from services.gateway.openapi.completing import RAW, document

Json = dict[str, Any]
PLACE = "../../clients/python/sangkien_client"
NOTICE = "# Written by `make docs` from the OpenAPI document. Change the API, not this file.\n"
RUFF = Path(sys.executable).with_name("ruff")
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def pages() -> dict[str, Callable[[], str]]:
    """Return every generated file and what writes it."""
    topics = [topic.__name__.rpartition(".")[2] for topic in api.TOPICS]
    return {
        f"{PLACE}/models.py": models,
        f"{PLACE}/operations/__init__.py": partial(contents, topics),
        **{f"{PLACE}/operations/{topic}.py": partial(operations, topic) for topic in topics},
    }


@cache
def described() -> Json:
    """Return the OpenAPI document."""
    return document(app.build(Door(*[None] * 4)))  # type: ignore[arg-type]  # nobody calls


def contents(topics: list[str]) -> str:
    """Return the list of topics."""
    listed = ", ".join(sorted(topics))
    names = ", ".join(f'"{topic}"' for topic in sorted(topics))
    return tidy(
        f'"""The operations, a module per topic."""\n\n{NOTICE}\n'
        f"from . import {listed}\n\n__all__ = [{names}]\n"
    )


def models() -> str:
    """Return the types of bodies."""
    parts = [
        f'"""What bodies look like."""\n\n{NOTICE}',
        "from typing import Any, Literal, NotRequired, TypedDict\n",
    ]
    for name, schema in described()["components"]["schemas"].items():
        needed = schema.get("required", ())
        fields = ", ".join(
            f'"{field}": {inner}'
            for field, part in schema.get("properties", {}).items()
            for kind in [hint(part).replace("models.", "")]
            for inner in [f'"{kind}"' if field in needed else f'NotRequired["{kind}"]']
        )
        parts.append(f'{title(name)} = TypedDict("{title(name)}", {{{fields}}})')
    return tidy("\n".join(parts) + "\n")


def operations(topic: str) -> str:
    """Return the functions of a topic."""
    made = [
        function(operation, method.upper(), path)
        for path, item in described()["paths"].items()
        for method, operation in item.items()
        if topic in operation["tags"]
    ]
    about = next(tag for tag in described()["tags"] if tag["name"] == topic)["description"]
    head = (
        f'"""{about}"""\n\n{NOTICE}\nfrom typing import Any, Literal, cast\n'
        "from urllib.parse import quote\n\n"
        "from .. import models\nfrom ..transport import Client\n\n"
    )
    return tidy(head + "\n\n".join(made))


def function(operation: Json, method: str, path: str) -> str:
    """Return one operation as a function: what its path names, the body, then what may be said."""
    own = [one for one in operation["parameters"] if "$ref" not in one]
    taken = [f"{one['name']}: {hint(one['schema'])}" for one in own if one["in"] == "path"]
    query = [one for one in own if one["in"] == "query"]
    headers = [one for one in own if one["in"] == "header"]
    body, sent = body_of(operation)
    options = [
        f"{safe(one['name'])}: {hint(one['schema'])} | None = None" for one in query + headers
    ]
    if method != "GET":
        options.append("key: str | None = None")
    signature = ", ".join(["client: Client", *taken, *body, *(["*", *options] if options else [])])
    address = re.sub(r"{(\w+)}", r"{quote(str(\1), safe='')}", path)
    written = f'f"{address}"' if "{" in path else f'"{path}"'
    given = [sent] if sent else []
    given += ["key=key"] if method != "GET" else []
    given += [f"params={present(query)}"] if query else []
    given += [f"headers={present(headers)}"] if headers else []
    gives = answer(operation)
    call = f'client.request("{method}", {", ".join([written, *given])})'
    result = f"return cast({gives!r}, {call})" if gives != "None" else call
    head = f'def {operation["operationId"]}({signature}) -> "{gives}":'
    return f'{head}\n    """{operation["description"]}"""\n    {result}\n'


def body_of(operation: Json) -> tuple[list[str], str]:
    """Return how a function takes its body, and how it is sent."""
    wanted = operation.get("requestBody")
    if wanted is None:
        return [], ""
    ((kind, content),) = wanted["content"].items()
    if operation["operationId"] in RAW:
        return ["body: bytes"], f'content=body, headers={{"Content-Type": "{kind}"}}'
    named = "json" if "json" in kind else "data"
    taken = hint(content["schema"]) if named == "json" else "dict[str, str]"
    return [
        f"body: {quoted(taken)}" + ("" if wanted.get("required") else " = None")
    ], f"{named}=body"


def quoted(kind: str) -> str:
    """Return a type as a name to be looked up later."""
    return f'"{kind}"'


def present(parameters: list[Json]) -> str:
    """Return the mapping of what was said of some parameters."""
    pairs = ", ".join(f'"{one["name"]}": {safe(one["name"])}' for one in parameters)
    return f"{{name: value for name, value in {{{pairs}}}.items() if value is not None}}"


def answer(operation: Json) -> str:
    """Return the type of what an operation gives when it goes well."""
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            for kind, content in response.get("content", {}).items():
                return hint(content["schema"]) if "json" in kind else "bytes"
    return "None"


def hint(schema: Json) -> str:
    """Return the Python type of a schema."""
    match schema:
        case {"$ref": str(reference)}:
            made = f"models.{title(reference.rpartition('/')[2])}"
        case {"oneOf": list(choices)} | {"anyOf": list(choices)}:
            # The word null in an address is what None is here.
            told = [one for one in choices if one != {"const": "null"}]
            made = " | ".join(dict.fromkeys(map(hint, told)))
        case {"enum": list(values)}:
            made = f"Literal[{', '.join(map(repr, values))}]"
        case {"type": "array"}:
            made = f"list[{hint(schema.get('items') or {})}]"
        case {"type": "object"}:
            inside = schema.get("additionalProperties")
            made = f"dict[str, {hint(inside) if isinstance(inside, dict) else 'Any'}]"
        case {"type": list(kinds)}:
            made = " | ".join(PLAIN[kind] for kind in kinds)
        case {"type": str(kind)}:
            made = PLAIN[kind]
        case _:
            made = "Any"
    return made


def title(name: str) -> str:
    """Return the name of a model: of one that shares its name, with the module before it."""
    parts = name.split(".")[-2:]
    return "".join(word[:1].upper() + word[1:] for part in parts for word in part.split("_"))


def safe(name: str) -> str:
    """Return a parameter's name as Python takes it."""
    made = name.lower().replace("-", "_")
    return f"{made}_" if keyword.iskeyword(made) else made


def tidy(source: str) -> str:
    """Return source in the usual form."""
    done = subprocess.run(  # noqa: S603  # our own formatter
        [RUFF, "format", "-"], input=source, capture_output=True, text=True, check=True
    )
    return done.stdout
