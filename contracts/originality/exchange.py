"""The exchange between provinces: keyed fingerprints go out, a band and a contact come back."""

from datetime import datetime
from typing import ClassVar, Literal

from msgspec import Struct

from contracts.message import Command, Query

EXCHANGE = "exchange:ask"  # the scope by which another province's platform asks

# How much of a known initiative an entry may repeat, as far as another province is told.
Band = Literal["NONE", "LOW", "MEDIUM", "HIGH"]


class Contact(Struct, frozen=True, kw_only=True):
    """Whom to talk to in another province's office; an office, never a private person."""

    office: str
    email: str = ""
    phone: str = ""


class CompareFingerprints(Command, frozen=True, kw_only=True):
    """Say how much keyed fingerprints have in common with a known initiative.

    Each is 16 hexadecimal digits, keyed as was agreed; some are noise. Reply: `BandAnswer`.
    """

    scope: ClassVar = EXCHANGE

    fingerprints: tuple[str, ...]


class BandAnswer(Struct, frozen=True, kw_only=True):
    """All that is answered: the band of the initiative most like it, and whom to talk to."""

    band: Band
    contact: Contact


class AskProvince(Command, frozen=True, kw_only=True):
    """Ask another province about an entry. Reply: `ProvinceAnswer`."""

    entry_id: str
    province: str


class ProvinceAnswer(Struct, frozen=True, kw_only=True):
    """What another province said."""

    province: str
    entry_id: str
    band: Band
    contact: Contact
    answered_at: datetime


class ListComparisons(Query, frozen=True, kw_only=True):
    """Reply: tuple of `ComparisonLine`, the newest first."""


class ComparisonLine(Struct, frozen=True, kw_only=True):
    """A comparison in the record: we ASKED about an entry of ours, or ANSWERED about none named.

    `fingerprints` is how many there were, with the noise. `by` is the person or the client.
    """

    way: Literal["ASKED", "ANSWERED"]
    province: str
    at: datetime
    by: str
    fingerprints: int
    band: Band
    entry_id: str | None = None
