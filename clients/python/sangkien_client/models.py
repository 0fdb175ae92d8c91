"""What bodies look like."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, NotRequired, TypedDict

Absence = TypedDict("Absence", {"person_id": "str", "reason": NotRequired["str"]})
Acceptance = TypedDict("Acceptance", {"is_complex": NotRequired["bool"]})
AdoptableEntry = TypedDict("AdoptableEntry", {"entry_id": "str", "title": "str"})
Adopted = TypedDict(
    "Adopted",
    {
        "adopted_on": "str",
        "adopted_at": "str",
        "reach": "Literal['PROVINCE', 'UNIT']",
        "basis": "str",
    },
)
AdoptedLine = TypedDict(
    "AdoptedLine",
    {
        "title": "str",
        "adopter": "str",
        "reach": "Literal['PROVINCE', 'UNIT']",
        "begun_on": "str",
        "basis": "str",
        "standing": "MilestoneCount",
        "indicators": NotRequired["list[MeasuredLine]"],
    },
)
Adoption = TypedDict("Adoption", {"adopt": "bool", "reason": "str"})
AdoptionPlan = TypedDict(
    "AdoptionPlan",
    {
        "plan_id": "str",
        "entry_id": "str",
        "title": "str",
        "adopter": "str",
        "reach": "Literal['PROVINCE', 'UNIT']",
        "responsible_id": "str",
        "milestones": "list[Milestone]",
        "indicators": "list[IndicatorView]",
        "standing": "MilestoneCount",
        "unit_id": NotRequired["str | None"],
        "begun_on": NotRequired["str | None"],
        "basis": NotRequired["str"],
    },
)
AdoptionRules = TypedDict(
    "AdoptionRules",
    {"remind_before": NotRequired["list[int]"], "remind_after": NotRequired["list[int]"]},
)
Adoptions = TypedDict(
    "Adoptions",
    {
        "plans": "list[AdoptionPlan]",
        "winners": NotRequired["list[AdoptableEntry]"],
        "units": NotRequired["dict[str, str]"],
    },
)
Advance = TypedDict(
    "Advance",
    {
        "min_score": NotRequired["str | float"],
        "max_count": NotRequired["int | None"],
        "max_share": NotRequired["str | float | None"],
        "per": NotRequired["Literal['area', 'class', 'round']"],
        "at_cutoff": NotRequired["Literal['council_vote', 'exclude_ties', 'include_ties']"],
    },
)
Agency = TypedDict(
    "Agency",
    {
        "unit_id": "str",
        "name": "str",
        "kind": "str",
        "short_name": NotRequired["str | None"],
        "parent_id": NotRequired["str | None"],
        "valid_from": NotRequired["str | None"],
        "valid_to": NotRequired["str | None"],
        "code_qcvn102": NotRequired["str | None"],
        "code_qd20": NotRequired["str | None"],
        "gso_code": NotRequired["str | None"],
        "staff": NotRequired["int | None"],
        "contact_email": NotRequired["str | None"],
        "source": NotRequired["str | None"],
    },
)
AgencyFileRead = TypedDict(
    "AgencyFileRead",
    {
        "units": "int",
        "added": "int",
        "changed": "int",
        "recorded": "bool",
        "mistakes": NotRequired["list[AgenciesSheetMistake]"],
    },
)
AgencySuccession = TypedDict(
    "AgencySuccession",
    {
        "predecessor_id": "str",
        "successor_id": "str",
        "on": "str",
        "kind": "Literal['MERGED', 'RENAMED', 'SPLIT']",
        "basis": "str",
    },
)
AgentAnswer = TypedDict(
    "AgentAnswer", {"Status": "int", "Message": "str", "FileServer": NotRequired["str"]}
)
AgentCall = TypedDict("AgentCall", {"function": "str", "task": "AgentTask"})
AgentTask = TypedDict(
    "AgentTask",
    {
        "FileUploadHandler": "str",
        "SessionId": "str",
        "JWTToken": "str",
        "FileName": "str",
        "DocNumber": "str",
        "MetaData": NotRequired["list[AgentPair]"],
    },
)
Aggregate = TypedDict(
    "Aggregate",
    {
        "method": NotRequired["Literal['mean', 'trimmed_mean']"],
        "drop": NotRequired["int"],
        "drop_share": NotRequired["str | float | None"],
        "from_sheets": NotRequired["int"],
    },
)
AnnulledPrize = TypedDict("AnnulledPrize", {"prize": "str", "by_decision": "str"})
Annulment = TypedDict(
    "Annulment", {"ground": "Literal['COPY', 'FALSE_DATA', 'INELIGIBLE']", "reason": "str"}
)
Approved = TypedDict("Approved", {"complete": "bool"})
Area = TypedDict("Area", {"code": "str", "name": "str"})
Assigning = TypedDict(
    "Assigning",
    {
        "expertise": NotRequired["Literal['ignored', 'preferred', 'required']"],
        "lead": NotRequired["int"],
        "most_per_judge": NotRequired["int | None"],
    },
)
Assignment = TypedDict(
    "Assignment",
    {
        "code": "str",
        "title": "str",
        "area": "str",
        "summary": "str",
        "state": "Literal['GIVEN', 'OPEN', 'SECOND_LOOK']",
        "marks": NotRequired["dict[str, str | float]"],
        "comments": NotRequired["dict[str, str]"],
        "comment": NotRequired["str"],
        "version": NotRequired["int"],
        "draft": NotRequired["DraftText | None"],
        "sealed_sheet": NotRequired["str"],
        "sealed_draft": NotRequired["str"],
        "digest": NotRequired["str"],
        "given_at": NotRequired["str | None"],
    },
)
Attachment = TypedDict(
    "Attachment",
    {
        "code": "str",
        "file_name": "str",
        "media_type": "str",
        "size": "int",
        "sha256": NotRequired["str"],
        "parts": NotRequired["list[str]"],
    },
)
Author = TypedDict(
    "Author",
    {
        "full_name": "str",
        "email": NotRequired["str | None"],
        "phone": NotRequired["str | None"],
        "unit_id": NotRequired["str | None"],
        "position": NotRequired["str | None"],
        "share": NotRequired["str | float"],
        "person_id": NotRequired["str | None"],
    },
)
Authority = TypedDict(
    "Authority",
    {
        "code": "str",
        "name": "str",
        "issuer": "str",
        "symbol": "str",
        "signer_title": "str",
        "place": "str",
        "parent": NotRequired["str | None"],
        "signer_name": NotRequired["str | None"],
    },
)
Average = TypedDict("Average", {"total": "str | float", "count": "int"})
AwaitedEntry = TypedDict(
    "AwaitedEntry",
    {
        "code": "str",
        "given": "int",
        "judge_ids": NotRequired["list[str]"],
        "asked": NotRequired["list[str]"],
        "vacant": NotRequired["int"],
    },
)
AwaitedSheets = TypedDict(
    "AwaitedSheets",
    {
        "state": "Literal['CLOSED', 'OPEN', 'OPENED']",
        "entries": "list[AwaitedEntry]",
        "ways": "list[Literal['extend', 'quorum', 'replace']]",
        "quorum": "int",
        "discusses": "bool",
        "due": NotRequired["str | None"],
    },
)
Awarding = TypedDict(
    "Awarding",
    {
        "submission": NotRequired["bool"],
        "after_share": NotRequired["Literal['all', 'fewer']"],
        "per_author": NotRequired["Literal['best', 'every']"],
        "may_leave_unawarded": NotRequired["bool"],
        "grounds": NotRequired["list[Literal['COPY', 'FALSE_DATA', 'INELIGIBLE']]"],
        "promote_next": NotRequired["bool"],
    },
)
BandAnswer = TypedDict(
    "BandAnswer", {"band": "Literal['HIGH', 'LOW', 'MEDIUM', 'NONE']", "contact": "Contact"}
)
Basis = TypedDict("Basis", {"doc": "str", "issuer": "str", "issued_on": NotRequired["str | None"]})
Begun = TypedDict("Begun", {"begun_on": "str", "basis": "str"})
BlackBox = TypedDict(
    "BlackBox",
    {
        "page": "int",
        "left": "str | float",
        "top": "str | float",
        "right": "str | float",
        "bottom": "str | float",
    },
)
BodyView = TypedDict("BodyView", {"code": "str", "name": "str"})
ByMinutes = TypedDict("ByMinutes", {"minutes": "str"})
CalibratedLine = TypedDict(
    "CalibratedLine",
    {
        "entry_id": "str",
        "code": "str",
        "raw_score": "str | float",
        "raw_rank": "int",
        "score": "str | float",
        "rank": "int",
        "low": "int",
        "high": "int",
        "above_next": "str | float",
        "tied_in_noise": "bool",
        "goes_on": "str | float",
    },
)
CalibrationRefusal = TypedDict(
    "CalibrationRefusal",
    {
        "reason": "Literal['NOT_CONNECTED', 'NO_SHEETS', 'TOO_FEW_JUDGES', 'TOO_FEW_SHEETS', 'TOO_FEW_SHEETS_PER_ENTRY', 'TOO_FEW_SHEETS_PER_JUDGE']",
        "judge_ids": NotRequired["list[str]"],
        "codes": NotRequired["list[str]"],
        "groups": NotRequired["list[list[str]]"],
    },
)
ChainVerified = TypedDict(
    "ChainVerified",
    {
        "length": "int",
        "digest": "str",
        "broken_at": NotRequired["int | None"],
        "why": NotRequired[
            "Literal['body changed', 'head changed', 'link changed', 'out of place'] | None"
        ],
    },
)
Change = TypedDict(
    "Change",
    {
        "version": "int",
        "reason": "str",
        "withdrawn": NotRequired["list[str]"],
        "swaps": NotRequired["list[DefenceSwap]"],
        "moves": NotRequired["list[Move]"],
    },
)
Changed = TypedDict("Changed", {"number": "int"})
Changes = TypedDict(
    "Changes",
    {
        "revision": NotRequired["int | None"],
        "kind": NotRequired["Literal['COLLECTIVE', 'INDIVIDUAL']"],
        "group": NotRequired["str"],
        "title": NotRequired["str"],
        "summary": NotRequired["str"],
        "area": NotRequired["str"],
        "authors": NotRequired["list[Author]"],
        "unit_id": NotRequired["str | None"],
        "enterprise": NotRequired["Enterprise | None"],
        "improves": NotRequired["list[Improves]"],
    },
)
CheckItem = TypedDict("CheckItem", {"code": "str", "name": "str"})
CheckLine = TypedDict(
    "CheckLine",
    {
        "item": "str",
        "name": "str",
        "state": "Literal['NOT_OK', 'OK', 'OPEN']",
        "met": NotRequired["bool | None"],
        "detail": NotRequired["str"],
        "note": NotRequired["str"],
        "answered_by": NotRequired["str | None"],
        "answered_at": NotRequired["str | None"],
    },
)
Checklist = TypedDict(
    "Checklist",
    {"entry_id": "str", "version": "int", "complete": "bool", "lines": "list[CheckLine]"},
)
ComparedWith = TypedDict(
    "ComparedWith",
    {"entries": "int", "known": "int", "cutoff": "str", "registers": NotRequired["list[str]"]},
)
ComparisonLine = TypedDict(
    "ComparisonLine",
    {
        "way": "Literal['ANSWERED', 'ASKED']",
        "province": "str",
        "at": "str",
        "by": "str",
        "fingerprints": "int",
        "band": "Literal['HIGH', 'LOW', 'MEDIUM', 'NONE']",
        "entry_id": NotRequired["str | None"],
    },
)
Confirmation = TypedDict(
    "Confirmation",
    {"version": "int", "confirmed": "bool", "note": "str", "at": "str", "by": "str"},
)
ConflictLine = TypedDict(
    "ConflictLine",
    {
        "judge_id": "str",
        "kind": "Literal['DECLARED', 'FOUND', 'PINNED']",
        "ground": "str",
        "words": "str",
        "ours": NotRequired["list[str]"],
        "theirs": NotRequired["list[str]"],
        "said_by": NotRequired["str | None"],
        "excused_by": NotRequired["str | None"],
    },
)
ConflictList = TypedDict(
    "ConflictList",
    {
        "as_of": "str",
        "judges": "list[str]",
        "entries": "list[EntryConflicts]",
        "after": NotRequired["str | None"],
    },
)
ConflictOfInterest = TypedDict(
    "ConflictOfInterest",
    {
        "judge_id": "str",
        "entry_id": NotRequired["str"],
        "reason": "str",
        "relation": NotRequired[
            "Literal['ADVISER', 'BUSINESS', 'DISPUTE', 'HOUSEHOLD', 'OTHER', 'RELATIVE', 'SPOUSE']"
        ],
        "person_id": NotRequired["str | None"],
    },
)
ConflictRules = TypedDict(
    "ConflictRules",
    {
        "units": NotRequired["Literal['ADJACENT', 'CHAIN', 'OWN']"],
        "former_years": NotRequired["int"],
        "co_authors": NotRequired["bool"],
    },
)
Contact = TypedDict(
    "Contact", {"office": "str", "email": NotRequired["str"], "phone": NotRequired["str"]}
)
ContestGrant = TypedDict("ContestGrant", {"login": "str", "role": "str"})
ContestLine = TypedDict(
    "ContestLine",
    {
        "contest_id": "str",
        "title": "str",
        "opens": "str",
        "closes": "str",
        "watched_from": NotRequired["str | None"],
    },
)
CopiesLine = TypedDict(
    "CopiesLine",
    {
        "entry_id": "str",
        "title": "str",
        "receipt_code": "str",
        "waiting": "int",
        "approved": "int",
        "withheld": "int",
        "unread": "int",
    },
)
CopyView = TypedDict(
    "CopyView",
    {
        "place": "int",
        "number": "int",
        "state": "Literal['APPROVED', 'WAITING', 'WITHHELD']",
        "made_at": "str",
        "paper": NotRequired["str"],
        "document_id": NotRequired["str"],
        "file_name": NotRequired["str"],
        "pages": NotRequired["int"],
        "removed": NotRequired["list[RemovedWords]"],
        "unread": NotRequired["list[int]"],
        "left_out": NotRequired["dict[str, int]"],
        "problem": NotRequired["str"],
        "title": NotRequired["str"],
        "summary": NotRequired["str"],
        "added": NotRequired["list[str]"],
        "kept": NotRequired["list[str]"],
        "boxes": NotRequired["list[BlackBox]"],
        "decided_by": NotRequired["str"],
        "decided_by_name": NotRequired["str"],
        "decided_at": NotRequired["str | None"],
        "reason": NotRequired["str"],
    },
)
CountedContest = TypedDict(
    "CountedContest",
    {
        "contest_id": "str",
        "title": "str",
        "year": "int",
        "total": "EntryCount",
        "prizes": NotRequired["dict[str, str]"],
    },
)
Counterparty = TypedDict(
    "Counterparty",
    {
        "name": "str",
        "url": "str",
        "username": "str",
        "dstcode": "str",
        "agency_code": "str",
        "unit": "str",
        "procedures": "list[Procedure]",
        "auth_path": NotRequired["str"],
        "service_path": NotRequired["str"],
        "statuses": NotRequired["dict[str, str]"],
        "array_body": NotRequired["bool"],
        "not_found_code": NotRequired["str | None"],
        "active": NotRequired["bool"],
        "sandbox": NotRequired["bool"],
    },
)
CoverageLine = TypedDict(
    "CoverageLine",
    {
        "unit_id": "str",
        "name": "str",
        "entries": "int",
        "kind": NotRequired["str"],
        "individual": NotRequired["int"],
        "collective": NotRequired["int"],
        "authors": NotRequired["int"],
        "staff": NotRequired["int | None"],
        "owed_entries": NotRequired["int"],
        "owed_authors": NotRequired["int | None"],
        "meets_duty": NotRequired["bool"],
        "nil_reason": NotRequired["str | None"],
        "continues": NotRequired["list[str]"],
    },
)
CoverageReport = TypedDict(
    "CoverageReport",
    {
        "contest_id": "str",
        "as_of": "str",
        "units": "int",
        "entered": "int",
        "nil_returns": "int",
        "silent": "int",
        "rate": "str | float",
        "target": "str | float",
        "reached": "bool",
        "without_unit": "int",
        "lines": "list[CoverageLine]",
    },
)
Criterion = TypedDict(
    "Criterion",
    {
        "code": "str",
        "name": "str",
        "max": "str | float",
        "sub": NotRequired["list[SubCriterion]"],
        "weight": NotRequired["str | float"],
        "marked": NotRequired["Literal['parts', 'whole']"],
        "comment_only": NotRequired["bool"],
        "comment": NotRequired["Literal['optional', 'required']"],
        "comment_below": NotRequired["str | float | None"],
        "comment_above": NotRequired["str | float | None"],
        "step": NotRequired["str | float | None"],
    },
)
CriterionFacts = TypedDict(
    "CriterionFacts",
    {
        "code": "str",
        "name": "str",
        "max": "str | float",
        "weight": "str | float",
        "mean": "Average",
    },
)
CutFacts = TypedDict(
    "CutFacts",
    {
        "rule": "Advance",
        "group": "str",
        "entries": "int",
        "room": "int | None",
        "last": "str | float | None",
        "missing": "str | float",
        "advances": "bool",
        "tied_at_cutoff": "bool",
    },
)
Decision = TypedDict("Decision", {"number": "str", "issued_on": "str"})
Declaration = TypedDict(
    "Declaration",
    {
        "code": "str",
        "text": "str",
        "version": NotRequired["int"],
        "paper": NotRequired["str | None"],
    },
)
Declarations = TypedDict(
    "Declarations",
    {
        "declarations": NotRequired["list[str]"],
        "posted_at": NotRequired["str | None"],
        "arrived_at": NotRequired["str | None"],
    },
)
Declared = TypedDict(
    "Declared",
    {
        "id": "str",
        "side": "Literal['APART', 'DECLARED', 'NO_OBSTACLE']",
        "judge_id": "str",
        "entry": "str | None",
        "person_id": "str | None",
        "relation": "Literal['ADVISER', 'BUSINESS', 'DISPUTE', 'HOUSEHOLD', 'OTHER', 'RELATIVE', 'SPOUSE'] | None",
        "ground": "str | None",
        "reason": "str",
        "said_by": "str",
        "said_at": "str",
        "ended_by": NotRequired["str | None"],
        "ended_at": NotRequired["str | None"],
        "ended_reason": NotRequired["str"],
    },
)
Declined = TypedDict("Declined", {"reason": "str"})
DefenceAvailability = TypedDict(
    "DefenceAvailability", {"of": "str", "hours": "list[DefenceHours]"}
)
DefenceDay = TypedDict(
    "DefenceDay",
    {
        "round_id": "str",
        "version": "int",
        "newest": "int",
        "is_whole": "bool",
        "slots": "list[DefenceSlot]",
        "leavings": "int",
        "present_minutes": "int",
        "question_minutes": "int",
        "warn_minutes": "int",
        "hours": NotRequired["list[DefenceHours]"],
        "rooms": NotRequired["list[DefenceRoom]"],
        "availability": NotRequired["list[DefenceAvailability]"],
        "versions": NotRequired["list[DefenceVersion]"],
    },
)
DefenceHours = TypedDict("DefenceHours", {"starts_at": "str", "ends_at": "str"})
DefencePlan = TypedDict(
    "DefencePlan",
    {
        "slots": "list[DefenceSlot]",
        "leavings": "int",
        "at_least": "int",
        "is_best": "bool",
        "seed": "str",
        "present_minutes": "int",
        "question_minutes": "int",
    },
)
DefenceRoom = TypedDict(
    "DefenceRoom",
    {
        "name": "str",
        "panel_id": NotRequired["str | None"],
        "areas": NotRequired["list[str]"],
        "codes": NotRequired["list[str]"],
    },
)
DefenceSlot = TypedDict(
    "DefenceSlot",
    {
        "code": "str",
        "title": "str",
        "room": "str",
        "starts_at": "str",
        "answers_at": "str",
        "ends_at": "str",
        "state": NotRequired["Literal['CANCELLED', 'CONFIRMED']"],
        "uid": NotRequired["str"],
        "sequence": NotRequired["int"],
        "judge_ids": NotRequired["list[str]"],
        "away": NotRequired["list[str]"],
    },
)
DefenceSwap = TypedDict("DefenceSwap", {"one": "str", "other": "str"})
DefenceVersion = TypedDict(
    "DefenceVersion",
    {
        "version": "int",
        "recorded_at": "str",
        "recorded_by": "str",
        "reason": "str",
        "changed": "list[str]",
    },
)
DeliveryView = TypedDict(
    "DeliveryView",
    {
        "delivery_id": "str",
        "event_type": "str",
        "template": "str",
        "recipient": "str",
        "channel": "Literal['EDXML', 'EMAIL', 'INBOX', 'SMS', 'WEBHOOK', 'ZNS']",
        "state": "Literal['DROPPED', 'EXPIRED', 'FAILED', 'HELD', 'QUEUED', 'SENT']",
        "queued_at": "str",
        "attempts": "int",
        "sent_at": NotRequired["str | None"],
        "entry_id": NotRequired["str | None"],
        "last_error": NotRequired["str | None"],
        "due_at": NotRequired["str | None"],
        "expires_at": NotRequired["str | None"],
        "opened_at": NotRequired["str | None"],
        "accepted_by": NotRequired["str | None"],
        "response": NotRequired["str | None"],
        "reason": NotRequired["SendingReason | None"],
        "instead_of": NotRequired["str | None"],
        "tries": NotRequired["list[TryView]"],
    },
)
Difference = TypedDict(
    "Difference",
    {
        "what": "Literal['PROGRAM', 'RULES', 'SOURCES', 'SOURCE_CHANGED', 'SOURCE_GONE'] | Literal['EXCLUDED', 'EXCLUDED_SHARE', 'FLAGS', 'IDEA_FOUND', 'IDEA_LOST', 'IDEA_OTHERWISE', 'LEVEL', 'MATCH_FOUND', 'MATCH_LOST', 'MATCH_OTHERWISE', 'SHARE', 'SHARE_WITHOUT', 'WORDS']",
        "before": NotRequired["str"],
        "now": NotRequired["str"],
        "source_kind": NotRequired["Literal['ENTRY', 'KNOWN_INITIATIVE'] | None"],
        "source_id": NotRequired["str"],
        "title": NotRequired["str"],
    },
)
Discussed = TypedDict("Discussed", {"minutes": "str", "conclusion": "str"})
Dispute = TypedDict("Dispute", {"kind": "Literal['COMPLAINT', 'PETITION']", "grounds": "str"})
Divergence = TypedDict(
    "Divergence",
    {
        "threshold": "str | float",
        "measure": NotRequired["Literal['median', 'range']"],
        "then": NotRequired["Literal['discuss', 'look_again', 'third_judge', 'whole_panel']"],
    },
)
DocumentView = TypedDict(
    "DocumentView",
    {
        "document_id": "str",
        "code": "str",
        "file_name": "str",
        "media_type": "str",
        "size": "int",
        "sha256": "str",
        "version": "int",
        "stored": "bool",
        "state": NotRequired["str"],
        "sent_name": NotRequired["str"],
        "pages": NotRequired["int | None"],
        "minutes": NotRequired["str | float | None"],
        "refusal": NotRequired["str"],
        "refusal_params": NotRequired["dict[str, str]"],
    },
)
Dossier = TypedDict(
    "Dossier",
    {
        "required": "list[EnteringPaper]",
        "optional": NotRequired["list[EnteringPaper]"],
        "conditional": NotRequired["list[EnteringPaper]"],
        "declarations": NotRequired["list[Declaration]"],
        "checklist": NotRequired["list[CheckItem]"],
    },
)
DossierFile = TypedDict(
    "DossierFile",
    {
        "code": "str",
        "file_name": "str",
        "media_type": "str",
        "size": "int",
        "sha256": "str",
        "url": NotRequired["str | None"],
    },
)
DossierView = TypedDict(
    "DossierView",
    {
        "entry_id": "str",
        "contest_id": "str",
        "external_code": "str",
        "state": "str",
        "timeline": "list[TimelineLine]",
        "status": NotRequired["str | None"],
        "receipt_code": NotRequired["str | None"],
        "received_at": NotRequired["str | None"],
        "due_at": NotRequired["str | None"],
        "missing": NotRequired["list[str]"],
        "pending": NotRequired["list[PendingFile]"],
        "problem": NotRequired["str"],
    },
)
DraftText = TypedDict(
    "DraftText",
    {
        "marks": NotRequired["dict[str, str]"],
        "comments": NotRequired["dict[str, str]"],
        "comment": NotRequired["str"],
    },
)
Drafted = TypedDict("Drafted", {"entry_id": "str"})
Drawing = TypedDict(
    "Drawing",
    {
        "hours": "list[Hours]",
        "rooms": "list[DefenceRoom]",
        "availability": NotRequired["list[Limit]"],
        "seed": NotRequired["str | None"],
    },
)
DroppedFor = TypedDict("DroppedFor", {"reason": "str"})
Due = TypedDict("Due", {"due_at": "str"})
Enterprise = TypedDict(
    "Enterprise",
    {
        "name": NotRequired["str"],
        "tax_code": NotRequired["str"],
        "representative": NotRequired["str"],
    },
)
Entrants = TypedDict(
    "Entrants",
    {
        "kinds": "list[Literal['COLLECTIVE', 'INDIVIDUAL']]",
        "groups": "list[Group]",
        "excluded": "list[str]",
        "excluded_rule": "str",
        "max_authors": "int",
        "shares_required": "bool",
        "coverage_target": NotRequired["str | float"],
        "head_confirms": NotRequired["bool"],
        "unit_duty": NotRequired["UnitDuty | None"],
        "classes": NotRequired["list[EntryClass]"],
    },
)
EntrantsErased = TypedDict(
    "EntrantsErased",
    {
        "contest_id": "str",
        "person_ids": "list[str]",
        "entry_ids": "list[str]",
        "minutes": "str",
        "retained_until": "str",
        "rules_number": "int",
        "rows": "int",
        "objects": "int",
        "kept": NotRequired["int"],
    },
)
EntryClass = TypedDict(
    "EntryClass",
    {"code": "str", "name": "str", "kinds": "list[Literal['COLLECTIVE', 'INDIVIDUAL']]"},
)
EntryConflicts = TypedDict(
    "EntryConflicts",
    {
        "entry_id": "str",
        "code": "str",
        "title": "str",
        "area": "str",
        "free": "int",
        "lines": "list[ConflictLine]",
    },
)
EntryCount = TypedDict(
    "EntryCount",
    {
        "received": NotRequired["int"],
        "accepted": NotRequired["int"],
        "refused": NotRequired["int"],
        "withdrawn": NotRequired["int"],
        "disqualified": NotRequired["int"],
        "prizes": NotRequired["dict[str, int]"],
    },
)
EntryLeft = TypedDict(
    "EntryLeft",
    {"code": "str", "reason": "Literal['DISQUALIFIED', 'DUPLICATE', 'REFUSED', 'WITHDRAWN']"},
)
EntryLine = TypedDict(
    "EntryLine",
    {
        "entry_id": "str",
        "title": "str",
        "area": "str",
        "state": "str",
        "channel": "Literal['DESK', 'ONE_STOP', 'ONLINE', 'POST']",
        "receipt_code": NotRequired["str | None"],
        "received_at": NotRequired["str | None"],
        "unit_id": NotRequired["str | None"],
    },
)
EntryView = TypedDict(
    "EntryView",
    {
        "entry_id": "str",
        "contest_id": "str",
        "state": "str",
        "version": "int",
        "kind": "Literal['COLLECTIVE', 'INDIVIDUAL']",
        "group": "str",
        "title": "str",
        "summary": "str",
        "area": "str",
        "channel": "Literal['DESK', 'ONE_STOP', 'ONLINE', 'POST']",
        "authors": "list[Author]",
        "documents": "list[DocumentView]",
        "timeline": "list[TimelineLine]",
        "unit_id": NotRequired["str | None"],
        "receipt_code": NotRequired["str | None"],
        "external_code": NotRequired["str | None"],
        "missing": NotRequired["list[str]"],
        "posted_at": NotRequired["str | None"],
        "received_at": NotRequired["str | None"],
        "counted_at": NotRequired["str | None"],
        "counting_rule": NotRequired["str"],
        "due_at": NotRequired["str | None"],
        "returns": NotRequired["int"],
        "handover": NotRequired["Handover | None"],
        "revision": NotRequired["int"],
        "edited": NotRequired["bool"],
        "lacks": NotRequired["list[str]"],
        "enterprise": NotRequired["Enterprise | None"],
        "improves": NotRequired["list[Improvement]"],
        "declared": NotRequired["list[MadeDeclaration]"],
        "confirmation": NotRequired["Confirmation | None"],
        "handed_at": NotRequired["str | None"],
        "mine": NotRequired["bool"],
    },
)
Equal = TypedDict(
    "Equal",
    {
        "code": "str",
        "outcome": "Literal['AHEAD', 'BEHIND', 'EQUAL']",
        "by": "str | None",
        "values": "list[LinkValue]",
    },
)
Excluded = TypedDict(
    "Excluded",
    {
        "start": "int",
        "end": "int",
        "reason": "Literal['BIBLIOGRAPHY', 'FORM', 'HEADING', 'HIDDEN', 'LAW', 'MARGIN', 'QUOTATION']",
    },
)
Explanation = TypedDict(
    "Explanation",
    {
        "entry_id": "str",
        "code": "str",
        "title": "str",
        "rounds": "list[RoundExplained]",
        "text": NotRequired["list[str]"],
    },
)
ExtensionView = TypedDict(
    "ExtensionView",
    {
        "extension_id": "str",
        "contest_id": "str",
        "until": "str",
        "reason": "str",
        "granted_at": "str",
        "granted_by": "str",
        "true_id": "str",
        "entry_id": NotRequired["str | None"],
        "person_id": NotRequired["str | None"],
    },
)
FeedbackLine = TypedDict("FeedbackLine", {"criterion": "str", "comments": "list[str]"})
FieldMistake = TypedDict("FieldMistake", {"field": "str", "reason": "str"})
FileUpload = TypedDict(
    "FileUpload",
    {"code": "str", "file_name": "str", "document_id": "str", "url": "str", "expires_at": "str"},
)
FinalCount = TypedDict(
    "FinalCount", {"score": "str | float", "entries": "int", "exact": NotRequired["str | None"]}
)
FinalEqual = TypedDict(
    "FinalEqual",
    {
        "entry_id": "str",
        "outcome": "Literal['AHEAD', 'BEHIND', 'EQUAL']",
        "by": "str | None",
        "values": "list[str]",
    },
)
FinalExplained = TypedDict(
    "FinalExplained",
    {
        "entry_id": "str",
        "parts": "list[WeighedRound]",
        "exact": "str",
        "rounding": "Rounding",
        "score": "str | float",
        "rank": "int",
        "entries": "int",
        "scores": "list[FinalCount]",
        "chain": "list[str]",
        "values": "list[str]",
        "equals": "list[FinalEqual]",
        "votes": "list[MinutedVote]",
        "text": NotRequired["list[str]"],
    },
)
Finding = TypedDict("Finding", {"ok": "bool", "note": NotRequired["str"]})
FormSlot = TypedDict("FormSlot", {"name": "str", "label": "str", "is_list": NotRequired["bool"]})
FormView = TypedDict(
    "FormView",
    {
        "form": "str",
        "type_name": "str",
        "about": "str",
        "slots": "list[FormSlot]",
        "columns": NotRequired["list[str]"],
        "lists_prizes": NotRequired["bool"],
    },
)
Forms = TypedDict("Forms", {"forms": "list[FormView]", "bodies": "list[BodyView]"})
Gap = TypedDict("Gap", {"begun_at": "str", "ended_at": "str"})
GivenKey = TypedDict(
    "GivenKey",
    {
        "shares": "str",
        "lost": NotRequired["str | None"],
        "minutes": NotRequired["str"],
        "reason": NotRequired["str"],
    },
)
GrantChange = TypedDict("GrantChange", {"login": "str", "role": "str", "reason": "str"})
Group = TypedDict(
    "Group",
    {
        "code": "str",
        "name": "str",
        "entrant": NotRequired["Literal['CITIZEN', 'ENTERPRISE', 'STAFF']"],
    },
)
Growth = TypedDict(
    "Growth",
    {
        "contest_id": "str",
        "before": "int",
        "before_root": "str",
        "size": "int",
        "root": "str",
        "path": "list[str]",
    },
)
HandedOver = TypedDict(
    "HandedOver",
    {
        "applicant": "str",
        "papers": NotRequired["list[PaperCount]"],
        "phone": NotRequired["str | None"],
    },
)
Handover = TypedDict(
    "Handover",
    {
        "applicant": "str",
        "phone": "str | None",
        "papers": "list[PaperCount]",
        "recorded_by": "str",
        "recorded_at": "str",
    },
)
Head = TypedDict("Head", {"length": "int", "digest": "str"})
HeadKey = TypedDict("HeadKey", {"kid": "str", "x": "str", "since": "str"})
Heads = TypedDict("Heads", {"heads": "list[SignedHead]", "keys": "list[HeadKey]"})
Holiday = TypedDict("Holiday", {"day": "str", "type": NotRequired["Literal[0, 1]"]})
Hours = TypedDict("Hours", {"starts_at": "str", "ends_at": "str"})
Idea = TypedDict(
    "Idea",
    {
        "source_kind": "Literal['ENTRY', 'KNOWN_INITIATIVE']",
        "source_id": "str",
        "title": "str",
        "rank": NotRequired["int | None"],
        "score": NotRequired["str | float | None"],
        "percentile": NotRequired["str | float | None"],
        "filed_at": NotRequired["str | None"],
        "applied_on": NotRequired["str | None"],
        "place": NotRequired["str | None"],
    },
)
ImportAgencies = TypedDict("ImportAgencies", {"agencies": "list[Agency]"})
ImportInitiatives = TypedDict(
    "ImportInitiatives", {"register": "str", "initiatives": "list[KnownInitiative]"}
)
ImportedEntry = TypedDict(
    "ImportedEntry",
    {
        "row": "int",
        "entry_id": "str",
        "receipt_code": NotRequired["str | None"],
        "late": NotRequired["bool"],
    },
)
Improvement = TypedDict(
    "Improvement",
    {
        "index": "str",
        "component": NotRequired["str | None"],
        "baseline": NotRequired["str | float | None"],
        "target": NotRequired["str | float | None"],
        "year": NotRequired["int | None"],
        "evidence": NotRequired["str"],
        "document_id": NotRequired["str | None"],
    },
)
Improves = TypedDict(
    "Improves",
    {
        "index": "str",
        "component": NotRequired["str | None"],
        "baseline": NotRequired["str | float | None"],
        "target": NotRequired["str | float | None"],
        "year": NotRequired["int | None"],
        "evidence": NotRequired["str"],
        "document_id": NotRequired["str | None"],
    },
)
Inbox = TypedDict("Inbox", {"unread": "int", "notices": "list[MyNotice]"})
InclusionProof = TypedDict(
    "InclusionProof",
    {
        "event_id": "str",
        "type": "str",
        "occurred_at": "str",
        "members": "dict[str, str]",
        "number": "int",
        "path": "list[str]",
        "head": "SignedHead",
    },
)
Index = TypedDict(
    "Index",
    {
        "code": "str",
        "name": "str",
        "owner": "str",
        "components": NotRequired["list[IndexComponent]"],
        "unconfirmed": NotRequired["bool"],
    },
)
IndexCatalogue = TypedDict("IndexCatalogue", {"version": "str", "indexes": "list[Index]"})
IndexComponent = TypedDict("IndexComponent", {"code": "str", "name": "str"})
Indicator = TypedDict(
    "Indicator",
    {
        "index": "str",
        "measure": "str",
        "year": "int",
        "baseline": "str | float",
        "target": "str | float",
        "component": NotRequired["str"],
    },
)
IndicatorView = TypedDict(
    "IndicatorView",
    {"indicator": "Indicator", "readings": "list[Reading]", "progress": "str | float"},
)
InitiativeLine = TypedDict(
    "InitiativeLine",
    {
        "register": "str",
        "code": "str",
        "title": "str",
        "applied_at": "str",
        "scope": "Literal['OTHER_CONTEST', 'OTHER_PROVINCE', 'PROVINCE', 'PUBLICATION', 'UNIT']",
        "applied_on": NotRequired["str | None"],
        "applied_until": NotRequired["str | None"],
        "entry_id": NotRequired["str | None"],
        "reading": NotRequired["str"],
    },
)
JudgeReplacement = TypedDict(
    "JudgeReplacement", {"kept": "list[str]", "handed_over": "list[str]", "vacant": "list[str]"}
)
JudgeSeverity = TypedDict(
    "JudgeSeverity",
    {"judge_id": "str", "sheets": "int", "points": "str | float", "error": "str | float"},
)
JudgedPaper = TypedDict(
    "JudgedPaper",
    {
        "place": "int",
        "paper": "str",
        "state": "Literal['CHECKING', 'READY', 'WITHHELD']",
        "pages": NotRequired["int"],
    },
)
JudgesMissed = TypedDict("JudgesMissed", {"entries": "int", "judge_ids": "list[str]"})
Jury = TypedDict(
    "Jury",
    {
        "seats": "list[Seat]",
        "panels": NotRequired["list[SubJury]"],
        "decision": NotRequired["Decision | None"],
    },
)
JuryNote = TypedDict(
    "JuryNote",
    {
        "at": "str",
        "by": "str",
        "words": "str",
        "round_id": NotRequired["str | None"],
        "code": NotRequired["str | None"],
        "judge_id": NotRequired["str | None"],
    },
)
JuryRules = TypedDict(
    "JuryRules",
    {
        "odd": NotRequired["bool"],
        "quorum": NotRequired["Quorum"],
        "panel_size": NotRequired["int | None"],
        "left_sheets": NotRequired["Literal['COUNT', 'WITHDRAW']"],
        "names": NotRequired["Literal['SECRET', 'SHOWN']"],
    },
)
JuryView = TypedDict(
    "JuryView",
    {
        "panels": "list[SubJury]",
        "seats": "list[SeatView]",
        "judges": "int",
        "quorum": "int",
        "vacancies": NotRequired["list[Vacancy]"],
    },
)
Kept = TypedDict("Kept", {"version": "int"})
KeptAway = TypedDict("KeptAway", {"judge_id": "str", "reason": "str"})
KeyChallenge = TypedDict("KeyChallenge", {"sealed": "str"})
KeyHolder = TypedDict(
    "KeyHolder",
    {"person_id": "str", "public_key": "str", "registered_at": "str", "confirmed": "bool"},
)
KeySet = TypedDict("KeySet", {"keys": "list[ReceiptKey]"})
KeyShares = TypedDict("KeyShares", {"sealed": "str", "public_key": "str", "service_key": "str"})
KeysGiven = TypedDict("KeysGiven", {"holders": "list[str]", "opened": "bool"})
KnownInitiative = TypedDict(
    "KnownInitiative",
    {
        "code": "str",
        "title": "str",
        "text": "str",
        "applied_at": "str",
        "applied_on": NotRequired["str | None"],
        "applied_until": NotRequired["str | None"],
        "scope": NotRequired[
            "Literal['OTHER_CONTEST', 'OTHER_PROVINCE', 'PROVINCE', 'PUBLICATION', 'UNIT']"
        ],
        "summary": NotRequired["str"],
    },
)
LastDay = TypedDict("LastDay", {"until": "str", "reason": "str"})
LedgerLine = TypedDict(
    "LedgerLine",
    {
        "sequence": "int",
        "event_id": "str",
        "type": "str",
        "occurred_at": "str",
        "body_digest": "str",
        "digest": "str",
        "previous": "str",
        "body_kept": NotRequired["bool"],
    },
)
Limit = TypedDict("Limit", {"of": "str", "hours": "list[Hours]"})
Link = TypedDict("Link", {"token": "str"})
LinkValue = TypedDict("LinkValue", {"link": "str", "value": "str"})
Login = TypedDict(
    "Login",
    {
        "login": "str",
        "password": "str",
        "tenant": NotRequired["str | None"],
        "code": NotRequired["str"],
    },
)
MadeAccount = TypedDict("MadeAccount", {"person_id": "str", "password": NotRequired["str | None"]})
MadeClient = TypedDict("MadeClient", {"client_id": "str", "client_secret": "str"})
MadeDeclaration = TypedDict(
    "MadeDeclaration",
    {"code": "str", "version": "int", "sha256": "str", "made_at": "str", "made_by": "str"},
)
Match = TypedDict(
    "Match",
    {
        "source_kind": "Literal['ENTRY', 'KNOWN_INITIATIVE']",
        "source_id": "str",
        "title": "str",
        "share": "str | float",
        "passages": "list[Passage]",
        "applied_at": NotRequired["str | None"],
        "filed_at": NotRequired["str | None"],
        "applied_on": NotRequired["str | None"],
        "place": NotRequired["str | None"],
        "register": NotRequired["str"],
        "matched": NotRequired["int | None"],
        "source_words": NotRequired["int | None"],
        "strong": NotRequired["int | None"],
    },
)
Measured = TypedDict("Measured", {"actual": "str | float", "read_on": "str", "evidence": "str"})
MeasuredLine = TypedDict(
    "MeasuredLine",
    {
        "indicator": "Indicator",
        "progress": "str | float",
        "actual": NotRequired["str | float | None"],
        "read_on": NotRequired["str | None"],
    },
)
Meeting = TypedDict(
    "Meeting",
    {
        "place": "str",
        "began_at": "str",
        "ended_at": "str",
        "presided_by": NotRequired["str | None"],
        "kept_by": NotRequired["str | None"],
        "present": NotRequired["list[str]"],
        "absent": NotRequired["list[Absence]"],
        "guests": NotRequired["list[str]"],
        "opinions": NotRequired["list[Opinion]"],
        "conclusion": NotRequired["str"],
        "names": NotRequired["dict[str, str]"],
    },
)
Members = TypedDict(
    "Members",
    {
        "body": "Literal['BAN_TO_CHUC', 'SOFTWARE_OPERATORS', 'TO_THU_KY']",
        "person_ids": "list[str]",
    },
)
Met = TypedDict(
    "Met",
    {
        "kind": "Literal['CLOSING', 'MISSING', 'OPENING', 'RECONSIDERING', 'UNSEALING', 'VOTE']",
        "place": "str",
        "began_at": "str",
        "ended_at": "str",
        "presided_by": NotRequired["str | None"],
        "kept_by": NotRequired["str | None"],
        "present": NotRequired["list[str]"],
        "absent": NotRequired["list[Absence]"],
        "guests": NotRequired["list[str]"],
        "opinions": NotRequired["list[Opinion]"],
        "conclusion": NotRequired["str"],
        "names": NotRequired["dict[str, str]"],
        "minutes_id": NotRequired["str | None"],
        "reason": NotRequired["str"],
    },
)
Milestone = TypedDict(
    "Milestone",
    {
        "what": "str",
        "due_on": "str",
        "done_on": NotRequired["str | None"],
        "note": NotRequired["str"],
    },
)
MilestoneCount = TypedDict(
    "MilestoneCount",
    {
        "done": NotRequired["int"],
        "done_late": NotRequired["int"],
        "open": NotRequired["int"],
        "overdue": NotRequired["int"],
    },
)
MinutedVote = TypedDict("MinutedVote", {"order": "list[str]", "minutes": "str", "reason": "str"})
MinutesRules = TypedDict(
    "MinutesRules",
    {
        "issuer": NotRequired["str"],
        "symbol": NotRequired["str"],
        "parent": NotRequired["str | None"],
        "recipients": NotRequired["list[str]"],
        "conflicts": NotRequired["Literal['COUNTS', 'GROUNDS']"],
        "required": NotRequired[
            "list[Literal['discussion', 'extend', 'lost_key', 'quorum', 'replace', 'second_look', 'vote']]"
        ],
    },
)
MinutesView = TypedDict(
    "MinutesView",
    {
        "minutes_id": "str",
        "version": "int",
        "round_id": "str",
        "kind": "Literal['CLOSING', 'MISSING', 'OPENING', 'RECONSIDERING', 'UNSEALING', 'VOTE']",
        "state": "Literal['CHECKED', 'DRAFT', 'ISSUED']",
        "kept_by": "str",
        "presided_by": "str",
        "drafted_by": "str",
        "drafted_at": "str",
        "digest": "str",
        "pdf_sha256": "str",
        "docx_sha256": "str",
        "number": NotRequired["str"],
        "dated": NotRequired["str | None"],
        "reason": NotRequired["str"],
        "is_replaced": NotRequired["bool"],
        "meeting": NotRequired["Meeting | None"],
    },
)
Missing = TypedDict(
    "Missing",
    {
        "ways": NotRequired["list[Literal['extend', 'quorum', 'replace']]"],
        "quorum": NotRequired["int | None"],
    },
)
MoneyLine = TypedDict(
    "MoneyLine",
    {
        "ledger": "Literal['BONUS', 'CONTEST']",
        "kind": "Literal['DUE', 'RECALLED', 'RECOVERED']",
        "entry_id": "str",
        "title": "str",
        "prize": "str",
        "amount_vnd": "int",
        "basis": "str",
        "at": NotRequired["str | None"],
    },
)
MoneySource = TypedDict(
    "MoneySource",
    {
        "name": "str",
        "value": "str | float",
        "valid_from": "str",
        "source": "str",
        "is_checked": "bool",
    },
)
MoneyView = TypedDict(
    "MoneyView",
    {
        "is_due": "bool",
        "decided_on": "str",
        "lines": "list[MoneyLine]",
        "contest_vnd": "int",
        "bonus_vnd": "int",
        "to_recover_vnd": "int",
        "sources": "list[MoneySource]",
        "taxes": "list[TaxNote]",
    },
)
MoreTime = TypedDict(
    "MoreTime",
    {
        "until": "str",
        "reason": "str",
        "entry_id": NotRequired["str | None"],
        "person_id": NotRequired["str | None"],
    },
)
Move = TypedDict("Move", {"code": "str", "starts_at": "str", "room": NotRequired["str | None"]})
Moved = TypedDict("Moved", {"code": "str", "left": "list[str]", "came": "list[str]"})
MyNotice = TypedDict(
    "MyNotice",
    {
        "event_id": "str",
        "code": "str",
        "title": "str",
        "text": "str",
        "told_at": "str",
        "read_at": NotRequired["str | None"],
        "contest_id": "str",
        "entry_id": NotRequired["str | None"],
    },
)
NewAccount = TypedDict(
    "NewAccount",
    {
        "login": "str",
        "roles": "list[str]",
        "full_name": "str",
        "password": NotRequired["str | None"],
        "email": NotRequired["str | None"],
        "phone": NotRequired["str | None"],
        "unit_id": NotRequired["str | None"],
    },
)
NewAdopter = TypedDict(
    "NewAdopter",
    {
        "responsible_id": "str",
        "reach": NotRequired["Literal['PROVINCE', 'UNIT']"],
        "unit_id": NotRequired["str | None"],
        "body": NotRequired["str"],
        "milestones": NotRequired["list[Milestone]"],
        "indicators": NotRequired["list[Indicator]"],
    },
)
NewClient = TypedDict("NewClient", {"scopes": NotRequired["list[str]"]})
NewDocument = TypedDict(
    "NewDocument",
    {
        "form": "str",
        "body": NotRequired["str"],
        "texts": NotRequired["dict[str, str]"],
        "lists": NotRequired["dict[str, list[str]]"],
        "rows": NotRequired["list[list[str]]"],
        "winners": NotRequired["bool"],
        "entry_id": NotRequired["str | None"],
    },
)
NewJudges = TypedDict("NewJudges", {"judge_ids": "list[str]", "decision": "str"})
NewSheet = TypedDict("NewSheet", {"marks": "dict[str, str | float]", "comment": "str"})
NewSigner = TypedDict(
    "NewSigner",
    {
        "authority": "str",
        "role": "Literal['approve', 'attach', 'issue']",
        "certificate": "str",
        "since": "str",
        "until": NotRequired["str | None"],
    },
)
NewWords = TypedDict("NewWords", {"changes": "dict[str, Any]"})
Nil = TypedDict("Nil", {"reason": "str"})
NotAssigned = TypedDict("NotAssigned", {"code": "str", "judge_id": "str", "reason": "str"})
Notice = TypedDict(
    "Notice",
    {
        "code": "Literal['accepted', 'appointed', 'assigned', 'came_late', 'copies_wait', 'defence_heard', 'defence_set', 'digest', 'disqualified', 'draft_unfinished', 'extended', 'finalist', 'key_stood_in', 'milestone_due', 'originality_ruled', 'paper_ready', 'petition_due', 'petition_filed', 'petition_moved', 'prize_revoked', 'receipt', 'refused', 'rejudging_asked', 'results_changed', 'results_out', 'round_closed', 'round_opened', 'second_look', 'sheets_due', 'supplement_asked', 'unit_silent', 'withdrawn', 'won']",
        "told": NotRequired["bool"],
        "to": NotRequired[
            "list[Literal['AUTHOR', 'CONCERNED', 'CO_AUTHOR', 'FILER', 'JUDGE', 'ORGANISER', 'SECRETARY', 'UNIT']]"
        ],
        "by": NotRequired["list[Literal['EDXML', 'EMAIL', 'INBOX', 'SMS', 'ZNS']]"],
        "held": NotRequired["bool"],
        "urgent": NotRequired["bool"],
        "at": NotRequired["str | None"],
        "days_before": NotRequired["list[int]"],
        "expires_hours": NotRequired["int | None"],
    },
)
NoticeLine = TypedDict(
    "NoticeLine",
    {
        "delivery_id": "str",
        "code": "str",
        "title": "str",
        "recipient": "str",
        "name": "str",
        "channel": "Literal['EDXML', 'EMAIL', 'INBOX', 'SMS', 'WEBHOOK', 'ZNS']",
        "state": "Literal['DROPPED', 'EXPIRED', 'FAILED', 'HELD', 'QUEUED', 'SENT']",
        "queued_at": "str",
        "due_at": "str",
        "sent_at": NotRequired["str | None"],
        "read_at": NotRequired["str | None"],
        "expires_at": NotRequired["str | None"],
        "attempts": NotRequired["int"],
        "last_error": NotRequired["str | None"],
        "words_version": NotRequired["str | None"],
        "entry_ids": NotRequired["list[str]"],
        "text": NotRequired["str"],
        "reason": NotRequired["SendingReason | None"],
    },
)
NoticePreview = TypedDict(
    "NoticePreview",
    {"subject": "str", "text": "str", "html": "str", "short": "str", "version": "str"},
)
NoticeWishes = TypedDict(
    "NoticeWishes",
    {
        "language": NotRequired["Literal['en', 'vi']"],
        "first": NotRequired["Literal['EMAIL', 'INBOX', 'SMS', 'ZNS'] | None"],
        "off": NotRequired["list[str]"],
        "optional": NotRequired["list[str]"],
    },
)
NoticeWords = TypedDict(
    "NoticeWords",
    {
        "code": "str",
        "language": "Literal['en', 'vi']",
        "version": "str",
        "text": "str",
        "short": "str",
        "form_id": NotRequired["str"],
        "known": NotRequired["list[str]"],
        "contest_id": NotRequired["str"],
    },
)
Notices = TypedDict(
    "Notices",
    {
        "kinds": NotRequired["list[Notice]"],
        "quiet": NotRequired["QuietHours | None"],
        "digest_at": NotRequired["str | None"],
    },
)
Novelty = TypedDict(
    "Novelty",
    {
        "scope": "list[str]",
        "forbid": "list[str]",
        "cutoff": "str",
        "report_above": "str | float",
        "must_review_above": "str | float",
        "stages": NotRequired["list[Literal['APPLIED', 'PILOTED', 'PROPOSAL']]"],
        "own_checks": NotRequired["int"],
    },
)
OpenResults = TypedDict(
    "OpenResults",
    {
        "contest_id": "str",
        "contest_title": "str",
        "published_at": "str",
        "revision": "int",
        "revised_at": "str | None",
        "fields": "list[Literal['authors', 'code', 'prize', 'rank', 'score', 'title', 'unit']]",
        "rows": "list[list[str]]",
        "annulled": NotRequired["list[AnnulledPrize]"],
    },
)
Opened = TypedDict("Opened", {"event_ids": "list[str]"})
OpenedContest = TypedDict(
    "OpenedContest",
    {
        "contest_id": "str",
        "number": "int",
        "sha256": "str",
        "rules": NotRequired["Rules | None"],
        "source": NotRequired["str | None"],
    },
)
OpenedRound = TypedDict(
    "OpenedRound", {"entries": "int", "assignments": "int", "kept_away": "list[NotAssigned]"}
)
Opening = TypedDict(
    "Opening",
    {
        "officers": NotRequired["list[str]"],
        "recovery": NotRequired["str | None"],
        "due": NotRequired["str | None"],
    },
)
Opinion = TypedDict("Opinion", {"person_id": "str", "words": "str"})
Ordered = TypedDict("Ordered", {"entries": "int"})
Organiser = TypedDict("Organiser", {"host": "str", "standing_unit": "str", "intake_desk": "str"})
Outage = TypedDict(
    "Outage", {"within_hours": "int", "at_least_minutes": "int", "extend_hours": "int"}
)
OutageView = TypedDict(
    "OutageView",
    {
        "contest_id": "str",
        "watched_from": "str | None",
        "missed_minutes": "int",
        "gaps": "list[Gap]",
        "proposed": NotRequired["ProposedExtension | None"],
    },
)
OwnCheck = TypedDict(
    "OwnCheck",
    {
        "words": "int",
        "share": "str | float",
        "excluded_share": "str | float",
        "sources": "list[OwnSource]",
        "passages": "list[OwnPassage]",
        "left": "int",
        "share_without": NotRequired["str | float | None"],
        "excluded": NotRequired["list[Excluded]"],
        "flags": NotRequired["list[str]"],
    },
)
OwnPassage = TypedDict(
    "OwnPassage",
    {
        "start": "int",
        "end": "int",
        "text": "str",
        "sources": "list[int]",
        "kind": NotRequired["Literal['EDITED', 'REWORDED', 'VERBATIM'] | None"],
        "tier": NotRequired["Literal['PROBABLE', 'STRONG'] | None"],
    },
)
OwnSource = TypedDict(
    "OwnSource",
    {
        "source_kind": "Literal['ENTRY', 'KNOWN_INITIATIVE']",
        "share": "str | float",
        "title": NotRequired["str | None"],
        "place": NotRequired["str | None"],
        "applied_on": NotRequired["str | None"],
    },
)
PaperCount = TypedDict(
    "PaperCount", {"code": "str", "originals": NotRequired["int"], "copies": NotRequired["int"]}
)
PaperRegister = TypedDict(
    "PaperRegister", {"tenant": "str", "as_of": "str", "papers": "list[PaperState]"}
)
PaperSignature = TypedDict(
    "PaperSignature",
    {
        "role": "Literal['approve', 'attach', 'issue']",
        "by": "str",
        "at": "str",
        "certificate": NotRequired["str"],
        "is_bound": NotRequired["bool | None"],
        "stamped_at": NotRequired["str | None"],
        "is_withdrawn": NotRequired["bool | None"],
    },
)
PaperState = TypedDict(
    "PaperState",
    {
        "state": "Literal['REVOKED', 'UNKNOWN', 'VALID']",
        "paper_id": NotRequired["str"],
        "type_name": NotRequired["str"],
        "number": NotRequired["str"],
        "dated": NotRequired["str | None"],
        "issuer": NotRequired["str"],
        "about": NotRequired["str"],
        "register": NotRequired["int | None"],
        "sha256": NotRequired["list[str]"],
        "signatures": NotRequired["list[PaperSignature]"],
        "revoked_at": NotRequired["str | None"],
        "revoked_by": NotRequired["str | None"],
    },
)
Passage = TypedDict(
    "Passage",
    {
        "start": "int",
        "end": "int",
        "source_start": "int",
        "source_end": "int",
        "text": "str",
        "source_text": "str",
        "exact_share": "str | float",
        "kind": NotRequired["Literal['EDITED', 'REWORDED', 'VERBATIM'] | None"],
        "tier": NotRequired["Literal['PROBABLE', 'STRONG'] | None"],
        "page": NotRequired["int | None"],
        "source_page": NotRequired["int | None"],
        "also": NotRequired["list[str]"],
    },
)
PassedOver = TypedDict("PassedOver", {"entry_id": "str", "by": "str"})
PendingFile = TypedDict(
    "PendingFile",
    {
        "code": "str",
        "file_name": "str",
        "document_id": "str",
        "by_url": "bool",
        "problem": NotRequired["str"],
    },
)
PetitionFound = TypedDict("PetitionFound", {"petition_id": "str"})
PetitionReason = TypedDict("PetitionReason", {"reason": "str"})
PetitionStep = TypedDict(
    "PetitionStep",
    {
        "state": "Literal['ACCEPTED', 'DISMISSED', 'FILED', 'REFUSED', 'REJUDGED', 'REJUDGING', 'UPHELD', 'WITHDRAWN']",
        "at": "str",
        "note": NotRequired["str"],
    },
)
PetitionView = TypedDict(
    "PetitionView",
    {
        "petition_id": "str",
        "contest_id": "str",
        "entry_id": "str",
        "title": "str",
        "kind": "Literal['COMPLAINT', 'PETITION']",
        "grounds": "str",
        "filed_by": "str",
        "state": "Literal['ACCEPTED', 'DISMISSED', 'FILED', 'REFUSED', 'REJUDGED', 'REJUDGING', 'UPHELD', 'WITHDRAWN']",
        "steps": "list[PetitionStep]",
        "accept_by": NotRequired["str | None"],
        "answer_by": NotRequired["str | None"],
        "is_overdue": NotRequired["bool"],
        "round_id": NotRequired["str | None"],
        "criteria": NotRequired["list[str]"],
        "marks": NotRequired["Remarked | None"],
    },
)
Petitions = TypedDict(
    "Petitions",
    {
        "days": "int",
        "unit": NotRequired["Literal['calendar_day', 'working_day']"],
        "judges": NotRequired["int | None"],
    },
)
Pin = TypedDict(
    "Pin",
    {
        "judge_id": "str",
        "entry_id": "str",
        "side": "Literal['APART', 'NO_OBSTACLE']",
        "reason": "str",
        "ground": NotRequired[
            "Literal['AUTHOR', 'CO_AUTHOR', 'FORMER_UNIT', 'OWN_UNIT', 'RELATED_UNIT', 'UNKNOWN_AUTHOR', 'UNKNOWN_UNIT'] | None"
        ],
    },
)
Pinned = TypedDict("Pinned", {"pin_id": "str"})
Place = TypedDict(
    "Place", {"rank": "int", "score": "str | float", "prize": NotRequired["str | None"]}
)
PlaceExplained = TypedDict(
    "PlaceExplained", {"judged": "Explanation", "final": "FinalExplained | None"}
)
Planned = TypedDict("Planned", {"plan_id": "str"})
PlannedEntry = TypedDict(
    "PlannedEntry",
    {
        "code": "str",
        "area": "str",
        "judge_ids": "list[str]",
        "kept_away": NotRequired["list[KeptAway]"],
    },
)
PlannedLoad = TypedDict(
    "PlannedLoad",
    {
        "judge_id": "str",
        "entries": "int",
        "areas": NotRequired["list[str]"],
        "most": NotRequired["int | None"],
    },
)
Post = TypedDict(
    "Post",
    {"unit_id": "str", "since": NotRequired["str | None"], "until": NotRequired["str | None"]},
)
Posts = TypedDict("Posts", {"posts": "list[Post]"})
Printing = TypedDict(
    "Printing",
    {
        "papers": "int",
        "printed": "int",
        "signed": "int",
        "lines": NotRequired["list[PrintingLine]"],
    },
)
PrintingLine = TypedDict(
    "PrintingLine",
    {
        "paper_id": "str",
        "kind": "str",
        "form": "str",
        "number": "str",
        "dated": "str",
        "register": "int | None",
        "is_printed": "bool",
        "signed": "list[Literal['approve', 'attach', 'issue']]",
        "revoked_at": NotRequired["str | None"],
        "type_name": NotRequired["str"],
        "subject": NotRequired["str"],
        "authority": NotRequired["str"],
    },
)
Prize = TypedDict(
    "Prize",
    {
        "code": "str",
        "name": "str",
        "count": "int",
        "commendation": "Literal['BANG_KHEN', 'GIAY_KHEN']",
        "authority": "str",
        "min_score": "str | float",
        "entry_class": NotRequired["str | None"],
        "shared": NotRequired["Literal['each', 'never', 'split']"],
        "side_by": NotRequired["str | None"],
        "money_vnd": NotRequired["int | None"],
        "group_money_vnd": NotRequired["int | None"],
    },
)
PrizeApproval = TypedDict("PrizeApproval", {"authority": "str", "at": "str"})
PrizeLine = TypedDict(
    "PrizeLine",
    {
        "entry_id": "str",
        "title": "str",
        "author_ids": "list[str]",
        "prize": "str",
        "score": "str | float",
        "rank": "int",
        "unit_id": NotRequired["str | None"],
        "share": NotRequired["str"],
        "money_vnd": NotRequired["int | None"],
    },
)
PrizeList = TypedDict(
    "PrizeList",
    {
        "state": "Literal['APPROVED', 'MINUTED', 'NONE', 'PROPOSED', 'PUBLISHED', 'RETURNED', 'SUBMITTED', 'TIED']",
        "lines": NotRequired["list[PrizeLine]"],
        "approved": NotRequired["list[str]"],
        "ties": NotRequired["list[list[str]]"],
        "awaited": NotRequired["list[str]"],
        "drawn": NotRequired["int"],
        "revision": NotRequired["int"],
        "meeting": NotRequired["PrizeMeeting | None"],
        "submission": NotRequired["PrizeSubmission | None"],
        "approvals": NotRequired["list[PrizeApproval]"],
        "returned": NotRequired["PrizesBack | None"],
        "passed": NotRequired["list[PassedOver]"],
        "unawarded": NotRequired["list[UnawardedPrize]"],
    },
)
PrizeMeeting = TypedDict("PrizeMeeting", {"number": "str", "held_on": "str", "conclusion": "str"})
PrizeMinutes = TypedDict("PrizeMinutes", {"number": "str", "held_on": "str", "conclusion": "str"})
PrizeSubmission = TypedDict("PrizeSubmission", {"number": "str", "dated": "str"})
PrizesBack = TypedDict("PrizesBack", {"authority": "str", "reason": "str", "at": "str"})
Problem = TypedDict(
    "Problem",
    {
        "type": "str",
        "title": "str",
        "status": "int",
        "code": "str",
        "detail": NotRequired["str"],
        "instance": NotRequired["str"],
        "params": NotRequired["dict[str, Any]"],
        "errors": NotRequired["list[FieldMistake]"],
    },
)
Procedure = TypedDict(
    "Procedure",
    {"contest_id": "str", "code": "str", "name": "str", "field_code": "str", "field_name": "str"},
)
Programme = TypedDict(
    "Programme",
    {"round_id": "str", "round_name": "str", "version": "int", "lines": "list[ProgrammeLine]"},
)
ProgrammeLine = TypedDict(
    "ProgrammeLine", {"entry": "str", "room": "str", "starts_at": "str", "ends_at": "str"}
)
ProposedExtension = TypedDict(
    "ProposedExtension",
    {
        "closes": "str",
        "until": "str",
        "missed_minutes": "int",
        "gaps": "list[Gap]",
        "proposed_at": "str",
        "decision": NotRequired["Literal['ADOPTED', 'DECLINED', 'OPEN']"],
        "reason": NotRequired["str | None"],
        "decided_at": NotRequired["str | None"],
        "decided_by": NotRequired["str | None"],
    },
)
Province = TypedDict("Province", {"province": "str"})
ProvinceAnswer = TypedDict(
    "ProvinceAnswer",
    {
        "province": "str",
        "entry_id": "str",
        "band": "Literal['HIGH', 'LOW', 'MEDIUM', 'NONE']",
        "contact": "Contact",
        "answered_at": "str",
    },
)
PublicKey = TypedDict("PublicKey", {"public_key": "str"})
Publishing = TypedDict(
    "Publishing",
    {
        "fields": NotRequired[
            "list[Literal['authors', 'code', 'prize', 'rank', 'score', 'title', 'unit']]"
        ]
    },
)
PushDossier = TypedDict(
    "PushDossier",
    {
        "contest_id": "str",
        "external_code": "str",
        "kind": "Literal['COLLECTIVE', 'INDIVIDUAL']",
        "group": "str",
        "title": "str",
        "summary": "str",
        "area": "str",
        "authors": "list[Author]",
        "unit_id": NotRequired["str | None"],
        "enterprise": NotRequired["Enterprise | None"],
        "declarations": NotRequired["list[str]"],
        "files": NotRequired["list[DossierFile]"],
    },
)
PushView = TypedDict(
    "PushView",
    {
        "counterparty": "str",
        "entry_id": "str",
        "step": "str",
        "status": "str",
        "at": "str",
        "state": "Literal['DEAD', 'QUEUED', 'SENT']",
        "attempts": "int",
        "due_at": "str",
        "sent_at": NotRequired["str | None"],
        "last_error": NotRequired["str | None"],
    },
)
PushedDossier = TypedDict(
    "PushedDossier",
    {
        "entry_id": "str",
        "receipt": NotRequired["RepliesSubmitted | None"],
        "uploads": NotRequired["list[FileUpload]"],
        "pending": NotRequired["list[PendingFile]"],
    },
)
PutOut = TypedDict("PutOut", {"entry_ids": "list[str]"})
Question = TypedDict("Question", {"fingerprints": "list[str]"})
QuietHours = TypedDict("QuietHours", {"begins": "str", "ends": "str"})
Quorum = TypedDict("Quorum", {"parts": NotRequired["int"], "of": NotRequired["int"]})
Read = TypedDict("Read", {"version": "int"})
Reading = TypedDict(
    "Reading",
    {
        "version": "int",
        "actual": "str | float",
        "read_on": "str",
        "evidence": "str",
        "by": "str",
        "at": "str",
    },
)
Receipt = TypedDict(
    "Receipt",
    {
        "title": "str",
        "unit_code": "str",
        "code_format": "str",
        "code_authority": NotRequired["Literal['LOCAL', 'ONEGATE']"],
    },
)
ReceiptKey = TypedDict(
    "ReceiptKey",
    {
        "kid": "str",
        "x": "str",
        "kty": NotRequired["Literal['OKP']"],
        "crv": NotRequired["Literal['Ed25519']"],
        "alg": NotRequired["Literal['EdDSA']"],
        "use": NotRequired["Literal['sig']"],
    },
)
Recipient = TypedDict("Recipient", {"recipient": "str", "days": "int"})
ReconciliationView = TypedDict(
    "ReconciliationView",
    {
        "counterparty": "str",
        "at": "str",
        "checked": "int",
        "missing": "int",
        "differing": "int",
        "complete": "bool",
        "differences": NotRequired["list[str]"],
    },
)
RecordSuccessions = TypedDict("RecordSuccessions", {"successions": "list[AgencySuccession]"})
Recording = TypedDict(
    "Recording",
    {
        "hours": "list[Hours]",
        "rooms": "list[DefenceRoom]",
        "availability": NotRequired["list[Limit]"],
        "seed": NotRequired["str | None"],
        "reason": "str",
        "version": NotRequired["int"],
    },
)
Recovered = TypedDict(
    "Recovered",
    {
        "document": "str",
        "ledger": NotRequired["Literal['BONUS', 'CONTEST'] | None"],
        "amount_vnd": NotRequired["int"],
        "certificate": NotRequired["bool"],
    },
)
RegisterImported = TypedDict(
    "RegisterImported",
    {
        "rows": "int",
        "added": "int",
        "changed": "int",
        "merged": "int",
        "mistakes": "list[RowMistake]",
        "twins": "list[Twin]",
        "recorded": "bool",
        "dry_run": "bool",
        "scans": "int",
    },
)
RegisterWebhook = TypedDict("RegisterWebhook", {"url": "str"})
Registration = TypedDict(
    "Registration",
    {
        "login": "str",
        "password": "str",
        "full_name": "str",
        "email": NotRequired["str | None"],
        "phone": NotRequired["str | None"],
        "unit_id": NotRequired["str | None"],
    },
)
RejudgedSheet = TypedDict(
    "RejudgedSheet",
    {"judge_id": "str", "marks": "dict[str, str | float]", "comment": "str", "given_at": "str"},
)
RejudgingAsked = TypedDict(
    "RejudgingAsked", {"round_id": "str", "minutes": "str", "criteria": NotRequired["list[str]"]}
)
RejudgingView = TypedDict(
    "RejudgingView",
    {
        "petition_id": "str",
        "contest_id": "str",
        "round_id": "str",
        "code": "str",
        "title": "str",
        "criteria": "list[str]",
        "state": "Literal['CLOSED', 'ORDERED', 'SEATED']",
        "seats": "int",
        "judge_ids": NotRequired["list[str]"],
        "barred": NotRequired["list[str]"],
        "sheets": NotRequired["list[RejudgedSheet]"],
        "asked": NotRequired["list[str]"],
        "awaits_me": NotRequired["bool"],
        "wants_another": NotRequired["bool"],
    },
)
Remade = TypedDict("Remade", {"number": "int"})
Remarked = TypedDict(
    "Remarked",
    {
        "mean_before": "str | float",
        "mean_after": "str | float",
        "rank_before": "int",
        "rank_after": "int",
    },
)
Reminded = TypedDict("Reminded", {"people": "int"})
RemovedWords = TypedDict("RemovedWords", {"page": "int", "kind": "str", "words": "str"})
Repaired = TypedDict(
    "Repaired", {"changes": "int", "moves": "list[Moved]", "vacant": NotRequired["list[str]"]}
)
ReplayWebhook = TypedDict("ReplayWebhook", {"since": "str", "until": "str"})
Replayed = TypedDict("Replayed", {"count": "int"})
ReportDraft = TypedDict(
    "ReportDraft",
    {
        "version": "int",
        "drafted_at": "str",
        "drafted_by": "str",
        "authority": NotRequired["str"],
        "assessment": NotRequired["list[str]"],
        "proposals": NotRequired["list[str]"],
    },
)
ReportLine = TypedDict(
    "ReportLine",
    {
        "report_id": "str",
        "entry_id": "str",
        "level": "Literal['CLEAR', 'REVIEW', 'UNREADABLE']",
        "share": "str | float",
        "sources": "int",
        "ruling": NotRequired["Literal['DUPLICATE', 'ORIGINAL'] | None"],
    },
)
Reports = TypedDict(
    "Reports",
    {"drafts": NotRequired["list[ReportDraft]"], "issued": NotRequired["list[AwardingPaper]"]},
)
Reproduction = TypedDict(
    "Reproduction",
    {
        "report_id": "str",
        "entry_id": "str",
        "contest_id": "str",
        "version": "int",
        "made_at": "str",
        "outcome": "Literal['DIFFERENT', 'IMPOSSIBLE', 'SAME']",
        "title": NotRequired["str"],
        "obstacle": NotRequired["Literal['NOT_KEPT', 'TEXT_CHANGED', 'TEXT_GONE'] | None"],
        "changes": NotRequired["list[Difference]"],
        "differences": NotRequired["list[Difference]"],
    },
)
Results = TypedDict(
    "Results",
    {
        "contest_id": "str",
        "contest_title": "str",
        "published_at": "str",
        "winners": "list[Winner]",
        "papers": "list[AwardingPaper]",
        "revision": NotRequired["int"],
        "revised_at": NotRequired["str | None"],
    },
)
Retention = TypedDict("Retention", {"personal_months": NotRequired["int | None"]})
Retried = TypedDict("Retried", {"pushes": "int"})
Retry = TypedDict("Retry", {"entry_id": NotRequired["str | None"]})
Revocation = TypedDict(
    "Revocation",
    {
        "contest_id": "str",
        "entry_id": "str",
        "title": "str",
        "prize": "str",
        "ground": "Literal['COPY', 'FALSE_DATA', 'INELIGIBLE'] | Literal['REVISION']",
        "reason": "str",
        "authority": "str",
        "decision": "str",
        "dated": "str",
        "cancels": "str",
        "certificate_back": "bool",
        "contest_left_vnd": "int",
        "bonus_left_vnd": "int",
    },
)
Revoked = TypedDict("Revoked", {"revoked": "int"})
Rotation = TypedDict("Rotation", {"old_good_hours": NotRequired["int"]})
Round = TypedDict(
    "Round",
    {
        "id": "str",
        "name": "str",
        "blind": "bool",
        "scale": "str | float",
        "step": "str | float",
        "rubric": "list[Criterion]",
        "rounding": "Rounding",
        "judges_per_entry": NotRequired["int | None"],
        "assigning": NotRequired["Assigning | None"],
        "divergence": NotRequired["Divergence | None"],
        "advance": NotRequired["Advance | None"],
        "slot": NotRequired["Slot | None"],
        "aggregate": NotRequired["Aggregate"],
        "tie_break": NotRequired["list[str]"],
        "calibration": NotRequired["JudgingCalibration"],
        "comment_below": NotRequired["str | float | None"],
        "comment_above": NotRequired["str | float | None"],
        "missing": NotRequired["Missing"],
        "officers": NotRequired["list[str]"],
        "recovery": NotRequired["str | None"],
        "feedback": NotRequired["Literal['all', 'criteria', 'none', 'whole']"],
    },
)
RoundExplained = TypedDict(
    "RoundExplained",
    {
        "round_id": "str",
        "name": "str",
        "scale": "str | float",
        "aggregate": "Aggregate",
        "rounding": "Rounding",
        "rubric": "list[CriterionFacts]",
        "sheets": "list[SheetFacts]",
        "corrected": "bool",
        "average": "Average",
        "exact": "str",
        "score": "str | float",
        "rank": "int",
        "entries": "int",
        "scores": "list[ScoreCount]",
        "chain": "list[str]",
        "values": "list[LinkValue]",
        "equals": "list[Equal]",
        "votes": "list[VoteFacts]",
        "cut": "CutFacts | None",
    },
)
RoundFeedback = TypedDict(
    "RoundFeedback", {"round_id": "str", "name": "str", "lines": "list[FeedbackLine]"}
)
RoundLine = TypedDict(
    "RoundLine",
    {
        "entry_id": "str",
        "code": "str",
        "average": "Average",
        "criteria": "dict[str, Average]",
        "score": "str | float",
        "rank": "int",
        "advances": "bool",
        "tied_at_cutoff": NotRequired["bool"],
        "highest": NotRequired["str | float | None"],
        "firsts": NotRequired["int | None"],
    },
)
RoundPlan = TypedDict(
    "RoundPlan",
    {
        "round_id": "str",
        "state": "Literal['CLOSED', 'OPEN', 'OPENED', 'WAITING']",
        "seed": "str",
        "entries": NotRequired["list[PlannedEntry]"],
        "loads": NotRequired["list[PlannedLoad]"],
        "strangers": NotRequired["int"],
        "is_best": NotRequired["bool"],
        "shortages": NotRequired["list[Shortage]"],
        "proof": NotRequired["str"],
    },
)
RoundView = TypedDict(
    "RoundView",
    {
        "round_id": "str",
        "state": "Literal['CLOSED', 'OPEN', 'OPENED', 'WAITING']",
        "entries": "int",
        "sheets_given": "int",
        "sheets_awaited": "int",
        "second_looks": "int",
        "table": NotRequired["list[RoundLine]"],
        "left": NotRequired["list[EntryLeft]"],
        "officers": NotRequired["list[str]"],
        "recovery": NotRequired["str | None"],
        "keys_given": NotRequired["list[str]"],
        "due": NotRequired["str | None"],
        "rules": NotRequired["Round | None"],
    },
)
Rounding = TypedDict(
    "Rounding",
    {
        "places": "int",
        "mode": NotRequired["Literal['half_even', 'half_up']"],
        "rank_by": NotRequired["Literal['exact', 'printed']"],
    },
)
RowMistake = TypedDict(
    "RowMistake", {"row": "int", "column": "str", "value": "str", "code": "str", "sentence": "str"}
)
RuleMistake = TypedDict(
    "RuleMistake", {"line": "int", "column": "int", "path": "str", "sentence": "str"}
)
Ruled = TypedDict(
    "Ruled", {"report_id": "str", "ruling": "Literal['DUPLICATE', 'ORIGINAL']", "reason": "str"}
)
Rules = TypedDict(
    "Rules",
    {
        "id": "str",
        "title": "str",
        "legal_profile": "str",
        "timezone": "str",
        "basis": "list[Basis]",
        "organiser": "Organiser",
        "intake": "Window",
        "supplement": "EnteringSupplement",
        "areas": "list[Area]",
        "indexes": "list[str]",
        "entrants": "Entrants",
        "novelty": "Novelty",
        "dossier": "Dossier",
        "receipt": "Receipt",
        "rounds": "list[Round]",
        "weights": "dict[str, str | float]",
        "final_rounding": "Rounding",
        "tie_break": "list[str]",
        "authorities": "list[Authority]",
        "prizes": "list[Prize]",
        "holidays": NotRequired["list[Holiday]"],
        "jury_size": NotRequired["int | None"],
        "final_scale": NotRequired["str | float | None"],
        "jury": NotRequired["JuryRules"],
        "conflicts": NotRequired["ConflictRules"],
        "minutes": NotRequired["MinutesRules"],
        "awarding": NotRequired["Awarding"],
        "petitions": NotRequired["Petitions | None"],
        "publishing": NotRequired["Publishing"],
        "adoption": NotRequired["AdoptionRules"],
        "notices": NotRequired["Notices"],
        "retention": NotRequired["Retention"],
        "defaults": NotRequired["list[str]"],
    },
)
RulesChecked = TypedDict(
    "RulesChecked", {"mistakes": "list[RuleMistake]", "sha256": NotRequired["str | None"]}
)
Saved = TypedDict("Saved", {"revision": "int"})
ScoreCount = TypedDict(
    "ScoreCount", {"score": "str | float", "entries": "int", "exact": NotRequired["str | None"]}
)
Seat = TypedDict(
    "Seat",
    {
        "person_id": "str",
        "role": NotRequired["Literal['CHAIR', 'DEPUTY', 'MEMBER', 'SECRETARY']"],
        "unit_id": NotRequired["str | None"],
        "panel_id": NotRequired["str | None"],
        "areas": NotRequired["list[str]"],
        "most": NotRequired["int | None"],
    },
)
SeatView = TypedDict(
    "SeatView",
    {
        "person_id": "str",
        "role": "Literal['CHAIR', 'DEPUTY', 'MEMBER', 'SECRETARY']",
        "unit_id": "str | None",
        "panel_id": "str | None",
        "seated_at": "str",
        "seated_by": NotRequired["Decision | None"],
        "left_at": NotRequired["str | None"],
        "left_by": NotRequired["Decision | None"],
        "reason": NotRequired["str"],
        "substitute_id": NotRequired["str | None"],
        "areas": NotRequired["list[str]"],
        "most": NotRequired["int | None"],
    },
)
SentBack = TypedDict("SentBack", {"authority": "str", "reason": "str"})
SetMyWishes = TypedDict(
    "SetMyWishes",
    {
        "language": NotRequired["Literal['en', 'vi']"],
        "first": NotRequired["Literal['EMAIL', 'INBOX', 'SMS', 'ZNS'] | None"],
        "off": NotRequired["list[str]"],
    },
)
Setup = TypedDict("Setup", {"counterparty": "Counterparty", "password": NotRequired["str | None"]})
ShareView = TypedDict(
    "ShareView",
    {
        "share_id": "str",
        "document_id": "str",
        "recipient": "str",
        "shared_at": "str",
        "until": "str",
        "revoked_at": NotRequired["str | None"],
    },
)
Shared = TypedDict("Shared", {"share_id": "str", "path": "str", "until": "str"})
Sheet = TypedDict(
    "Sheet",
    {
        "marks": "dict[str, str | int | float]",
        "comments": NotRequired["dict[str, str]"],
        "comment": NotRequired["str"],
        "reason": NotRequired["str"],
        "minutes": NotRequired["str"],
        "based_on": NotRequired["int | None"],
    },
)
SheetFacts = TypedDict(
    "SheetFacts",
    {
        "judge_id": "str",
        "version": "int",
        "given_at": "str",
        "marks": "dict[str, str | float]",
        "total": "str | float",
        "severity": "str | float",
        "counted": "str | float",
        "standing": "Literal['COUNTED', 'STOOD_DOWN', 'SUPERSEDED', 'TRIMMED_HIGH', 'TRIMMED_LOW']",
    },
)
SheetGiven = TypedDict("SheetGiven", {"version": "int"})
SheetImported = TypedDict(
    "SheetImported",
    {
        "rows": "int",
        "mistakes": "list[DeskSheetMistake]",
        "entries": "list[ImportedEntry]",
        "dry_run": "bool",
    },
)
Shortage = TypedDict(
    "Shortage",
    {
        "areas": "list[str]",
        "entries": "int",
        "needed": "int",
        "judges": "int",
        "inside": "int",
        "outside": "int",
        "sentence": "str",
        "codes": NotRequired["list[str]"],
        "judge_ids": NotRequired["list[str]"],
    },
)
SideWinners = TypedDict(
    "SideWinners", {"prize": "str", "entry_ids": "list[str]", "minutes": "str", "reason": "str"}
)
Sign = TypedDict(
    "Sign",
    {
        "kind": "str",
        "start": "int",
        "end": "int",
        "text": NotRequired["str"],
        "detail": NotRequired["str"],
        "page": NotRequired["int | None"],
    },
)
SignFor = TypedDict("SignFor", {"role": "Literal['approve', 'attach', 'issue']"})
SignedHead = TypedDict(
    "SignedHead",
    {
        "tenant": "str",
        "contest_id": "str",
        "size": "int",
        "root": "str",
        "at": "str",
        "milestone": "str",
        "kid": "str",
        "signature": "str",
    },
)
SignedIn = TypedDict(
    "SignedIn", {"token": "str", "expires_at": "str", "person_id": "str", "roles": "list[str]"}
)
Signer = TypedDict(
    "Signer",
    {
        "signer_id": "str",
        "authority": "str",
        "role": "Literal['approve', 'attach', 'issue']",
        "subject": "str",
        "issuer": "str",
        "serial": "str",
        "sha256": "str",
        "since": "str",
        "until": "str | None",
        "bound_by": "str",
        "bound_at": "str",
    },
)
SilentUnit = TypedDict(
    "SilentUnit",
    {
        "unit_id": "str",
        "name": "str",
        "closes": "str",
        "days_left": "int",
        "contact_email": NotRequired["str | None"],
    },
)
SimulatedEntry = TypedDict(
    "SimulatedEntry",
    {
        "entry_id": "str",
        "title": "str",
        "was_in": "bool",
        "then": "Place | None",
        "now": "Place | None",
        "reason": NotRequired["str"],
    },
)
Simulation = TypedDict(
    "Simulation",
    {
        "contest_id": "str",
        "entries": "list[SimulatedEntry]",
        "ties": NotRequired["list[list[str]]"],
    },
)
Slot = TypedDict(
    "Slot",
    {
        "present_minutes": "int",
        "question_minutes": "int",
        "changeover_minutes": NotRequired["int"],
        "warn_minutes": NotRequired["int"],
    },
)
StaffRate = TypedDict(
    "StaffRate", {"rate": "str | float", "below_staff": NotRequired["int | None"]}
)
Stated = TypedDict("Stated", {"reason": "str", "minutes": "str"})
Statistics = TypedDict(
    "Statistics", {"contests": "list[CountedContest]", "tables": "list[StatisticsTable]"}
)
StatisticsLine = TypedDict(
    "StatisticsLine", {"code": "str", "name": "str", "counts": "list[EntryCount]"}
)
StatisticsTable = TypedDict(
    "StatisticsTable",
    {
        "by": "Literal['AREA', 'CHANNEL', 'GROUP', 'KIND', 'UNIT', 'YEAR']",
        "lines": "list[StatisticsLine]",
    },
)
Stopped = TypedDict("Stopped", {"code": "str"})
SubCriterion = TypedDict("SubCriterion", {"code": "str", "name": "str", "max": "str | float"})
SubJury = TypedDict(
    "SubJury",
    {
        "panel_id": "str",
        "name": "str",
        "areas": NotRequired["list[str]"],
        "rounds": NotRequired["list[str]"],
    },
)
SupplementOfDossier = TypedDict(
    "SupplementOfDossier",
    {"declarations": NotRequired["list[str]"], "files": NotRequired["list[DossierFile]"]},
)
TaxNote = TypedDict("TaxNote", {"entry_id": "str", "amount_vnd": "int", "text": "str"})
Text = TypedDict(
    "Text",
    {"text": NotRequired["str"], "content": NotRequired["str"], "media_type": NotRequired["str"]},
)
TimelineLine = TypedDict("TimelineLine", {"at": "str", "state": "str", "note": NotRequired["str"]})
Token = TypedDict(
    "Token",
    {"access_token": "str", "expires_in": "int", "scope": "str", "token_type": NotRequired["str"]},
)
TokenRefusal = TypedDict(
    "TokenRefusal",
    {
        "error": "Literal['invalid_client', 'invalid_request', 'invalid_scope', 'unsupported_grant_type']"
    },
)
TryView = TypedDict(
    "TryView",
    {
        "number": "int",
        "began_at": "str",
        "counterparty": "str",
        "outcome": "Literal['ACCEPTED', 'BOUNCED', 'REFUSED', 'UNKNOWN', 'UNREACHED']",
        "ended_at": NotRequired["str | None"],
        "accepted_by": NotRequired["str"],
        "response": NotRequired["str"],
    },
)
Twin = TypedDict(
    "Twin",
    {
        "row": "int",
        "code": "str",
        "title": "str",
        "other_code": "str",
        "other_title": "str",
        "likeness": "str | float",
        "other_row": NotRequired["int | None"],
    },
)
Unawarded = TypedDict(
    "Unawarded", {"prize": "str", "count": "int", "minutes": "str", "reason": "str"}
)
UnawardedPrize = TypedDict(
    "UnawardedPrize",
    {
        "prize": "str",
        "count": "int",
        "awarded": "int",
        "minutes": NotRequired["str"],
        "reason": NotRequired["str"],
    },
)
UnitDuty = TypedDict(
    "UnitDuty", {"min_entries": NotRequired["int"], "staff_rates": NotRequired["list[StaffRate]"]}
)
Upload = TypedDict(
    "Upload",
    {
        "document_id": "str",
        "url": "str",
        "expires_at": "str",
        "part_size": NotRequired["int"],
        "parts": NotRequired["list[UploadPart]"],
    },
)
UploadPart = TypedDict(
    "UploadPart", {"number": "int", "size": "int", "url": "str", "there": NotRequired["bool"]}
)
UploadView = TypedDict(
    "UploadView",
    {
        "document_id": "str",
        "state": "str",
        "part_size": "int",
        "parts": "list[UploadPart]",
        "expires_at": "str",
    },
)
Vacancy = TypedDict("Vacancy", {"round_id": "str", "code": "str", "since": "str"})
VersionView = TypedDict(
    "VersionView",
    {
        "version": "int",
        "handed_at": "str",
        "handed_by": "str",
        "sha256": "str",
        "title": "str",
        "summary": "str",
        "area": "str",
        "group": "str",
        "kind": "Literal['COLLECTIVE', 'INDIVIDUAL']",
        "authors": "list[Author]",
        "documents": "list[DocumentView]",
        "declarations": "list[str]",
        "unit_id": NotRequired["str | None"],
        "enterprise": NotRequired["Enterprise | None"],
        "improves": NotRequired["list[Improvement]"],
        "changes": NotRequired["list[str]"],
    },
)
VoteFacts = TypedDict("VoteFacts", {"order": "list[str]", "minutes": "str", "reason": "str"})
WebhookSecret = TypedDict("WebhookSecret", {"secret": "str"})
WeighedRound = TypedDict(
    "WeighedRound",
    {
        "round_id": "str",
        "name": "str",
        "weight": "str | float",
        "mean": "str",
        "factor": "str",
        "adds": "str",
    },
)
Which = TypedDict(
    "Which",
    {
        "state": "str | None",
        "area": "str | None",
        "channel": "Literal['DESK', 'ONE_STOP', 'ONLINE', 'POST'] | None",
        "unit_id": "str | None",
    },
)
WhichShares = TypedDict(
    "WhichShares", {"share_id": NotRequired["str | None"], "recipient": NotRequired["str | None"]}
)
Window = TypedDict(
    "Window",
    {
        "opens": "str",
        "closes": "str",
        "grace_minutes": NotRequired["int"],
        "post_counts_by": NotRequired["Literal['ARRIVAL', 'POSTMARK']"],
        "outage": NotRequired["Outage | None"],
    },
)
Winner = TypedDict(
    "Winner",
    {
        "title": "str",
        "authors": "list[str]",
        "unit": "str | None",
        "prize": "str",
        "prize_name": "str",
        "score": "str | float | None",
        "entry_id": NotRequired["str"],
        "code": NotRequired["str"],
        "rank": NotRequired["int"],
    },
)
Wished = TypedDict(
    "Wished",
    {
        "number": "int",
        "added": NotRequired["list[str]"],
        "kept": NotRequired["list[str]"],
        "boxes": NotRequired["list[BlackBox]"],
    },
)
Withheld = TypedDict("Withheld", {"number": "int", "reason": "str"})
Word = TypedDict("Word", {"confirmed": "bool", "note": NotRequired["str"]})
WordsVersion = TypedDict("WordsVersion", {"version": "str"})
AwardingPaper = TypedDict(
    "AwardingPaper",
    {
        "paper_id": "str",
        "kind": "Literal['CERTIFICATE', 'DECISION', 'DOCUMENT']",
        "authority": "str",
        "number": "int",
        "symbol": "str",
        "dated": "str",
        "prize": NotRequired["str | None"],
        "entry_id": NotRequired["str | None"],
        "register": NotRequired["int | None"],
        "form": NotRequired["str"],
    },
)
AgenciesSheetMistake = TypedDict(
    "AgenciesSheetMistake", {"row": "int", "column": "str", "sentence": "str"}
)
AmendingAmendment = TypedDict(
    "AmendingAmendment",
    {
        "number": "int",
        "frozen_at": "str",
        "sha256": "str",
        "reason": NotRequired["str | None"],
        "changes": NotRequired["list[str]"],
    },
)
RepliesSubmitted = TypedDict(
    "RepliesSubmitted",
    {
        "entry_id": "str",
        "receipt_code": "str",
        "received_at": "str",
        "version": "int",
        "missing": "list[str]",
        "late": NotRequired["bool"],
        "counted_at": NotRequired["str | None"],
        "rule": NotRequired["str"],
    },
)
SendingReason = TypedDict(
    "SendingReason", {"template": "str", "params": NotRequired["dict[str, str]"]}
)
ReportReport = TypedDict(
    "ReportReport",
    {
        "report_id": "str",
        "contest_id": "str",
        "entry_id": "str",
        "version": "int",
        "level": "Literal['CLEAR', 'REVIEW', 'UNREADABLE']",
        "share": "str | float",
        "excluded_share": "str | float",
        "words": "int",
        "matches": "list[Match]",
        "made_at": "str",
        "flags": NotRequired["list[str]"],
        "ruling": NotRequired["Literal['DUPLICATE', 'ORIGINAL'] | None"],
        "ruled_by": NotRequired["str | None"],
        "reason": NotRequired["str | None"],
        "ruled_by_name": NotRequired["str | None"],
        "ruled_at": NotRequired["str | None"],
        "title": NotRequired["str"],
        "filed_at": NotRequired["str | None"],
        "share_with_exclusions": NotRequired["str | float | None"],
        "share_without": NotRequired["str | float | None"],
        "excluded": NotRequired["list[Excluded]"],
        "signs": NotRequired["list[Sign]"],
        "ideas": NotRequired["list[Idea]"],
        "compared": NotRequired["ComparedWith | None"],
        "manifest": NotRequired["int | None"],
        "parameters": NotRequired["str"],
        "text_sha256": NotRequired["str"],
        "is_blind": NotRequired["bool"],
    },
)
ResultsCalibration = TypedDict(
    "ResultsCalibration",
    {
        "round_id": "str",
        "counts": "bool",
        "confidence": "str | float",
        "refusal": NotRequired["CalibrationRefusal | None"],
        "severities": NotRequired["list[JudgeSeverity]"],
        "noise": NotRequired["str | float"],
        "spread": NotRequired["str | float"],
        "seed": NotRequired["int"],
        "draws": NotRequired["int"],
        "lines": NotRequired["list[CalibratedLine]"],
    },
)
EnteringPaper = TypedDict(
    "EnteringPaper",
    {
        "code": "str",
        "name": "str",
        "types": "list[str]",
        "max_mb": "int",
        "form": NotRequired["Literal['DECLARATION', 'FILE', 'REGISTRATION']"],
        "max_pages": NotRequired["int | None"],
        "max_minutes": NotRequired["int | None"],
        "when": NotRequired["Literal['ALWAYS', 'FILED_BY_OTHER', 'STAFF']"],
        "is_description": NotRequired["bool"],
    },
)
EnteringSupplement = TypedDict(
    "EnteringSupplement",
    {"max_requests": "int", "working_days": "int", "never_after_closing_by": "int"},
)
JudgingCalibration = TypedDict(
    "JudgingCalibration",
    {
        "counts": NotRequired["bool"],
        "min_sheets_per_judge": NotRequired["int"],
        "min_sheets_per_entry": NotRequired["int"],
        "places": NotRequired["int"],
        "confidence": NotRequired["str | float"],
    },
)
AgentPair = TypedDict("AgentPair", {"Key": "str", "Value": "str"})
ApprovingSubmitted = TypedDict("ApprovingSubmitted", {"number": "str", "dated": "str"})
AssigningLeaving = TypedDict("AssigningLeaving", {"reason": "str"})
AssigningPair = TypedDict("AssigningPair", {"judge_id": "str", "other_id": "str", "reason": "str"})
AwardsApproval = TypedDict(
    "AwardsApproval", {"authority": "str", "drawn": NotRequired["int | None"]}
)
AwardsVote = TypedDict(
    "AwardsVote", {"order": "list[str]", "minutes": "str", "reason": NotRequired["str"]}
)
ContestsAmendment = TypedDict("ContestsAmendment", {"source": "str", "reason": "str"})
CopiesApproval = TypedDict("CopiesApproval", {"number": "int", "looked": NotRequired["bool"]})
DeadlinesExtended = TypedDict("DeadlinesExtended", {"extension_id": "str"})
DeskSheetMistake = TypedDict(
    "DeskSheetMistake",
    {"row": "int", "column": "str", "value": "str", "code": "str", "sentence": "str"},
)
EntriesDraft = TypedDict(
    "EntriesDraft",
    {
        "kind": "Literal['COLLECTIVE', 'INDIVIDUAL']",
        "group": NotRequired["str"],
        "title": NotRequired["str"],
        "summary": NotRequired["str"],
        "area": NotRequired["str"],
        "authors": NotRequired["list[Author]"],
        "channel": NotRequired["Literal['DESK', 'ONE_STOP', 'ONLINE', 'POST']"],
        "unit_id": NotRequired["str | None"],
        "external_code": NotRequired["str | None"],
        "enterprise": NotRequired["Enterprise | None"],
        "improves": NotRequired["list[Improves]"],
    },
)
EntriesReason = TypedDict("EntriesReason", {"reason": NotRequired["str"]})
EntriesSupplement = TypedDict(
    "EntriesSupplement", {"request": "str", "missing": NotRequired["list[str]"]}
)
JuriesLeaving = TypedDict(
    "JuriesLeaving",
    {
        "judge_id": "str",
        "decision": "Decision",
        "reason": "str",
        "substitute_id": NotRequired["str | None"],
        "substitute_unit_id": NotRequired["str | None"],
    },
)
JuriesReason = TypedDict("JuriesReason", {"reason": "str"})
KeysAnswer = TypedDict("KeysAnswer", {"answer": "str"})
MissingExtended = TypedDict("MissingExtended", {"until": "str", "reason": "str", "minutes": "str"})
NoticesWords = TypedDict(
    "NoticesWords",
    {
        "text": NotRequired["str"],
        "short": NotRequired["str"],
        "form_id": NotRequired["str"],
        "language": NotRequired["Literal['en', 'vi']"],
        "contest_id": NotRequired["str"],
    },
)
PapersWords = TypedDict(
    "PapersWords", {"changes": "dict[str, Any]", "profile": "str", "whole": "dict[str, Any]"}
)
PetitionsAnswer = TypedDict(
    "PetitionsAnswer", {"upheld": "bool", "number": "str", "answer": "str"}
)
ReviewDraft = TypedDict(
    "ReviewDraft",
    {
        "marks": NotRequired["dict[str, str]"],
        "comments": NotRequired["dict[str, str]"],
        "comment": NotRequired["str"],
    },
)
ReviewVote = TypedDict("ReviewVote", {"order": "list[str]", "minutes": "str", "reason": "str"})
StatisticsReport = TypedDict(
    "StatisticsReport",
    {
        "assessment": NotRequired["list[str]"],
        "proposals": NotRequired["list[str]"],
        "authority": NotRequired["str"],
    },
)
