"""Databases that tests get one after the other: emptied in between, which is faster than copies.

A copy of a template costs hundreds of files; emptying costs what the test before has written.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

# What a test may have changed besides rows; a database that differs in it is made anew.
SHAPE = text("""
    SELECT md5(string_agg(line, chr(10) ORDER BY line)) FROM (
        SELECT format('%s %s %s', relname, relkind, relacl) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT format('%s.%s %s %s %s', c.relname, a.attnum, a.attname, a.attnotnull, a.atttypid)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT format('%s %s', conname, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL
        SELECT format('%s %s %s', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
        UNION ALL
        SELECT format('%s %s', proname, prosrc) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
    ) AS shape (line)
""")
# Rows that a table refuses to give up (the ledger's) go too: as a replica, it asks no trigger.
EMPTY = text("""
    DO $$
    DECLARE
        one record;
        has_rows boolean;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR one IN
            SELECT c.oid::regclass AS name, pg_relation_size(c.oid) AS size FROM pg_class c
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
            AND c.relname <> 'alembic_version'
        LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one.name) INTO has_rows;
            IF has_rows AND one.size < 131072 THEN
                EXECUTE format('DELETE FROM %s', one.name);
            ELSIF has_rows THEN
                EXECUTE format('TRUNCATE %s CASCADE', one.name);
            END IF;
        END LOOP;
        FOR one IN
            SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences
            WHERE last_value IS NOT NULL
        LOOP
            EXECUTE format('ALTER SEQUENCE %s RESTART', one.name);
        END LOOP;
    END $$
""")
END_OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


class Databases:
    """The databases of one worker, by service: those in use, and those that wait to be emptied."""

    def __init__(self, admin: Engine, template_of: Callable[[str], str], worker: str) -> None:
        self.admin = admin
        self.template_of = template_of
        self.worker = worker
        self.shapes: dict[str, str] = {}
        self.idle: defaultdict[str, list[str]] = defaultdict(list)
        self.count = 0

    def take(self, service: str, owner: str) -> str:
        """Return the name of an empty database of a service."""
        while self.idle[service]:
            name = self.idle[service].pop()
            if self.emptied(service, name):
                return name
            self.drop(name)
        self.count += 1
        name = f"bench_{service}_{self.worker}_{self.count}"
        self.drop(name)
        template = self.template_of(service)
        with self.admin.connect() as connection:
            connection.execute(text(f'CREATE DATABASE {name} OWNER "{owner}" TEMPLATE {template}'))
        if service not in self.shapes:
            with self.within(name) as connection:
                self.shapes[service] = connection.execute(SHAPE).scalar_one()
        return name

    def give_back(self, service: str, name: str) -> None:
        """Keep a database for the next test that needs one of its service."""
        self.idle[service].append(name)

    def emptied(self, service: str, name: str) -> bool:
        """Empty a database, or return that it is no longer as it was made."""
        try:
            with self.within(name) as connection:
                connection.execute(END_OTHERS)
                if connection.execute(SHAPE).scalar_one() != self.shapes[service]:
                    return False
                connection.execute(EMPTY)
                return True
        except OperationalError:
            return False  # a test has dropped it

    @contextmanager
    def within(self, name: str) -> Iterator[Connection]:
        """Connect to a database as the administrator."""
        engine = create_engine(self.admin.url.set(database=name), poolclass=NullPool)
        with engine.connect() as connection, connection.begin():
            yield connection

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected."""
        with self.admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))

    def finish(self) -> None:
        """Remove all."""
        for names in self.idle.values():
            for name in names:
                self.drop(name)
