"""What a leaf of a contest's tree is: an event whose members can be shown one by one.

Each member of the body is in the leaf as a salted digest. Who has the salt and the value can
check the one; who has neither can guess nothing. Start with `leaf_of`.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from services.ledger.domain.chain import Recorded, canonical

OWN = ""  # the tree of events that are of no contest
WHOLE = ""  # the one member of an event whose body is not kept
SALT = 16  # bytes
SPLIT = ("lines", "changed")  # members whose lines are taken apart
NUMBERED = re.compile(r"/\d+/")


@dataclass(frozen=True, slots=True)
class Leaf:
    """An event in its tree; `members` maps each part of the body to its salted digest, in hex."""

    event_id: str
    type: str
    occurred_at: str
    members: Mapping[str, str]

    def data(self) -> bytes:
        """Return the bytes that are hashed."""
        parts = [self.event_id, self.type, self.occurred_at, self.members]
        return canonical(parts).encode()


def body_of(recorded: Recorded) -> dict[str, Any] | None:
    """Read what an event says; None where only its digest is kept."""
    if recorded.body is None:
        return None
    body: dict[str, Any] = json.loads(recorded.body)["body"]
    return body


def tree_of(body: Mapping[str, Any] | None) -> str:
    """Say of which contest an event is; `OWN` where of none."""
    contest = OWN if body is None else body.get("contest_id")
    return contest if isinstance(contest, str) else OWN


def leaf_of(recorded: Recorded, body: Mapping[str, Any] | None, salt: bytes) -> Leaf:
    """Make the leaf of an event; `body` is None where only its salted digest is kept."""
    members = (
        {WHOLE: recorded.body_digest}
        if body is None
        else {name: commitment(name, value, salt) for name, value in parts_of(body)}
    )
    return Leaf(recorded.event_id, recorded.type, instant(recorded.occurred_at), members)


def parts_of(body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Take a body apart into what can be shown by itself.

    Lines of prize lists are taken apart once more, as `lines/0/prize`: a title or an author in
    them is nobody's business where the rules do not publish it.
    """
    for name, value in body.items():
        if name in SPLIT and isinstance(value, list) and value:
            for number, line in enumerate(value):
                for part, one in line.items():
                    yield f"{name}/{number}/{part}", one
        else:
            yield name, value


def commitment(name: str, value: object, salt: bytes) -> str:
    """Bind a member: SHA-256 of the canonical array of its salt, its name and its value."""
    text = f'["{member_salt(name, salt)}",{canonical(name)},{canonical(value)}]'
    return sha256(text.encode()).hexdigest()


def member_salt(name: str, salt: bytes) -> str:
    """Return the salt of one member, from which those of others cannot be told.

    Half a SHA-256: what is cut off keeps anybody from going on with it.
    """
    return sha256(salt + name.encode()).hexdigest()[: 2 * SALT]


def disclosed(
    recorded: Recorded, body: Mapping[str, Any] | None, salt: bytes, shown: Collection[str]
) -> list[Any]:
    """Write a leaf down with some members open: `[id, type, instant, {name: ...}]`.

    An open member is `[salt, value]`, a closed one its digest. `shown` names `lines/prize` for
    that part of every line.
    """
    members: dict[str, Any] = {} if body is not None else {WHOLE: recorded.body_digest}
    for name, value in parts_of(body or {}):
        if NUMBERED.sub("/", name) in shown:
            members[name] = [member_salt(name, salt), value]
        else:
            members[name] = commitment(name, value, salt)
    return [recorded.event_id, recorded.type, instant(recorded.occurred_at), members]


def instant(at: datetime) -> str:
    """Write an instant in its one form, in UTC with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
