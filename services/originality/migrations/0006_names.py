"""Names for the paper, who filed what, own checks, judges' assignments, blind rounds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "originality_0006"
down_revision = "originality_0005"
branch_labels = None
depends_on = None

TEXT, WHEN = sa.Text, sa.DateTime(timezone=True)


def keyed(*names: str) -> list[sa.Column]:
    """Return the columns of a primary key, the tenant first."""
    return [sa.Column(name, TEXT, primary_key=True) for name in ("tenant", *names)]


def some(name: str, of: object = TEXT) -> sa.Column:
    return sa.Column(name, of, nullable=False)


def upgrade() -> None:
    op.create_table("person", *keyed("person_id"), some("full_name"), some("known_at", WHEN))
    op.create_table("unit", *keyed("unit_id"), some("name"), some("known_at", WHEN))
    op.create_table(
        "filing", *keyed("entry_id"), sa.Column("unit_id", TEXT), some("people", JSONB)
    )
    op.create_table(
        "own_check",
        *keyed("person_id", "contest_id"),
        sa.Column("day", sa.Date, primary_key=True),
        some("checks", sa.Integer),
    )
    op.create_table(
        "assignment",
        *keyed("contest_id", "round_id", "entry_id", "judge_id"),
        some("code"),
    )
    op.create_index("assignment_judge", "assignment", ["tenant", "judge_id"])
    op.add_column("contest", sa.Column("host", TEXT, nullable=False, server_default=sa.text("''")))
    op.add_column(
        "contest", sa.Column("blind", JSONB, nullable=False, server_default=sa.text("'[]'"))
    )
    op.add_column(
        "contest", sa.Column("own_checks", sa.Integer, nullable=False, server_default="0")
    )
    isolate(op, "person", "unit", "filing", "own_check", "assignment")
