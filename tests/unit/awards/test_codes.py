"""The QR code of each paper, read from the printed page as a reader's telephone does."""

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from services.awards.operating.paper import sampled
from tests.unit.awards.test_press import CERTIFICATE, DECISION, printed
from tests.unit.awards.test_printed_forms import PROFILE as LATEST

CHECK = "https://sangkien.example.vn/kiem-tra/0123456789abcdef0123456789abcdef"
PAPERS = {
    "DECISION": DECISION,
    "CERTIFICATE": CERTIFICATE,
    **{name: sampled(LATEST, name) for name in LATEST.documents},
}


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_the_code_on_a_paper_says_where_to_check_it_and_nothing_else_is_one(name):
    paper = replace(PAPERS[name], check=CHECK)
    kind = "certificate" if hasattr(paper, "giver") else "document"

    pdf = printed(**{kind: paper}).pdf.content

    with pypdfium2.PdfDocument(pdf) as document:
        seen = [
            code.text
            for page in document
            for code in zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())
        ]
    assert seen == [CHECK]
