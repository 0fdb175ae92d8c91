"""Deliveries, and how they come into the queue.

`put_in_queue` writes them, `claiming` takes them out.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Identity, bindparam, column, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB, Insert, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from kernel.errors import NotFound
from services.notify.domain import Telling
from services.notify.store.clients import listening_of
from services.notify.store.counterparties import CounterpartyRow, counterparty_of
from services.notify.store.table import Table

TABLES = Table.metadata.tables


class UnknownDelivery(NotFound):
    """There is no such delivery."""


class DeliveryRow(Row, Table):
    """One row per event, recipient and channel. `content` is what the template quotes.

    `attempts` counts the tries since somebody last asked for it, `tries` all of them.
    """

    __tablename__ = "delivery"

    delivery_id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, Identity())
    event_id: Mapped[str]
    event_type: Mapped[str]
    recipient: Mapped[str]
    channel: Mapped[str]
    counterparty: Mapped[str]
    template: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    contest_id: Mapped[str]
    entry_ids: Mapped[list[str]]
    state: Mapped[str]
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    fallback: Mapped[list[str]]
    tries: Mapped[int]
    accepted_by: Mapped[str | None]
    response: Mapped[str | None]
    opened_at: Mapped[datetime | None]
    instead_of: Mapped[str | None]
    words_version: Mapped[str | None]


class AboutRow(Row, Table):
    """One row per delivery and entry it is about; `waiting` for pushes that others wait for."""

    __tablename__ = "about"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    delivery_id: Mapped[str] = mapped_column(primary_key=True)
    counterparty: Mapped[str]
    queued_at: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(BigInteger)
    waiting: Mapped[bool]


def put_in_queue(
    session: Session, common: dict[str, Any], told: Iterable[tuple[str, Telling]]
) -> None:
    """Queue messages, given with their ids, unless the event has one for a reader and channel.

    `common` are the columns shared by all that one event makes. A client without a webhook has
    nowhere to be told.
    """
    messages = list(told)
    programs = {one.recipient for _, one in messages if one.channel == "WEBHOOK"}
    listening = listening_of(session, programs) if programs else frozenset()
    rows = [
        {
            **common,
            "delivery_id": delivery_id,
            "recipient": one.recipient,
            "channel": one.channel,
            "template": one.content.template,
            "content": msgspec.to_builtins(one.content),
            "entry_ids": list(one.entry_ids),
            "state": "HELD" if one.held else "QUEUED",
            "due_at": max(common["due_at"], one.not_before or common["due_at"]),
            "expires_at": one.expires_at,
            "fallback": list(one.fallback),
        }
        for delivery_id, one in messages
        if one.channel != "WEBHOOK" or one.recipient in listening
    ]
    queue(session, rows)


def put_instead(session: Session, given_up: DeliveryRow, delivery_id: str, now: datetime) -> None:
    """Queue a message for the next channel of one that was given up, if it has any."""
    if not given_up.fallback:
        return
    same = ("tenant", "event_id", "event_type", "recipient", "template", "content", "contest_id")
    beside = ("entry_ids", "expires_at", "opened_at")
    row = {
        **{name: getattr(given_up, name) for name in (*same, *beside)},
        "delivery_id": delivery_id,
        "channel": given_up.fallback[0],
        "fallback": given_up.fallback[1:],
        "state": "QUEUED",
        "queued_at": now,
        "due_at": now,
        "instead_of": given_up.delivery_id,
    }
    queue(session, [row])


def queue(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Write deliveries down, with whom they go to and what they are about, in one statement."""
    named = [
        {**row, "counterparty": counterparty_of(row["channel"], row["recipient"]), "attempts": 0}
        for row in rows
    ]
    if not named:
        return
    # As JSON, however many they are: one statement, which is composed once.
    session.execute(writing(tuple(named[0])), {"rows": msgspec.to_builtins(named)})


@cache
def writing(names: tuple[str, ...]) -> Insert:
    """Return the statement that writes deliveries of these columns, given as `rows`."""
    columns = TABLES["delivery"].c
    rows = func.jsonb_to_recordset(bindparam("rows", type_=JSONB)).table_valued(
        *(column(name, columns[name].type) for name in names)
    )
    given = select(*rows.render_derived(with_types=True).c)
    write = insert(TABLES["delivery"]).from_select(names, given).on_conflict_do_nothing()
    fresh = write.returning(
        *(columns[name] for name in ("tenant", "delivery_id", "counterparty", "channel")),
        *(columns[name] for name in ("queued_at", "sequence", "entry_ids")),
    ).cte("fresh")
    there = (
        insert(CounterpartyRow)
        .from_select(
            ["tenant", "name", "failures", "strikes"],
            select(fresh.c.tenant, fresh.c.counterparty, literal(0), literal(0)).distinct(),
        )
        .on_conflict_do_nothing()
        .cte("there")
    )
    about = select(
        fresh.c.tenant,
        func.unnest(fresh.c.entry_ids),
        *(fresh.c[name] for name in ("delivery_id", "counterparty", "queued_at", "sequence")),
        fresh.c.channel == "WEBHOOK",
    ).distinct()
    names_of_about = ["tenant", "entry_id", "delivery_id", "counterparty", "queued_at", "sequence"]
    return insert(TABLES["about"]).from_select([*names_of_about, "waiting"], about).add_cte(there)
