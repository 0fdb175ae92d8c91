"""Rows of one database go out and in again, from an older version's tables into today's."""

import psycopg2
import pytest

from kernel import schema
from upkeep.backup import making, manifest, restoring
from upkeep.backup.cut import SEE_ALL, NoCut
from upkeep.backup.places import Place

OLDER = ("intake_0014", "kernel_0001")
SAID = (
    "INSERT INTO outbox (tenant, id, type, envelope, created_at) VALUES"
    " ('a', 'm-1', 'intake.X', '\\x00ff', now()), ('b', 'm-2', 'a\tb\nc\\N', '\\x', now())"
    " RETURNING sequence"
)
ROWS = "SELECT tenant, id, type, sequence, envelope::text FROM outbox ORDER BY id"
UNFORCED = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity"
    " AND NOT relforcerowsecurity"
)


@pytest.fixture
def place(servers, database_of):
    return Place(
        "intake", servers.env("intake") | {"DATABASE_URL": database_of("intake"), "BUCKET": ""}
    )


def ask(place, query):
    with psycopg2.connect(place.address, options=SEE_ALL) as connection:
        with connection.cursor() as cursor:
            cursor.execute(query)
            found = cursor.fetchall() if cursor.description else []
        connection.commit()
    connection.close()
    return found


def wish(patience=10.0):
    return making.Wish(bytes, "plain", patience, None, lambda _line: None)


def order(folder):
    made = manifest.read(folder)
    return restoring.Order(folder, made, False, False, 30, lambda _line: None)  # noqa: FBT003


def test_rows_of_an_older_version_come_into_todays_tables(place, tmp_path):
    made, _ = making.make([place], tmp_path / "empty", wish())
    restoring.put_marker(place, order(tmp_path / "empty"))
    schema.migrate("intake", place.settings.database_url, OLDER)
    ask(place, SAID)
    before = ask(place, ROWS)
    older, _ = making.make([place], tmp_path / "older", wish())

    restoring.put_marker(place, order(tmp_path / "older"))
    assert restoring.marked([place]) == ["intake"]
    restoring.put_rows(place, order(tmp_path / "older"))

    kept = older.services["intake"]
    assert kept.revisions == OLDER
    assert made.services["intake"].revisions != OLDER
    assert (
        ask(place, "SELECT tenant, id, type, sequence, envelope::text FROM outbox ORDER BY id")
        == before
    )
    assert ask(place, "SELECT to_regclass('erasure') IS NOT NULL") == [(True,)]
    assert ask(place, UNFORCED) == []
    assert ask(place, SAID.replace("m-", "n-")) == [(3,), (4,)]


def test_a_handler_at_work_is_waited_for_and_named_when_it_takes_too_long(place, tmp_path):
    working = psycopg2.connect(place.address, options=SEE_ALL)
    working.cursor().execute(
        "INSERT INTO inbox VALUES ('a', 'hear', 'm', 'x.Y', 'done', now(), 1)"
    )

    with pytest.raises(NoCut, match=r"intake has worked .* more than 1 seconds"):
        making.make([place], tmp_path / "one", wish(patience=1.0))
    working.commit()
    working.close()

    made, _ = making.make([place], tmp_path / "one", wish())
    assert made.services["intake"].positions.inbox_done == 1
