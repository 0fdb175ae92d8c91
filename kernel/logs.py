"""Logs as JSON lines, each with the ids of the message being worked on."""

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from msgspec import json

from contracts.message import Envelope

_current: ContextVar[dict[str, str]] = ContextVar("current message", default={})  # noqa: B039
_encode = json.Encoder(enc_hook=str).encode


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, service, what happened, and the message's ids."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self.service = service

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record; `extra={"fields": {...}}` is merged in."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "service": self.service,
            "logger": record.name,
            "message": record.getMessage(),
            **_current.get(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["error"] = trace(record.exc_info[1])
        return _encode(line).decode()


def set_up(service: str, level: str) -> None:
    """Send all logs of this process to standard output as JSON lines."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines(service))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # These speak of every frame and every reconnection attempt; the kernel says it once.
    for chatty in ("amqp", "kombu", "nameko", "urllib3"):
        logging.getLogger(chatty).setLevel(logging.ERROR)


def trace(cause: BaseException | None) -> str:
    """Return where an error arose, and from what; without its text, which may be personal."""
    parts = []
    while cause is not None:
        kind = f"{type(cause).__module__}.{type(cause).__qualname__}"
        code = getattr(cause, "pgcode", None)  # what the database said, in five letters
        tail = f"{kind} {code}" if code else kind
        parts.append("".join([*traceback.format_tb(cause.__traceback__), tail]))
        cause = cause.__cause__ or cause.__context__
    return "\ncaused by\n".join(parts)


@contextmanager
def about(envelope: Envelope) -> Iterator[None]:
    """Put the envelope's ids on every line logged inside. Ids only: no names, no body."""
    token = _current.set(
        {
            "message_id": envelope.id,
            "type": envelope.type,
            "tenant": envelope.tenant,
            "actor": envelope.actor.id,
            "correlation_id": envelope.correlation_id,
            "traceparent": envelope.traceparent or "",
        }
    )
    try:
        yield
    finally:
        _current.reset(token)
