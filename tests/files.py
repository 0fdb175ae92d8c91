"""Small files of every kind a dossier may have, each made from scratch."""

from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = f"{OFFICE}wordprocessingml.document.main+xml"
SHEET = f"{OFFICE}spreadsheetml.sheet.main+xml"


def pdf(pages: int = 1, text: str = "") -> bytes:
    """Return a PDF with so many empty pages and a comment."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        *(["<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * pages),
    ]
    content = f"%PDF-1.7\n%{text}\n".encode()
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    start = len(content)
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<</Size {count}/Root 1 0 R>>\n"
    return content + f"{end}startxref\n{start}\n%%EOF\n".encode()


def package(kind: str, parts: dict[str, bytes | str]) -> bytes:
    """Return an Office Open XML package whose main part is of this content type."""
    types = f'<Types><Override PartName="/main.xml" ContentType="{kind}"/></Types>'
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in {"[Content_Types].xml": types, **parts}.items():
            archive.writestr(name, part)
    return content.getvalue()


def docx(text: bytes | str = "Thuyết minh", pages: int | None = None, **more: bytes) -> bytes:
    """Return a document of Word; `pages` is what Word counted, `more` are parts by name."""
    counted = {"docProps/app.xml": f"<Properties><Pages>{pages}</Pages></Properties>"}
    return package(WORD, {"word/document.xml": text, **(counted if pages else {}), **more})


def xlsx(text: str = "<sheet/>") -> bytes:
    """Return a workbook of Excel."""
    return package(SHEET, {"xl/workbook.xml": text})


def picture(kind: str, width: int = 64, height: int = 48) -> bytes:
    """Return a noisy grey picture, PNG or JPEG."""
    content = BytesIO()
    Image.effect_noise((width, height), 64).save(content, kind)
    return content.getvalue()


def box(kind: bytes, content: bytes) -> bytes:
    """Return a box of an MP4."""
    return pack(">I4s", len(content) + 8, kind) + content


def mp4(seconds: int = 60, size: int = 4096) -> bytes:
    """Return a video that says it runs so long, with `size` bytes of nothing to show."""
    header = bytes(12) + pack(">II", 1000, seconds * 1000) + bytes(80)
    return (
        box(b"ftyp", b"mp42\0\0\0\0mp42isom")
        + box(b"moov", box(b"mvhd", header))
        + box(b"mdat", bytes(size))
    )


SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def ole(streams: dict[str, bytes]) -> bytes:
    """Return a compound file ([MS-CFB]) with these streams, each padded to 4,096 bytes."""
    bodies = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    directory_sectors = -(-(len(bodies) + 1) // 4)
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    chains = [TABLE, *range(2, 1 + directory_sectors), END]
    data, at = b"", 1 + directory_sectors
    for place, (name, body) in enumerate(bodies.items(), 1):
        count = -(-len(body) // SECTOR)
        follower = place + 1 if place < len(bodies) else FREE
        entries.append(_entry(name, 2, at, len(body), right=follower))
        chains += [*range(at + 1, at + count), END]
        data += body.ljust(count * SECTOR, b"\0")
        at += count
    directory = b"".join(entries).ljust(directory_sectors * SECTOR, b"\0")
    table = pack("<128I", *chains, *[FREE] * (128 - len(chains)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<5H", 62, 3, 0xFFFE, 9, 6)
    head += bytes(6) + pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0)
    return head + pack("<109I", 0, *[FREE] * 108) + table + directory + data


def doc(flags: int = 0, **more: bytes) -> bytes:
    """Return a document of Word 97; `flags` are those of its FIB."""
    text = b"\xec\xa5" + bytes(8) + flags.to_bytes(2, "little")
    return ole({"WordDocument": text, **more})


def _entry(name: str, kind: int, start: int, size: int, **links: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    right, child = links.get("right", FREE), links.get("child", FREE)
    return (
        written.ljust(64, b"\0")
        + pack("<HBBIII", len(written), kind, 1, FREE, right, child)
        + bytes(36)
        + pack("<IQ", start, size)
    )
