"""Papers as DOCX for Word and LibreOffice, in Times New Roman; start with `compose`."""

from datetime import datetime

import docx

from press.word import FONT, finished
from services.awards.domain.paper import Certificate, Document
from services.awards.press.word.certificate import set_certificate
from services.awards.press.word.document import set_document
from services.awards.press.word.exhibits import set_exhibits


def compose(
    paper: Document | Certificate, dated: datetime, font_path: str = "", mark: str = ""
) -> bytes:
    """Return the paper as DOCX. `dated` becomes the file's own date.

    Fonts under `font_path` are what charts are painted with.
    """
    document = docx.Document()
    document.styles["Normal"].font.name = FONT
    match paper:
        case Document():
            set_document(document, paper)
            set_exhibits(document, paper.exhibits, font_path)
            return finished(document, f"{paper.type_name} {paper.head.number}", dated, mark)
        case Certificate():
            set_certificate(document, paper)
            return finished(document, f"{paper.type_name} {paper.recipient}", dated, mark)
