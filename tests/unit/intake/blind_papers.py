"""Documents with traces of their author wherever a file can hold them."""

import ctypes
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pypdfium2
import typst
from docx import Document
from docx.shared import Mm
from PIL import Image
from pypdfium2 import raw

from services.intake.domain.traces import Identity, Named, Unit

FONTS = "/usr/share/fonts/truetype/liberation2"
NAME = "Nguyễn Văn Hoà"
UNIT = "Sở Nội vụ tỉnh Hậu Giang"
MAIL = "hoanv.snv@haugiang.gov.vn"
ME = Identity(people=(Named(NAME, MAIL, "0912345678"),), units=(Unit(UNIT, "SNV"),))
PLAIN = "Người dân nộp hồ sơ một lần tại bộ phận một cửa."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOXES = (
    f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Hộp chữ của "
    f"{NAME}</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r>"
    f"<w:t>Hộp chữ của {NAME}</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)
CHANGES = (
    f'<w:p {W}><w:ins w:id="1" w:author="{NAME}"><w:r>'
    f"<w:t>Chữ chèn của {NAME}.</w:t></w:r></w:ins>"
    f'<w:del w:id="2" w:author="{NAME}"><w:r>'
    f"<w:delText>Chữ xóa của {NAME}</w:delText></w:r></w:del>"
    f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>Chữ ẩn của {NAME}</w:t></w:r>"
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    f'<w:r><w:instrText>HYPERLINK "mailto:{MAIL}"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>liên kết</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def photograph() -> bytes:
    """Return a JPEG whose EXIF names the author."""
    about, stream = Image.Exif(), BytesIO()
    about[0x013B], about[0x010E] = NAME, f"Ảnh của {NAME}"
    Image.linear_gradient("L").resize((120, 90)).convert("RGB").save(stream, "JPEG", exif=about)
    return stream.getvalue()


def word(*lines: str) -> bytes:
    """Return a DOCX with these lines, and the author wherever Word puts one."""
    made = Document()
    known = made.core_properties
    known.author, known.last_modified_by, known.title = NAME, NAME, f"Sáng kiến của {NAME}"
    known.comments, known.keywords = UNIT, MAIL
    made.sections[0].header.paragraphs[0].text = f"{UNIT} – {NAME}"
    made.sections[0].footer.paragraphs[0].text = NAME
    split = made.add_paragraph("Tác giả Nguyễn ")
    split.add_run("V").bold = True
    split.add_run("ăn").italic = True
    split.add_run(" Hoà")
    for line in (*lines, PLAIN):
        made.add_paragraph(line)
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Họ và tên", NAME.upper()
    table.cell(1, 0).text, table.cell(1, 1).text = "Nguyễn Văn", "Hoà"
    made.add_picture(BytesIO(photograph()), width=Mm(40))
    noted = made.add_paragraph("Có ghi chú")
    made.add_comment(noted.runs, text=f"Ghi chú của {NAME}", author=NAME, initials="NVH")
    stream = BytesIO()
    made.save(stream)
    return with_parts(stream.getvalue())


def with_parts(body: bytes) -> bytes:
    """Return a DOCX with a text box, changes, hidden words, foreign parts and a thumbnail."""
    stream = BytesIO()
    with ZipFile(BytesIO(body)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in set(old.namelist()) - {"docProps/thumbnail.jpeg"}:
            part = old.read(name)
            if name == "word/document.xml":
                end = part.rindex(b"<w:sectPr")
                part = part[:end] + (BOXES + CHANGES).encode() + part[end:]
            new.writestr(name, part)
        new.writestr("customXml/item9.xml", f"<a>{NAME}</a>")
        new.writestr(f"word/embeddings/{NAME}.bin", NAME)
        new.writestr("docProps/thumbnail.jpeg", photograph())
    return stream.getvalue()


def pdf(*lines: str, turned: int = 0) -> bytes:
    """Return a PDF with these lines as paragraphs, and the author wherever a PDF may name one."""
    text = "\n\n".join((*lines, PLAIN)).replace("@", "\\@")
    source = (
        f'#set document(title: "Sáng kiến của {NAME}", author: "{NAME}", keywords: "{UNIT}")\n'
        '#set text(font: "Liberation Serif", size: 14pt, lang: "vi")\n'
        f"= Phần của {NAME}\n\n{text}"
    )
    made = typst.compile(
        source.encode(), format="pdf", font_paths=[FONTS], ignore_system_fonts=True
    )
    with pypdfium2.PdfDocument(made) as document:
        document[0].set_rotation(turned)
        annotate(document)
        stream = BytesIO()
        document.save(stream)
    return stream.getvalue()


def annotate(document: pypdfium2.PdfDocument) -> None:
    """Add a note and an attached file that name the author."""
    page = document[0]
    note = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_TEXT)
    said = (NAME + "\0").encode("utf-16-le")
    wide = ctypes.cast(ctypes.create_string_buffer(said), ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFAnnot_SetStringValue(note, b"Contents", wide)
    raw.FPDFPage_CloseAnnot(note)
    attached = document.new_attachment(f"{NAME}.txt")
    attached.set_data(NAME.encode())


def insides(body: bytes) -> Iterator[bytes]:
    """Yield the bytes of a PDF and of every stream in it that can be unpacked."""
    yield body
    place = 0
    while (start := body.find(b"stream", place)) >= 0:
        place = start + 6
        packed = body[place:].lstrip(b"\r\n")
        try:
            yield zlib.decompressobj().decompress(packed)
        except zlib.error:
            continue


def words_of(body: bytes) -> str:
    """Return all text of a PDF's pages."""
    with pypdfium2.PdfDocument(body) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
