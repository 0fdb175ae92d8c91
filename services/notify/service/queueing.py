"""Putting in the queue what an event gives rise to."""

from collections.abc import Iterable

from contracts import awards, intake, review
from kernel.database import Work
from kernel.envelope import name_of
from services.notify import store
from services.notify.domain import Telling
from services.notify.domain.trial import is_trial

Heard = (
    intake.EntryEvent
    | intake.CopiesMade
    | review.JurySeated
    | review.JudgeReplaced
    | review.RoundOpened
    | review.JudgesAssigned
    | review.SecondLookNeeded
    | review.KeyGiven
    | review.RoundExtended
    | review.DefenceRecorded
    | review.RoundClosed
    | awards.ResultsPublished
    | awards.ResultsRevised
    | awards.PetitionMoved
    | awards.AwardRevoked
    | review.RejudgingSeated
    | awards.MilestoneReminded
)


def tell(work: Work, heard: Heard, tellings: Iterable[Telling]) -> None:
    """Queue a delivery for each; a second one of the same event to the same reader is dropped.

    Nobody is written to from a sandbox; programs are told, for that is what they try.
    """
    common = {
        "tenant": work.tenant,
        "event_id": work.message_id,
        "event_type": name_of(type(heard)),
        "contest_id": heard.contest_id,
        "queued_at": work.now,
        "due_at": work.now,
    }
    for told in tellings:
        if told.channel == "EMAIL" and is_trial(work.tenant):
            continue
        store.put_in_queue(work.session, common, work.new_id(), told)
