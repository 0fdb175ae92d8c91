"""What every piece of a rules file is made of."""

from msgspec import Struct


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of the rules. A key that is not known here is a mistake in the file.

    In an event it is one of a later version. Who does not know all of the rules must not go by
    them, nor keep what it knows of them: the event waits for a copy that does.
    """
