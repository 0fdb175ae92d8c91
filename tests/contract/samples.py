"""Samples of what crosses a boundary: made from type hints, frozen when released, compared since.

`released` reads the frozen ones, `lost` says what today's class no longer understands of one.
"""

import inspect
import types
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Raw, Struct

from contracts.message import Envelope, Message

RELEASED = Path(__file__).parent / "released"
SPEAKERS = ("intake", "originality", "review", "awards", "notify", "ledger", "upkeep")

PLAIN: dict[Any, object] = {
    str: "văn bản",
    bytes: b"PK",
    int: 3,
    bool: True,
    Decimal: Decimal("12.50"),
    datetime: datetime(2022, 8, 15, 16, 59, 59, 250000, tzinfo=UTC),
    date: date(2022, 8, 15),
    Raw: Raw(b'{"entry_id":"e-1"}'),
}


def kinds() -> dict[str, type[Struct]]:
    """Return everything that crosses a boundary as a whole: messages, replies, the envelope."""
    found: dict[str, type[Struct]] = {"message.Envelope": Envelope}
    for speaker in SPEAKERS:
        module = import_module(f"contracts.{speaker}")
        for name, kind in inspect.getmembers(module, inspect.isclass):
            is_own = issubclass(kind, Struct) and kind.__module__.startswith(module.__name__)
            # A base of other messages is never sent itself.
            if is_own and not (issubclass(kind, Message) and kind.__subclasses__()):
                found[f"{speaker}.{name}"] = kind
    return found


def sample(hint: Any) -> object:
    """Return a value of a type with nothing left out, so that every field is in it."""
    origin, inside = get_origin(hint), get_args(hint)
    match origin:
        case _ if hint in PLAIN:
            made = PLAIN[hint]
        case _ if origin is Literal:
            made = inside[-1]
        case _ if origin in (Union, types.UnionType):
            made = sample(next(part for part in inside if part is not types.NoneType))
        case _ if origin is dict:
            made = {sample(inside[0]): sample(inside[1])}
        case _ if origin is tuple and Ellipsis not in inside:
            made = tuple(sample(part) for part in inside)
        case _ if origin in (tuple, frozenset):
            made = origin([sample(inside[0])])
        case _:
            hints = get_type_hints(hint)
            made = hint(**{name: sample(hints[name]) for name in hint.__struct_fields__})
    return made


def written(value: object) -> str:
    """Return the JSON that is kept in a file."""
    return (
        msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=1).decode() + "\n"
    )


def released() -> Iterator[tuple[str, Path]]:
    """Return every frozen sample with the name of its class, `intake.EntrySubmitted`."""
    for path in sorted(RELEASED.glob("*.json")):
        yield ".".join(path.name.split(".")[:2]), path


def lost(frozen: bytes, kind: type[Struct]) -> list[str]:
    """Return what a class makes of a frozen sample that is not what was said then."""
    try:
        read = msgspec.json.decode(frozen, type=kind)
    except msgspec.DecodeError as error:
        return [str(error)]
    return list(differences("", msgspec.json.decode(frozen), reread(read)))


def reread(value: object) -> object:
    """Return a value as it would look after travelling."""
    return msgspec.json.decode(msgspec.json.encode(value))


def differences(where: str, then: object, now: object) -> Iterator[str]:
    """Compare what was said with what is understood; more than was said is fine."""
    match then, now:
        case Mapping(), Mapping():
            for name, value in then.items():
                if name in now:
                    yield from differences(f"{where}.{name}", value, now[name])
                else:
                    yield f"{where}.{name} is not understood any more"
        case list(), list() if len(then) == len(now):
            for place, (one, other) in enumerate(zip(then, now, strict=True)):
                yield from differences(f"{where}[{place}]", one, other)
        case _ if then != now:
            yield f"{where} was {then!r}, is {now!r}"
