"""Sheets sealed to a round's key, who holds keys, drafts, and who has looked again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "review_0003"
down_revision = "review_0002"
branch_labels = None
depends_on = None

TEXT, BYTES, WHEN = sa.Text, sa.LargeBinary, sa.DateTime(timezone=True)


def keyed(*names: str) -> list[sa.Column]:
    """Return the columns of a primary key, the tenant first."""
    return [sa.Column(name, TEXT, primary_key=True) for name in ("tenant", *names)]


def some(name: str, of: object = TEXT, default: str | None = None) -> sa.Column:
    return sa.Column(name, of, nullable=False, server_default=default)


def upgrade() -> None:
    for name in ("digest", "nonce", "words", "reason", "minutes"):
        op.add_column("sheet", some(name, default=""))
    op.add_column("sheet", some("comments", JSONB, "{}"))
    op.add_column("sheet", sa.Column("sealed", BYTES))
    op.add_column("sheet", sa.Column("own_copy", BYTES))
    op.add_column("assignment", some("looked_again", sa.Boolean, "false"))
    op.add_column("assignment", some("called", sa.Boolean, "false"))
    op.add_column("assignment", sa.Column("ground", TEXT))
    op.add_column("round", sa.Column("public_key", TEXT))
    op.add_column("round", sa.Column("sheets_opened_at", WHEN))
    op.add_column("round", sa.Column("due", WHEN))
    op.create_table(
        "holder_key",
        *keyed("person_id"),
        some("public_key"),
        some("challenge"),
        some("registered_at", WHEN),
        sa.Column("confirmed_at", WHEN),
    )
    op.create_table(
        "round_key",
        *keyed("contest_id", "round_id", "holder_id"),
        some("place", sa.Integer),
        some("is_recovery", sa.Boolean),
        some("public_key"),
        some("shares", BYTES),
        some("digest"),
        sa.Column("given", TEXT),
        sa.Column("given_by", TEXT),
        sa.Column("given_at", WHEN),
        sa.Column("lost", TEXT),
        some("minutes", default=""),
        some("reason", default=""),
    )
    op.create_table(
        "draft",
        *keyed("contest_id", "round_id", "entry_id", "judge_id"),
        some("sealed"),
        some("saved_at", WHEN),
    )
    isolate(op, "holder_key", "round_key", "draft")
    # Row-level security binds the owner too. A round that was open before has marks in the open.
    op.execute("SELECT set_config('app.tenant', '*', true)")
    op.execute("UPDATE round SET state = 'OPENED' WHERE state = 'OPEN'")
    op.execute(
        "UPDATE assignment SET looked_again = true FROM sheet WHERE asked_again"
        " AND sheet.tenant = assignment.tenant AND sheet.contest_id = assignment.contest_id"
        " AND sheet.round_id = assignment.round_id AND sheet.entry_id = assignment.entry_id"
        " AND sheet.judge_id = assignment.judge_id AND sheet.version = 2"
    )
