"""DKIM signatures, against a verification of our own reading of the standard and its examples."""

import base64
import hashlib
import re
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from services.notify.mail import BadKey, Mail, Signer, enclose
from services.notify.mail.dkim import relax_body, relax_header
from services.notify.written import Letter

NOW = datetime(2022, 8, 15, 1, tzinfo=UTC)


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


RSA = generate_private_key(65537, 2048)
ED25519 = Ed25519PrivateKey.generate()


def a_letter():
    written = Letter("Giấy biên nhận", "Kính gửi Ông/Bà,\n\n\n", unsubscribe_url="https://x.vn/u")
    mail = Mail("d-1", "Lê Thị Sen", "sen@example.vn", written)
    return enclose(mail, "no-reply@example.vn", NOW)


def signed_by(signature, message):
    """Return what was signed and with what, read from a signature as a receiver reads it."""
    value = signature.decode().partition(":")[2].replace("\r\n", "")
    tags = dict(tag.strip().split("=", 1) for tag in value.split(";") if tag.strip())
    head, _, body = message.partition(b"\r\n\r\n")
    fields = [field.partition(b":") for field in re.split(rb"\r\n(?![ \t])", head)]
    covered = b""
    for name in tags["h"].split(":"):
        found = [field for field in fields if field[0].lower().decode() == name]
        if found:
            fields.remove(found[-1])
            covered += relax_header(name, found[-1][2]) + b"\r\n"
    unsigned = re.sub(r"(b=)[^;]*$", r"\1", value)
    covered += relax_header("dkim-signature", unsigned.encode())
    sealed = base64.b64decode(re.sub(r"\s", "", tags["b"]))
    return tags, covered, sealed, base64.b64encode(hashlib.sha256(relax_body(body)).digest())


@pytest.mark.parametrize("key", [RSA, ED25519], ids=["rsa", "ed25519"])
def test_a_letter_is_signed_so_that_a_receiver_can_verify_it(key):
    message = a_letter()

    signature = Signer.of("example.vn", "s1", pem(key)).sign(message, NOW)

    tags, covered, sealed, body = signed_by(signature, message)
    assert (tags["d"], tags["s"], tags["bh"]) == ("example.vn", "s1", body.decode())
    assert {"from", "to", "subject", "message-id", "list-unsubscribe"} <= set(tags["h"].split(":"))
    if key is RSA:
        key.public_key().verify(sealed, covered, PKCS1v15(), hashes.SHA256())
    else:
        key.public_key().verify(sealed, hashlib.sha256(covered).digest())


def test_another_sender_added_on_the_way_breaks_the_signature():
    message = a_letter()
    signature = Signer.of("example.vn", "s1", pem(ED25519)).sign(message, NOW)

    _, covered, sealed, _ = signed_by(signature, b"From: other@example.vn\r\n" + message)

    with pytest.raises(InvalidSignature):
        ED25519.public_key().verify(sealed, hashlib.sha256(covered).digest())


@pytest.mark.parametrize(
    ("body", "relaxed"),
    [
        (b" C \r\nD \t E\r\n\r\n\r\n", b" C\r\nD E\r\n"),  # RFC 6376, 3.4.5
        (b"", b""),
        (b"\r\n\r\n", b""),
        (b"no end", b"no end\r\n"),
        (b"a  b \t\r\n", b"a b\r\n"),
    ],
)
def test_a_body_is_relaxed_as_the_standard_shows(body, relaxed):
    assert relax_body(body) == relaxed


def test_a_header_is_relaxed_as_the_standard_shows():
    assert relax_header("b", b" Y\t\r\n\tZ  ") == b"b:Y Z"


@pytest.mark.parametrize("key", ["", "no key", pem(ED25519).replace("M", "N", 3)])
def test_what_is_no_key_is_refused(key):
    with pytest.raises(BadKey):
        Signer.of("example.vn", "s1", key)
