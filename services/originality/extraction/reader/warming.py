"""Reads a document of our own of each common kind, before any process is made for another's.

What Python and the libraries do only once (loading, compiling, specialising) is then done in the
one process that all others are copies of. Without it a short document takes half as long again.
"""

from io import BytesIO
from zipfile import ZipFile

from services.originality.extraction.documents import Document
from services.originality.extraction.reader import functions
from services.originality.extraction.reader.stylesheet import W

_TIMES = 40  # after a few rounds Python has specialised what it runs
_SENTENCE = "Sáng kiến cải cách hành chính được gửi tới Ban Tổ chức cuộc thi của tỉnh. "
_LOOK = '<w:rPr><w:b/><w:color w:val="112233"/><w:sz w:val="26"/></w:rPr>'


def warm() -> None:
    """Read them; raise where the reader itself does not work, as on a library that is missing."""
    for media_type, body in ((functions.WORD, _docx()), (functions.PDF, _pdf())):
        found = functions.attempt("extract", Document(body, media_type))
        if found.problem or not found.text:
            raise RuntimeError(f"The reader cannot read its own {media_type}: {found.problem}")


def _docx() -> bytes:
    """Return a document of Word, with a style."""
    run = f'<w:r>{_LOOK}<w:t xml:space="preserve">{_SENTENCE}</w:t></w:r>'
    style = '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr/></w:style>'
    body = f"<w:p><w:pPr/>{run * 3}</w:p>" * _TIMES
    names = f'xmlns:w="{W[1:-1]}"'
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("word/styles.xml", f"<w:styles {names}>{style}</w:styles>")
        content = f"<w:document {names}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", content)
    return file.getvalue()


def _pdf() -> bytes:
    """Return a PDF of one page."""
    line = b"BT /F 12 Tf 1 0 0 1 50 %d Tm (Xin chao tat ca moi nguoi) Tj ET "
    content = b"".join(line % (18 * number) for number in range(_TIMES))
    sheet = b"/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R%s>>" % sheet,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    numbered = (b"%d 0 obj%s endobj\n" % (n, body) for n, body in enumerate(objects, 1))
    return b"%PDF-1.4\n" + b"".join(numbered) + b"trailer<</Root 1 0 R>>\n%%EOF"
