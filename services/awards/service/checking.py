"""Tells anybody whether a paper is what it claims to be: valid, revoked, unknown."""

from contracts import awards
from kernel.database import Work
from kernel.messaging import query
from services.awards import store
from services.awards.domain.paper import full_number
from services.awards.store.papers import UnknownPaper


class Checking:
    """What a QR code leads to, and the list that papers are checked against offline."""

    @query
    def show_paper_state(self, asked: awards.ShowPaperState, work: Work) -> awards.PaperState:
        """Say what is known of a paper."""
        try:
            return state_of(store.load_paper(work.session, asked.paper_id))
        except UnknownPaper:
            return awards.PaperState(state="UNKNOWN")

    @query
    def show_paper_register(
        self, _asked: awards.ShowPaperRegister, work: Work
    ) -> awards.PaperRegister:
        """List every paper with its state."""
        return awards.PaperRegister(
            tenant=work.tenant,
            as_of=work.now,
            papers=tuple(map(state_of, store.load_papers(work.session))),
        )


def state_of(issued: store.IssuedPaper) -> awards.PaperState:
    """Say what is known of a paper and may be said to anybody."""
    paper, model = issued.paper, issued.model or {}
    pdf = issued.files.get("pdf")
    return awards.PaperState(
        state="VALID" if issued.revoked_at is None else "REVOKED",
        paper_id=paper.paper_id,
        type_name=model.get("type_name", ""),
        number=full_number(paper.number, paper.symbol),
        dated=paper.dated,
        issuer=model.get("giver") or " ".join(model.get("head", {}).get("issuer", ())),
        about=model.get("achievement") or model.get("subject", ""),
        register=paper.register,
        sha256=(*(pdf.older if pdf else ()), *((pdf.sha256,) if pdf else ())),
        signatures=issued.signatures,
        revoked_at=issued.revoked_at,
        revoked_by=issued.revoked_by,
    )
