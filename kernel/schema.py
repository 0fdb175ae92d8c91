"""Migrations: how a service's tables come to be, and how tenants are kept apart in them."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.operations import Operations

ROOT = Path(__file__).parents[1]


def isolate(operations: Operations, *tables: str) -> None:
    """Let a transaction see and write the rows of its own tenant only.

    FORCE makes it hold for the owner of the tables too, which is whom a service connects as.
    """
    for table in tables:
        operations.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        operations.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        operations.execute(
            f"CREATE POLICY tenant_only ON {table} USING "
            f"(tenant = current_setting('app.tenant', true) "
            f"OR current_setting('app.tenant', true) = '*')"
        )


def migrate(service: str, database_url: str, to: str | tuple[str, ...] = "heads") -> None:
    """Bring a service's database to the newest shape, or to these revisions, the kernel first."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "kernel/migrations"))
    versions = (ROOT / "kernel/migrations/versions", ROOT / f"services/{service}/migrations")
    config.set_main_option("path_separator", "newline")
    config.set_main_option(
        "version_locations", "\n".join(str(folder) for folder in versions if folder.is_dir())
    )
    config.attributes["database_url"] = database_url
    command.upgrade(config, to)  # type: ignore[arg-type]  # several at once, as it takes them
