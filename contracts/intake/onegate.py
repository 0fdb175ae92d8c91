"""What intake is told and asked about the counterparties that mirror its dossiers."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Query

PushState = Literal["QUEUED", "SENT", "DEAD"]


class Procedure(Struct, frozen=True, kw_only=True):
    """The administrative procedure (TTHC) a contest is known by at a counterparty.

    `code` is MaTTHC, `field_code` MaLinhVuc: as the counterparty has given them.
    """

    contest_id: str
    code: str
    name: str
    field_code: str
    field_name: str


class Counterparty(Struct, frozen=True, kw_only=True):
    """A portal that is told how dossiers stand; `procedures` says of which contests.

    `service_path` has the place of the service's name. `statuses` maps steps, e.g. SUPPLEMENT, to
    codes other than the national ones. With `array_body`, `DongBoHoSoMC` takes its flags in the
    query and the bare array as body. `not_found_code` is its error code for an unknown dossier,
    if it does not answer with an empty list.
    """

    name: str
    url: str
    username: str
    dstcode: str
    agency_code: str
    unit: str
    procedures: tuple[Procedure, ...]
    auth_path: str = "/login"
    service_path: str = "/{service}"
    statuses: dict[str, str] = {}
    array_body: bool = False
    not_found_code: str | None = None
    active: bool = True
    sandbox: bool = False  # only such are told from a sandbox tenant, and only from there


class ConfigureCounterparty(Command, frozen=True, kw_only=True):
    """Set a counterparty up, or change it. Reply: None.

    Without a password the known one stays; it is never shown again.
    """

    counterparty: Counterparty
    password: str | None = None


class RetryPushes(Command, frozen=True, kw_only=True):
    """Try the dead pushes to a counterparty again, all or those of one entry. Reply: how many."""

    counterparty: str
    entry_id: str | None = None


class ListCounterparties(Query, frozen=True, kw_only=True):
    """Reply: tuple of `Counterparty`, without passwords."""


class ListPushes(Query, frozen=True, kw_only=True):
    """Reply: tuple of `PushView`, newest first."""

    counterparty: str | None = None
    entry_id: str | None = None
    state: PushState | None = None


class ListReconciliations(Query, frozen=True, kw_only=True):
    """Reply: tuple of `ReconciliationView`, newest first."""

    counterparty: str | None = None


class PushView(Struct, frozen=True, kw_only=True):
    """One step of a dossier on its way to a counterparty; `attempts` counts the tries."""

    counterparty: str
    entry_id: str
    step: str
    status: str
    at: datetime
    state: PushState
    attempts: int
    due_at: datetime
    sent_at: datetime | None = None
    last_error: str | None = None


class ReconciliationView(Struct, frozen=True, kw_only=True):
    """How a counterparty's dossiers compared with ours; what differed was queued again."""

    counterparty: str
    at: datetime
    checked: int
    missing: int
    differing: int
    complete: bool
    differences: tuple[str, ...] = ()
