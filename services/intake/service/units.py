"""The head of a unit confirms what its staff has handed in."""

from contracts import intake
from kernel.database import Work
from kernel.errors import Forbidden, Refused, require
from kernel.messaging import command
from services.intake.domain.eligibility import clean
from services.intake.domain.entries import NoReason, State, WrongState
from services.intake.service import saying
from services.intake.service.access import OwnEntry, check_may_see, heads_unit_of
from services.intake.store import contests, entries, people, versions
from services.intake.store.tables import ConfirmationRow

UNDECIDED = frozenset({State.SUBMITTED, State.LATE, State.RETURNED})


class NotYourUnit(Forbidden):
    """Only the head of the entry's own unit confirms it."""


class HeadsDoNotConfirm(Refused):
    """In this contest the unit confirms on paper; attach it to the dossier."""


class Units:
    """What the head of a unit says of an entry (xác nhận của thủ trưởng đơn vị)."""

    @command
    def confirm_by_unit(self, asked: intake.ConfirmByUnit, work: Work) -> None:
        """Confirm the version handed in, or say why not; another version is confirmed anew.

        A head who is an author attaches the confirmation of whoever is above them instead.
        """
        require(work.actor, "head")
        entry = entries.load_entry(work.session, asked.entry_id)
        check_may_see(entry, work)
        if not heads_unit_of(entry, work):
            raise NotYourUnit
        if work.actor.id in people.alike(work.session, entry.author_ids):
            raise OwnEntry
        if not contests.load_rules(work.session, entry.contest_id).rules.entrants.head_confirms:
            raise HeadsDoNotConfirm
        if entry.state not in UNDECIDED:
            raise WrongState("The entry is {state}; it is not confirmed now.", state=entry.state)
        note = clean(asked.note)
        if not asked.confirmed and not note:
            raise NoReason
        row = ConfirmationRow(
            confirmation_id=work.new_id(),
            entry_id=entry.entry_id,
            version=entry.version,
            confirmed=asked.confirmed,
            note=note,
            said_at=work.now,
            said_by=work.actor.id,
        )
        versions.add_confirmation(work.session, row)
        said = "đã xác nhận" if asked.confirmed else "không xác nhận"
        line = f"Thủ trưởng đơn vị {said} hồ sơ nộp lần {entry.version}"
        entries.add_line(work.session, entry, work.now, f"{line}: {note}" if note else f"{line}.")
        work.announce(
            intake.UnitConfirmed(
                **saying.about(entry),
                version=entry.version,
                confirmed=asked.confirmed,
                note=note,
                unit_id=entry.unit_id,
            )
        )
