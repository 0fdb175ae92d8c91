"""What assigning judges goes by: areas and limits, pairs kept apart, who left, and the seed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "review_0004"
down_revision = "review_0003"
branch_labels = None
depends_on = None

TEXT, WHEN = sa.Text, sa.DateTime(timezone=True)


def keyed(*names: str) -> list[sa.Column]:
    """Return the columns of a primary key, the tenant first."""
    return [sa.Column(name, TEXT, primary_key=True) for name in ("tenant", *names)]


def some(name: str, of: object = TEXT) -> sa.Column:
    return sa.Column(name, of, nullable=False)


def upgrade() -> None:
    op.create_table(
        "desk",
        *keyed("contest_id", "person_id"),
        some("areas", JSONB),
        sa.Column("most", sa.Integer),
    )
    op.create_table(
        "apart",
        *keyed("contest_id", "one_id", "other_id"),
        sa.Column("said_at", WHEN, primary_key=True),
        some("reason"),
        some("said_by"),
        sa.Column("ended_at", WHEN),
        sa.Column("ended_by", TEXT),
        sa.Column("ended_why", TEXT),
    )
    op.create_table(
        "release",
        *keyed("contest_id", "round_id", "judge_id"),
        some("reason"),
        some("said_by"),
        some("said_at", WHEN),
    )
    op.create_table("seed", *keyed("contest_id", "round_id"), some("seed"))
    op.add_column(
        "assignment", sa.Column("handed_on", sa.Boolean, nullable=False, server_default="false")
    )
    op.alter_column("assignment", "handed_on", server_default=None)
    isolate(op, "desk", "apart", "release", "seed")
