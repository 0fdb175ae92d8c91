"""What intake is asked, and what it says: contests, agencies, people and entries."""

from contracts.intake import finding, standing
from contracts.intake.agencies import (
    AgenciesSucceeded,
    AgencyFileRead,
    AgencySuccession,
    ImportAgencyFile,
    ListSuccessions,
    NilReturned,
    RecordSuccessions,
    ReturnNil,
    SheetMistake,
)
from contracts.intake.amending import (
    Amendment,
    EntriesReplayed,
    ListAmendments,
    ReplayedEntry,
    ReplayEntries,
)
from contracts.intake.blinding import (
    ApproveCopy,
    BlackBox,
    CopiesLine,
    CopiesMade,
    CopiesOrdered,
    CopyView,
    EntryBlinded,
    JudgedPaper,
    LinkCopy,
    LinkJudgedPaper,
    ListCopies,
    ListJudgedPapers,
    MakeCopies,
    RemakeCopy,
    RemovedWords,
    ShowCopies,
    WithholdCopy,
)
from contracts.intake.bodies import (
    Body,
    ConfirmByUnit,
    JudgeName,
    ListJudges,
    NameOfficers,
    OfficersNamed,
    UnitConfirmed,
)
from contracts.intake.checking import (
    AnswerChecklist,
    CheckLine,
    Checklist,
    ShowChecklist,
)
from contracts.intake.commands import (
    AcceptEntry,
    AmendContest,
    AttachDocument,
    ConfirmDocument,
    DraftEntry,
    ImportAgencies,
    OpenContest,
    RefuseEntry,
    RegisterPerson,
    ReturnEntry,
    SubmitEntry,
    WithdrawEntry,
)
from contracts.intake.coverage import (
    CoverageReport,
    ExportCoverage,
    ExportEntries,
    ListSilentUnits,
    SilentUnit,
    SumUpCoverage,
)
from contracts.intake.deadlines import (
    DeadlineExtended,
    EntryCameLate,
    ExtendDeadline,
    ExtensionView,
    ListExtensions,
)
from contracts.intake.desk import (
    CellMistake,
    DrawSheet,
    Handover,
    Imported,
    ImportedEntry,
    ImportEntries,
    PaperCount,
    RecordHandover,
)
from contracts.intake.documents import (
    FollowShare,
    ListShares,
    RevokeShares,
    Shared,
    ShareDocument,
    ShareView,
    ShowUpload,
    UploadPart,
    UploadView,
)
from contracts.intake.drafts import (
    CompareVersions,
    SaveDraft,
    ShowVersions,
    VersionView,
)
from contracts.intake.erasing import EntrantsErased, EraseEntrants
from contracts.intake.events import (
    AgenciesImported,
    ContestAmended,
    ContestOpened,
    EntryAccepted,
    EntryDisqualified,
    EntryDrafted,
    EntryEvent,
    EntryRefused,
    EntryReturned,
    EntrySubmitted,
    EntryWithdrawn,
    PersonRegistered,
)
from contracts.intake.finding import *  # noqa: F403  # its own __all__ names what there is
from contracts.intake.indexes import Index, IndexCatalogue, IndexComponent, ListIndexes
from contracts.intake.one_stop import (
    DossierFile,
    DossierView,
    FileUpload,
    PendingFile,
    PushDossier,
    PushedDossier,
    ShowDossier,
    SupplementDossier,
    WithdrawDossier,
)
from contracts.intake.onegate import (
    ConfigureCounterparty,
    Counterparty,
    ListCounterparties,
    ListPushes,
    ListReconciliations,
    Procedure,
    PushState,
    PushView,
    ReconciliationView,
    RetryPushes,
)
from contracts.intake.outages import (
    DecideExtension,
    ExtensionDecided,
    ExtensionProposed,
    Gap,
    OutageView,
    ProposedExtension,
    RecordBeat,
    ShowOutage,
)
from contracts.intake.queries import (
    CheckRules,
    LinkDocument,
    ListAgencies,
    ListContests,
    ListEntries,
    ShowContest,
    ShowCoverage,
    ShowEntry,
)
from contracts.intake.receipts import (
    ListReceiptKeys,
    PrintReceipt,
    ReceiptClaims,
    ReceiptKey,
    SealedDocument,
    ShowReceipt,
)
from contracts.intake.replies import (
    ContestLine,
    CoverageLine,
    DocumentView,
    EntryLine,
    EntryView,
    OpenedContest,
    RuleMistake,
    RulesChecked,
    Submitted,
    TimelineLine,
    Upload,
)
from contracts.intake.standing import *  # noqa: F403  # so has it
from contracts.intake.upkeep import (
    EmptySandbox,
    ListDead,
    RetryDead,
    ShowBacklog,
)
from contracts.intake.values import (
    Agency,
    Author,
    Channel,
    Confirmation,
    DocumentRef,
    Enterprise,
    EntrantKind,
    Improvement,
    MadeDeclaration,
    Share,
)

__all__ = [
    "AcceptEntry", "AgenciesImported", "AgenciesSucceeded", "Agency", "AgencyFileRead",
    "AgencySuccession", "AmendContest", "Amendment", "AnswerChecklist", "ApproveCopy",
    "AttachDocument", "Author", "BlackBox", "Body", "CellMistake", "Channel", "CheckLine",
    "CheckRules", "Checklist", "CompareVersions", "ConfigureCounterparty", "ConfirmByUnit",
    "ConfirmDocument", "Confirmation", "ContestAmended", "ContestLine", "ContestOpened",
    "CopiesLine", "CopiesMade", "CopiesOrdered", "CopyView", "Counterparty", "CoverageLine",
    "CoverageReport", "DeadlineExtended", "DecideExtension", "DocumentRef", "DocumentView",
    "DossierFile", "DossierView", "DraftEntry", "DrawSheet", "EmptySandbox", "Enterprise",
    "EntrantKind", "EntrantsErased", "EntriesReplayed", "EntryAccepted", "EntryBlinded",
    "EntryCameLate", "EntryDisqualified", "EntryDrafted", "EntryEvent", "EntryLine",
    "EntryRefused", "EntryReturned", "EntrySubmitted", "EntryView", "EntryWithdrawn",
    "EraseEntrants", "ExportCoverage", "ExportEntries", "ExtendDeadline", "ExtensionDecided",
    "ExtensionProposed", "ExtensionView", "FileUpload", "FollowShare", "Gap", "Handover",
    "ImportAgencies", "ImportAgencyFile", "ImportEntries", "Imported", "ImportedEntry",
    "Improvement", "Index", "IndexCatalogue", "IndexComponent", "JudgeName", "JudgedPaper",
    "LinkCopy", "LinkDocument", "LinkJudgedPaper", "ListAgencies", "ListAmendments",
    "ListContests", "ListCopies", "ListCounterparties", "ListDead", "ListEntries",
    "ListExtensions", "ListIndexes", "ListJudgedPapers", "ListJudges", "ListPushes",
    "ListReceiptKeys", "ListReconciliations", "ListShares", "ListSilentUnits", "ListSuccessions",
    "MadeDeclaration", "MakeCopies", "NameOfficers", "NilReturned", "OfficersNamed", "OpenContest",
    "OpenedContest", "OutageView", "PaperCount", "PendingFile", "PersonRegistered", "PrintReceipt",
    "Procedure", "ProposedExtension", "PushDossier", "PushState", "PushView", "PushedDossier",
    "ReceiptClaims", "ReceiptKey", "ReconciliationView", "RecordBeat", "RecordHandover",
    "RecordSuccessions", "RefuseEntry", "RegisterPerson", "RemakeCopy", "RemovedWords",
    "ReplayEntries", "ReplayedEntry", "RetryDead", "RetryPushes", "ReturnEntry", "ReturnNil",
    "RevokeShares", "RuleMistake", "RulesChecked", "SaveDraft", "SealedDocument", "Share",
    "ShareDocument", "ShareView", "Shared", "SheetMistake", "ShowBacklog", "ShowChecklist",
    "ShowContest", "ShowCopies", "ShowCoverage", "ShowDossier", "ShowEntry", "ShowOutage",
    "ShowReceipt", "ShowUpload", "ShowVersions", "SilentUnit", "SubmitEntry", "Submitted",
    "SumUpCoverage", "SupplementDossier", "TimelineLine", "UnitConfirmed", "Upload", "UploadPart",
    "UploadView", "VersionView", "WithdrawDossier", "WithdrawEntry", "WithholdCopy",
]  # fmt: skip
__all__ += finding.__all__
__all__ += standing.__all__
