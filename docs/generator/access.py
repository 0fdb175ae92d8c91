"""The page of access: which route is for whom, from the table `access.yaml` beside this module.

The table is written by people and is the only place that says it for documents and tests;
`asked_of_services` reads off the code what the services ask, so that tests can compare.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from docs.generator import entrypoints
from docs.generator.words import page, table
from kernel.envelope import known_messages, owner_of
from kernel.hosting import service_class
from services.gateway import app
from services.gateway.caller import Door

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("access.yaml")
EVERYBODY, SIGNED_IN = "everybody", "signed-in"
REQUIRING = {"require": 1, "require_here": 2}  # functions, and which argument the roles begin at
DEPTH = 3

INTRODUCTION = """
Every address of the gateway and who may use it. `everybody` needs no account. `signed-in` is
everybody with an account: the service then decides by whose the thing is, and says that it does
not exist to those whom it does not concern. Roles are those of the account; `authority` stands
for the role of an authority that the contest's rules name. A service may ask more than the role:
a seat on the jury, the unit, another person for the second key.

Nobody reaches anything of another organising authority: a sign-in is of one, and every row
belongs to one. Whoever looks as somebody else reads what that account reads and changes nothing.
A role given for one contest (`secretary@contest`) counts where the tables below say the role, in
that contest.
"""

_MENTION = re.compile(r"\b([a-z]+)\.([A-Z]\w+)")


def render() -> str:
    """Return the page."""
    lines = access()
    parts = [INTRODUCTION]
    for title, is_here in (
        ("The HTTP API", lambda path: path.startswith("/v1/")),
        ("Pages", lambda path: not path.startswith("/v1/")),
    ):
        rows = [
            (f"`{route}`", ", ".join(who) if isinstance(who, list) else who)
            for route, who in lines.items()
            if is_here(route.partition(" ")[2])
        ]
        parts += [f"## {title}", table(("route", "for"), rows)]
    return page("Who may do what", *parts)


@cache
def access() -> dict[str, str | list[str]]:
    """Return the table: route, as `GET /v1/entries/{entry_id}`, to `everybody` or roles."""
    return dict(YAML(typ="safe").load(TABLE.read_text()))


@cache
def routes() -> Mapping[str, Any]:
    """Return every route of the gateway with its handler."""
    built = app.build(Door(*[None] * 4))  # type: ignore[arg-type]  # nothing is asked of it
    return {
        f"{method} {re.sub(':[a-z]+}', '}', route.path)}": handler
        for route in built.routes
        for handler in getattr(route, "route_handlers", ())
        for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"})
    }


def needs_sign_in(handler: Any) -> bool:  # noqa: ANN401  # a route handler
    """Tell whether a route is given its caller only once they have signed in."""
    return "caller" in inspect.signature(handler.fn).parameters


def asked_of_services(handler: Any) -> set[str]:  # noqa: ANN401
    """Return the roles, any of which the services ask for what a route sends; empty if none."""
    found: set[str] = set()
    for name in messages_of(handler.fn):
        message = known_messages()[name]
        entry = entrypoints.of(owner_of(message)).asked.get(message)
        if entry is not None:
            kind = service_class(owner_of(message))
            found |= roles_in(inspect.unwrap(getattr(kind, entry)))
    return found | roles_in(handler.fn)


@cache
def messages_of(function: Callable[..., object], depth: int = DEPTH) -> frozenset[str]:
    """Return the messages that a function, and those of ours it calls, mention."""
    named = {".".join(found) for found in _MENTION.findall(source_of(function))}
    found = {name for name in named if name in known_messages()}
    if depth:
        for called in called_by(function):
            found |= messages_of(called, depth - 1)
    return frozenset(found)


@cache
def roles_in(function: Callable[..., object], depth: int = DEPTH) -> frozenset[str]:
    """Return the roles that a function, and those of ours it calls, require."""
    found = set(required_in(function))
    if not found and depth:
        for called in called_by(function):
            found |= roles_in(called, depth - 1)
    return frozenset(found)


def required_in(function: Callable[..., object]) -> Iterator[str]:
    """Find the roles in calls such as `require(work.actor, "organiser", *OFFICE)`."""
    for node in ast.walk(tree_of(function)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            begin = REQUIRING.get(node.func.id)
            for argument in node.args[begin:] if begin else ():
                yield from values_of(argument, function)


def values_of(argument: ast.expr, function: Callable[..., object]) -> Iterator[str]:
    """Return what an argument stands for: a text, or a module's constant with a star before."""
    text = ast.unparse(argument).removeprefix("*")
    if "authority" in text or text == "office":
        yield "authority"
        return
    try:
        value = eval(text, getattr(function, "__globals__", {}))  # noqa: S307  # our own code
    except (NameError, AttributeError, TypeError):
        return
    yield from [value] if isinstance(value, str) else sorted(value)


@cache
def called_by(function: Callable[..., object]) -> list[Callable[..., object]]:
    """Return the functions of ours that a function calls by name."""
    space = getattr(function, "__globals__", {})
    found = []
    for node in ast.walk(tree_of(function)):
        called = named_by(node.func, space) if isinstance(node, ast.Call) else None
        module = getattr(called, "__module__", "") or ""
        if inspect.isfunction(called) and module.startswith("services."):
            found.append(called)
    return found


def named_by(name: ast.expr, space: Mapping[str, object]) -> object:
    """Return what `name` or `module.name` is; None for what lives only while it runs."""
    match name:
        case ast.Name(id=plain):
            return space.get(plain)
        case ast.Attribute(value=ast.Name(id=module), attr=attribute):
            return getattr(space.get(module), attribute, None)
        case _:
            return None


@cache
def tree_of(function: Callable[..., object]) -> ast.Module:
    """Return a function, parsed."""
    return ast.parse(source_of(function))


@cache
def source_of(function: Callable[..., object]) -> str:
    """Return the text of a function; empty for what is none of ours."""
    code = getattr(function, "__code__", None)
    if code is None or not code.co_filename.startswith(str(ROOT)):
        return ""
    lines, ends = functions_in(code.co_filename)
    first = code.co_firstlineno
    return textwrap.dedent("\n".join(lines[first - 1 : ends.get(first, first)]))


@cache
def functions_in(path: str) -> tuple[list[str], dict[int, int]]:
    """Return a module's lines, and where the functions end that begin at a line."""
    text = Path(path).read_text()
    found = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            begin = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            found[begin] = node.end_lineno or node.lineno
    return text.splitlines(), found
