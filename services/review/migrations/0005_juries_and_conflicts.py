"""Seats from when until when, panels, conflicts of three kinds, and who is near whom."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "review_0005"
down_revision = "review_0004"
branch_labels = None
depends_on = None

TEXT, WHEN, DAY = sa.Text, sa.DateTime(timezone=True), sa.Date


def keyed(*names: str) -> list[sa.Column]:
    """Return the columns of a primary key, the tenant first."""
    return [sa.Column(name, TEXT, primary_key=True) for name in ("tenant", *names)]


def some(name: str, of: object = TEXT, default: str | None = None) -> sa.Column:
    return sa.Column(name, of, nullable=False, server_default=default)


def perhaps(name: str, of: object = TEXT) -> sa.Column:
    return sa.Column(name, of)


def upgrade() -> None:
    op.execute("SELECT set_config('app.tenant', '*', true)")
    date_seats()
    trace_declarations()
    op.create_table(
        "sub_jury",
        *keyed("contest_id", "panel_id"),
        some("name"),
        some("areas", JSONB),
        some("rounds", JSONB),
    )
    op.create_table(
        "pin",
        *keyed("contest_id", "pin_id"),
        *(some(name) for name in ("judge_id", "entry_id", "named", "side")),
        perhaps("ground"),
        some("reason"),
        some("pinned_by"),
        some("pinned_at", WHEN),
        perhaps("lifted_by"),
        perhaps("lifted_at", WHEN),
        some("lifted_reason", default=""),
    )
    know_people()
    op.create_table(
        "vacancy",
        *keyed("contest_id", "round_id", "entry_id", "judge_id"),
        some("since", WHEN),
        perhaps("filled_at", WHEN),
    )
    number = sa.Column("number", sa.BigInteger, sa.Identity(), primary_key=True)
    op.create_table(
        "jury_note",
        *keyed("contest_id"),
        number,
        some("at", WHEN),
        some("by"),
        some("words"),
        *(perhaps(name) for name in ("round_id", "code", "judge_id")),
    )
    op.create_table("look", *keyed("contest_id"), some("looked_on", DAY))
    new = (
        "look",
        "sub_jury",
        "pin",
        "stay",
        "alias",
        "post",
        "succession",
        "vacancy",
        "jury_note",
    )
    isolate(op, *new)
    op.execute("SELECT set_config('app.tenant', '', true)")


def date_seats() -> None:
    """Say from when until when a seat is held; of those held so far nobody knows since when."""
    op.add_column("seat", perhaps("seat_id"))
    op.execute("UPDATE seat SET seat_id = person_id")
    op.drop_constraint("seat_pkey", "seat")
    op.create_primary_key("seat_pkey", "seat", ["tenant", "contest_id", "seat_id"])
    op.add_column("seat", perhaps("panel_id"))
    op.add_column("seat", some("seated_at", WHEN, "epoch"))
    op.alter_column("seat", "seated_at", server_default=None)
    for name in ("seated_by", "left_by", "substitute_id"):
        op.add_column("seat", perhaps(name))
    for name in ("seated_by_on", "left_by_on"):
        op.add_column("seat", perhaps(name, DAY))
    op.add_column("seat", perhaps("left_at", WHEN))
    op.add_column("seat", some("left_reason", default=""))
    op.create_index("seat_held", "seat", ["tenant", "contest_id", "person_id"])


def trace_declarations() -> None:
    """Give declarations ids, so that they can be taken back and be made by more than one."""
    op.add_column("conflict", perhaps("declaration_id"))
    op.execute("UPDATE conflict SET declaration_id = entry_id || ' ' || judge_id")
    op.drop_constraint("conflict_pkey", "conflict")
    op.create_primary_key("conflict_pkey", "conflict", ["tenant", "contest_id", "declaration_id"])
    op.alter_column("conflict", "entry_id", nullable=True)
    for name in ("person_id", "named", "withdrawn_by"):
        op.add_column("conflict", perhaps(name))
    op.execute("UPDATE conflict SET named = entry_id")
    op.add_column("conflict", some("relation", default="OTHER"))
    op.alter_column("conflict", "relation", server_default=None)
    op.add_column("conflict", perhaps("withdrawn_at", WHEN))
    op.add_column("conflict", some("withdrawn_reason", default=""))


def know_people() -> None:
    """Where people were and are, who is whom, and which unit continues which."""
    op.create_table(
        "stay",
        *keyed("person_id"),
        sa.Column("said_at", WHEN, primary_key=True),
        perhaps("unit_id"),
    )
    op.execute("INSERT INTO stay SELECT tenant, person_id, said_at, unit_id FROM person")
    op.create_table("alias", *keyed("person_id", "other_id"))
    op.create_table(
        "post",
        *keyed("person_id"),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        some("unit_id"),
        perhaps("since", DAY),
        perhaps("until", DAY),
        some("said_by"),
        some("said_at", WHEN),
    )
    op.create_table(
        "succession", *keyed("predecessor_id", "successor_id"), some("happened_on", DAY)
    )
