"""A counterparty's dossiers are compared with ours, and what differs is told again."""

from services.intake.domain import mirror
from services.intake.domain.mirror import Step
from services.intake.onegate.client import Declined, Line, Unanswered
from services.intake.service.telling import Speaker
from services.intake.store import onegate, reconciling
from services.intake.store.tables import ReconciliationRow


def reconcile(speaker: Speaker) -> None:
    """Ask for every live dossier, queue again what differs, and keep what came of it."""
    with speaker.line() as line:
        if line is None:
            return
        with speaker.work() as work:
            contest_ids = [one.contest_id for one in line.counterparty.procedures]
            reconciling.queue_forgotten(work.session, speaker.name, contest_ids, work.now)
            since = reconciling.last_time(work.session, speaker.name)
            dossiers = reconciling.live(work.session, speaker.name, since)
            outcome = ReconciliationRow(
                counterparty=speaker.name, at=work.now, checked=0, missing=0, differing=0,
                complete=True, differences=[],
            )  # fmt: skip
        for entry_id, code, step in dossiers:
            if not compare(speaker, line, (entry_id, code, step), outcome):
                break
        with speaker.work() as work:
            reconciling.keep(work.session, outcome)


def compare(
    speaker: Speaker, line: Line, ours: tuple[str, str, str], outcome: ReconciliationRow
) -> bool:
    """Compare one dossier; False when the counterparty does not answer."""
    entry_id, code, step = ours
    try:
        theirs = line.find(code)
    except (Unanswered, Declined):
        outcome.complete = False
        with speaker.work() as work:
            speaker.leave_alone(work)
        return False
    expected = mirror.status(Step(step), line.counterparty.statuses)
    outcome.checked += 1
    with speaker.work() as work:
        onegate.renew(work.session, speaker.name, work.now + speaker.lease)
        if theirs != expected:
            is_missing = theirs is None
            reconciling.tell_again(
                work.session, speaker.name, entry_id, work.now, whole=is_missing
            )
            outcome.missing += is_missing
            outcome.differing += not is_missing
            outcome.differences.append(f"{code}: {theirs or '-'} ≠ {expected}")
    return True
