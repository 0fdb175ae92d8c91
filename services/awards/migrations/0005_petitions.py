"""Earlier revisions of results, money, petitions, revocations; results held until an instant."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "awards_0005"
down_revision = "awards_0004"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def text(name: str) -> sa.Column:
    return sa.Column(name, sa.String, nullable=False)


def keyed(*names: str) -> list[sa.Column]:
    """Return the columns of a primary key, the tenant first."""
    return [sa.Column(name, sa.String, primary_key=True) for name in ("tenant", *names)]


def upgrade() -> None:
    op.add_column("prize_list", sa.Column("public_from", WHEN))
    op.add_column("prize_list", sa.Column("held", JSONB))
    op.create_table(
        "past_list",
        *keyed("contest_id"),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("listed", JSONB, nullable=False),
        sa.Column("results", JSONB),
        sa.Column("ended_at", WHEN, nullable=False),
        text("reason"),
    )
    op.create_table(
        "money",
        *keyed("contest_id"),
        sa.Column("number", sa.BigInteger, sa.Identity(), primary_key=True),
        text("ledger"),
        text("kind"),
        text("entry_id"),
        text("prize"),
        sa.Column("vnd", sa.BigInteger, nullable=False),
        text("basis"),
        sa.Column("at", WHEN, nullable=False),
    )
    op.create_table(
        "petition",
        *keyed("petition_id"),
        text("contest_id"),
        sa.Column("petition", JSONB, nullable=False),
    )
    op.create_index("petition_contest", "petition", ["tenant", "contest_id"])
    op.create_table(
        "rejudged",
        *keyed("petition_id", "round_id"),
        text("contest_id"),
        text("entry_id"),
        sa.Column("line", JSONB, nullable=False),
        sa.Column("counts", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("at", WHEN, nullable=False),
    )
    op.create_table(
        "revocation",
        *keyed("contest_id", "entry_id"),
        sa.Column("revoked", JSONB, nullable=False),
    )
    isolate(op, "past_list", "money", "petition", "rejudged", "revocation")
