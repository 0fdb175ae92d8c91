"""The rules of originality: who was first, what a comparison means, what a person may rule.

Pure: no clock, no database, no messages. Read `verdict` first.
"""

from services.originality.domain.entries import Entry, Policy, Standing
from services.originality.domain.known import Scope, counts, scopes_of
from services.originality.domain.register import (
    BadRegisterName,
    CodeRepeated,
    InitiativeEmpty,
    UnknownInitiative,
    check_initiatives,
    check_register,
)
from services.originality.domain.ruling import (
    AlreadyRuled,
    Filed,
    NothingToRule,
    ReasonMissing,
    ReportSuperseded,
    Ruling,
    UnknownReport,
    rule,
)
from services.originality.domain.verdict import (
    WAITING,
    Comparison,
    Level,
    Overlap,
    Reading,
    Sign,
    Verdict,
    judge,
    share,
)

__all__ = [
    "WAITING",
    "AlreadyRuled",
    "BadRegisterName",
    "CodeRepeated",
    "Comparison",
    "Entry",
    "Filed",
    "InitiativeEmpty",
    "Level",
    "NothingToRule",
    "Overlap",
    "Policy",
    "Reading",
    "ReasonMissing",
    "ReportSuperseded",
    "Ruling",
    "Scope",
    "Sign",
    "Standing",
    "UnknownInitiative",
    "UnknownReport",
    "Verdict",
    "check_initiatives",
    "check_register",
    "counts",
    "judge",
    "rule",
    "scopes_of",
    "share",
]
