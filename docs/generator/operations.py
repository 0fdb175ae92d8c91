"""The table of operations that the gateway's OpenAPI document is completed from."""

import inspect
import json
from collections import defaultdict
from functools import cache
from types import FunctionType
from typing import Any

from contracts.message import Command, Query
from docs.generator import entrypoints
from docs.generator.errors import codes, status_of
from docs.generator.reach import reached
from kernel.envelope import name_of, owner_of
from kernel.errors import Refused
from kernel.execute.answering import RequestIdReused, Unreadable
from kernel.hosting import service_class
from services.gateway import api, problems
from services.gateway.caller import signed_in, visitor

GATEWAY = "services.gateway"


def render() -> str:
    """Return the table: what operations ask and may be refused with, and what the codes say."""
    found = {
        route.handler_name: operation(route) for topic in api.TOPICS for route in topic.ROUTES
    }
    named = {code for one in found.values() for some in one["refusals"].values() for code in some}
    said = {code: " ".join((kind.__doc__ or "").split()) for code, kind in codes().items()}
    parts = {"operations": found, "codes": {code: said[code] for code in named if code in said}}
    return (
        "{\n"
        + ",\n".join(f'"{name}": {{\n{lines(part)}\n}}' for name, part in parts.items())
        + "\n}\n"
    )


def lines(part: dict[str, Any]) -> str:
    """Return a part of the table, a line each."""
    written = (json.dumps(part[name], ensure_ascii=False) for name in sorted(part))
    return ",\n".join(
        f' "{name}": {line}' for name, line in zip(sorted(part), written, strict=True)
    )


def operation(route: Any) -> dict[str, Any]:  # noqa: ANN401  # a route of litestar
    """Return what an operation asks, and its refusals by status."""
    things = reached([route.fn, *given_to(route.fn)], GATEWAY)
    messages = sorted((one for one in things if issubclass(one, Command | Query)), key=name_of)
    kinds = {one for one in things if issubclass(one, Refused)}
    kinds = kinds.union(*map(refusals_of, messages))
    by_status: dict[str, list[str]] = defaultdict(list)
    for kind in sorted(kinds, key=lambda one: one.__name__):
        status = 410 if kind.__name__ in problems.GONE else status_of(kind)
        if kind.__name__ not in by_status[str(status)]:  # two services may share a word
            by_status[str(status)].append(kind.__name__)
    return {
        "asks": [name_of(one) for one in messages],
        "refusals": dict(sorted(by_status.items())),
    }


def given_to(function: FunctionType) -> list[FunctionType]:
    """Return what finds out who calls, for a route that asks for it."""
    names = inspect.signature(function).parameters
    if "caller" in names:
        return [visitor, signed_in]
    return [visitor] if "visitor" in names else []


@cache
def refusals_of(message: type) -> frozenset[type[Refused]]:
    """Return what a service may refuse a message with."""
    service = owner_of(message)
    name = entrypoints.of(service).asked[message]
    handler = inspect.unwrap(getattr(service_class(service), name))
    found = {one for one in reached([handler], f"services.{service}") if issubclass(one, Refused)}
    return frozenset(
        found | ({RequestIdReused, Unreadable} if issubclass(message, Command) else {Unreadable})
    )
