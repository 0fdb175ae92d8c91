"""Numbers of documents: one series for each notation and year, a number once for a delivery."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.notify.store.table import Table


class DocumentSeriesRow(Row, Table):
    """One row per notation and year: the last number given."""

    __tablename__ = "document_series"

    notation: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class DocumentRow(Row, Table):
    """One row per delivery that went out as a document; every try of it has this number."""

    __tablename__ = "document"

    delivery_id: Mapped[str] = mapped_column(primary_key=True)
    notation: Mapped[str]
    number: Mapped[int]
    dated: Mapped[date]


def number_document(
    session: Session, tenant: str, delivery_id: str, series: tuple[str, int], today: date
) -> DocumentRow:
    """Return a delivery's number, the next of the series if it has none.

    `series` is its notation and the number it begins with each year.
    """
    known = session.scalar(select(DocumentRow).where(DocumentRow.delivery_id == delivery_id))
    if known is not None:
        return known
    notation, first = series
    there = {"tenant": tenant, "notation": notation, "year": today.year, "last": first}
    keys = [DocumentSeriesRow.tenant, DocumentSeriesRow.notation, DocumentSeriesRow.year]
    following = insert(DocumentSeriesRow).values(there)
    following = following.on_conflict_do_update(
        index_elements=keys, set_={"last": DocumentSeriesRow.last + 1}
    )
    number = session.scalars(following.returning(DocumentSeriesRow.last)).one()
    row = DocumentRow(
        tenant=tenant, delivery_id=delivery_id, notation=notation, number=number, dated=today
    )
    session.add(row)
    session.flush()
    return row
