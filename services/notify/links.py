"""Links in letters by which somebody does without a kind of notice, signed in or not."""

import base64
import hmac
from binascii import Error

from kernel.errors import Refused

LENGTH = 16  # bytes of the signature: enough that nobody guesses one


class LinkNotGood(Refused):
    """This link is not one of ours, or was cut off; open it from the letter again."""


def make_token(secret: bytes, tenant: str, person_id: str, kind: str) -> str:
    """Return what a link carries: whose it is, of which kind of notice, and the signature."""
    said = f"{tenant}\n{person_id}\n{kind}".encode()
    signed = base64.urlsafe_b64encode(said + hmac.digest(secret, said, "sha256")[:LENGTH])
    return signed.rstrip(b"=").decode()


def read_token(secret: bytes, token: str, tenant: str) -> tuple[str, str]:
    """Return person and kind of a good link of this tenant. Raises `LinkNotGood`."""
    try:
        whole = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        said, signature = whole[:-LENGTH], whole[-LENGTH:]
        named, person_id, kind = said.decode().split("\n")
    except (Error, ValueError) as error:
        raise LinkNotGood from error
    good = hmac.compare_digest(signature, hmac.digest(secret, said, "sha256")[:LENGTH])
    if not good or named != tenant:
        raise LinkNotGood
    return person_id, kind
