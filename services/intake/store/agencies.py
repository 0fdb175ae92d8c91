"""Agencies with their names over time, successions and nil returns, kept and found again."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import cast

from msgspec import structs
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.intake import Agency
from kernel.tables import current_tenant
from services.intake.domain.succession import Succession, SuccessionKind, Successions
from services.intake.store.tables import AgencyNameRow, AgencyRow, NilReturnRow, SuccessionRow

FOR_EVER = date(1900, 1, 1)  # since when a unit is called as it was when it came to be known


def save_agencies(session: Session, agencies: Iterable[Agency], today: date) -> int:
    """Record units, anew where they are known; return how many are known now.

    One that has another name than before is called so since its `valid_from`, or since today.
    """
    tenant = current_tenant.get()
    given = {one.unit_id: one for one in agencies}
    if given:
        keep_names(session, given, today)
        rows = [{"tenant": tenant, **structs.asdict(one)} for one in given.values()]
        new = insert(AgencyRow).values(rows)
        changed = {name: new.excluded[name] for name in Agency.__struct_fields__}
        session.execute(
            new.on_conflict_do_update(index_elements=["tenant", "unit_id"], set_=changed)
        )
    return session.scalar(select(func.count()).select_from(AgencyRow)) or 0


def keep_names(session: Session, given: dict[str, Agency], today: date) -> None:
    """Remember what these units are called, and since when."""
    before = unit_names(session, given)
    for unit_id, agency in given.items():
        if before.get(unit_id) == agency.name:
            continue
        first = agency.valid_from or FOR_EVER
        since = today if unit_id in before else first
        named = insert(AgencyNameRow).values(
            tenant=current_tenant.get(), unit_id=unit_id, since=since, name=agency.name
        )
        session.execute(
            named.on_conflict_do_update(
                index_elements=["tenant", "unit_id", "since"], set_={"name": agency.name}
            )
        )


def load_agencies(session: Session) -> tuple[Agency, ...]:
    """Return every known unit, by its id."""
    rows = session.scalars(select(AgencyRow).order_by(AgencyRow.unit_id))
    return tuple(
        Agency(**{name: getattr(row, name) for name in Agency.__struct_fields__}) for row in rows
    )


def known_units(session: Session, among: Collection[str] | None = None) -> frozenset[str]:
    """Return the ids of all known units, or which of some ids are those of units."""
    query = select(AgencyRow.unit_id)
    if among is None:
        return frozenset(session.scalars(query))
    return frozenset(session.scalars(query.where(AgencyRow.unit_id.in_(among))) if among else ())


def unit_names(session: Session, unit_ids: Collection[str | None]) -> dict[str, str]:
    """Return the names of units, by their ids, as they are today; unknown ones are left out."""
    named = set(unit_ids) - {None}
    if not named:
        return {}
    query = select(AgencyRow).where(AgencyRow.unit_id.in_(named))
    return {row.unit_id: row.name for row in session.scalars(query)}


def load_names(session: Session) -> dict[str, list[tuple[date, str]]]:
    """Return what every unit was called, and since when."""
    found: dict[str, list[tuple[date, str]]] = {}
    for row in session.scalars(select(AgencyNameRow)):
        found.setdefault(row.unit_id, []).append((row.since, row.name))
    return found


def load_successions(session: Session) -> Successions:
    """Return who continues whom, in the order it was recorded."""
    rows = session.scalars(select(SuccessionRow).order_by(SuccessionRow.sequence))
    return tuple(
        Succession(
            row.predecessor_id,
            row.successor_id,
            row.happened_on,
            cast(SuccessionKind, row.kind),
            row.basis,
        )
        for row in rows
    )


def hold_successions(session: Session) -> None:
    """Let nobody else record successions of this tenant until the work is done."""
    name = func.hashtextextended(f"successions:{current_tenant.get()}", 0)
    session.execute(select(func.pg_advisory_xact_lock(name)))


def add_successions(session: Session, links: Sequence[Succession]) -> None:
    """Record who continues whom."""
    for link in links:
        session.add(
            SuccessionRow(
                predecessor_id=link.predecessor,
                successor_id=link.successor,
                happened_on=link.on,
                kind=link.kind,
                basis=link.basis,
            )
        )
        session.flush()


def save_nil_return(
    session: Session, contest_id: str, unit_id: str, said: tuple[str, str, datetime]
) -> None:
    """Keep a unit's nil return, in place of an earlier one: why, by whom, when."""
    reason, returned_by, returned_at = said
    values = {"reason": reason, "returned_by": returned_by, "returned_at": returned_at}
    new = insert(NilReturnRow).values(
        tenant=current_tenant.get(), contest_id=contest_id, unit_id=unit_id, **values
    )
    keys = ["tenant", "contest_id", "unit_id"]
    session.execute(new.on_conflict_do_update(index_elements=keys, set_=values))


def nil_reasons(session: Session, contest_id: str, before: datetime) -> dict[str, str]:
    """Return why units had nothing to enter, as returned before an instant."""
    query = select(NilReturnRow).where(
        NilReturnRow.contest_id == contest_id, NilReturnRow.returned_at < before
    )
    return {row.unit_id: row.reason for row in session.scalars(query)}
