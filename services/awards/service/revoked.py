"""The one place where a paper stops holding; whoever verifies papers asks here.

Start with `revoke_paper`.
"""

from collections.abc import Iterable

from contracts import awards
from kernel.database import Work
from services.awards import store
from services.awards.domain.prizes import Line


def revoke_paper(work: Work, contest_id: str, paper: awards.Paper, by_decision: str) -> None:
    """Note that a paper no longer holds from now on, by which decision, and say so.

    `by_decision` is written as people cite it, `05/QĐ-UBND`. The first decision stays.
    """
    if store.revoked_papers(work.session, [paper.paper_id]):
        return
    store.mark_revoked(work.session, paper.paper_id, by_decision, work.now)
    work.announce(
        awards.PaperRevoked(
            contest_id=contest_id,
            paper_id=paper.paper_id,
            entry_id=paper.entry_id or "",
            by_decision=by_decision,
        )
    )


def revoke_certificates(
    work: Work,
    contest_id: str,
    lines: Iterable[Line],
    papers: Iterable[awards.Paper],
    by_decision: str,
) -> None:
    """Revoke the certificates that were issued for these lines."""
    lost = {(line.entry_id, line.prize) for line in lines}
    for paper in papers:
        if paper.kind == "CERTIFICATE" and (paper.entry_id, paper.prize) in lost:
            revoke_paper(work, contest_id, paper, by_decision)
