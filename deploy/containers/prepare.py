"""Prepare the servers for every service: roles, databases, tables, buckets and keys.

Runs in the container `setup` before the services, at every start: what is there stays, and
passwords become what the secrets say. The broker needs none of this, it loads its own definitions.
"""

import os
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from minio import Minio, MinioAdmin
from minio.credentials import StaticProvider
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, cursor
from psycopg2.sql import SQL, Identifier, Literal

from deploy.rights import ADMINISTRATOR, ROLE, SERVICES, minio_policy
from kernel import schema

SECRETS = Path("/run/secrets")

_NEW = "create role {} {} password {}"
_CHANGE = "alter role {} {} password {}"


def main() -> None:
    """Prepare database and store."""
    databases = {service: secret(f"{service}_database_url") for service in SERVICES}
    admit(databases)
    for service, url in databases.items():
        schema.migrate(service, url)
        note(f"{service}: the database is up to date")
    store = urlsplit(os.environ["S3_URL"])
    login = secret("store_user"), secret("store_password")
    make_buckets(store.netloc, login, secure=store.scheme == "https")
    # A store of another make is told its keys by its own means.
    if os.environ.get("STORE_KEYS", "minio") == "minio":
        make_keys(store.netloc, login, secure=store.scheme == "https")


def secret(name: str) -> str:
    """Return the content of a secret."""
    return (SECRETS / name).read_text().strip()


def note(line: str) -> None:
    """Say what has been done."""
    print(line, flush=True)


# -- the database


def admit(databases: dict[str, str]) -> None:
    """Let each service's role in, with the password its address says, and give it a database."""
    place = urlsplit(next(iter(databases.values())))
    administrator = psycopg2.connect(
        host=place.hostname,
        port=place.port,
        user=ADMINISTRATOR,
        password=secret("database_password"),
        dbname="postgres",
    )
    with closing(administrator) as connection:
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with connection.cursor() as asked:
            for service, url in databases.items():
                _admit(asked, service, urlsplit(url).password or "")


def _admit(asked: cursor, service: str, password: str) -> None:
    name = Identifier(service)
    asked.execute("select 1 from pg_roles where rolname = %s", [service])
    verb = SQL("alter" if asked.fetchone() else "create")
    asked.execute(
        SQL("{} role {} {} password {}").format(verb, name, SQL(ROLE), Literal(password))
    )
    asked.execute("select 1 from pg_database where datname = %s", [service])
    if not asked.fetchone():
        asked.execute(SQL("create database {} owner {}").format(name, name))
    asked.execute(SQL("revoke connect on database {} from public").format(name))


# -- the object store


def make_buckets(place: str, login: tuple[str, str], *, secure: bool) -> None:
    """Make the buckets that are not there yet."""
    store = Minio(place, *login, secure=secure, region="us-east-1")
    for service in SERVICES:
        if not store.bucket_exists(service):
            store.make_bucket(service)
            note(f"{service}: made the bucket")


def make_keys(place: str, login: tuple[str, str], *, secure: bool) -> None:
    """Give each service a key that opens its own bucket, and what it may read beside."""
    administrator = MinioAdmin(endpoint=place, credentials=StaticProvider(*login), secure=secure)
    for service in SERVICES:
        administrator.user_add(service, secret(f"{service}_s3_secret"))
        administrator.policy_add(service, policy=minio_policy(service))
        administrator.policy_set(service, user=service)
    note("every service has its key to the store")


if __name__ == "__main__":
    sys.exit(main())
