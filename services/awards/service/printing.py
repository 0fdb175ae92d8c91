"""Prints what publication left to print, and says how far it is."""

from contracts import awards
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.messaging import every, query
from kernel.objects import Bucket
from services.awards import store
from services.awards.domain.paper import full_number
from services.awards.service.issuing import print_out
from services.awards.service.prizes import require_office
from services.awards.settings import AwardsSettings

BATCH = 10  # papers in one transaction: what a crash makes be printed again


class Printing:
    """The press behind a publication of many papers."""

    files: Bucket
    press: Crunch
    settings: AwardsSettings

    @every(seconds=0.5, due=lambda work: store.tenants_unprinted(work.session))
    def print_papers(self, work: Work) -> None:
        """Print the next papers that have their number and no file yet."""
        for row in store.unprinted(work.session, BATCH):
            store.put_printed(row, print_out(self, work, store.read_paper(row)))

    @query
    def show_printing(self, asked: awards.ShowPrinting, work: Work) -> awards.Printing:
        """Say how far the printing of a contest's papers is, and list them."""
        rules = store.load_rules(work.session, asked.contest_id)
        require_office(work, rules, "secretary", "organiser")
        lines = tuple(map(listed, store.load_papers(work.session, asked.contest_id)))
        return awards.Printing(
            papers=len(lines),
            printed=sum(line.is_printed for line in lines),
            signed=sum(bool(line.signed) for line in lines),
            lines=lines,
        )


def listed(issued: store.IssuedPaper) -> awards.PrintingLine:
    """List a paper as the office sees it."""
    paper, model = issued.paper, issued.model or {}
    return awards.PrintingLine(
        paper_id=paper.paper_id,
        kind=paper.kind,
        form=paper.form,
        number=full_number(paper.number, paper.symbol),
        dated=paper.dated,
        register=paper.register,
        is_printed=bool(issued.files),
        signed=tuple(each.role for each in issued.signatures),
        revoked_at=issued.revoked_at,
        type_name=model.get("type_name", ""),
        subject=model.get("recipient") or model.get("subject", ""),
        authority=paper.authority,
    )
