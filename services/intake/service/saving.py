"""Entries are saved as they are typed, before and after they are handed in."""

from typing import Any

from msgspec import UNSET

from contracts import intake
from contracts.rules import Rules
from kernel.database import Work
from kernel.messaging import command
from services.intake.catalogue import components
from services.intake.domain import contents, drafts
from services.intake.domain.drafts import Draft, Edit
from services.intake.domain.eligibility import clean
from services.intake.domain.windows import Calendar
from services.intake.service.access import check_may_change, check_scope
from services.intake.service.counting import check_may_edit
from services.intake.service.writing import (
    authors_of,
    check_evidence,
    enterprise_of,
    improvements_of,
)
from services.intake.store import agencies, contests, entries, versions


class Saving:
    """A save is made on a revision; one that is no longer the newest is refused, never merged."""

    @command
    def save_draft(self, asked: intake.SaveDraft, work: Work) -> int:
        """Save the fields that changed; return the new revision, the same if nothing did."""
        check_scope(asked, work)
        entry = entries.load_entry(work.session, asked.entry_id)
        check_may_change(entry, work)
        rules = contests.load_rules(work.session, entry.contest_id).rules
        check_may_edit(entry, rules, work)
        draft = drafts.draft_of(entry)
        check_newest(asked, draft, rules, work)
        saved, changed = draft.save(asked.revision, changes_of(asked, draft, work))
        if changed:
            units = agencies.known_units(work.session, contents.units_of(saved.contents))
            contents.check_known(saved.contents, rules, units, components())
            check_evidence(entry.entry_id, saved.contents.improves, work)
            entries.save_entry(work.session, drafts.rewritten(entry, saved))
            edit = Edit(saved.revision, changed, work.actor.id, work.now)
            versions.add_edit(work.session, entry.entry_id, edit)
        return saved.revision


def check_newest(asked: intake.SaveDraft, draft: Draft, rules: Rules, work: Work) -> None:
    """Raise `StaleRevision`, naming what changed since, unless nothing has."""
    if asked.revision != draft.revision:
        since = versions.edits_after(work.session, asked.entry_id, asked.revision)
        raise drafts.stale(asked.revision, draft.revision, since, Calendar.of(rules))


def changes_of(asked: intake.SaveDraft, draft: Draft, work: Work) -> dict[str, Any]:
    """Return the fields that were sent, as intake keeps them."""
    sent: dict[str, Any] = {}
    for name in ("kind", "group", "area", "unit_id"):
        sent[name] = getattr(asked, name)
    for name in ("title", "summary"):
        text = getattr(asked, name)
        sent[name] = text if text is UNSET else clean(text)
    if asked.authors is not UNSET:
        sent["authors"] = authors_of(asked.authors, work, draft.contents.authors)
    if asked.enterprise is not UNSET:
        sent["enterprise"] = enterprise_of(asked.enterprise)
    if asked.improves is not UNSET:
        sent["improves"] = improvements_of(asked.improves)
    return {name: value for name, value in sent.items() if value is not UNSET}
