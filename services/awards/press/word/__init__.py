"""Papers as DOCX for Word and LibreOffice, in Times New Roman; start with `compose`."""

from datetime import datetime

import docx

from press.word import FONT, finished
from services.awards.domain.paper import Certificate, Document
from services.awards.press.word.certificate import set_certificate
from services.awards.press.word.document import set_document


def compose(paper: Document | Certificate, dated: datetime) -> bytes:
    """Return the paper as DOCX. `dated` becomes the file's own date."""
    document = docx.Document()
    document.styles["Normal"].font.name = FONT
    match paper:
        case Document():
            set_document(document, paper)
            return finished(document, f"{paper.type_name} {paper.head.number}", dated)
        case Certificate():
            set_certificate(document, paper)
            return finished(document, f"{paper.type_name} {paper.recipient}", dated)
