"""A small world in the tables of six services, whole until a test corrupts it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from invariants.catalogue import INVARIANTS
from invariants.command import check
from invariants.finding import Finding
from invariants.hearing import ears
from invariants.places import Places
from kernel.tables import current_tenant
from services.intake.domain.receipts import code
from services.ledger import store
from services.ledger.domain import Recorded
from services.ledger.growing import Grove, catch_up
from services.ledger.signing import key_of

TENANT, EVENT, TOLD = "hau-giang", "e" * 32, "intake.PersonRegistered"
NOON = datetime(2022, 7, 1, 5, tzinfo=UTC)
DAY = date(2022, 7, 1)
FORMAT = "{unit}-{yyMMdd}-{seq:04d}"
CODE = code(FORMAT, "H30", DAY, 1)
RULES = {
    "receipt": {"code_format": FORMAT, "unit_code": "H30"},
    "supplement": {"max_requests": 1},
    "entrants": {"max_authors": 1},
    "novelty": {"own_checks": 3},
}
PERSON = {"person_id": "p", "full_name": "Người dự thi"}
ENTRY = {"contest_id": "c", "entry_id": "n", "title": "Sáng kiến mẫu"}
PLACE = {"contest_id": "c", "round_id": "R1", "entry_id": "n", "judge_id": "j"}
DECISION = {"kind": "DECISION", "symbol": "QĐ-UBND", "number": 1, "dated": "2022-07-01"}
CERTIFICATE = DECISION | {"kind": "CERTIFICATE", "authority": "CT", "register": 1}
REPLY = json.dumps({"ok": {"entry_id": "n", "receipt_code": CODE}}, separators=(",", ":"))

# What there is beside messages and the ledger: by service and table, the rows.
ROWS: Mapping[str, list[tuple[str, dict[str, Any]]]] = {
    "intake": [
        ("contest", {"contest_id": "c", "number": 2}),
        ("rules", {"contest_id": "c", "rules": RULES}),
        ("person", PERSON),
        ("agency", {"unit_id": "u"}),
        ("entry", ENTRY | {"state": "ACCEPTED", "version": 1, "returns": 1, "receipt_code": CODE}),
        ("author", {"entry_id": "n", "place": 1, "person_id": "p"}),
        ("receipt_sequence", {"unit_code": "H30", "day": DAY, "last": 1}),
        ("seat", {"contest_id": "c", "person_id": "j"}),
    ],
    "originality": [
        ("contest", {"contest_id": "c", "number": 2}),
        ("person", PERSON),
        ("unit", {"unit_id": "u"}),
        ("entry", ENTRY | {"version": 1}),
        ("report", {"report_id": "r", "entry_id": "n", "version": 1}),
        ("own_check", {"person_id": "p", "contest_id": "c", "day": DAY, "checks": 3}),
        ("assignment", PLACE),
    ],
    "review": [
        ("contest", {"contest_id": "c", "number": 2}),
        ("person", PERSON),
        ("unit", {"unit_id": "u"}),
        ("entry", ENTRY | {"submitted": 1, "accepted": 1}),
        ("report", {"report_id": "r", "entry_id": "n", "version": 1}),
        ("seat", {"contest_id": "c", "person_id": "j"}),
        ("round", {"contest_id": "c", "round_id": "R1", "state": "CLOSED", "ranking": [1]}),
        ("assignment", PLACE),
        ("sheet", PLACE | {"version": 1, "digest": "d"}),
        ("minutes_series", {"symbol": "BB-BGK", "year": 2022, "last": 1}),
        ("minutes", {"contest_id": "c", "number": "01/BB-BGK", "dated": DAY}),
    ],
    "awards": [
        ("contest", {"contest_id": "c", "number": 2}),
        ("person", PERSON),
        ("unit", {"unit_id": "u"}),
        ("entry", ENTRY),
        ("round_table", {"contest_id": "c", "round_id": "R1", "lines": [1]}),
        ("series", {"body": "UBND", "book": "QĐ-UBND", "year": 2022, "last": 1}),
        ("series", {"body": "UBND", "book": "BANG_KHEN", "year": 2022, "last": 1}),
        ("paper", {"paper_id": "d", "paper": DECISION}),
        ("paper", {"paper_id": "k", "paper": CERTIFICATE}),
    ],
    "notify": [
        ("contest", {"contest_id": "c", "number": 2}),
        ("person", PERSON),
        ("entry", ENTRY | {"version": 1, "accepted": True}),
        ("assignment", PLACE),
        ("sheet", PLACE),
        ("document_series", {"notation": "SNV", "year": 2022, "last": 8}),
        ("document", {"delivery_id": "v", "notation": "SNV", "number": 8, "dated": DAY}),
    ],
    "ledger": [],
}


@dataclass
class World:
    """Six databases, each in a transaction that a test may spoil and never keeps."""

    places: Places

    def put(self, service: str, table: str, **columns: object) -> None:
        """Insert a row; what a column must have and is not given is nothing of its kind."""
        connection = self.places.databases[service]
        values = needed(connection, service, table) | {"tenant": TENANT} | columns
        written = {
            name: json.dumps(value) if isinstance(value, dict | list) else value
            for name, value in values.items()
        }
        names, slots = (sep.join(values) for sep in ('", "', ", :"))
        insert = f'INSERT INTO "{table}" ("{names}") VALUES (:{slots})'  # noqa: S608 -- names only
        connection.execute(text(insert), written)

    def run(self, service: str, statement: str, **values: object) -> None:
        """Change a database as nobody should."""
        self.places.databases[service].execute(text(statement), values)

    def find(self) -> dict[str, Finding]:
        """Check everything."""
        return {each.invariant.name: each.finding for each in check(self.places, INVARIANTS)}

    def broken(self) -> dict[str, list[str]]:
        """Return what is wrong, by the invariant it breaks."""
        return {name: each.faults for name, each in self.find().items() if not each.holds}


NOTHING = {"text": "", "character varying": "", "integer": 0, "bigint": 0, "numeric": 0}
NOTHING |= {"jsonb": "[]", "boolean": False, "bytea": b"", "date": DAY, "ARRAY": "{}"}
NOTHING |= {"timestamp with time zone": NOON}
KNOWN: dict[tuple[str, str], dict[str, Any]] = {}


def needed(connection: Connection, service: str, table: str) -> dict[str, Any]:
    """Return something for every column that must have a value."""
    if (service, table) not in KNOWN:
        question = (
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = :t"
            " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'"
        )
        rows = connection.execute(text(question), {"t": table})
        KNOWN[service, table] = {name: NOTHING[kind] for name, kind in rows}
    return KNOWN[service, table]


def people(world: World) -> None:
    """Fill an empty world: one of each that is counted."""
    for service, rows in ROWS.items():
        for table, columns in rows:
            world.put(service, table, **columns)
    world.put("intake", "request", id="q", digest="", reply=REPLY.encode(), received_at=NOON)
    announce(world, EVENT, TOLD)
    for ear in ears():
        if ear.type in {TOLD, ""}:
            hear(world, ear.service, ear.handler)
    record(world)


def announce(world: World, identity: str, kind: str, sent_at: datetime | None = NOON) -> None:
    """Write an event into its speaker's outbox."""
    said = {"id": identity, "causation_id": "q", "body": {"person_id": "p"}}
    service = kind.partition(".")[0]
    columns = {"type": kind, "envelope": json.dumps(said).encode()}
    world.put(service, "outbox", id=identity, created_at=NOON, sent_at=sent_at, **columns)


def hear(world: World, service: str, handler: str, state: str = "done", **more: object) -> None:
    """Write an event into a hearer's inbox."""
    columns = {"handler": handler, "message_id": EVENT, "type": TOLD, "state": state}
    world.put(service, "inbox", **columns | {"received_at": NOON} | more)


def record(world: World) -> None:
    """Put the event on the chain and in its tree, and sign a head, as the ledger does."""
    token = current_tenant.set(TENANT)
    session = Session(world.places.databases["ledger"])
    store.show(session, TENANT)
    body = json.dumps({"body": {"person_id": "p"}})
    store.append(session, TENANT, [Recorded.of(EVENT, TOLD, NOON, body)])
    session.flush()
    list(catch_up(Grove(session, TENANT, key_of("ab" * 32, TENANT), NOON), bytes))
    session.flush()
    store.show(session, "*")
    current_tenant.reset(token)
    for service in ("intake", "awards"):
        world.put(service, "ledger_head", contest_id="", size=1, head={})
