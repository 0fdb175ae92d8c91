"""Issues a paper that has its number and its words: prints it, signs it, keeps it.

A paper of the legal profile's forms is ordered through `ordering`.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec import convert
from sqlalchemy.orm import Session

from contracts import awards
from contracts.rules import Rules
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.objects import Bucket
from press.sheets import Printed
from services.awards import store
from services.awards.domain.paper import Certificate, Document
from services.awards.domain.wording import Profile
from services.awards.orders import print_paper
from services.awards.profile import load_profile, profile_on
from services.awards.settings import AwardsSettings, key_files
from services.awards.store import heads

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Printer(Protocol):
    """What printing needs of the service."""

    files: Bucket
    press: Crunch
    settings: AwardsSettings


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper that has its number, and whose it is, ready for the press."""

    paper: awards.Paper
    model: Document | Certificate
    author_ids: tuple[str, ...] = ()


def issue(
    printer: Printer, work: Work, contest_id: str, draft: Draft, *, at_once: bool = True
) -> store.IssuedPaper:
    """Keep a paper that has its number, print it now or leave it to `Printing`."""
    url = printer.settings.portal_url.replace("{tenant}", work.tenant).rstrip("/")
    check = f"{url}/kiem-tra/{draft.paper.paper_id}{record_of(work.session, contest_id)}"
    model = replace(draft.model, check=check)
    issued = store.IssuedPaper(contest_id, draft.paper, draft.author_ids, {}, model)
    if at_once:
        issued = print_out(printer, work, issued)
    store.save_paper(work.session, issued)
    return issued


def record_of(session: Session, contest_id: str) -> str:
    """Write the newest head of the contest's record that was heard of, for the paper's code.

    It stands after the `#`: how many events there are, and the root in URL-safe Base64.
    """
    head = heads.find_head(session, contest_id)
    if head is None:
        return ""
    root = urlsafe_b64encode(bytes.fromhex(head.root)).decode().rstrip("=")
    return f"#so-ghi={head.size}.{root}"


def print_out(printer: Printer, work: Work, issued: store.IssuedPaper) -> store.IssuedPaper:
    """Print a paper, sign it with the keys there are, and put both files into the bucket.

    Keys of files tell nothing. Those of a work that fails afterwards stay there unreferenced.
    """
    model = issued.model
    if isinstance(model, dict):
        model = convert(model, Certificate if "giver" in model else Document, strict=False)
    keys = key_files(printer.settings, work.tenant, issued.paper.authority)
    printed = print_paper(printer.press, model, printer.settings.font_path, work, keys)
    files = put_files(printer, work, printed)
    work.announce(
        awards.PaperPrinted(
            contest_id=issued.contest_id,
            paper=issued.paper,
            pdf_sha256=files["pdf"].sha256,
            docx_sha256=files["docx"].sha256,
        )
    )
    signed = tuple(
        awards.PaperSignature(
            role=key.role,
            by=Path(key.path).parent.name,
            at=work.now,
            certificate=certificate,
            is_bound=True,  # the operator put the key into the authority's folder
        )
        for key, certificate in zip(keys, printed.certificates, strict=True)
    )
    return replace(issued, files=files, signatures=signed)


def put_files(printer: Printer, work: Work, printed: Printed) -> dict[str, store.StoredFile]:
    """Put what came off the press into the bucket, and say where each format is."""
    files = {}
    for form, sheet in (("pdf", printed.pdf), ("docx", printed.docx)):
        key = f"papers/{work.new_id()}"
        printer.files.put(key, sheet.content, MEDIA[form])
        files[form] = store.StoredFile(key, sheet.sha256)
    return files


def words_of(session: Session, rules: Rules) -> Profile:
    """Return the words of a contest's papers: its legal profile and what the tenant changed."""
    opens = rules.intake.opens.astimezone(ZoneInfo(rules.timezone)).date()
    name = profile_on(rules.legal_profile, opens)
    return load_profile(name, store.load_wording(session, name))
