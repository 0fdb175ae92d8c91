"""What originality is asked, and what it says."""

from decimal import Decimal

from contracts.message import Command, Event
from contracts.originality.exchange import (
    AskProvince,
    Band,
    BandAnswer,
    CompareFingerprints,
    ComparisonLine,
    Contact,
    ListComparisons,
    ProvinceAnswer,
)
from contracts.originality.own import (
    CheckMyText,
    CheckText,
    OwnCheck,
    OwnPassage,
    OwnSource,
)
from contracts.originality.register import (
    ImportInitiatives,
    ImportRegister,
    Initiative,
    InitiativeLine,
    KnownInitiative,
    ListInitiatives,
    OnTwins,
    RegisterRead,
    RemoveInitiative,
    RowMistake,
    Scope,
    ShowInitiative,
    Twin,
)
from contracts.originality.report import (
    ComparedWith,
    Excluded,
    ExclusionReason,
    Idea,
    Level,
    ListReports,
    Match,
    Passage,
    PassageKind,
    PrintReport,
    ReadReport,
    ReadTexts,
    Report,
    ReportLine,
    ReportTexts,
    Ruling,
    Sign,
    SourceKind,
    Tier,
)
from contracts.originality.reproduction import (
    Change,
    Difference,
    Figure,
    Obstacle,
    Outcome,
    Part,
    ReproduceReport,
    Reproduction,
)
from contracts.originality.upkeep import (
    EmptySandbox,
    EntrantsForgotten,
    ListDead,
    RetryDead,
    ShowBacklog,
)

__all__ = [
    "AskProvince",
    "Band",
    "BandAnswer",
    "Change",
    "CheckMyText",
    "CheckText",
    "CompareFingerprints",
    "ComparedWith",
    "ComparisonLine",
    "Contact",
    "Difference",
    "EmptySandbox",
    "EntrantsForgotten",
    "Excluded",
    "ExclusionReason",
    "Figure",
    "Idea",
    "ImportInitiatives",
    "ImportRegister",
    "Initiative",
    "InitiativeLine",
    "KnownInitiative",
    "Level",
    "ListComparisons",
    "ListDead",
    "ListInitiatives",
    "ListReports",
    "Match",
    "Obstacle",
    "OnTwins",
    "OriginalityReported",
    "OriginalityRuled",
    "Outcome",
    "OwnCheck",
    "OwnPassage",
    "OwnSource",
    "Part",
    "Passage",
    "PassageKind",
    "PrintReport",
    "ProvinceAnswer",
    "ReadReport",
    "ReadTexts",
    "RegisterRead",
    "RemoveInitiative",
    "Report",
    "ReportLine",
    "ReportTexts",
    "ReproduceReport",
    "Reproduction",
    "RetryDead",
    "RowMistake",
    "RuleOnReport",
    "Ruling",
    "Scope",
    "ShowBacklog",
    "ShowInitiative",
    "Sign",
    "SourceKind",
    "Tier",
    "Twin",
]


class RuleOnReport(Command, frozen=True, kw_only=True):
    """A person decides on a report that needs one. Reply: None."""

    entry_id: str
    report_id: str
    ruling: Ruling
    reason: str


class OriginalityReported(Event, frozen=True, kw_only=True):
    """A text was compared. `CLEAR` needs nobody; the others wait for a ruling."""

    contest_id: str
    entry_id: str
    version: int
    report_id: str
    level: Level
    share: Decimal
    sources: tuple[str, ...]


class OriginalityRuled(Event, frozen=True, kw_only=True):
    """A person decided whether the entry repeats a known idea."""

    contest_id: str
    entry_id: str
    report_id: str
    ruling: Ruling
    reason: str
