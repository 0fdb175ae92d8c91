"""Checks a receipt file without the platform: its signature, and the paper against it.

Start with `verify`. A PDF carries its signature and its words as attachments; whatever of these
words does not stand on its pages is named.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

import pypdfium2
from msgspec import DecodeError, json

from contracts.intake import ReceiptClaims, ReceiptKey
from services.intake.domain.paper import ReceiptPaper
from services.intake.signing import BadSignature, opened

SIGNATURE, WORDS = "receipt.jws", "receipt.json"

# A reader breaks words at hyphens and lines, and writes the break down in its own way.
BREAKS = re.compile("[\\s\u0002\u00ad\ufffe-]")


@dataclass(frozen=True, slots=True)
class Verified:
    """What a receipt says, if anything, and each thing that is wrong with it."""

    claims: ReceiptClaims | None
    wrong: tuple[str, ...]


def verify(content: bytes, known: Iterable[ReceiptKey]) -> Verified:
    """Check the bytes of a PDF or of a bare signature."""
    try:
        if not content.startswith(b"%PDF-"):
            return Verified(opened(content.decode("ascii", "replace").strip(), known), ())
        attached, text = read_pdf(content)
        claims = opened(attached[SIGNATURE].decode("ascii", "replace"), known)
    except BadSignature as problem:
        return Verified(None, (str(problem),))
    return Verified(claims, tuple(differences(claims, attached[WORDS], text)))


def differences(claims: ReceiptClaims, words: bytes, text: str) -> Iterator[str]:
    """Say where a paper is not what was signed: its attached words, or what its pages show."""
    if sha256(words).hexdigest() != claims.paper_sha256:
        yield "Nội dung đính kèm đã bị sửa, không khớp với chữ ký."
        return
    try:
        paper = json.decode(words, type=ReceiptPaper)
    except DecodeError:
        yield "Nội dung đính kèm không đọc được."
        return
    shown = BREAKS.sub("", text)
    for label, part in printed(paper):
        if BREAKS.sub("", part) not in shown:
            yield f"{label} in trên giấy khác với nội dung đã ký: {part}"


def printed(paper: ReceiptPaper) -> Iterator[tuple[str, str]]:
    """Yield everything that must stand on the pages, with what to call it."""
    yield "Mã hồ sơ", f"Mã hồ sơ: {paper.code}"
    yield "Tiêu đề", paper.title
    yield "Căn cứ", paper.basis
    yield "Ngày lập", paper.issued[1:]  # begins with a capital there
    for line in paper.lines:
        yield line.label, f"{line.label}: {line.text}"
    for each in paper.components:
        yield "Thành phần hồ sơ", f"{each.name}{each.count}"
        for digest in each.digests:
            yield "Mã băm tài liệu", digest[:16]
    yield "Người tiếp nhận", paper.receiver


def read_pdf(content: bytes) -> tuple[dict[str, bytes], str]:
    """Return the attachments of a PDF by name, and the text on its pages.

    Raises `BadSignature` if it cannot be read, or lacks what every receipt has.
    """
    try:
        with pypdfium2.PdfDocument(content) as pdf:
            found = [pdf.get_attachment(place) for place in range(pdf.count_attachments())]
            attached = {each.get_name(): bytes(each.get_data()) for each in found}
            text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    except pypdfium2.PdfiumError as problem:
        raise BadSignature("Tệp PDF bị hỏng, không đọc được.") from problem
    if not {SIGNATURE, WORDS} <= attached.keys():
        raise BadSignature("Tệp PDF không chứa chữ ký của giấy biên nhận.")
    return attached, text
