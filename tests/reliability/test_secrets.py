"""Passwords of database and broker are changed as the runbook says, while people hand in."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
import pytest
from psycopg2.sql import SQL, Identifier, Literal

from deploy.local import assembly, broker, database
from deploy.local.instance import load
from deploy.local.stack import Stack
from tests.reliability.entering import PEOPLE, entered

pytestmark = [pytest.mark.slow, pytest.mark.stack, pytest.mark.timeout(900)]

JULY = datetime(2022, 7, 12, 2, tzinfo=UTC)
SERVICE = "intake"
FRESH = "mat-khau-moi-0123456789"


def at_database(stack, command):
    url = stack.addresses.admin_database_url.replace("+psycopg2", "")
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(command)
    connection.close()


def at_broker(stack, *command):
    """Ask the broker's own program."""
    (node,) = (each for each in broker.programs(load(stack.name)) if each.name == "rabbitmq")
    program = Path(node.command[-1]).with_name("rabbitmqctl")
    subprocess.run(
        [program, *command], env={"PATH": "/usr/bin:/bin", **node.environment}, check=True,
        capture_output=True,
    )  # fmt: skip


def write_files(stack):
    """Write the new password where the service reads it when it starts."""
    instance = stack._instance  # noqa: SLF001  # else the stack would write the old one again
    instance.passwords[SERVICE] = FRESH
    instance.save()
    assembly.services(instance)


def test_a_password_is_changed_and_nothing_is_lost():
    with Stack("secrets", services=("gateway", SERVICE)) as stack:
        stack.set_clock(JULY)
        before = database.url(load(stack.name), SERVICE), broker.url(load(stack.name), SERVICE)
        with entered(stack) as load_, load_:
            load_.go_on(PEOPLE)
            at_database(
                stack,
                SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(SERVICE), Literal(FRESH)),
            )
            at_broker(stack, "change_password", SERVICE, FRESH)
            load_.go_on(PEOPLE)  # the copy has its connections still
            at_database(
                stack,
                SQL(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = {}"
                ).format(Literal(SERVICE)),
            )  # and now only its old password
            write_files(stack)
            stack.restart(SERVICE)
            stack.wait_healthy()
            load_.go_on(PEOPLE)
            numbers = load_.codes

        assert [database.accepts(before[0]), broker.accepts(before[1])] == [False, False]
        assert numbers == list(range(1, len(load_.receipts) + 1))
        assert len(numbers) >= 3 * PEOPLE
