"""Checks a receipt file without the platform: its signature, and the paper against it.

Start with `verify`. A PDF carries its signature and its words as attachments. Its pages must show
what a fresh print of these words shows; where they do not, that is named.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

import pypdfium2
from msgspec import DecodeError, json

from contracts.intake import ReceiptClaims, ReceiptKey
from contracts.sandbox import mark_of
from services.intake.domain.paper import ReceiptPaper
from services.intake.pages import unlike
from services.intake.press import Order
from services.intake.press.printing import press
from services.intake.settings import FONTS
from services.intake.signing import BadSignature, key_id, opened

SIGNATURE, WORDS = "receipt.jws", "receipt.json"

# A reader breaks words at hyphens and lines, and writes the break down in its own way.
BREAKS = re.compile("[\\s\u0002\u00ad\ufffe-]")


@dataclass(frozen=True, slots=True)
class Verified:
    """What a receipt says, if anything, and each thing that is wrong with it."""

    claims: ReceiptClaims | None
    wrong: tuple[str, ...]


def verify(content: bytes, known: Iterable[ReceiptKey], font_path: str = FONTS) -> Verified:
    """Check the bytes of a PDF or of a bare signature.

    Raises `FontMissing` for a PDF unless the font of receipts is below the given folder.
    """
    try:
        if not content.startswith(b"%PDF-"):
            return Verified(opened(content.decode("ascii", "replace").strip(), known), ())
        attached, text = read_pdf(content)
        signed = attached[SIGNATURE].decode("ascii", "replace")
        claims = opened(signed, known)
    except BadSignature as problem:
        return Verified(None, (str(problem),))
    wrong = tuple(differences(claims, attached[WORDS], text))
    if not wrong:
        # The words are there; but somebody may have hidden them, and put others in their place.
        wrong = tuple(unlike(content, printed_anew(claims, attached[WORDS], signed, font_path)))
    return Verified(claims, wrong)


def printed_anew(claims: ReceiptClaims, words: bytes, signed: str, font_path: str) -> bytes:
    """Print the receipt that was signed; only the date of the file may be another."""
    order = Order(
        words.decode(),
        signed,
        key_id(signed),
        claims.received_at,
        font_path,
        mark_of(claims.tenant),
    )
    return press(json.encode(order))


def differences(claims: ReceiptClaims, words: bytes, text: str) -> Iterator[str]:
    """Say where a paper is not what was signed: its attached words, or the text of its pages."""
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
