"""What a counterparty is told of an entry at one of its steps."""

from kernel.database import Work
from services.intake.domain.mirror import Step
from services.intake.onegate.wording import Mirrored
from services.intake.store import contests, entries
from services.intake.store.tables import PushRow


def mirrored(push: PushRow, _counterparty: str, work: Work) -> Mirrored:
    """Return the entry as it stands, at the step that is told; its first author applies."""
    entry = entries.read_entry(work.session, push.entry_id)
    rules = contests.load_rules(work.session, entry.contest_id).rules
    kinds = {group.code: group.entrant for group in rules.entrants.groups}
    first = entry.authors[0]
    step = Step(push.step)
    return Mirrored(
        code=entry.receipt_code or "",
        title=entry.title,
        applicant=first.full_name,
        email=first.email,
        phone=first.phone,
        is_enterprise=kinds.get(entry.group) == "ENTERPRISE",
        received_at=entry.received_at or push.at,
        step=step,
        at=push.at,
        note=push.note,
        due_at=entry.due_at if step is Step.SUPPLEMENT else None,
    )
