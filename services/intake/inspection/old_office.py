"""What is in an old Office file (OLE): Word 97 to 2003, or a newer file behind a password."""

from typing import BinaryIO

import olefile

from services.intake.domain.faults import Found, HasMacros, damaged, protected

MACROS = frozenset({"vba", "macros", "_vba_project_cur", "_vba_project"})
ENCRYPTED = 0x0100  # FibBase.fEncrypted, [MS-DOC] 2.5.2
FLAGS_AT = 0x0A


def look(file: BinaryIO, name: str) -> Found:
    """Return what it is, and Word's own count of pages. Raises `HasMacros`, `HasPassword`."""
    file.seek(0)
    with olefile.OleFileIO(file) as ole:
        parts = {part.lower() for path in ole.listdir() for part in path}
        if "encryptedpackage" in parts:
            raise protected(name)
        if parts & MACROS:
            raise HasMacros(
                "{name} contains macros; save it as .docx or .pdf and upload that.", name=name
            )
        if "worddocument" not in parts:
            return Found("xls" if parts & {"workbook", "book"} else "ole", "")
        text = ole.openstream("WordDocument").read()
        if len(text) < FLAGS_AT + 2 or len(text) < ole.get_size("WordDocument"):
            raise damaged(name)
        if int.from_bytes(text[FLAGS_AT : FLAGS_AT + 2], "little") & ENCRYPTED:
            raise protected(name)
        pages = ole.get_metadata().num_pages
    return Found("doc", "", pages=pages or None)
