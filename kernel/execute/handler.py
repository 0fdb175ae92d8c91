"""What an entrypoint is to the rest of this package: a method, and the message it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contracts.message import Envelope, Message
from kernel import envelope


@dataclass(frozen=True, slots=True)
class Handler:
    """A method of a service and the message it takes (an `Envelope` means any message).

    `together` takes a sequence of them, of one tenant, where many are heard in one transaction.
    """

    name: str
    message_type: type[Message] | type[Envelope]
    method: Callable[..., Any]
    together: Callable[..., Any] | None = None

    def open(self, enveloped: Envelope) -> Message | Envelope:
        """Read the message this handler takes out of its envelope; raise `Undecodable`."""
        if issubclass(self.message_type, Message):
            return envelope.unwrap(enveloped, self.message_type)
        return enveloped
