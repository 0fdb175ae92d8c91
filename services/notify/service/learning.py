"""Learning what reminders rest on: what was begun, given, put off or needs nothing more."""

from contracts import intake, review
from kernel.database import Work
from kernel.messaging import subscribe
from services.notify import store


class Learning:
    """Hears what makes a reminder due or pointless; nobody is told anything by it."""

    @subscribe
    def learn_draft(self, heard: intake.EntryDrafted, work: Work) -> None:
        """Remember that somebody has begun an entry."""
        row = {
            "tenant": work.tenant,
            "entry_id": heard.entry_id,
            "contest_id": heard.contest_id,
            "person_id": heard.filed_by,
            "done": False,
        }
        store.save_draft(work.session, row)

    @subscribe
    def learn_more_time(self, heard: intake.DeadlineExtended, work: Work) -> None:
        """Remember that one entry, or all of one person, was given more time."""
        row = {"tenant": work.tenant, "contest_id": heard.contest_id, "until": heard.until}
        for given_to in filter(None, (heard.entry_id, heard.person_id)):
            store.give_more_time(work.session, {**row, "given_to": given_to})

    @subscribe
    def learn_nil(self, heard: intake.NilReturned, work: Work) -> None:
        """Remember that a unit has nothing to enter."""
        row = {"tenant": work.tenant, "contest_id": heard.contest_id, "unit_id": heard.unit_id}
        store.keep_nil(work.session, row)
        contacts = store.load_contacts(work.session, {heard.unit_id}).get(heard.unit_id, ())
        store.make_pointless(work.session, "unit_silent", heard.contest_id, contacts)

    @subscribe
    def learn_sheet(self, heard: review.SheetSealed, work: Work) -> None:
        """Remember that a judge has given a sheet."""
        row = {
            "tenant": work.tenant,
            "contest_id": heard.contest_id,
            "round_id": heard.round_id,
            "entry_id": heard.entry_id,
            "judge_id": heard.judge_id,
        }
        store.keep_sheet(work.session, row)
        spare_who_owes_nothing(heard, work)

    @subscribe
    def clear_desk(self, heard: review.JudgeStoodDown, work: Work) -> None:
        """Take an entry off the desk of a judge who no longer marks it."""
        round_ = (heard.contest_id, heard.round_id)
        left = (heard.entry_id, heard.judge_id)
        store.clear_desk(work.session, work.tenant, round_, left, work.now)
        spare_who_owes_nothing(heard, work)


def spare_who_owes_nothing(heard: review.SheetSealed | review.JudgeStoodDown, work: Work) -> None:
    """Let unsent reminders expire of a judge who has no sheet of a round left to give."""
    if heard.judge_id not in store.sheets_owed(work.session, heard.contest_id, heard.round_id):
        subject = f"{heard.contest_id}/{heard.round_id}"
        store.make_pointless(work.session, "sheets_due", subject, [heard.judge_id])
