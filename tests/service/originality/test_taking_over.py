"""Postings of an earlier release are found after the migration."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.orm import Session

from kernel import schema
from kernel.database import enter
from kernel.tables import current_tenant
from services.originality.store import postings
from services.originality.store.postings import Channel

HASHES = [-(1 << 63), -5, 0, 7, (1 << 63) - 1]


@pytest.fixture
def url(servers, admin) -> str:
    """Return a database that has no tables yet."""
    own, name = make_url(servers.database_url("originality")), "bench_taking_over"
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f'CREATE DATABASE {name} OWNER "{own.username}"'))
    yield own.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def migrate_to(url: str, *revisions: str) -> None:
    """Bring a database to the shape of these revisions."""
    config = Config()
    versions = (schema.ROOT / "kernel/migrations/versions", "services/originality/migrations")
    config.set_main_option("script_location", str(schema.ROOT / "kernel/migrations"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option(
        "version_locations", "\n".join(str(schema.ROOT / folder) for folder in versions)
    )
    config.attributes["database_url"] = url
    for revision in revisions:
        command.upgrade(config, revision)


def test_fingerprints_of_an_earlier_release_are_found(url: str):
    migrate_to(url, "kernel_0001", "originality_0001")
    database = create_engine(url)
    with Session(database) as session, session.begin():
        for tenant, text_id in (("hau-giang", 1), ("hau-giang", 2), ("can-tho", 3)):
            enter(
                session,
                tenant,
                "INSERT INTO fingerprint SELECT :tenant, unnest(:hashes), :text_id",
                hashes=HASHES[text_id - 1 :],
                text_id=text_id,
            )

    schema.migrate("originality", url)

    found = {}
    for tenant in ("hau-giang", "can-tho"):
        token = current_tenant.set(tenant)
        with Session(database) as session, session.begin():
            enter(session, tenant)
            scored = postings.search(session, Channel.FINGERPRINT, HASHES, limit=9)
            found[tenant] = [(each.text_id, each.shared) for each in scored]
        current_tenant.reset(token)
    database.dispose()
    assert found == {"hau-giang": [(1, 5), (2, 4)], "can-tho": [(3, 3)]}
