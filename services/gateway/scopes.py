"""What a system's token allows it to do (OAuth 2.0 scopes), and in which contests.

A scope is one of `PLAIN`, or `contest:<id>`, which narrows the plain ones to that contest. Which
message needs which scope is said by the message itself. Start with `granted`.
"""

import re
from collections.abc import Iterable

from contracts.message import PUBLIC, Command, Query
from kernel.errors import Forbidden, Refused

Scopes = frozenset[str]

# What a client has unless it is made with others.
USUAL: Scopes = frozenset({"entries:write", "entries:read", "documents:write", "status:read"})
PLAIN: Scopes = USUAL | {"exchange:ask"}
CONTEST = re.compile(r"contest:[\x21\x23-\x5b\x5d-\x7e]{1,100}")


class UnknownScope(Refused):
    """There is no such scope."""


class ScopeExceeded(Refused):
    """The client does not have this scope."""


class ScopeMissing(Forbidden):
    """The token does not allow this."""


def check(scopes: Iterable[str]) -> None:
    """Refuse a scope that nobody can have."""
    for scope in sorted(scopes):
        if scope not in PLAIN and not CONTEST.fullmatch(scope):
            raise UnknownScope("There is no scope {scope}.", scope=scope)


def granted(own: Scopes, asked: Scopes) -> Scopes:
    """Return what a token allows: what is asked for, which the client must have.

    Without a plain scope asked for, all of the client's; so with contests. A client that has
    every contest may ask for some.
    """
    plain, contests = asked & PLAIN, asked - PLAIN
    check(asked)
    own_contests = own - PLAIN
    if not plain <= own or (own_contests and not contests <= own_contests):
        raise ScopeExceeded
    return (plain or own & PLAIN) | (contests or own_contests)


def check_message(message: Command | Query, held: Scopes | None) -> None:
    """Refuse a message that the token does not allow; without scopes, roles alone decide."""
    if held is None or message.scope == PUBLIC:
        return
    if message.scope is None or message.scope not in held:
        raise ScopeMissing("This needs the scope {scope}.", scope=message.scope or "-")
    contest_id = getattr(message, "contest_id", None)
    if contest_id is not None and not covers(held, contest_id):
        raise ScopeMissing("This needs the scope {scope}.", scope=f"contest:{contest_id}")


def covers(held: Scopes, contest_id: str) -> bool:
    """Say whether the scopes reach a contest."""
    contests = held - PLAIN
    return not contests or f"contest:{contest_id}" in contests
