"""The page of errors: every code a caller may be refused with, in both languages."""

import ast
import inspect
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from docs.generator.entrypoints import ROOT, SERVICES, parts_of
from docs.generator.words import page, table
from kernel.client import RemoteRefusal
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from services.gateway import problems, words

PLACES = ("kernel", *SERVICES, "gateway")

INTRODUCTION = """
A request that cannot be granted is answered with problem details (RFC 9457,
`application/problem+json`): `code` is for programs and stays, `detail` is for people and is
Vietnamese, `params` holds the values in the sentence. Beside these codes a caller may meet
`Unavailable` (503, with `Retry-After`), `TimedOut` (504, repeat with the same `Idempotency-Key`)
and `Unexpected` (500).
"""


def render() -> str:
    """Return the page."""
    parts, known = [INTRODUCTION], codes()
    for place in PLACES:
        rows = []
        for code, said in sorted(sentences(place, known).items()):
            lines = [(f"`{code}`", str(status_of(known[code]))), *[("", "")] * (len(said) - 1)]
            for (name, status), english in zip(lines, said, strict=True):
                rows.append((name, status, english, words.catalogue("vi").get(english, "")))
        head = ("code", "status", "English", "Vietnamese")
        if rows:
            parts += [f"## {place}", table(head, rows)]
    return page("Errors", *parts)


def codes() -> dict[str, type[Refused]]:
    """Return every refusal by its code; one that two services share is the same status."""
    return {kind.__name__: kind for place in PLACES for kind in refusals(package_of(place))}


def package_of(place: str) -> str:
    """Return the package a chapter is about."""
    return place if place == "kernel" else f"services.{place}"


def refusals(package: str) -> list[type[Refused]]:
    """Return every refusal that a package defines, by name."""
    found = {
        kind
        for module in parts_of(package)
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Refused) and kind.__module__ == module.__name__
    }
    return sorted(
        found - {Refused, RemoteRefusal}, key=lambda kind: (kind.__name__, kind.__module__)
    )


def status_of(kind: type[Refused]) -> int:
    """Return the HTTP status the gateway gives a refusal, its own or another service's."""
    if kind.__module__.startswith("services.gateway"):
        return next(status for base, status in problems.STATUSES if issubclass(kind, base))
    bases = (NotFound, Forbidden, Conflict)
    base = next((base for base in bases if issubclass(kind, base)), Refused)
    return problems.KINDS.get(base.__name__, 422)


def sentences(place: str, known: dict[str, type[Refused]]) -> dict[str, list[str]]:
    """Return what a package's refusals say, and what it says with those of the kernel.

    A docstring that is never said, because every raise has a sentence of its own, is left out.
    """
    found: dict[str, list[str]] = defaultdict(list)
    package = package_of(place)
    for path in sorted((ROOT / package.replace(".", "/")).rglob("*.py")):
        for code, template in raised_in(path):
            if code in known and template not in found[code]:
                found[code].append(template)
    for kind in refusals(package):
        default = " ".join((kind.__doc__ or "").split())
        if default in words.catalogue("vi") or not found[kind.__name__]:
            found[kind.__name__].insert(0, default)
    return {code: said for code, said in found.items() if said}


def raised_in(path: Path) -> Iterator[tuple[str, str]]:
    """Find the errors a module makes with a sentence of its own."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(
                func=(ast.Name() | ast.Attribute()) as error,
                args=[ast.Constant(value=str(template)), *_],
            ):
                yield ast.unparse(error).rpartition(".")[2], template
