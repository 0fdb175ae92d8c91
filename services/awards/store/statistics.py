"""Entries as they are counted: where they belong, and how they ended.

Events about an entry may come late, twice and in any order: an end is never undone by news of
the submission, and of submissions the newest version counts.
"""

from collections.abc import Iterable
from datetime import datetime

from msgspec import convert
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from contracts.intake import EntryAccepted, EntryEvent, EntrySubmitted
from contracts.rules import Rules
from kernel.database import Row
from services.awards.domain.statistics import State
from services.awards.store.tables import ContestRow, Table, upsert


class CountedRow(Row, Table):
    """An entry that was handed in; what nobody has told yet is None. `version` counts from 1."""

    __tablename__ = "counted_entry"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    received_at: Mapped[datetime | None]
    area: Mapped[str | None]
    unit_id: Mapped[str | None]
    kind: Mapped[str | None]
    group: Mapped[str | None]
    channel: Mapped[str | None]
    state: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="0")


def count_submitted(session: Session, heard: EntrySubmitted) -> None:
    """Keep where an entry belongs by its newest version, and the day it first came."""
    places = {
        "area": heard.area,
        "unit_id": heard.unit_id,
        "kind": heard.kind,
        "group": heard.group,
        "channel": heard.channel,
        "version": heard.version,
    }
    key, newer = {"entry_id": heard.entry_id}, CountedRow.version < heard.version
    upsert(session, CountedRow, key, {"contest_id": heard.contest_id, **places}, newer)
    row = session.scalars(
        select(CountedRow).filter_by(**key).execution_options(populate_existing=True)
    ).one()
    row.received_at = min(filter(None, (row.received_at, heard.received_at)))


def count_ended(session: Session, heard: EntryEvent, state: State) -> None:
    """Keep how an entry ended; who is out stays out, whatever is heard later."""
    known: dict[str, object] = {"contest_id": heard.contest_id, "state": state}
    if isinstance(heard, EntryAccepted):
        known |= {"area": heard.area, "unit_id": heard.unit_id, "kind": heard.kind}
    is_first = CountedRow.state.is_(None) | (CountedRow.state == "ACCEPTED")
    only_if = is_first if state != "ACCEPTED" else CountedRow.state.is_(None)
    upsert(session, CountedRow, {"entry_id": heard.entry_id}, known, only_if)


def load_counted(session: Session, contest_ids: Iterable[str]) -> list[CountedRow]:
    """Read the entries of contests."""
    query = select(CountedRow).where(CountedRow.contest_id.in_(set(contest_ids)))
    return list(session.scalars(query.order_by(CountedRow.entry_id)))


def load_all_rules(session: Session, contest_ids: Iterable[str]) -> list[Rules]:
    """Read the rules of these contests, or of all if none is named, by the day they opened."""
    wanted = set(contest_ids)
    query = select(ContestRow)
    if wanted:
        query = query.where(ContestRow.contest_id.in_(wanted))
    found = [convert(row.rules, Rules, strict=False) for row in session.scalars(query)]
    return sorted(found, key=lambda rules: (rules.intake.opens, rules.id))
