"""What a function may come to, read off the code: refusals it may raise, messages it sends.

Names are looked up where the function looks them up; a method of something unknown is every method
of that name in the same service, so that a refusal is rather named too often than missed. Start
with `reached`.
"""

import ast
import builtins
import inspect
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from contracts.message import Command, Query
from docs.generator.entrypoints import parts_of
from kernel.client import RemoteRefusal
from kernel.errors import Refused, require

# Methods of lists, mappings, sessions …; ours of the same name are called by a name that is known.
COMMON = {
    *(name for kind in (dict, list, set, str, bytes) for name in dir(kind)),
    *("execute", "scalar", "scalars", "one", "first", "all", "flush", "where", "read", "close"),
}
BASES = {Refused, RemoteRefusal, Command, Query}


def reached(functions: list[FunctionType], package: str) -> set[type]:
    """Return every refusal, command and query that the functions may come to in a package."""
    found: set[type] = set()
    seen: set[FunctionType] = set()
    waiting = list(functions)
    while waiting:
        function = waiting.pop()
        if function in seen:
            continue
        seen.add(function)
        for thing in named_in(function, package):
            if isinstance(thing, FunctionType):
                waiting.append(thing)
            elif issubclass(thing, Refused | Command | Query):
                found.add(thing)
            else:
                waiting += (one for one in made_by(thing) if one not in seen)
    return found - BASES


@cache
def named_in(function: FunctionType, package: str) -> tuple[Any, ...]:
    """Return the functions and classes that a function's code names, as far as they are ours."""
    found: list[Any] = []
    for node in shown(tree_of(function)):
        thing = resolved(node, function)
        if thing is not None:
            found += ours(thing, package)
        elif isinstance(node, ast.Attribute) and node.attr not in COMMON:
            found += methods(package)[node.attr]
    return tuple(found)


def shown(tree: ast.AST) -> Iterator[ast.expr]:
    """Return the names and attributes of some code, but for those of errors it only catches."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.ExceptHandler):
            for line in child.body:
                yield from shown(line)
        else:
            if isinstance(child, ast.Name | ast.Attribute):
                yield child
            yield from shown(child)


def tree_of(function: FunctionType) -> ast.AST:
    """Return a function's code; of one that a decorator wrote, none."""
    code = function.__code__
    return trees_in(code.co_filename).get(code.co_firstlineno, ast.Module([], []))


@cache
def trees_in(path: str) -> dict[int, ast.AST]:
    """Return the functions of a file by the line they begin on."""
    if path.startswith("<"):
        return {}
    nodes = ast.walk(ast.parse(Path(path).read_text()))
    functions = (
        node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return {min(one.lineno for one in (node, *node.decorator_list)): node for node in functions}


def resolved(node: ast.expr, function: FunctionType) -> Any:  # noqa: ANN401  # whatever is named
    """Return what a name means in a function; None if only running it would tell."""
    match node:
        case ast.Name(id=name):
            return function.__globals__.get(name, getattr(builtins, name, None))
        case ast.Attribute(value=value, attr=attribute):
            owner = resolved(value, function)
            is_known = isinstance(owner, ModuleType | type)
            return getattr(owner, attribute, None) if is_known else None
        case _:
            return None


def ours(thing: Any, package: str) -> list[Any]:  # noqa: ANN401  # whatever is named
    """Return the functions and classes, of the package or the contracts, that a thing holds."""
    if isinstance(thing, dict):
        thing = tuple(thing.values())
    if isinstance(thing, tuple | list | frozenset):
        # A list of messages is for telling them apart, not for sending.
        found = [own for each in thing for own in ours(each, package)]
        return [one for one in found if not is_message(one)]
    thing = inspect.unwrap(thing) if callable(thing) else thing
    if not isinstance(thing, FunctionType | type):
        return []
    is_refusal = isinstance(thing, type) and issubclass(thing, Refused)
    is_own = (thing.__module__ or "").startswith(package) and ".portal" not in thing.__module__
    return [thing] if is_own or is_refusal or is_message(thing) or thing is require else []


def is_message(thing: object) -> bool:
    """Say whether something is a kind of command or query."""
    return isinstance(thing, type) and issubclass(thing, Command | Query)


def made_by(kind: type) -> list[FunctionType]:
    """Return what runs when a class is made."""
    names = ("__init__", "__post_init__")
    return [own for name in names if isinstance(own := vars(kind).get(name), FunctionType)]


@cache
def methods(package: str) -> dict[str, list[FunctionType]]:
    """Return the methods and properties of every class of a package, by name."""
    found: dict[str, list[FunctionType]] = defaultdict(list)
    for module in parts_of(package):
        if ".portal" in module.__name__:
            continue
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ == module.__name__:
                for name, own in vars(kind).items():
                    function = own.fget if isinstance(own, property) else own
                    function = getattr(function, "__func__", function)
                    if isinstance(function, FunctionType) and not name.startswith("__"):
                        found[name].append(inspect.unwrap(function))
    return found
