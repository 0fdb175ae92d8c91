"""Checks signatures in a PDF, offline: `inspect` says what each is worth, `accept` lets one in.

A signature counts if the bytes it covers are as they were signed, its certificate leads to a
trusted root and is of its time, and nothing but further signatures was added after it. Whether a
certificate was withdrawn by its CA is asked nobody: there may be no network.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
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
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from services.awards.signing.refusals import BadSignedFile

# What it warns of is part of what is returned.
for watched in ("pyhanko.sign.validation", "pyhanko.sign.diff_analysis"):
    getLogger(watched).setLevel(CRITICAL)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature in a PDF: who, when by their own word, and each thing that is wrong with it."""

    field: str
    signer: str
    at: datetime | None
    wrong: tuple[str, ...]


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
    pdf: bytes, roots: tuple[x509.Certificate, ...], at: datetime | None = None
) -> tuple[Signature, ...]:
    """Return the signatures in a PDF, in order. `at` is when certificates must be in force.

    Without it that is when each says it was made. Raises `BadSignedFile` if it cannot be read.
    """
    signatures = embedded(pdf)
    return tuple(
        Signature(
            field=each.field_name,
            signer=each.signer_cert.subject.native.get("common_name", "?"),
            at=each.self_reported_timestamp,
            wrong=tuple(flaws(each, roots, at, is_last=each is signatures[-1])),
        )
        for each in signatures
    )


def flaws(
    signature: EmbeddedPdfSignature,
    roots: tuple[x509.Certificate, ...],
    at: datetime | None,
    *,
    is_last: bool,
) -> Iterator[str]:
    """Say each thing that is wrong with a signature, in Vietnamese."""
    context = ValidationContext(
        trust_roots=list(roots),
        allow_fetching=False,
        moment=at or signature.self_reported_timestamp,
        revocation_mode="soft-fail",
    )
    try:
        status = validate_pdf_signature(signature, context)
    except (SignatureValidationError, PdfError, ValueError) as problem:
        yield f"không đọc được chữ ký ({problem})"
        return
    if not status.intact:
        yield "nội dung đã bị sửa sau khi ký"
        return
    if not status.valid:
        yield "chữ ký không khớp với chứng thư số"
    if not status.trusted:
        yield "chứng thư số không thuộc hệ thống tin cậy hoặc không còn hiệu lực lúc ký"
    if is_last and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        yield "tệp đã bị thay đổi sau khi ký"
    elif status.modification_level not in {
        ModificationLevel.NONE,
        ModificationLevel.LTA_UPDATES,
        ModificationLevel.FORM_FILLING,
    }:
        yield "sau chữ ký có nội dung khác được thêm vào"


def accept(
    original: bytes, returned: bytes, roots: tuple[x509.Certificate, ...], at: datetime
) -> Signature:
    """Return the signature that was added to a file. Raises `BadSignedFile` unless it may stand.

    What was given out must stand at the beginning, byte for byte, with nothing but the signature
    after it; every signature must hold, under certificates in force at the instant `at`.
    """
    if not returned.startswith(original):
        raise BadSignedFile("The returned file is not the one that was given out to be signed.")
    before, found = embedded(original), inspect(returned, roots, at)
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
