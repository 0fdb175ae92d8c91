"""What all messages share: they are immutable values with a name, and travel in one envelope."""

from datetime import datetime
from typing import ClassVar

from msgspec import Raw, Struct
from msgspec.structs import replace

PUBLIC = "public"  # the scope of what anybody may ask


class Message(Struct, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A command, a query or an event. Fields may be added, never renamed or removed."""

    # What a system's token must allow for it to send this; None: no such token allows it.
    scope: ClassVar[str | None] = None


class Command(Message, frozen=True, kw_only=True):
    """A request to one service to change something; named in the imperative."""


class Query(Message, frozen=True, kw_only=True):
    """A question to one service; answering it changes nothing."""


class Event(Message, frozen=True, kw_only=True):
    """A fact, told to whoever listens; named in the past tense."""

    # A personal event is kept by the ledger as a digest only, so that a person can be forgotten.
    personal: ClassVar[bool] = False


class Actor(Struct, frozen=True, kw_only=True):
    """Who asks. `true_id` is the person at the keyboard when somebody acts for another.

    `scopes` limit what a system may do; None: its roles alone decide. `grants` are roles in one
    contest alone, each `role@contest`.
    """

    id: str
    roles: frozenset[str] = frozenset()
    unit_id: str | None = None
    true_id: str | None = None
    scopes: frozenset[str] | None = None
    grants: frozenset[str] = frozenset()

    def within(self, contest_id: str | None) -> "Actor":
        """Return the actor as this contest knows them: their roles, and those given for it."""
        given = (one.rpartition("@") for one in self.grants)
        here = frozenset(role for role, _, contest in given if contest == contest_id)
        return replace(self, roles=self.roles | here) if here else self


class Envelope(Struct, frozen=True, kw_only=True):
    """How a message travels: its identity around its body.

    `type` is the speaker's or owner's module and the class, as in `intake.EntrySubmitted`.
    `occurred_at` is aware, in UTC. `id` of a command is chosen by its caller and makes it
    idempotent. `correlation_id` is shared by all that one request caused, `causation_id` is the
    message that caused this one. `traceparent` follows W3C Trace Context.
    """

    id: str
    type: str
    tenant: str
    occurred_at: datetime
    actor: Actor
    correlation_id: str
    body: Raw
    causation_id: str | None = None
    traceparent: str | None = None
