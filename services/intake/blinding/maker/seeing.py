"""What a PDF holds beside words that can be read: pictures, strange letters, things unseen."""

import ctypes

from pypdfium2 import PdfDocument, PdfPage, PdfTextPage, raw

_LEGACY = (".Vn", "VNI-", "VNbangkok")  # fonts whose letters are not what their codes say


def has_unread(page: PdfPage, text: PdfTextPage, letters: str) -> bool:
    """Say whether a page shows something that is not text: a person must look at it."""
    visible = [letter for letter in letters if not letter.isspace()]
    strange = sum(letter in "\u00ad\ufffd" or 0xE000 <= ord(letter) < 0xF900 for letter in visible)
    if strange * 50 > len(visible) or has_legacy_font(text, letters):
        return True
    paths = 0
    for thing in page.get_objects(max_depth=4):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            if right - left > 20 and top - bottom > 8:
                return True
        paths += thing.type in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
    return paths > 0 if not visible else paths > 40 and paths > len(visible)


def has_legacy_font(text: PdfTextPage, letters: str) -> bool:
    """Say whether letters are set in a font of before Unicode, whose codes name others."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    for place in range(0, len(letters), 40):
        length = raw.FPDFText_GetFontInfo(text, place, name, len(name), flags)
        if length and name.value.decode(errors="replace").rpartition("+")[2].startswith(_LEGACY):
            return True
    return False


def left_out(document: PdfDocument) -> dict[str, int]:
    """Count what the file holds beside its pages; nothing of it is copied."""
    counts = {
        "PROPERTIES": sum(1 for value in document.get_metadata_dict().values() if value),
        "EMBEDDED": raw.FPDFDoc_GetAttachmentCount(document),
        "SIGNATURES": max(0, raw.FPDF_GetSignatureCount(document)),
        "COMMENTS": sum(raw.FPDFPage_GetAnnotCount(page) for page in document),
        "OUTLINE": sum(1 for _ in document.get_toc()),
    }
    return {name: count for name, count in counts.items() if count}
