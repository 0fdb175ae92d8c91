"""Who is told what, and how often one tries.

Pure rules: no clock, no database, no network. Read `telling` first, then `trying`; `letters` are
what is written to people, `pushes` what is sent to programs, `contest` what letters quote.
"""

from services.notify.domain.contest import Contest, Prize, Round
from services.notify.domain.letters import (
    Accepted,
    Appointed,
    Assigned,
    CodedEntry,
    Disqualified,
    Finalist,
    Letter,
    NamedEntry,
    Receipt,
    Refusal,
    ResultsOut,
    SecondLook,
    SupplementAsked,
    Withdrawal,
    Won,
    WonPrize,
)
from services.notify.domain.pushes import EntryState, EntryStates, Push
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
    "CodedEntry",
    "Contest",
    "Disqualified",
    "Done",
    "Down",
    "Entry",
    "EntryNews",
    "EntryState",
    "EntryStates",
    "Finalist",
    "GivenUp",
    "Letter",
    "NamedEntry",
    "Outcome",
    "Prize",
    "PrizeWon",
    "Push",
    "Reached",
    "Receipt",
    "Refusal",
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
    "tell_finalists",
    "tell_judges",
    "tell_of_entry",
    "tell_results",
]
