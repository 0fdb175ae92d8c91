"""What every piece of a rules file is made of."""

from msgspec import Struct


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of the rules. A key that is not known here is a mistake in the file."""
