"""What keeps a prize list from going on."""

from kernel.errors import Conflict, Refused


class AlreadyPublished(Refused):
    """The results are published and can no longer be changed."""


class NotPublishedYet(Refused):
    """The results are not published yet; this concerns published ones."""


class UnderApproval(Refused):
    """An authority has approved the list, so it cannot be drawn up again."""


class NoPrizesProposed(Refused):
    """There is no prize list yet; have the secretary propose one."""


class AlreadyApproved(Conflict):
    """This authority has approved its prizes already."""


class NothingToApprove(Refused):
    """This authority grants none of the prizes on the list."""


class ListChanged(Conflict):
    """The list was drawn up anew since you read it; read it again, then approve."""


class ApprovalsMissing(Refused):
    """Not every authority has approved its prizes."""


class ListReturned(Refused):
    """An authority has returned the list for reasons; draw it up anew first."""


class MeetingMissing(Refused):
    """The rules ask for the minutes of the prize meeting; record them first."""


class SubmissionMissing(Refused):
    """The rules ask for a submission (Tờ trình); submit the list first."""


class AlreadySubmitted(Refused):
    """The list has been submitted; an authority approves or returns it."""


class NoSubmissionForeseen(Refused):
    """By the rules of this contest authorities approve the list without a submission."""


class DocumentIncomplete(Refused):
    """A document needs its number, and what it says."""


class DatedLater(Refused):
    """A document is recorded once its day has come."""


class ReasonMissing(Refused):
    """Say why, so that it can be mended or checked later."""


class NotTheTiedEntries(Refused):
    """The vote must order exactly the entries of one tie."""


class MinutesMissing(Refused):
    """A vote needs the number of the minutes that record it."""


class NoVoteForeseen(Refused):
    """The rules name no council vote, so a vote cannot part entries; amend the rules."""


class MustBeAwarded(Refused):
    """By the rules a prize is awarded to whoever reaches its minimum score."""


class NoSuchPrize(Refused):
    """The rules have no such prize for this."""


class TooManyPrizes(Refused):
    """There are fewer prizes of this kind in the rules."""


class NotForASidePrize(Refused):
    """A side prize goes to a ranked entry that has no other prize."""
