"""The local stack's servers, really started, stopped, killed and started again."""

import os
import signal
import smtplib
import socket
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO

import amqp
import psutil
import psycopg2
import pytest
from minio.error import S3Error

from deploy.local import broker, instance, leftovers, objects
from deploy.local.stack import Stack

pytestmark = [pytest.mark.slow, pytest.mark.stack]

NAME = "stack-test"
FOLDER = instance.LOCAL / NAME


@pytest.fixture(scope="module")
def stack():
    """Servers of our own, though somebody may sit on the ports everybody knows."""
    with ExitStack() as strangers:
        for port in (5432, 5672, 8333, 8888, 9333, 23646, 4369):
            with suppress(OSError):  # then somebody really does
                strangers.enter_context(socket.create_server(("127.0.0.1", port)))
        stack = Stack(NAME, services=False).up(fresh=True)
        try:
            yield stack
        finally:
            stack.down()


def plain(url: str) -> str:
    return url.replace("+psycopg2", "")


def listeners_beyond_this_machine() -> set[str]:
    programs = leftovers.find(FOLDER)
    addresses = {
        connection.laddr.ip
        for program in programs
        for connection in program.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    return addresses - {"127.0.0.1", "::1"}


@pytest.mark.usefixtures("stack")
def test_the_programs_listen_on_this_machine_alone():
    assert len(leftovers.find(FOLDER)) >= 6

    assert listeners_beyond_this_machine() == set()


def test_another_session_finds_the_running_stack_at_once(stack):
    other = Stack(NAME, services=False)
    began = time.monotonic()

    other.up(fresh=False)

    assert time.monotonic() - began < 3
    assert other.addresses == stack.addresses
    assert not other.started


def test_a_service_is_nobody_special_in_its_own_database(stack):
    connection = psycopg2.connect(plain(stack.database_url("intake")))
    cursor = connection.cursor()

    cursor.execute(
        "select current_database(), rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
        " from pg_roles where rolname = current_user"
    )

    assert cursor.fetchall() == [("intake", False, False, False, False)]
    connection.close()


def test_a_service_is_not_let_into_the_database_of_another(stack):
    url = plain(stack.database_url("review")).removesuffix("review") + "intake"

    with pytest.raises(psycopg2.OperationalError, match="permission denied for database"):
        psycopg2.connect(url)


@pytest.mark.usefixtures("stack")
def test_a_service_reads_its_own_queues_alone():
    running = instance.load(NAME)
    with opened(running, "intake") as intake, opened(running, "review") as review:
        queue = intake.channel()
        queue.queue_declare("intake.heard", durable=True, auto_delete=False)
        queue.queue_bind("intake.heard", "review", "#")
        review.channel().basic_publish(amqp.Message("marks"), "review", "EntryScored")

        with pytest.raises(amqp.AccessRefused):
            review.channel().basic_get("intake.heard")

        assert wait_for_one(queue, "intake.heard") == "marks"


def opened(running: instance.Instance, user: str) -> amqp.Connection:
    return amqp.Connection(
        host=f"127.0.0.1:{running.port('rabbitmq')}",
        userid=user,
        password=running.password(user),
        virtual_host=broker.VIRTUAL_HOST,
    )


def wait_for_one(channel: amqp.Channel, queue: str) -> str | None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if message := channel.basic_get(queue, no_ack=True):
            return message.body
    return None


@pytest.mark.usefixtures("stack")
def test_originality_reads_what_was_handed_in_and_writes_nothing_there():
    running = instance.load(NAME)
    objects.client(running, "intake").put_object("intake", "entry.pdf", BytesIO(b"%PDF"), 4)
    originality = objects.client(running, "originality")

    answer = originality.get_object("intake", "entry.pdf")

    assert answer.read() == b"%PDF"
    answer.close()
    with pytest.raises(S3Error, match="AccessDenied"):
        originality.put_object("intake", "entry.pdf", BytesIO(b"else"), 4)
    with pytest.raises(S3Error, match="AccessDenied"):
        objects.client(running, "review").get_object("intake", "entry.pdf")


def test_a_letter_lies_in_the_mailbox_as_it_was_written(stack):
    letter = EmailMessage(policy=policy.SMTPUTF8)
    letter["From"], letter["To"] = "so@example.vn", "tac-gia@example.vn"
    letter["Subject"] = "Kết quả hội thi sáng kiến"
    letter.set_content("Kính gửi ông/bà.\n")
    host, port = stack.addresses.smtp_url.removeprefix("smtp://").split(":")

    with smtplib.SMTP(host, int(port)) as server:
        server.send_message(letter)

    (path,) = stack.addresses.mail_dir.glob("*.eml")
    found = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (found["X-Envelope-To"], found["Subject"]) == ("tac-gia@example.vn", letter["Subject"])
    assert found.get_content() == "Kính gửi ông/bà.\r\n"


def test_the_clock_says_how_far_the_stack_is_from_now(stack):
    wanted = datetime(2022, 6, 1, tzinfo=UTC)

    stack.set_clock(wanted)

    offset = float((FOLDER / "clock").read_text().removeprefix('{"offset": ').removesuffix("}"))
    assert abs(datetime.now(UTC) + timedelta(seconds=offset) - wanted) < timedelta(seconds=5)


def test_a_killed_server_is_back_with_what_it_knew(stack):
    with psycopg2.connect(plain(stack.database_url("ledger"))) as connection:
        connection.cursor().execute("create table kept as select 42 as answer")
    connection.close()
    before = stack.pid("postgres")

    stack.kill_program("postgres")
    stack.start("postgres")

    assert stack.pid("postgres") != before
    connection = psycopg2.connect(plain(stack.database_url("ledger")))
    cursor = connection.cursor()
    cursor.execute("select answer from kept")
    assert cursor.fetchall() == [(42,)]
    connection.close()


def test_an_interrupted_run_leaves_nothing_that_hinders_the_next(stack):
    for _ in range(2):
        left = {program.pid for program in leftovers.find(FOLDER)}
        os.kill(int((FOLDER / "supervisord.pid").read_text()), signal.SIGKILL)

        stack.up(fresh=True)

        now = {program.pid for program in leftovers.find(FOLDER)}
        assert left & now == set()
        assert set(stack.states().values()) == {"RUNNING"}


def test_a_stack_that_is_down_has_left_no_program_behind(stack):
    stack.down()

    assert leftovers.find(FOLDER) == []
    assert stack.states() == {}
