"""The table of roles that people have in one contest only."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.gateway.store import Table


class GrantRow(Row, Table):
    """One row per role of a person in a contest."""

    __tablename__ = "contest_grant"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str] = mapped_column(primary_key=True)


def of(session: Session, account_id: str) -> frozenset[str]:
    """Return somebody's roles in single contests, each `role@contest`."""
    query = select(GrantRow.role, GrantRow.contest_id).where(GrantRow.account_id == account_id)
    return frozenset(f"{role}@{contest_id}" for role, contest_id in session.execute(query))


def of_contest(session: Session, contest_id: str) -> list[tuple[str, str]]:
    """Return who has which role in a contest: account ids and roles."""
    query = (
        select(GrantRow.account_id, GrantRow.role)
        .where(GrantRow.contest_id == contest_id)
        .order_by(GrantRow.role, GrantRow.account_id)
    )
    return [(account_id, role) for account_id, role in session.execute(query)]


def give(session: Session, account_id: str, role: str, contest_id: str) -> None:
    """Give somebody a role in a contest; once more changes nothing."""
    row = {"account_id": account_id, "role": role, "contest_id": contest_id}
    session.execute(insert(GrantRow).values(**row).on_conflict_do_nothing())


def take(session: Session, account_id: str, role: str, contest_id: str) -> None:
    """Take a role in a contest from somebody."""
    ours = (
        (GrantRow.account_id == account_id)
        & (GrantRow.role == role)
        & (GrantRow.contest_id == contest_id)
    )
    session.execute(delete(GrantRow).where(ours))
