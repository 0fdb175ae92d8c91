"""Who is what, what each wishes, the words of notices, and what reminders rest on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from kernel.schema import isolate

revision = "notify_0003"
down_revision = "notify_0002"
branch_labels = None
depends_on = None

instant = sa.DateTime(timezone=True)
ids = ARRAY(sa.Text)


def keys(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in ("tenant", *names)]


def upgrade() -> None:
    none = sa.text("'{}'")
    op.add_column("person", sa.Column("unit_id", sa.Text))
    op.add_column("person", sa.Column("roles", ids, nullable=False, server_default=none))
    op.add_column("entry", sa.Column("unit_id", sa.Text))
    op.add_column("contest", sa.Column("results_at", instant))
    op.add_column("round", sa.Column("due_at", instant))
    op.add_column("round", sa.Column("closed_at", instant))
    op.add_column("delivery", sa.Column("words_version", sa.Text))
    op.create_index("person_roles", "person", ["roles"], postgresql_using="gin")
    op.create_table(
        "wishes",
        *keys("person_id"),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("first", sa.Text),
        sa.Column("off", ids, nullable=False),
        sa.Column("changed_at", instant, nullable=False),
    )
    op.create_table("link_key", *keys(), sa.Column("secret", sa.LargeBinary, nullable=False))
    op.create_table(
        "reading", *keys("person_id", "event_id"), sa.Column("read_at", instant, nullable=False)
    )
    op.create_table(
        "notice_words",
        *keys("contest_id", "language", "template"),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("short", sa.Text, nullable=False),
        sa.Column("form_id", sa.Text, nullable=False),
        sa.Column("changed_at", instant, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
    )
    op.create_table(
        "draft",
        *keys("entry_id"),
        sa.Column("contest_id", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("until", instant),
    )
    op.create_index("draft_contest", "draft", ["tenant", "contest_id"])
    op.create_table("sheet", *keys("contest_id", "round_id", "entry_id", "judge_id"))
    op.create_table("nil_return", *keys("contest_id", "unit_id"))
    op.create_table(
        "petition",
        *keys("petition_id"),
        sa.Column("contest_id", sa.Text, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("answer_by", instant),
        sa.Column("moved_at", instant, nullable=False),
    )
    op.create_table(
        "reminded",
        *keys("contest_id", "code", "subject"),
        sa.Column("days", sa.Integer, primary_key=True),
        sa.Column("reminded_at", instant, nullable=False),
    )
    op.create_table(
        "printed_paper",
        *keys("paper_id"),
        sa.Column("contest_id", sa.Text, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
    )
    op.create_table(
        "gathered",
        *keys("contest_id", "person_id", "event_id"),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("entry_ids", ids, nullable=False),
        sa.Column("heard_at", instant, nullable=False),
        sa.Column("digest_id", sa.Text),
    )
    isolate(
        op,
        *("wishes", "link_key", "reading", "notice_words", "draft", "sheet", "nil_return"),
        *("petition", "reminded", "printed_paper", "gathered"),
    )
