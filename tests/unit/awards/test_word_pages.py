"""Every kind of paper as DOCX opens in LibreOffice with the pages that our PDF has."""

import shutil
import subprocess

import pypdfium2
import pytest

from services.awards.domain.wording import certificate, decision
from services.awards.operating.paper import sampled
from tests.unit.awards.builders import AN_ISSUE, AWARDS
from tests.unit.awards.test_press import CERTIFICATE, DECISION, MANY, RULES, printed
from tests.unit.awards.test_press import PROFILE as EARLIER
from tests.unit.awards.test_printed_forms import PROFILE

PAPERS = {
    "DECISION": {"document": DECISION},
    "LONG_DECISION": {"document": decision(AN_ISSUE, tuple(AWARDS) * 12, RULES, EARLIER)},
    "CERTIFICATE": {"certificate": CERTIFICATE},
    "FULL_CERTIFICATE": {"certificate": certificate(AN_ISSUE, MANY, 1, RULES, EARLIER)},
    **{name: {"document": sampled(PROFILE, name)} for name in PROFILE.documents},
}


def pages(path):
    """Return each page's size in millimetres, and its first words."""
    with pypdfium2.PdfDocument(path) as document:
        return [
            (tuple(round(side / 72 * 25.4) for side in page.get_size()), beginning(page))
            for page in document
        ]


def beginning(page):
    """Return the first words of a page, or its number."""
    return page.get_textpage().get_text_range().split()[:2]


@pytest.mark.slow
def test_libreoffice_makes_the_same_pages_of_each_docx(tmp_path):
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed; run: python3 deploy/setup.py --browser"
    ours = {}
    for name, paper in PAPERS.items():
        files = printed(**paper)
        (tmp_path / f"{name}.docx").write_bytes(files.docx.content)
        (tmp_path / f"{name}.ours.pdf").write_bytes(files.pdf.content)
        ours[name] = pages(tmp_path / f"{name}.ours.pdf")

    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", "pdf", "--outdir", tmp_path, *sorted(tmp_path.glob("*.docx"))],
        check=True, capture_output=True,
    )  # fmt: skip

    theirs = {name: pages(tmp_path / f"{name}.pdf") for name in PAPERS}
    assert theirs == ours
