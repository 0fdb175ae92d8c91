"""Papers as DOCX for Word and LibreOffice, in Times New Roman; start with `compose`."""

from datetime import datetime
from io import BytesIO

from docx import Document

from services.awards.domain.paper import Certificate, Decision
from services.awards.press.word.certificate import set_certificate
from services.awards.press.word.decision import set_decision
from services.awards.press.word.typesetting import FONT


def compose(paper: Decision | Certificate, dated: datetime) -> bytes:
    """Return the paper as DOCX. `dated` becomes the file's own date."""
    document = Document()
    document.styles["Normal"].font.name = FONT
    match paper:
        case Decision():
            set_decision(document, paper)
            document.core_properties.title = f"{paper.type_name} {paper.head.number}"
        case Certificate():
            set_certificate(document, paper)
            document.core_properties.title = f"{paper.type_name} {paper.recipient}"[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = "vi-VN"
    document.core_properties.created = document.core_properties.modified = dated
    file = BytesIO()
    document.save(file)
    return file.getvalue()
