"""Who gets which prize, and how the list of prizes comes to be approved and published.

Start with `allotting` (places become prizes), then `listing` (the list on its way), `council`
(what people decide beside the ranking), `batching` (which decisions a list takes).
"""

from services.awards.domain.prizes.allotting import (
    Drawn,
    Line,
    Outcome,
    Passed,
    Tied,
    allot,
    vacated,
)
from services.awards.domain.prizes.batching import Batch, batches
from services.awards.domain.prizes.council import Council, Limit, Named, authority_of, prize_of
from services.awards.domain.prizes.listing import PrizeList
from services.awards.domain.prizes.refusals import (
    AlreadyApproved,
    AlreadyPublished,
    AlreadySubmitted,
    ApprovalsMissing,
    DatedLater,
    DocumentIncomplete,
    ListChanged,
    ListReturned,
    MeetingMissing,
    MinutesMissing,
    MustBeAwarded,
    NoPrizesProposed,
    NoSubmissionForeseen,
    NoSuchPrize,
    NotForASidePrize,
    NothingToApprove,
    NotPublishedYet,
    NotTheTiedEntries,
    NoVoteForeseen,
    ReasonMissing,
    SubmissionMissing,
    TooManyPrizes,
    UnderApproval,
)
from services.awards.domain.prizes.steps import Approval, Meeting, Returned, Submission

__all__ = [
    "AlreadyApproved",
    "AlreadyPublished",
    "AlreadySubmitted",
    "Approval",
    "ApprovalsMissing",
    "Batch",
    "Council",
    "DatedLater",
    "DocumentIncomplete",
    "Drawn",
    "Limit",
    "Line",
    "ListChanged",
    "ListReturned",
    "Meeting",
    "MeetingMissing",
    "MinutesMissing",
    "MustBeAwarded",
    "Named",
    "NoPrizesProposed",
    "NoSubmissionForeseen",
    "NoSuchPrize",
    "NoVoteForeseen",
    "NotForASidePrize",
    "NotPublishedYet",
    "NotTheTiedEntries",
    "NothingToApprove",
    "Outcome",
    "Passed",
    "PrizeList",
    "ReasonMissing",
    "Returned",
    "Submission",
    "SubmissionMissing",
    "Tied",
    "TooManyPrizes",
    "UnderApproval",
    "allot",
    "authority_of",
    "batches",
    "prize_of",
    "vacated",
]
