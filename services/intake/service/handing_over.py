"""Paper dossiers come to the desk: who brought them, and what is in them."""

from contracts import intake
from contracts.rules import Dossier
from kernel.database import Work
from kernel.messaging import command
from services.intake.domain.eligibility import clean
from services.intake.domain.entries import Entry
from services.intake.domain.handover import Counted, Handover
from services.intake.domain.post import HANDED_OVER, NotHandedOver
from services.intake.service.access import check_may_change, require_here
from services.intake.store import contests, desk, entries


class HandingOver:
    """What a clerk notes of a paper dossier, beside what is scanned and uploaded."""

    @command
    def record_handover(self, asked: intake.RecordHandover, work: Work) -> None:
        """Keep who handed a dossier over, and how many originals and copies were in it."""
        entry = entries.load_entry(work.session, asked.entry_id)
        require_here(work, entry.contest_id, "clerk")
        check_may_change(entry, work)
        entry.check_undecided()
        dossier = contests.load_rules(work.session, entry.contest_id).rules.dossier
        keep_handover(entry, asked, dossier, work)


def keep_handover(
    entry: Entry, asked: intake.RecordHandover, dossier: Dossier, work: Work
) -> None:
    """Check and keep what was handed over. Raises `NotHandedOver` and what `Handover` does."""
    if entry.channel not in HANDED_OVER:
        raise NotHandedOver
    handover = Handover(
        applicant=clean(asked.applicant),
        phone=clean(asked.phone or "") or None,
        papers=tuple(Counted(one.code, one.originals, one.copies) for one in asked.papers),
        recorded_by=work.actor.id,
        recorded_at=work.now,
    )
    handover.check(dossier)
    desk.save_handover(work.session, entry.entry_id, handover)


def handover_of(entry: Entry, work: Work) -> intake.Handover | None:
    """Return what was handed over, as those concerned see it."""
    known = desk.find_handover(work.session, entry.entry_id)
    if known is None:
        return None
    return intake.Handover(
        applicant=known.applicant,
        phone=known.phone,
        papers=tuple(
            intake.PaperCount(code=one.code, originals=one.originals, copies=one.copies)
            for one in known.papers
        ),
        recorded_by=known.recorded_by,
        recorded_at=known.recorded_at,
    )
