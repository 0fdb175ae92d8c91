"""The rules of one contest as every service sees them: the frozen content of a rules file.

Start with `Rules`. Where the numbers come from is said in the file itself (`contests/*.yaml`).
"""

from contracts.rules.assigning import Assigning
from contracts.rules.awarding import (
    Authority,
    Awarding,
    Ground,
    Petitions,
    Prize,
    Publishing,
    ResultField,
)
from contracts.rules.contest import Basis, Organiser, Rules
from contracts.rules.entering import (
    Applied,
    Area,
    CheckItem,
    Declaration,
    Dossier,
    Entrants,
    EntryClass,
    Forbidden,
    Group,
    Holiday,
    Novelty,
    Outage,
    Paper,
    Receipt,
    StaffRate,
    Supplement,
    UnitDuty,
    Window,
)
from contracts.rules.judging import (
    Advance,
    Aggregate,
    Calibration,
    Criterion,
    Divergence,
    Missing,
    Round,
    Rounding,
    Slot,
    SubCriterion,
)
from contracts.rules.juries import ConflictRules, JuryRules, Quorum
from contracts.rules.minutes import MinutedStep, MinutesRules
from contracts.rules.part import Part

__all__ = [
    "Advance",
    "Aggregate",
    "Applied",
    "Area",
    "Assigning",
    "Authority",
    "Awarding",
    "Basis",
    "Calibration",
    "CheckItem",
    "ConflictRules",
    "Criterion",
    "Declaration",
    "Divergence",
    "Dossier",
    "Entrants",
    "EntryClass",
    "Forbidden",
    "Ground",
    "Group",
    "Holiday",
    "JuryRules",
    "MinutedStep",
    "MinutesRules",
    "Missing",
    "Novelty",
    "Organiser",
    "Outage",
    "Paper",
    "Part",
    "Petitions",
    "Prize",
    "Publishing",
    "Quorum",
    "Receipt",
    "ResultField",
    "Round",
    "Rounding",
    "Rules",
    "Slot",
    "StaffRate",
    "SubCriterion",
    "Supplement",
    "UnitDuty",
    "Window",
]
