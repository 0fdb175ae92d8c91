"""What the ledger is told by its environment."""

from msgspec import Struct

from services.ledger.signing import secret


class LedgerSettings(Struct, frozen=True, kw_only=True):
    """Settings of the ledger.

    ledger_key: What every tenant's key for tree heads is made from: 64 hex digits (`openssl rand -hex 32`). Another one makes new keys; the old public ones stay known.
    """  # noqa: E501  # a setting's sentence is one line

    ledger_key: str

    def __post_init__(self) -> None:
        """Read the key once, so that a wrong one shows when the service starts."""
        secret(self.ledger_key)
