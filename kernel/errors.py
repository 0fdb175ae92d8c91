"""Errors a service may raise on purpose.

The class name is the code, the docstring the default message. A message with parameters is
raised as a template (`"The window closed at {closed}."`) so that the door can translate it.
"""

from typing import ClassVar, Protocol


class Refused(Exception):
    """The request cannot be granted as it stands."""

    # True where it only waits for word from another service: such a refusal is not remembered,
    # so the same request under the same id may be granted later.
    may_pass: ClassVar[bool] = False
    # True where what was done on the way, such as writing down why, is kept with the refusal.
    is_kept: ClassVar[bool] = False

    def __init__(self, template: str | None = None, **params: object) -> None:
        self.template = template or (self.__doc__ or "").strip()
        self.params = params
        super().__init__(self.template.format(**params) if params else self.template)

    @property
    def code(self) -> str:
        """Return the name of what is wrong, stable for programs."""
        return type(self).__name__


class NotFound(Refused):
    """There is no such thing."""


class Forbidden(Refused):
    """Your role does not allow this."""


class Conflict(Refused):
    """Somebody else changed this meanwhile; read it again."""


class NotYet(Exception):
    """Something this depends on has not arrived; the same message will succeed soon."""


class Unavailable(Exception):
    """Something outside is down; the same request may succeed later."""


class HasRoles(Protocol):
    """Whoever acts, as far as permission is concerned."""

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles held."""
        ...


def require(actor: HasRoles, *roles: str) -> None:
    """Raise `Forbidden` unless the actor holds one of the roles."""
    if actor.roles.isdisjoint(roles):
        raise Forbidden("This needs the role {roles}.", roles=" or ".join(roles))
