"""What review is asked and says about seals: who holds keys, who gave them.

Keys and sealed texts travel as URL-safe Base64. A public key is written `sk1.` and 48 characters,
its last four bytes being a checksum.
"""

from datetime import datetime

from msgspec import Struct

from contracts.message import Command, Event, Query


class RegisterKey(Command, frozen=True, kw_only=True):
    """Give the public half of the key one will open rounds with. Reply: `KeyChallenge`."""

    public_key: str


class KeyChallenge(Struct, frozen=True, kw_only=True):
    """A word sealed to the key; who can read it has the private half."""

    sealed: str


class ConfirmKey(Command, frozen=True, kw_only=True):
    """Answer the challenge, so that the key may be relied on. Reply: None."""

    answer: str


class ListKeyHolders(Query, frozen=True, kw_only=True):
    """Who has a key that rounds may be sealed for. Reply: tuple of `KeyHolder`."""


class KeyHolder(Struct, frozen=True, kw_only=True):
    """Somebody's newest key; a round is sealed for confirmed ones only."""

    person_id: str
    public_key: str
    registered_at: datetime
    confirmed: bool


class ShowSealing(Query, frozen=True, kw_only=True):
    """What sheets on their way are sealed to. Reply: `Sealing`."""


class Sealing(Struct, frozen=True, kw_only=True):
    """The public key of the review service itself."""

    service_key: str


class ShowKeyShares(Query, frozen=True, kw_only=True):
    """What the asking holder needs to give their key for a round. Reply: `KeyShares`."""

    contest_id: str
    round_id: str


class KeyShares(Struct, frozen=True, kw_only=True):
    """The holder's shares of the round key, sealed to their own key.

    They go back sealed to `service_key`. `public_key` tells the holder which key is needed.
    """

    sealed: str
    public_key: str
    service_key: str


class GiveKey(Command, frozen=True, kw_only=True):
    """Give one's key for a round; the second of two opens the sheets. Reply: `KeysGiven`.

    The holder of the recovery key stands in for an officer whose key is lost: `lost` names the
    officer, `minutes` the minutes in which that was stated, `reason` what happened.
    """

    contest_id: str
    round_id: str
    shares: str
    lost: str | None = None
    minutes: str = ""
    reason: str = ""


class KeysGiven(Struct, frozen=True, kw_only=True):
    """Whose keys are given, and whether that opened the sheets."""

    holders: tuple[str, ...]
    opened: bool


class RoundSealed(Event, frozen=True, kw_only=True):
    """The sheets of a round are sealed to this key; two of these holders open them together."""

    contest_id: str
    round_id: str
    public_key: str
    officers: tuple[str, ...]
    recovery: str | None = None


class KeyGiven(Event, frozen=True, kw_only=True):
    """A holder has given their key; with `lost`, in the place of an officer who cannot.

    `holders` are all who hold a key of the round.
    """

    contest_id: str
    round_id: str
    holder_id: str
    holders: tuple[str, ...] = ()
    lost: str | None = None
    minutes: str = ""
    reason: str = ""


class SheetsOpened(Event, frozen=True, kw_only=True):
    """Two holders have opened the sheets of a round, none of which was changed meanwhile."""

    contest_id: str
    round_id: str
    holders: tuple[str, ...]
    sheets: int
