"""Where a file may be fetched from: a public address, and nowhere inside (SSRF).

`vet` resolves a name once; the caller connects to the address it returns, so that the name
cannot point elsewhere between the two (rebinding). notify has such a guard for webhooks.
"""

import socket
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from kernel.errors import Refused

# Prefixes that carry an IPv4 address inside, and would smuggle a private one: NAT64 and 6to4.
TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("2002::/16"))


class FileAddressRefused(Refused):
    """A file is fetched by http or https from a public address; choose another one."""


@dataclass(frozen=True, slots=True)
class Target:
    """A vetted URL and the one address it may be reached at."""

    url: SplitResult
    address: str
    port: int


def read(url: str) -> SplitResult:
    """Take a URL apart. Raises `FileAddressRefused` for what no file can be fetched from."""
    try:
        parts = urlsplit(url)
        is_fit = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise FileAddressRefused from error
    if not is_fit or "@" in parts.netloc or not url.isascii() or not url.isprintable():
        raise FileAddressRefused
    return parts


def vet(url: str, allowed: Collection[str]) -> Target:
    """Resolve a URL and make sure it leads outside, or to one of the `allowed` `host:port`."""
    parts = read(url)
    port = parts.port or (80 if parts.scheme == "http" else 443)
    try:
        found = socket.getaddrinfo(parts.hostname or "", port, type=socket.SOCK_STREAM)
    except (ValueError, OSError) as error:
        raise FileAddressRefused("The address of the file cannot be found.") from error
    addresses = [ip_address(str(line[4][0])) for line in found]
    is_allowed = f"{parts.hostname}:{port}" in allowed
    if not is_allowed and not all(is_public(address) for address in addresses):
        raise FileAddressRefused
    return Target(parts, str(addresses[0]), port)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Say whether an address belongs to the internet and to one machine on it."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in TRANSLATED):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
