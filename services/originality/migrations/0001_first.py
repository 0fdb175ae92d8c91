"""The first tables of originality."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "originality_0001"
down_revision = None
branch_labels = ("originality",)
depends_on = None

TEXT, INT, WHEN = sa.Text, sa.Integer, sa.DateTime(timezone=True)


def keyed(*names: str) -> list[sa.Column]:
    """Return the columns of a primary key, the tenant first."""
    return [sa.Column(name, TEXT, primary_key=True) for name in ("tenant", *names)]


def some(name: str, of: object = TEXT) -> sa.Column:
    return sa.Column(name, of, nullable=False)


def maybe(name: str, of: object = TEXT) -> sa.Column:
    return sa.Column(name, of)


def upgrade() -> None:
    op.create_table(
        "contest",
        *keyed("contest_id"),
        some("number", INT),
        some("title"),
        some("descriptions", JSONB),
        some("cutoff", sa.Date),
        some("report_above", sa.Numeric),
        some("must_review_above", sa.Numeric),
    )
    op.create_table(
        "entry",
        *keyed("entry_id"),
        some("contest_id"),
        some("title"),
        some("version", INT),
        some("filed_at", WHEN),
        some("digest"),
        some("standing"),
        some("words", INT),
        some("known_share", sa.Numeric),
        maybe("problem"),
        some("flags", JSONB),
        some("is_stale", sa.Boolean),
    )
    op.create_index(
        "entry_stale", "entry", ["tenant", "filed_at"], postgresql_where=sa.text("is_stale")
    )
    create_reports()
    create_index()
    isolate(op, "contest", "entry", "report", "text", "fingerprint")


def create_reports() -> None:
    op.create_table(
        "report",
        *keyed("report_id"),
        some("contest_id"),
        some("entry_id"),
        some("number", INT),
        some("version", INT),
        some("level"),
        some("share", sa.Numeric),
        some("sources", JSONB),
        some("content", JSONB),
        some("digest"),
        maybe("ruling"),
        maybe("ruled_by"),
        maybe("ruled_at", WHEN),
        maybe("reason"),
    )
    op.create_index("report_number", "report", ["tenant", "entry_id", "number"], unique=True)


def create_index() -> None:
    op.create_table(
        "text",
        *keyed(),
        sa.Column("text_id", sa.BigInteger, sa.Identity(), primary_key=True),
        some("kind"),
        some("register"),
        some("source_id"),
        some("title"),
        some("body", sa.LargeBinary),
        maybe("contest_id"),
        maybe("filed_at", WHEN),
        maybe("applied_at"),
        maybe("applied_on", sa.Date),
    )
    op.create_index(
        "text_source", "text", ["tenant", "kind", "register", "source_id"], unique=True
    )
    op.create_table(
        "fingerprint",
        *keyed(),
        sa.Column("hash", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("text_id", sa.BigInteger, primary_key=True, autoincrement=False),
    )
    op.create_index("fingerprint_text", "fingerprint", ["tenant", "text_id"])
