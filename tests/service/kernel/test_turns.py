"""Tenants take turns at a handler: who is begun as it came, who waits, who is next."""

from types import SimpleNamespace

import pytest

from kernel import clock, envelope, execute
from kernel.testing import TENANT
from kernel.turns import Line, Turns
from tests.service.kernel.conftest import opened

OTHER = "ca-mau"


class Container:
    """Works at once on what it is given, and notes what that was."""

    max_workers = 6  # so a share is two, a hand three

    def __init__(self, database) -> None:
        self.dependencies = [database]
        self.begun: list[tuple[str, int]] = []
        self.acknowledged: list[str] = []

    def spawn_managed_thread(self, work, identifier):
        del identifier
        work()

    def spawn_worker(self, entrypoint, arguments, told, handle_result):
        enveloped = envelope.decode(*arguments)
        self.begun.append((enveloped.tenant, told["tried"]))
        handle_result(None, entrypoint.work(*arguments, **told), None)


@pytest.fixture
def line(trial):
    bench = trial.bench
    handler = type(bench.service).note_round.handler
    container = Container(bench.database)

    def work(data, tried):
        return execute.hear(bench.database, bench.service, handler, data, (60.0,), tried)

    turns = Turns()
    turns.container = container
    inlet = SimpleNamespace(ack_message=container.acknowledged.append)
    entrypoint = SimpleNamespace(handler=handler, container=container, inlet=inlet, work=work)
    return Line(entrypoint, turns)


def flood(trial, count, tenant=TENANT, first=0):
    return [
        trial.bench._wrap(  # noqa: SLF001
            opened(round_id=f"R-{number}"), None, clock.now(), f"{tenant}-{number}", tenant
        )
        for number in range(first, first + count)
    ]


def set_aside(line, events):
    line.is_writing = True  # until all have come
    for each in events:
        line.set_aside(each.id, each)
    line.write()


def test_a_tenant_has_its_share_and_another_its_own(line):
    for _ in range(2):
        assert line.is_free_for(TENANT)
        line.begin(TENANT)

    assert (line.is_free_for(TENANT), line.is_free_for(OTHER)) == (False, True)
    line.end(TENANT, "done")
    assert line.is_free_for(TENANT)


def test_what_comes_after_what_waits_waits_too(line):
    line.is_working = True  # so that nothing is begun
    line.admit(TENANT, again=False)

    assert (line.is_free_for(TENANT), line.is_free_for(OTHER)) == (False, True)


def test_what_is_set_aside_is_written_before_it_is_let_go_of_and_then_done(trial, line):
    set_aside(line, flood(trial, 5))

    assert line.entrypoint.container.acknowledged == [f"{TENANT}-{n}" for n in range(5)]
    assert trial.notes == [f"heard of R-{n}" for n in range(5)]
    assert {(row.state, row.attempts) for row in trial.inbox()} == {("done", 1)}
    assert line.waiting == {}


def test_tenants_take_turns_a_hand_each(trial, line):
    line.is_working = True  # until both wait
    set_aside(line, flood(trial, 7) + flood(trial, 4, OTHER))
    line.is_working = False

    line.work_off()

    order = [tenant for tenant, _ in line.entrypoint.container.begun]
    assert order == [TENANT] * 3 + [OTHER] * 3 + [TENANT] * 3 + [OTHER, TENANT]


def test_a_hand_is_one_while_others_are_there(trial, line):
    line.begin(OTHER)
    line.end(OTHER, "done")
    line.is_working = True
    set_aside(line, flood(trial, 2) + flood(trial, 2, "vinh-long"))
    line.is_working = False

    line.work_off()

    order = [tenant for tenant, _ in line.entrypoint.container.begun]
    assert order == [TENANT, "vinh-long"] * 2


def test_what_fails_after_it_was_set_aside_is_looked_for_soon_and_holds_up_nobody(trial, line):
    trial.bench.service.failures["R-0"] = 1

    set_aside(line, flood(trial, 3))

    assert trial.notes == ["heard of R-1", "heard of R-2"]
    assert line.turns.looks == Turns.soon
    assert trial.bench.errors() == ["builtins.ValueError"]


def test_a_copy_that_stops_begins_no_more(trial, line):
    line.is_closed = True

    set_aside(line, flood(trial, 3))

    assert line.entrypoint.container.begun == []
    assert {row.state for row in trial.inbox()} == {"retry"}
