"""Where a webhook may be: on the internet, and nowhere inside (SSRF).

`vet` resolves the name once; the caller connects to the address it returns, so that the name
cannot point elsewhere between the two (rebinding).
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from kernel.errors import Refused

# Prefixes that carry an IPv4 address inside, and would smuggle a private one: NAT64 and 6to4.
TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("2002::/16"))


class WebhookAddressRefused(Refused):
    """A webhook must be an https URL of a public address; choose another one."""


@dataclass(frozen=True, slots=True)
class Target:
    """A vetted URL and the one address it may be reached at."""

    url: SplitResult
    address: str
    port: int


def vet(url: str, *, allow_loopback: bool) -> Target:
    """Resolve a URL and make sure it leads outside. Raises `WebhookAddressRefused`."""
    if not url.isascii() or not url.isprintable() or " " in url:
        raise WebhookAddressRefused("Write {url} in ASCII (xn--… and %…).", url=url)
    try:
        parts = urlsplit(url)
        port = parts.port or (80 if parts.scheme == "http" else 443)
        found = socket.getaddrinfo(parts.hostname or "", port, type=socket.SOCK_STREAM)
    except (ValueError, OSError) as error:
        raise WebhookAddressRefused("The address {url} cannot be found.", url=url) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise WebhookAddressRefused
    addresses = [ip_address(str(line[4][0])) for line in found]
    on_loopback = allow_loopback and all(address.is_loopback for address in addresses)
    if not on_loopback and (
        parts.scheme == "http" or not all(is_public(address) for address in addresses)
    ):
        raise WebhookAddressRefused
    return Target(parts, str(addresses[0]), port)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Say whether an address belongs to the internet and to one machine on it."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in TRANSLATED):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
