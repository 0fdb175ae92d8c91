"""Agreements with other provinces, as an operator writes them down. Start with `read_agreements`.

They hold keys and secrets, so they come from a file that only the service may read.
"""

import re
from functools import lru_cache
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from contracts.originality import Contact
from services.originality.domain.exchange import (
    NoAgreement,
    Pace,
    Thresholds,
    UnknownProvince,
)

KEY = re.compile(r"[0-9a-f]{64}")


class Partner(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A province that we ask, that asks us, or both.

    `key` is the one agreed, 64 hex digits. `client` is the id of the client that we have made for
    it. `url`, `tenant`, `client_id` and `client_secret` are how we reach and sign in to it.
    """

    province: str
    key: str
    client: str = ""
    url: str = ""
    tenant: str = ""
    client_id: str = ""
    client_secret: str = ""
    pace: Pace = Pace()

    @property
    def secret_key(self) -> bytes:
        """Return the agreed key."""
        return bytes.fromhex(self.key)

    @property
    def agreement(self) -> str:
        """Name the agreement: another key is another one. Tells nothing of the key."""
        mark = sha256(b"sangkien agreement 1\0" + self.secret_key).hexdigest()[:16]
        return f"{self.province} {mark}"

    def __post_init__(self) -> None:
        """Refuse a key that is none, and an address others could listen in to."""
        if not KEY.fullmatch(self.key):
            raise ValueError(f"the key agreed with {self.province} is not 64 hex digits")
        if self.url and not is_private(self.url):
            raise ValueError(f"the address of {self.province} must be https")


class Office(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one tenant of ours has agreed: whom to talk to here, and with whom.

    `secret` is this office's own, 64 hex digits, told to nobody: it blurs the edges of bands.
    """

    contact: Contact
    secret: str
    partners: tuple[Partner, ...] = ()
    thresholds: Thresholds = Thresholds()

    def __post_init__(self) -> None:
        """Refuse a secret that is none, and two agreements that nobody could tell apart."""
        if not KEY.fullmatch(self.secret):
            raise ValueError("the secret of an office is not 64 hex digits")
        clients = [one.client for one in self.partners if one.client]
        provinces = [one.province for one in self.partners]
        if len(set(clients)) < len(clients) or len(set(provinces)) < len(provinces):
            raise ValueError("two agreements have the same province or client")

    def with_province(self, province: str) -> Partner:
        """Return the agreement to ask a province by; raise `UnknownProvince`."""
        for partner in self.partners:
            if partner.province == province and partner.url:
                return partner
        raise UnknownProvince(
            "There is no agreement by which {province} is asked.", province=province
        )

    def with_client(self, client: str) -> Partner:
        """Return the agreement by which a client asks; raise `NoAgreement`."""
        for partner in self.partners:
            if partner.client and partner.client == client:
                return partner
        raise NoAgreement


@lru_cache(maxsize=2)
def read_agreements(written: str) -> dict[str, Office]:
    """Read what every tenant has agreed. Raises `ValueError`."""
    try:
        return msgspec.json.decode(written, type=dict[str, Office]) if written else {}
    except msgspec.DecodeError as error:
        raise ValueError(f"the agreements cannot be read: {error}") from error


def office_of(written: str, tenant: str) -> Office:
    """Return what a tenant has agreed; raise `NoAgreement` if that is nothing."""
    office = read_agreements(written).get(tenant)
    if office is None:
        raise NoAgreement
    return office


def is_private(url: str) -> bool:
    """Say whether nobody on the way can read what goes to an address."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname)
    try:
        return parts.scheme == "http" and ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
