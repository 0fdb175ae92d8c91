"""The tables of intake. Every row also has its tenant, first part of its primary key."""

from services.intake.store.tables.agencies import AgencyNameRow, NilReturnRow, SuccessionRow
from services.intake.store.tables.base import Table
from services.intake.store.tables.checking import AnswerRow
from services.intake.store.tables.contests import ContestRow, ReceiptRow, RulesRow, SeatRow
from services.intake.store.tables.copies import BlindCopyRow, JudgedEntryRow
from services.intake.store.tables.deadlines import ExtensionRow
from services.intake.store.tables.desk import HandoverRow
from services.intake.store.tables.documents import DocumentRow, ShareRow
from services.intake.store.tables.entries import AuthorRow, EntryRow, TimelineRow
from services.intake.store.tables.erasures import ErasureRow
from services.intake.store.tables.one_stop import FetchRow, PushedRow
from services.intake.store.tables.onegate import CounterpartyRow, PushRow, ReconciliationRow
from services.intake.store.tables.outages import BeatRow, ProposalRow
from services.intake.store.tables.people import AgencyRow, PersonRow
from services.intake.store.tables.receipts import IssuedReceiptRow
from services.intake.store.tables.versions import (
    ConfirmationRow,
    DeclarationRow,
    EditRow,
    OfficerRow,
    VersionRow,
)

__all__ = [
    "AgencyNameRow",
    "AgencyRow",
    "AnswerRow",
    "AuthorRow",
    "BeatRow",
    "BlindCopyRow",
    "ConfirmationRow",
    "ContestRow",
    "CounterpartyRow",
    "DeclarationRow",
    "DocumentRow",
    "EditRow",
    "EntryRow",
    "ErasureRow",
    "ExtensionRow",
    "FetchRow",
    "HandoverRow",
    "IssuedReceiptRow",
    "JudgedEntryRow",
    "NilReturnRow",
    "OfficerRow",
    "PersonRow",
    "ProposalRow",
    "PushRow",
    "PushedRow",
    "ReceiptRow",
    "ReconciliationRow",
    "RulesRow",
    "SeatRow",
    "ShareRow",
    "SuccessionRow",
    "Table",
    "TimelineRow",
    "VersionRow",
]
