"""The lasting facts of a stack: ports, passwords and where they are kept."""

import socket
import stat

import pytest

from deploy.local import instance
from deploy.local.instance import Instance


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch, tmp_path):
    monkeypatch.setattr(instance, "LOCAL", tmp_path)


def test_a_stack_is_found_again_as_it_was_saved():
    stack = Instance("trial", external={"AMQP_URL": "amqp://elsewhere"}, copies={"review": 2})
    stack.port("postgres")
    stack.password("intake")

    stack.save()

    assert instance.load("trial") == stack


def test_a_file_cut_short_by_a_crash_is_as_good_as_none():
    stack = Instance("trial")
    stack.save()
    (stack.folder / "stack.json").write_text('{"name": "tri')

    assert instance.load("trial") == Instance("trial")


def test_a_purpose_keeps_its_port_and_shares_it_with_no_other():
    stack = Instance("trial")

    ports = [stack.port(purpose) for purpose in ("postgres", "rabbitmq", "postgres")]

    assert ports[0] == ports[2] != ports[1]


def test_a_stack_moves_off_a_port_that_somebody_else_has_taken():
    stack = Instance("trial")
    before = stack.port("postgres")

    with socket.create_server(("127.0.0.1", before)):
        stack.move_off_taken_ports()
        after = stack.port("postgres")

    assert after != before


def test_two_stacks_never_choose_the_same_port(monkeypatch):
    first = Instance("first")
    taken = first.port("postgres")
    first.save()
    monkeypatch.setattr(instance, "_PORTS", range(taken, taken + 20))

    chosen = {Instance("second").port("postgres") for _ in range(30)}

    assert taken not in chosen


def test_a_secret_can_be_read_by_this_user_alone():
    stack = Instance("trial")

    path = stack.secret_file("intake.database_url", "postgresql://…")

    assert path.read_text() == "postgresql://…"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
