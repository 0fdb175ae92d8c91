"""What is in a PDF: pages, perhaps a password; pdfium reads it."""

from typing import BinaryIO

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from services.intake.domain.faults import Found, damaged, protected

# A PDF ends with %%EOF within its last 1,024 bytes (Adobe's PDF Reference 1.7, appendix H).
TAIL = 1024
CHUNK = 256 * 1024


def look(file: BinaryIO, name: str) -> Found:
    """Return how many pages it has. Raises `HasPassword`, `Damaged`."""
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    # pdfium mends what it can; half a file, mended, is still half of what was written.
    if b"%%EOF" not in file.read():
        raise damaged(name)
    file.seek(0)
    try:
        with pypdfium2.PdfDocument(file, autoclose=False) as document:
            pages = len(document)
            for number in {0, pages - 1}:
                document[number].close()
    except pypdfium2.PdfiumError as error:
        # pdfium's last error may be that of another file; only a locked one says /Encrypt.
        if error.err_code == FPDF_ERR_PASSWORD and holds(file, b"/Encrypt"):
            raise protected(name) from error
        raise damaged(name) from error
    return Found("pdf", "", pages=pages)


def holds(file: BinaryIO, word: bytes) -> bool:
    """Say whether these bytes are anywhere in the file."""
    file.seek(0)
    before = b""
    while chunk := file.read(CHUNK):
        if word in before + chunk:
            return True
        before = chunk[-len(word) :]
    return False
