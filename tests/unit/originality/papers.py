"""Small documents of every kind, made from scratch: honest ones, and some that hide text."""

import zlib
from io import BytesIO
from pathlib import Path
from struct import pack
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
import pypdfium2
import typst
from docx import Document as Docx
from openpyxl import Workbook
from PIL import Image

from services.originality import extraction
from services.originality.extraction import Document, Extracted
from tests.files import ole

OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = f"{OFFICE}wordprocessingml.document"
PPTX = f"{OFFICE}presentationml.presentation"
XLSX = f"{OFFICE}spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
PDF, RTF, TEXT, PNG, TIFF = (
    "application/pdf",
    "application/rtf",
    "text/plain",
    "image/png",
    "image/tiff",
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(body: bytes, media_type: str, function: str = "extract") -> Extracted:
    """Have a document read as the service does."""
    asked = msgspec.msgpack.encode(Document(body, media_type))
    return msgspec.msgpack.decode(getattr(extraction, function)(asked), type=Extracted)


def hidden(found: Extracted) -> list[tuple[str, str]]:
    """Return what is hidden in a text, and how."""
    return [
        (found.text[sign.start : sign.end], sign.detail)
        for sign in found.signs
        if sign.kind == "HIDDEN_TEXT"
    ]


def zipped(parts: dict[str, bytes | str]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


# -- Word


def a_docx(*paragraphs: str) -> bytes:
    """Return a document as python-docx writes it."""
    document, file = Docx(), BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def docx(body: str, **parts: str | bytes) -> bytes:
    """Return a document with this WordprocessingML in its body, and parts of `word/` by name."""
    main = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    more = {f"word/{name.replace('__', '/')}": part for name, part in parts.items()}
    return zipped({"word/document.xml": main} | more)


def run(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def styles(*each: str) -> str:
    return f'<w:styles xmlns:w="{W}">{"".join(each)}</w:styles>'


# -- the other office formats


def pptx(*slides: str) -> bytes:
    """Return a presentation with slides made by `slide`."""
    size = '<p:sldSz cx="9144000" cy="6858000"/>'
    parts = {"ppt/presentation.xml": f'<p:presentation xmlns:p="{P}">{size}</p:presentation>'}
    for number, content in enumerate(slides, 1):
        parts[f"ppt/slides/slide{number}.xml"] = content
    return zipped(parts)


def slide(*shapes: str, show: str = "1") -> str:
    names = f'xmlns:a="{A}" xmlns:p="{P}"'
    tree = f"<p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld>"
    return f'<p:sld {names} show="{show}">{tree}</p:sld>'


def shape(text: str, x: int = 0, size: int = 1800, paint: str = "", fill: str = "") -> str:
    place = f'<a:xfrm><a:off x="{x}" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm>{fill}'
    letters = f'<a:p><a:r><a:rPr sz="{size}">{paint}</a:rPr><a:t>{text}</a:t></a:r></a:p>'
    return f"<p:sp><p:spPr>{place}</p:spPr><p:txBody>{letters}</p:txBody></p:sp>"


def solid(colour: str, more: str = "") -> str:
    """Return a fill of one colour, by its digits or by its name in a theme."""
    kind = "srgbClr" if len(colour) == 6 else "schemeClr"
    return f'<a:solidFill><a:{kind} val="{colour}">{more}</a:{kind}></a:solidFill>'


def themed(presentation: bytes, background: str = "", below: str = "") -> bytes:
    """Return a presentation whose slides have a layout, a master and a theme.

    The master has this background and these shapes; the theme's first colour is white.
    """
    parts = {}
    with ZipFile(BytesIO(presentation)) as archive:
        parts |= {name: archive.read(name) for name in archive.namelist()}
    names = f'xmlns:a="{A}" xmlns:p="{P}"'
    back = f"<p:bg>{background}</p:bg>" if background else ""
    tree = f"<p:cSld>{back}<p:spTree>{below}</p:spTree></p:cSld>"
    parts["ppt/slideMasters/slideMaster1.xml"] = (
        f'<p:sldMaster {names}>{tree}<p:clrMap bg1="lt1" tx1="dk1"/></p:sldMaster>'
    )
    parts["ppt/slideLayouts/slideLayout1.xml"] = f"<p:sldLayout {names}/>"
    parts["ppt/theme/theme1.xml"] = (
        f'<a:theme {names}><a:themeElements><a:clrScheme><a:dk1><a:srgbClr val="000000"/></a:dk1>'
        '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1></a:clrScheme></a:themeElements>'
        "</a:theme>"
    )
    slides = [name for name in parts if name.startswith("ppt/slides/")]
    leads = dict.fromkeys(slides, "slideLayouts/slideLayout1")
    leads["ppt/slideLayouts/slideLayout1.xml"] = "slideMasters/slideMaster1"
    leads["ppt/slideMasters/slideMaster1.xml"] = "theme/theme1"
    for name, to in leads.items():
        folder, _, file = name.rpartition("/")
        kind = f"{RELATIONS}/{to.split('/')[1].removesuffix('1')}"
        link = f'<Relationship Id="r" Type="{kind}" Target="../{to}.xml"/>'
        parts[f"{folder}/_rels/{file}.rels"] = f"<Relationships>{link}</Relationships>"
    return zipped(parts)


def odt(body: str, styles: str = "") -> bytes:
    """Return a text of OpenDocument with this body and these automatic styles."""
    kinds = ("office", "text", "style", "table")
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in kinds)
    names += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped({"mimetype": ODT, "content.xml": content})


def xlsx(*rows: tuple[object, ...]) -> bytes:
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def a_workbook(*cells: tuple[str, dict[str, object]]) -> bytes:
    """Return a sheet of one column, each cell with what openpyxl is to set of it."""
    book, file = Workbook(), BytesIO()
    for row, (letters, looks) in enumerate(cells, 1):
        cell = book.active.cell(row, 1, letters)
        for name, value in looks.items():
            setattr(cell, name, value)
    book.save(file)
    return file.getvalue()


def richly(body: str) -> bytes:
    """Return RTF with this body, letters beyond ASCII escaped.

    Its colours are 1 white and 2 dark blue, its fonts 0 of Unicode and 1 of TCVN3.
    """
    fonts = "{\\fonttbl{\\f0\\fcharset163 Times New Roman;}{\\f1\\fcharset0 .VnTime;}}"
    colours = "{\\colortbl;\\red255\\green255\\blue255;\\red0\\green0\\blue128;}"
    told = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in body)
    return f"{{\\rtf1\\ansi\\uc1{fonts}{colours}\\f0 {told}}}".encode()


def rtf(*paragraphs: str) -> bytes:
    """Return a text in RTF, letters beyond ASCII escaped."""
    told = (
        "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in paragraph)
        for paragraph in paragraphs
    )
    return ("{\\rtf1\\ansi " + "\\par ".join(told) + "}").encode()


# -- PDF


def pdf(markup: str) -> bytes:
    """Return a PDF of this Typst markup."""
    return typst.compile(markup.encode())


def raw_pdf(content: str | bytes, more: str = "", filters: str = "") -> bytes:
    """Return a PDF of one page, 600 by 800 points, whose content stream this is."""
    stream = content.encode("latin-1") if isinstance(content, str) else content
    fonts = b"/Resources<</Font<</F 5 0 R>>"
    sheet = b"/MediaBox[0 0 600 800]/Contents 4 0 R" + fonts + more.encode() + b">>"
    white = b"1 1 1 rg BT /F 12 Tf 50 300 Td (inside a form that) Tj ET"
    form = b"/Subtype/Form/BBox[0 0 600 800]%s>>/Length %d" % (fonts, len(white))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R%s>>" % sheet,
        b"<<%s/Length %d>>stream\n%s\nendstream" % (filters.encode(), len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/XObject%s>>stream\n%s\nendstream" % (form, white),
        b"/FlateDecode",
    ]
    file, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count, start = len(objects) + 1, len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return file + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, start)


def pictures_of(document: bytes) -> list[Image.Image]:
    """Return the pages of a PDF as a scanner of 150 dots an inch would see them."""
    opened = pypdfium2.PdfDocument(document)
    return [page.render(scale=150 / 72, grayscale=True).to_pil() for page in opened]


def scan_of(document: bytes) -> bytes:
    """Return a PDF of pictures of the pages of another."""
    first, *others = pictures_of(document)
    file = BytesIO()
    first.save(file, "PDF", resolution=150, save_all=True, append_images=others)
    return file.getvalue()


def picture_of(document: bytes, kind: str = "PNG") -> bytes:
    """Return a picture file of the pages of a PDF, of the first alone if the kind has no more."""
    first, *others = pictures_of(document)
    file = BytesIO()
    more = {"save_all": True, "append_images": others} if kind == "TIFF" else {}
    first.save(file, kind, **more)
    return file.getvalue()


def pdf_with_picture(text: str, picture: bytes, behind: str = "") -> bytes:
    """Return a PDF with a page of text, if there is any, and one that a picture covers.

    Text `behind` the picture is what a scanner's program puts there, or a cheat.
    """
    covered = f'#place(block(width: 100%)[{behind}])#image("page.png", width: 100%, height: 100%)'
    first = f"{text}\n#pagebreak()\n" if text else ""
    with TemporaryDirectory() as folder:
        (Path(folder) / "page.png").write_bytes(picture)
        (Path(folder) / "main.typ").write_text(f"{first}#page(margin: 0pt)[{covered}]")
        return typst.compile(Path(folder) / "main.typ")


def with_letters_apart(text: str) -> bytes:
    """Return a PDF as a program makes it whose font lacks Vietnamese letters.

    A line is painted without them; they come from another font and are painted afterwards.
    """
    wide, painted = 6.02, []
    for row, line in enumerate(text.splitlines()):
        for lacks in (False, True):
            for column, letter in enumerate(line):
                if (letter > "\u1e00") == lacks and letter != " ":
                    place = f"dx: {column * wide}pt, dy: {row * 16}pt"
                    painted.append(f'#place({place}, text("{letter}"))')
    return pdf('#set text(font: "DejaVu Sans Mono", size: 10pt)\n' + "\n".join(painted))


def xls(*rows: str) -> bytes:
    """Return a workbook of Excel 97 with a cell a row; the last row is hidden ([MS-XLS])."""

    def record(kind: int, body: bytes = b"") -> bytes:
        return pack("<HH", kind, len(body)) + body

    def begun(kind: int) -> bytes:
        return record(0x809, pack("<HHHHII", 0x600, kind, 0, 1997, 0, 6))

    end, name = record(0x0A), b"\x06\x00Trang1"
    before = len(begun(5)) + len(record(0x85, bytes(6) + name)) + len(end)
    looks = record(0x208, pack("<8H", len(rows) - 1, 0, 1, 255, 0, 0, 0x20, 15))
    cells = (
        record(0x204, pack("<HHHHB", row, 0, 15, len(cell), 1) + cell.encode("utf-16-le"))
        for row, cell in enumerate(rows)
    )
    globals_ = begun(5) + record(0x85, pack("<IH", before, 0) + name) + end
    return ole({"Workbook": globals_ + begun(0x10) + looks + b"".join(cells) + end})


# -- hostile ones


def bomb_docx() -> bytes:
    """Return a document of 1.5 MB that unpacks to 1.5 GB."""
    file = BytesIO()
    with (
        ZipFile(file, "w", ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        part.write(f'<w:document xmlns:w="{W}"><w:body>'.encode())
        written = paragraph(run("A" * 1000)).encode() * 1000
        for _ in range(1400):
            part.write(written)
        part.write(b"</w:body></w:document>")
    return file.getvalue()


def with_entities(declared: str, used: str) -> bytes:
    """Return a document whose XML declares entities."""
    body = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{used}</w:t></w:r></w:p></w:body>'
    return zipped({"word/document.xml": f"<!DOCTYPE d [{declared}]>{body}</w:document>"})


def reading_a_file() -> bytes:
    return with_entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "[&x;]")


def billion_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    return with_entities(entities, "&a9;")


def twice_packed(content: bytes, times: int) -> bytes:
    """Return this content so many times over, compressed, and compressed again."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(content) for _ in range(times)]
    return zlib.compress(b"".join([*parts, packer.flush()]), 9)


def bomb_pdf(filters: str = "/FlateDecode/FlateDecode") -> bytes:
    """Return a PDF of a few kilobytes whose page is gigabytes; `7 0 R` is a filter, too."""
    page = twice_packed(b"BT (x) Tj ET " * 80_000, 1500)
    return raw_pdf(page, filters=f"/Filter[{filters}]")
