"""The first tables of review."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "review_0001"
down_revision = None
branch_labels = ("review",)
depends_on = None

TEXT, INT, WHEN, YES = sa.Text, sa.Integer, sa.DateTime(timezone=True), sa.Boolean
ENTRY_IN_ROUND = ("contest_id", "round_id", "entry_id")


def keyed(*names: str) -> list[sa.Column]:
    """Return the columns of a primary key, the tenant first."""
    return [sa.Column(name, TEXT, primary_key=True) for name in ("tenant", *names)]


def version() -> sa.Column:
    return sa.Column("version", INT, primary_key=True, autoincrement=False)


def some(name: str, of: object = TEXT) -> sa.Column:
    return sa.Column(name, of, nullable=False)


def upgrade() -> None:
    op.create_table(
        "contest", *keyed("contest_id"), some("number", INT), some("rules", JSONB), some("secret")
    )
    op.create_table("unit", *keyed("unit_id"), sa.Column("parent_id", TEXT))
    op.create_table("person", *keyed("person_id"), sa.Column("unit_id", TEXT))
    op.create_table(
        "seat", *keyed("contest_id", "person_id"), some("role"), sa.Column("unit_id", TEXT)
    )
    op.create_table(
        "conflict",
        *keyed("contest_id", "entry_id", "judge_id"),
        some("reason"),
        some("declared_by"),
        some("declared_at", WHEN),
    )
    op.create_table(
        "entry",
        *keyed("entry_id"),
        some("contest_id"),
        some("title"),
        some("area"),
        some("summary"),
        sa.Column("unit_id", TEXT),
        some("author_ids", JSONB),
        some("submitted", INT),
        some("accepted", INT),
        some("cleared", INT),
        sa.Column("out", TEXT),
        sa.Column("code", TEXT),
    )
    op.create_index("entry_code", "entry", ["tenant", "contest_id", "code"], unique=True)
    op.create_table("report", *keyed("report_id"), some("entry_id"), some("version", INT))
    op.create_table(
        "round",
        *keyed("contest_id", "round_id"),
        some("state"),
        some("rules", JSONB),
        some("opened_at", WHEN),
        sa.Column("closed_at", WHEN),
        some("ranking", JSONB),
    )
    create_marks()
    isolate(
        op,
        "contest",
        "unit",
        "person",
        "seat",
        "conflict",
        "entry",
        "report",
        "round",
        "assignment",
        "sheet",
        "mark",
    )


def create_marks() -> None:
    op.create_table(
        "assignment",
        *keyed(*ENTRY_IN_ROUND, "judge_id"),
        some("asked_again", YES),
        some("stood_down", YES),
    )
    op.create_table(
        "sheet",
        *keyed(*ENTRY_IN_ROUND, "judge_id"),
        version(),
        some("comment"),
        some("given_by"),
        some("given_at", WHEN),
    )
    op.create_table(
        "mark",
        *keyed(*ENTRY_IN_ROUND, "judge_id"),
        version(),
        sa.Column("criterion", TEXT, primary_key=True),
        some("points", sa.Numeric),
    )
