"""Messages and their envelopes: names, wrapping, encoding. The classes live in `contracts`."""

import pkgutil
import re
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib import import_module
from typing import TypeVar
from uuid import uuid4

import msgspec

import contracts
from contracts.message import Actor, Envelope, Event, Message

M = TypeVar("M", bound=Message)

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Envelope)

_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

# U+0000 as JSON escapes it: PostgreSQL keeps no text with it.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Undecodable(Exception):
    """These bytes are not a message anybody knows."""


class TooNew(Undecodable):
    """Part of this message is of a later version, and must not be read without that part."""


def owner_of(message_type: type[Message]) -> str:
    """Return the contracts module a message belongs to: the service that owns or says it."""
    return message_type.__module__.split(".")[1]


def name_of(message_type: type[Message]) -> str:
    """Return a message's name on the wire, e.g. `intake.EntrySubmitted`."""
    return f"{owner_of(message_type)}.{message_type.__name__}"


@cache
def known_messages() -> dict[str, type[Message]]:
    """Return every message class in `contracts` by its name on the wire."""
    for module in pkgutil.walk_packages(contracts.__path__, "contracts."):
        import_module(module.name)
    found: dict[str, type[Message]] = {}
    waiting: list[type[Message]] = [Message]
    while waiting:
        for message_type in waiting.pop().__subclasses__():
            waiting.append(message_type)
            if message_type.__module__.startswith("contracts."):
                found[name_of(message_type)] = message_type
    return found


def speakers() -> tuple[str, ...]:
    """Return the services that say anything."""
    events = (name for name, kind in known_messages().items() if issubclass(kind, Event))
    return tuple(sorted({name.partition(".")[0] for name in events} - {"message"}))


def outcome(reply: bytes) -> str:
    """Return what kind of reply this is: `ok`, `refused` or `failed`."""
    return reply[2 : reply.index(b'"', 2)].decode()


def new_id() -> str:
    """Return a fresh opaque id, 32 hexadecimal digits."""
    return uuid4().hex


def wrap(  # noqa: PLR0913  # an envelope has this many lines
    message: Message,
    *,
    tenant: str,
    actor: Actor,
    occurred_at: datetime,
    message_id: str | None = None,
    correlation_id: str | None = None,
    causation_id: str | None = None,
    traceparent: str | None = None,
) -> Envelope:
    """Put a message into its envelope. Without a correlation id, it starts a chain of its own."""
    message_id = message_id or new_id()
    return Envelope(
        id=message_id,
        type=name_of(type(message)),
        tenant=tenant,
        occurred_at=occurred_at,
        actor=actor,
        correlation_id=correlation_id or message_id,
        causation_id=causation_id,
        traceparent=traceparent,
        body=msgspec.Raw(_encoder.encode(message)),
    )


def encode(value: object) -> bytes:
    """Return the JSON of a message, an envelope or a reply; equal values give equal bytes."""
    return _encoder.encode(value)


def decode(data: bytes) -> Envelope:
    """Read an envelope; raise `Undecodable` with the reason."""
    try:
        enveloped = _decoder.decode(data)
    except _UNREADABLE as error:
        raise Undecodable(str(error)) from error
    if enveloped.tenant in ("", "*"):  # row-level security takes a star for every tenant
        raise Undecodable("a message is of one tenant")
    return enveloped


def unwrap(envelope: Envelope, message_type: type[M]) -> M:
    """Read the message in an envelope; raise `Undecodable`, or `TooNew`, with the reason."""
    if _NUL.search(envelope.body):
        raise Undecodable(f"{envelope.type}: no text has the character U+0000")
    try:
        return msgspec.json.decode(envelope.body, type=message_type)
    except _UNREADABLE as error:
        # Messages pass over fields they do not know; a part that forbids it does not.
        unread = TooNew if "unknown field" in str(error) else Undecodable
        raise unread(f"{envelope.type}: {error}") from error


def digest(envelope: Envelope) -> str:
    """Return what tells one request from another under the same id: SHA-256 in hex."""
    parts = (envelope.type, envelope.actor.id, bytes(envelope.body).decode())
    return sha256("\n".join(parts).encode()).hexdigest()
