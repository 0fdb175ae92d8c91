"""Tells anybody whether a paper is what it claims to be: valid, revoked, unknown."""

from contracts import awards
from kernel.database import Work
from kernel.messaging import query
from services.awards import store
from services.awards.domain.paper import full_number
from services.awards.service.publication import is_public
from services.awards.store.papers import UnknownPaper


class Checking:
    """What a QR code leads to, and the list that papers are checked against offline."""

    @query
    def show_paper_state(self, asked: awards.ShowPaperState, work: Work) -> awards.PaperState:
        """Say what is known of a paper."""
        try:
            issued = store.load_paper(work.session, asked.paper_id)
            return state_of(issued, is_public=is_public(work, issued.contest_id))
        except UnknownPaper:
            return awards.PaperState(state="UNKNOWN")

    @query
    def show_paper_register(
        self, _asked: awards.ShowPaperRegister, work: Work
    ) -> awards.PaperRegister:
        """List every paper with its state."""
        known = store.load_papers(work.session)
        contests = {one.contest_id for one in known}
        public = {one for one in contests if is_public(work, one)}
        return awards.PaperRegister(
            tenant=work.tenant,
            as_of=work.now,
            papers=tuple(state_of(one, is_public=one.contest_id in public) for one in known),
        )


def state_of(issued: store.IssuedPaper, *, is_public: bool) -> awards.PaperState:
    """Say what is known of a paper and may be said to anybody.

    For what a certificate was given is part of the results, and said once these are public.
    """
    tells = is_public or issued.paper.kind != "CERTIFICATE"
    paper, model = issued.paper, issued.model or {}
    pdf = issued.files.get("pdf")
    return awards.PaperState(
        state="VALID" if issued.revoked_at is None else "REVOKED",
        paper_id=paper.paper_id,
        type_name=model.get("type_name", ""),
        number=full_number(paper.number, paper.symbol),
        dated=paper.dated,
        issuer=model.get("giver") or " ".join(model.get("head", {}).get("issuer", ())),
        about=(model.get("achievement") or model.get("subject", "")) if tells else "",
        register=paper.register,
        sha256=(*(pdf.older if pdf else ()), *((pdf.sha256,) if pdf else ())),
        signatures=issued.signatures,
        revoked_at=issued.revoked_at,
        revoked_by=issued.revoked_by,
    )
