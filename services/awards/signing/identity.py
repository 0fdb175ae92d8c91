"""Reads a certificate that is to be bound to an authority; start with `identify`."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from services.awards.orders import Identified
from services.awards.signing.refusals import BadCertificate


def identify(pem: bytes) -> Identified:
    """Return whose certificate it is. Raises `BadCertificate` if it is none that can sign."""
    try:
        found = x509.load_pem_x509_certificates(pem)
    except ValueError as problem:
        raise BadCertificate from problem
    if len(found) != 1:
        raise BadCertificate(
            "The file holds {found} certificates; send the signer's alone.", found=str(len(found))
        )
    (certificate,) = found
    if is_authority(certificate):
        raise BadCertificate("This certificate belongs to a CA; send the signer's own.")
    return Identified(
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        sha256=certificate.fingerprint(hashes.SHA256()).hex(),
    )


def is_authority(certificate: x509.Certificate) -> bool:
    """Tell whether a certificate is there to sign others."""
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except x509.ExtensionNotFound:
        return False
    return constraints.value.ca
