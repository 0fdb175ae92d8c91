"""Migrations expand first: what the version before reads and writes goes on working beside ours.

While copies are replaced one by one, old ones run on new tables. So a migration takes nothing away
and forbids nothing, unless a line of `CONTRACTED` says since when nobody needs it. Which columns
that version uses is frozen in `tests/contract/used`; `tests/service/test_migrations.py` holds the
tables that migrations really make against them.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MIGRATIONS = sorted(
    [*ROOT.glob("services/*/migrations/[0-9]*.py"), *ROOT.glob("kernel/migrations/versions/*.py")]
)
NAMES = [str(path.relative_to(ROOT).with_suffix("")) for path in MIGRATIONS]

TAKES_AWAY = {"drop_table", "drop_column", "rename_table", "drop_constraint"}
FORBIDS = {
    "create_check_constraint", "create_exclude_constraint", "create_foreign_key",
    "create_primary_key", "create_unique_constraint",
}  # fmt: skip
STATEMENT = re.compile(
    r"\b(DROP\s+(?:TABLE|COLUMN|CONSTRAINT|TYPE|FUNCTION)|RENAME|SET\s+NOT\s+NULL"
    r"|ALTER\s+(?:COLUMN\s+)?\w+\s+(?:SET\s+DATA\s+)?TYPE|ADD\s+(?:CONSTRAINT|UNIQUE|CHECK))\b",
    re.IGNORECASE,
)

FIRST = "before the first release"
CONTRACTED = {
    ("intake/migrations/0010_receipts_anew", "drop_constraint", "issued_receipt_pkey"): FIRST,
    ("intake/migrations/0010_receipts_anew", "create_primary_key", "issued_receipt_pkey"): FIRST,
    ("intake/migrations/0011_proposals_again", "drop_constraint", "proposal_pkey"): FIRST,
    ("intake/migrations/0011_proposals_again", "create_primary_key", "proposal_pkey"): FIRST,
    ("notify/migrations/0002_channels", "drop_constraint", "delivery_state"): FIRST,
    ("notify/migrations/0002_channels", "create_check_constraint", "delivery_state"): FIRST,
    ("originality/migrations/0002_postings", "drop_table", "fingerprint"): FIRST,
    ("originality/migrations/0013_fresh_texts", "drop_table", "posting_fresh"): FIRST,
    ("review/migrations/0004_who_judges_what", "alter_column", "assignment.handed_on"): FIRST,
    ("review/migrations/0005_juries_and_conflicts", "alter_column", "seat.seated_at"): FIRST,
    ("review/migrations/0005_juries_and_conflicts", "alter_column", "conflict.relation"): FIRST,
    ("review/migrations/0005_juries_and_conflicts", "drop_constraint", "seat_pkey"): FIRST,
    ("review/migrations/0005_juries_and_conflicts", "create_primary_key", "seat_pkey"): FIRST,
    ("review/migrations/0005_juries_and_conflicts", "drop_constraint", "conflict_pkey"): FIRST,
    ("review/migrations/0005_juries_and_conflicts", "create_primary_key", "conflict_pkey"): FIRST,
}


def contractions(source: str) -> list[tuple[str, str]]:
    """Return what a migration takes away or forbids: the operation, and what it is done to."""
    (upgrade,) = (
        part
        for part in ast.parse(source).body
        if isinstance(part, ast.FunctionDef) and part.name == "upgrade"
    )
    below = {
        part.name: part for part in ast.parse(source).body if isinstance(part, ast.FunctionDef)
    }
    below.pop("downgrade", None)
    found = []
    for function in (upgrade, *(part for name, part in below.items() if name != "upgrade")):
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                found += of_call(node.func.attr, node)
    return found


def of_call(name: str, call: ast.Call) -> list[tuple[str, str]]:
    """Return what one call takes away or forbids."""
    words = [ast.unparse(each).strip("'\"") for each in call.args]
    options = {each.arg: ast.unparse(each.value) for each in call.keywords}
    if name in TAKES_AWAY | FORBIDS:
        return [(name, ".".join(words[-2:]) if name == "drop_column" else words[0])]
    if name == "execute":
        return [("execute", each) for each in STATEMENT.findall(" ".join(words))]
    if name == "alter_column" and narrows(options):
        return [(name, ".".join(words[:2]))]
    return [(name, words[0])] if name == "add_column" and needs_a_value(call) else []


def narrows(options: dict[str | None, str]) -> bool:
    """Tell whether a changed column takes less than before, or must be written from now on."""
    must_be_written = "False" in options.get("nullable", "") or "None" in options.get(
        "server_default", ""
    )
    return must_be_written or not {"type_", "new_column_name"}.isdisjoint(options)


def needs_a_value(call: ast.Call) -> bool:
    """Tell whether an added column must be written, which old copies do not."""
    text = ast.unparse(call)
    return "nullable=False" in text and "server_default" not in text and "Identity" not in text


@pytest.mark.parametrize("path", MIGRATIONS, ids=NAMES)
def test_a_migration_takes_nothing_from_the_version_before(path):
    name = str(path.relative_to(ROOT / "services" if "services" in path.parts else ROOT))

    found = {(name.removesuffix(".py"), *each) for each in contractions(path.read_text())}

    assert found - CONTRACTED.keys() == set(), "expand now, contract a release later"


def test_what_is_said_to_be_contracted_is():
    found = {
        (str(path.relative_to(ROOT / "services").with_suffix("")), *each)
        for path in MIGRATIONS
        if "services" in path.parts
        for each in contractions(path.read_text())
    }

    assert CONTRACTED.keys() - found == set()


@pytest.mark.parametrize(
    "line",
    [
        'op.drop_column("entry", "title")',
        'op.drop_table("entry")',
        'op.rename_table("entry", "dossier")',
        'op.alter_column("entry", "title", nullable=False)',
        'op.alter_column("entry", "title", new_column_name="name")',
        'op.alter_column("entry", "title", type_=sa.Integer)',
        'op.alter_column("entry", "title", server_default=None)',
        'op.add_column("entry", sa.Column("mark", sa.Text, nullable=False))',
        'op.create_unique_constraint("one", "entry", ["title"])',
        'op.execute("ALTER TABLE entry ALTER COLUMN title SET NOT NULL")',
        'op.execute("ALTER TABLE entry RENAME title TO name")',
    ],
)
def test_such_a_migration_would_be_seen(line):
    assert contractions(f"def upgrade() -> None:\n    {line}\n") != []


@pytest.mark.parametrize(
    "line",
    [
        'op.add_column("entry", sa.Column("mark", sa.Text))',
        'op.add_column("entry", sa.Column("n", sa.Text, nullable=False, server_default=""))',
        'op.alter_column("entry", "title", nullable=True)',
        'op.create_index("by_title", "entry", ["title"])',
        'op.create_table("mark", sa.Column("id", sa.Text, primary_key=True))',
    ],
)
def test_such_a_migration_only_expands(line):
    assert contractions(f"def upgrade() -> None:\n    {line}\n") == []
