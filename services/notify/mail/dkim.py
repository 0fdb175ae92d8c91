"""DKIM signatures of letters (RFC 6376; Ed25519 by RFC 8463): start with `Signer.of`.

Only signing, with relaxed canonicalization of header and body; see docs/adr/0044.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from services.notify.domain.reasons import Reason

# Signed where they are there; those named twice cannot be added on the way either (8.15).
SIGNED = (
    *("from", "from", "to", "subject", "subject", "date", "message-id", "mime-version"),
    *("content-type", "content-transfer-encoding", "auto-submitted"),
    *("list-unsubscribe", "list-unsubscribe-post"),
)
SHORTEST_RSA = 1024  # RFC 8301; 2048 is what should be used


class BadKey(ValueError):
    """The DKIM key is none; make one as docs/howto/set-up-channels.md says."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs for a domain; the public key is in DNS under `<selector>._domainkey.<domain>`."""

    domain: str
    selector: str
    key: RSAPrivateKey | Ed25519PrivateKey

    @classmethod
    def of(cls, domain: str, selector: str, pem: str) -> "Signer":
        """Read a private key. Raises `BadKey`."""
        try:
            key = load_pem_private_key(pem.encode(), None)
        except (ValueError, TypeError) as error:
            raise BadKey(Reason.BAD_KEY.say()) from error
        is_rsa = isinstance(key, RSAPrivateKey) and key.key_size >= SHORTEST_RSA
        if not is_rsa and not isinstance(key, Ed25519PrivateKey):
            raise BadKey(Reason.BAD_KEY.say())
        return cls(domain, selector, key)  # type: ignore[arg-type]  # seen above

    def sign(self, message: bytes, now: datetime) -> bytes:
        """Return the header to put before a message, which has CRLF line ends."""
        head, _, body = message.partition(b"\r\n\r\n")
        fields = list(fields_of(head))
        chosen = list(choose(fields))
        names = [name for name, _ in chosen]
        digest = base64.b64encode(hashlib.sha256(relax_body(body)).digest()).decode()
        algorithm = "rsa-sha256" if isinstance(self.key, RSAPrivateKey) else "ed25519-sha256"
        value = (
            f" v=1; a={algorithm}; c=relaxed/relaxed; d={self.domain}; s={self.selector};\r\n"
            f" t={int(now.timestamp())}; h={':'.join(names)};\r\n bh={digest};\r\n b="
        )
        signed = b"".join(relax_header(name, raw) + b"\r\n" for name, raw in chosen if raw)
        signed += relax_header("dkim-signature", value.encode())
        signature = base64.b64encode(self.raw_signature(signed)).decode()
        lines = "\r\n ".join(re.findall(".{1,72}", signature))
        return f"DKIM-Signature:{value}{lines}\r\n".encode()

    def raw_signature(self, signed: bytes) -> bytes:
        """Sign bytes; Ed25519 signs their hash (RFC 8463)."""
        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(signed, PKCS1v15(), hashes.SHA256())
        return self.key.sign(hashlib.sha256(signed).digest())


def fields_of(head: bytes) -> Iterator[tuple[str, bytes]]:
    """Read the header fields: name in small letters, and the raw value with its folds."""
    for field in re.split(rb"\r\n(?![ \t])", head):
        name, _, value = field.partition(b":")
        yield name.decode("ascii", "replace").strip().lower(), value


def choose(fields: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Pick the fields to sign, from the last of a name upwards; empty for one that is missing."""
    left = list(fields)
    present = {name for name, _ in fields}
    for name in SIGNED:
        found = next((field for field in reversed(left) if field[0] == name), None)
        if found is not None:
            left.remove(found)
            yield found
        elif name in present:
            yield name, b""


def relax_header(name: str, value: bytes) -> bytes:
    """Put a field into its relaxed form (3.4.2), without a line end."""
    unfolded = re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip()
    return name.encode() + b":" + unfolded


def relax_body(body: bytes) -> bytes:
    """Put a body into its relaxed form (3.4.4)."""
    reduced = re.sub(rb"[ \t]+", b" ", body)
    lines = re.sub(rb" (?=\r\n)| \Z", b"", reduced)
    ended = lines if lines.endswith(b"\r\n") or not lines else lines + b"\r\n"
    return re.sub(rb"(\r\n)+\Z", b"\r\n", ended) if ended.strip(b"\r\n") else b""
