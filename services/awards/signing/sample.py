"""Makes a test CA and keys signed by it. Nothing that it signs is worth anything.

For tests, for the demo and to try signing out; `sangkien paper test-ca` calls `make_test_ca`.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

# In every name the CA gives; a name has 64 bytes.
MARK, WORTH = "CHỈ ĐỂ THỬ", "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
UNTIL = datetime(2050, 1, 1, tzinfo=UTC)
ROOT = "root.pem"

Pair = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


def make_test_ca(folder: Path, keys: Iterable[str], password: str) -> Path:
    """Write `root.pem` and `<name>.p12` for each name into a folder; return the root's path.

    Names may hold slashes, as in `hau-giang/CT_UBND/approve`. The CA's own key is forgotten.
    """
    root = ec.generate_private_key(ec.SECP256R1())
    name = named("Chứng thư gốc")
    signed_by = root, certificate(name, root, (root, name), is_ca=True)
    for each in keys:
        path = folder / f"{each}.p12"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sealed(each, signed_by, password))
    (folder / ROOT).write_bytes(signed_by[1].public_bytes(serialization.Encoding.PEM))
    return folder / ROOT


def sealed(name: str, signed_by: Pair, password: str) -> bytes:
    """Make a key and its certificate as PKCS #12."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = signed_by[0], signed_by[1].subject
    own = certificate(named(name.replace("/", " ")), key, issuer, is_ca=False)
    locked = serialization.BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(b"test", key, own, [signed_by[1]], locked)


def named(common: str) -> x509.Name:
    """Make the name of a certificate; no country, as no state stands behind it."""
    name = f"{MARK} {common}".encode()[:64].decode(errors="ignore")
    return x509.Name(
        [
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, WORTH),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, name),
        ]
    )


def certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: tuple[ec.EllipticCurvePrivateKey, x509.Name],
    *,
    is_ca: bool,
) -> x509.Certificate:
    """Make a certificate for a key."""
    public = key.public_key()
    usage = dict.fromkeys(
        (
            "key_encipherment", "data_encipherment", "key_agreement", "encipher_only",
            "decipher_only",
        ),
        False,
    )  # fmt: skip
    usage |= {"digital_signature": not is_ca, "content_commitment": not is_ca}
    usage |= {"key_cert_sign": is_ca, "crl_sign": is_ca}
    builder = x509.CertificateBuilder(
        issuer[1], subject, public, x509.random_serial_number(), SINCE, UNTIL
    )
    signer = issuer[0].public_key()
    return (
        builder.add_extension(x509.BasicConstraints(is_ca, None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False)
        .sign(issuer[0], hashes.SHA256())
    )
