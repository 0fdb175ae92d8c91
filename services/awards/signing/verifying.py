"""Checks signatures in a PDF, offline: `inspect` says what each is worth, `accept` lets one in.

A signature counts if the bytes it covers are as they were signed, its certificate leads to a
trusted root and is of its time, and nothing but further signatures was added after it. Whether its
CA has withdrawn the certificate is asked only where there may be a network, and only of a CA that
leads to a trusted root; what nobody answers for is said to be unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from logging import CRITICAL, getLogger
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    ModificationLevel,
    SuspiciousModification,
)
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from services.awards.signing.refusals import BadSignedFile

# What it warns of is part of what is returned.
for watched in ("pyhanko.sign.validation", "pyhanko.sign.diff_analysis"):
    getLogger(watched).setLevel(CRITICAL)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature in a PDF: who, when by their own word, and each thing that is wrong with it.

    `serial` and `certificate` (SHA-256 of its DER form) of the certificate are in hex.
    `stamped_at` is when a trusted time stamping authority saw it. `withdrawn` says whether the
    CA has withdrawn the certificate: None if that is unknown.
    """

    field: str
    signer: str
    at: datetime | None
    wrong: tuple[str, ...]
    serial: str = ""
    certificate: str = ""
    stamped_at: datetime | None = None
    withdrawn: bool | None = None


def read_roots(path: str) -> tuple[x509.Certificate, ...]:
    """Read the trusted roots, a PEM file or a folder of them; none if there is no path."""
    if not path:
        return ()
    place = Path(path)
    files = sorted(place.glob("*.pem")) if place.is_dir() else [place]
    return tuple(
        x509.Certificate.load(der)
        for file in files
        for _, _, der in pem.unarmor(file.read_bytes(), multiple=True)
    )


def inspect(
    pdf: bytes,
    roots: tuple[x509.Certificate, ...],
    at: datetime | None = None,
    *,
    asks: bool = False,
) -> tuple[Signature, ...]:
    """Return the signatures in a PDF, in order. `at` is when certificates must be in force.

    Without it that is when each was stamped, or says it was made. With `asks`, CAs are asked what
    they have withdrawn. Raises `BadSignedFile` if the file cannot be read.
    """
    signatures = embedded(pdf)
    return tuple(
        read(each, roots, at, is_last=each is signatures[-1], asks=asks) for each in signatures
    )


def read(
    signature: EmbeddedPdfSignature,
    roots: tuple[x509.Certificate, ...],
    at: datetime | None,
    *,
    is_last: bool,
    asks: bool,
) -> Signature:
    """Say what one signature is worth."""
    said = signature.self_reported_timestamp
    found = Signature(
        field=signature.field_name,
        signer=signature.signer_cert.subject.native.get("common_name", "?"),
        at=said,
        wrong=(),
        serial=f"{signature.signer_cert.serial_number:x}",
        certificate=sha256(signature.signer_cert.dump()).hexdigest(),
    )
    try:
        status = checked(signature, roots, at or said)
        stamp = status.timestamp_validity
        if stamp and stamp.valid and stamp.intact and stamp.trusted:
            found = replace(found, stamped_at=stamp.timestamp)
            status = checked(signature, roots, at or stamp.timestamp)
        wrong = tuple(flaws(status, is_last=is_last))
        if wrong or not asks:
            return replace(found, wrong=wrong)
        withdrawn = asked(signature, roots, at or found.stamped_at or said)
    except (SignatureValidationError, PdfError, ValueError) as problem:
        return replace(found, wrong=(f"không đọc được chữ ký ({problem})",))
    gone = ("chứng thư số đã bị cơ quan cấp thu hồi",) if withdrawn else ()
    return replace(found, withdrawn=withdrawn, wrong=gone)


def checked(
    signature: EmbeddedPdfSignature, roots: tuple[x509.Certificate, ...], moment: datetime | None
) -> PdfSignatureStatus:
    """Have pyHanko check a signature, asking nobody."""
    context = ValidationContext(
        trust_roots=list(roots), allow_fetching=False, moment=moment, revocation_mode="soft-fail"
    )
    return validate_pdf_signature(signature, context)


def asked(
    signature: EmbeddedPdfSignature, roots: tuple[x509.Certificate, ...], moment: datetime | None
) -> bool | None:
    """Ask the CA by CRL or OCSP whether it has withdrawn a certificate; None: it does not say."""
    context = ValidationContext(
        trust_roots=list(roots), allow_fetching=True, moment=moment, revocation_mode="soft-fail"
    )
    status = validate_pdf_signature(signature, context)
    if status.revoked:
        return True
    is_answered = bool(context.crls or context.ocsps) and not context.soft_fail_exceptions
    return False if is_answered and status.trusted else None


def flaws(status: PdfSignatureStatus, *, is_last: bool) -> Iterator[str]:
    """Say each thing that is wrong with a signature, in Vietnamese."""
    if not status.intact:
        yield "nội dung đã bị sửa sau khi ký"
        return
    if not status.valid:
        yield "chữ ký không khớp với chứng thư số"
    if not status.trusted:
        yield "chứng thư số không thuộc hệ thống tin cậy hoặc không còn hiệu lực lúc ký"
    stamp = status.timestamp_validity
    if stamp and not (stamp.valid and stamp.intact and stamp.trusted):
        yield "dấu thời gian không đúng hoặc không thuộc hệ thống tin cậy"
    if is_last and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        yield "tệp đã bị thay đổi sau khi ký"
    elif status.modification_level not in {
        ModificationLevel.NONE,
        ModificationLevel.LTA_UPDATES,
        ModificationLevel.FORM_FILLING,
    }:
        yield "sau chữ ký có nội dung khác được thêm vào"


def accept(
    original: bytes,
    returned: bytes,
    roots: tuple[x509.Certificate, ...],
    at: datetime,
    *,
    asks: bool = False,
) -> Signature:
    """Return the signature that was added to a file. Raises `BadSignedFile` unless it may stand.

    What was given out must stand at the beginning, byte for byte, with nothing but the signature
    after it; every signature must hold, under certificates in force at the instant `at` and, with
    `asks`, not withdrawn by a CA that answers.
    """
    if not returned.startswith(original):
        raise BadSignedFile("The returned file is not the one that was given out to be signed.")
    before, found = embedded(original), inspect(returned, roots, at, asks=asks)
    if len(found) != len(before) + 1:
        raise BadSignedFile(
            "The returned file has {found} new signatures; it must have one.",
            found=str(len(found) - len(before)),
        )
    for each in found:
        if each.wrong:
            raise BadSignedFile(
                "The signature of {signer} is not accepted: {wrong}.",
                signer=each.signer,
                wrong="; ".join(each.wrong),
            )
    if changed_beside(original, returned):
        raise BadSignedFile("Something else than the signature was added to the file.")
    return found[-1]


def changed_beside(original: bytes, returned: bytes) -> bool:
    """Say whether what was appended does more than add a signature."""
    given_out = PdfFileReader(BytesIO(original)).xrefs.total_revisions - 1
    review = DEFAULT_DIFF_POLICY.review_file(PdfFileReader(BytesIO(returned)), given_out)
    if isinstance(review, SuspiciousModification):
        return True
    return bool(review.modification_level > ModificationLevel.FORM_FILLING)


def embedded(pdf: bytes) -> list[EmbeddedPdfSignature]:
    """Return the signatures in a PDF; raises `BadSignedFile`."""
    try:
        return list(PdfFileReader(BytesIO(pdf)).embedded_regular_signatures)
    except (PdfError, ValueError, OSError) as problem:
        raise BadSignedFile("The file is no PDF that can be read.") from problem
