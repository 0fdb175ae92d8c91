"""Minutes of rounds with their versions and numbers, what they tell that no table held, names."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "review_0009"
down_revision = "review_0008"
branch_labels = None
depends_on = None

TEXT, WHEN, DAY, NUMBER = sa.Text, sa.DateTime(timezone=True), sa.Date, sa.Integer


def keyed(*names: str) -> list[sa.Column]:
    """Return the columns of a primary key, the tenant first."""
    return [sa.Column(name, TEXT, primary_key=True) for name in ("tenant", *names)]


def some(name: str, of: object = TEXT, default: str | None = None) -> sa.Column:
    return sa.Column(name, of, nullable=False, server_default=default)


def perhaps(name: str, of: object = TEXT) -> sa.Column:
    return sa.Column(name, of)


def upgrade() -> None:
    op.add_column("person", some("full_name", default=""))
    op.create_table(
        "happening",
        *keyed("contest_id"),
        sa.Column("number", sa.BigInteger, sa.Identity(), primary_key=True),
        some("round_id"),
        some("at", WHEN),
        some("by"),
        some("kind"),
        some("said", JSONB),
    )
    op.create_index("happening_round", "happening", ["tenant", "contest_id", "round_id"])
    op.create_table(
        "minutes",
        *keyed("contest_id", "minutes_id"),
        sa.Column("version", NUMBER, primary_key=True, autoincrement=False),
        *(some(name) for name in ("round_id", "kind", "state", "keeper_id", "presider_id")),
        *(some(name, JSONB) for name in ("meeting", "files")),
        some("digest"),
        some("reason", default=""),
        some("number", default=""),
        perhaps("dated", DAY),
        some("drafted_by"),
        some("drafted_at", WHEN),
        perhaps("checked_by"),
        perhaps("checked_at", WHEN),
        perhaps("issued_by"),
        perhaps("issued_at", WHEN),
    )
    op.create_table(
        "minutes_series",
        *keyed("issuer", "symbol"),
        sa.Column("year", NUMBER, primary_key=True, autoincrement=False),
        some("last", NUMBER),
    )
    isolate(op, "happening", "minutes", "minutes_series")
