"""How code is put into words: types, docstrings, tables of Markdown."""

import ast
import inspect
import re
import tokenize
import types
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import fields

NOTE = "<!-- Written by `make docs` from the code. Change the code, not this page. -->"

_PLAIN = {
    str: "text",
    int: "whole number",
    bool: "yes or no",
    Decimal: "decimal",
    datetime: "instant",
    date: "day",
    msgspec.Raw: "the message, as JSON",
}

_ABSENT = (type(None), msgspec.UnsetType)  # said of a whole field, not of its type


def page(title: str, *parts: str) -> str:
    """Return a whole page."""
    return "\n\n".join((f"# {title}", NOTE, *(part.strip() for part in parts))) + "\n"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table of Markdown; nothing at all without rows."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    if not lines:
        return ""
    return "\n".join(("| " + " | ".join(head) + " |", "| --- " * len(head) + "|", *lines))


def sentence(thing: object) -> str:
    """Return a docstring as one paragraph per paragraph."""
    paragraphs = (inspect.getdoc(thing) or "").split("\n\n")
    return "\n\n".join(" ".join(text.split()) for text in paragraphs)


def type_name(hint: Any) -> str:  # noqa: ANN401  # any annotation
    """Return how a reader calls a type."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Literal:
        name = ", ".join(f"`{value}`" for value in inside)
    elif origin in (Union, types.UnionType):
        name = " or ".join(type_name(part) for part in inside if part not in _ABSENT)
        name += ", or null" if type(None) in inside else ""
    elif origin is dict:
        name = f"map of {type_name(inside[0])} to {type_name(inside[1])}"
    elif origin in (tuple, frozenset):
        name = f"list of {type_name(inside[0])}"
    else:
        name = _PLAIN.get(hint) or f"`{hint.__name__}`"
    return name


def default_of(field: Any) -> str:  # noqa: ANN401  # msgspec's FieldInfo
    """Return what a field is where it is left out."""
    if field.required:
        return "required"
    value = field.default_factory() if field.default is msgspec.NODEFAULT else field.default
    if value is msgspec.UNSET:
        return "unchanged"
    if value is None:
        return "null"
    return "empty" if value in ((), {}, "", frozenset()) else f"`{value}`"


def field_rows(kind: type[msgspec.Struct]) -> Iterator[tuple[str, str, str, str]]:
    """Return name, type, default and remark of every field of a struct."""
    hints, remarks = get_type_hints(kind), remarks_of(kind)
    for field in fields(kind):
        remark = remarks.get(field.name, "")
        yield f"`{field.name}`", type_name(hints[field.name]), default_of(field), remark


def field_table(kind: type[msgspec.Struct]) -> str:
    """Return the table of a struct's fields."""
    return table(("field", "type", "if left out", "remark"), field_rows(kind))


def remarks_of(kind: type) -> dict[str, str]:
    """Return the comments that stand beside a class's fields, inherited ones included."""
    found: dict[str, str] = {}
    for owner in reversed(kind.__mro__):
        if owner.__module__.startswith("contracts."):
            found |= dict(_own_remarks(owner))
    return found


def _own_remarks(owner: type) -> Iterator[tuple[str, str]]:
    source = inspect.getsource(owner)
    (node,) = ast.parse(source).body
    names = {
        line.end_lineno: line.target.id
        for line in getattr(node, "body", ())
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    }
    for token in tokenize.generate_tokens(StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.start[0] in names:
            yield names[token.start[0]], token.string.lstrip("# ")


def anchor(heading: str) -> str:
    """Return the anchor GitHub and GitLab give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
