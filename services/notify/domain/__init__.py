"""Who is told what, and how often one tries.

Pure rules: no clock, no database, no network. Read `telling` first, then `trying`; `letters` are
what is written to people, `pushes` what is sent to programs; `contest` and `quoted` are what
letters quote.
"""

from services.notify.domain.contest import Contest, Prize, Round
from services.notify.domain.defending import DefenceSlot, HeardDefence, tell_defence
from services.notify.domain.disputes import (
    PetitionNews,
    PrizeRevoked,
    RejudgingAsked,
    ResultsChanged,
)
from services.notify.domain.letters import (
    Accepted,
    Appointed,
    Assigned,
    CameLate,
    CopiesWait,
    DefenceHeard,
    DefenceSet,
    Disqualified,
    Extended,
    Finalist,
    KeyStoodIn,
    Letter,
    Receipt,
    Refusal,
    ResultsOut,
    SecondLook,
    SupplementAsked,
    Withdrawal,
    Won,
)
from services.notify.domain.pushes import EntryState, EntryStates, Push
from services.notify.domain.quoted import CodedEntry, NamedEntry, WonPrize
from services.notify.domain.telling import (
    Entry,
    EntryNews,
    PrizeWon,
    Telling,
    tell_finalists,
    tell_judges,
    tell_of_entry,
    tell_results,
)
from services.notify.domain.trying import (
    Again,
    Done,
    Down,
    GivenUp,
    Outcome,
    Reached,
    TurnedAway,
    counterparty_pause,
    settle,
)

__all__ = [
    "Accepted",
    "Again",
    "Appointed",
    "Assigned",
    "CameLate",
    "CodedEntry",
    "Contest",
    "CopiesWait",
    "DefenceHeard",
    "DefenceSet",
    "DefenceSlot",
    "Disqualified",
    "Done",
    "Down",
    "Entry",
    "EntryNews",
    "EntryState",
    "EntryStates",
    "Extended",
    "Finalist",
    "GivenUp",
    "HeardDefence",
    "KeyStoodIn",
    "Letter",
    "NamedEntry",
    "Outcome",
    "PetitionNews",
    "Prize",
    "PrizeRevoked",
    "PrizeWon",
    "Push",
    "Reached",
    "Receipt",
    "Refusal",
    "RejudgingAsked",
    "ResultsChanged",
    "ResultsOut",
    "Round",
    "SecondLook",
    "SupplementAsked",
    "Telling",
    "TurnedAway",
    "Withdrawal",
    "Won",
    "WonPrize",
    "counterparty_pause",
    "settle",
    "tell_defence",
    "tell_finalists",
    "tell_judges",
    "tell_of_entry",
    "tell_results",
]
