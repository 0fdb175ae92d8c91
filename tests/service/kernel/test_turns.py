"""Tenants take turns at a handler: who is begun as it came, who waits, who is next."""

from collections.abc import Callable
from types import SimpleNamespace

import eventlet
import pytest
from eventlet.greenpool import GreenPool

from kernel import clock, envelope, execute
from kernel.testing import TENANT
from kernel.turns import GIVING_WAY, Line, Turns
from tests.service.kernel.conftest import opened

OTHER = "ca-mau"


class Container:
    """Works on what it is given when told to `go_on`, and notes what that was."""

    max_workers = 6  # so a share is two, a hand three

    def __init__(self, database) -> None:
        self.dependencies = [database]
        self.begun: list[tuple[str, int]] = []
        self.acknowledged: list[str] = []
        self.threads: list[Callable[[], None]] = []
        self._worker_pool = GreenPool(self.max_workers)

    def spawn_managed_thread(self, work):
        self.threads.append(work)

    def go_on(self):
        """Run what was spawned, until nothing is left of it."""
        while self.threads:
            self.threads.pop(0)()

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
    for each in events:
        line.set_aside(SimpleNamespace(id=each.id, body=envelope.encode(each)), each)


def begun(line):
    return [tenant for tenant, _ in line.entrypoint.container.begun]


def test_a_tenant_has_its_share_and_another_its_own(line):
    for _ in range(2):
        assert line.is_free_for(TENANT)
        line.begin(TENANT)

    assert (line.is_free_for(TENANT), line.is_free_for(OTHER)) == (False, True)
    line.end(TENANT, "done")
    assert line.is_free_for(TENANT)


def test_what_comes_after_what_waits_waits_too(trial, line):
    free = []
    set_aside(line, flood(trial, 1))
    free.append((line.is_free_for(TENANT), line.is_free_for(OTHER)))  # not yet written
    line.entrypoint.container.threads.pop(0)()
    free.append((line.is_free_for(TENANT), line.is_free_for(OTHER)))  # written
    line.entrypoint.container.go_on()

    assert free == [(False, True)] * 2
    assert line.is_free_for(TENANT)


def test_nothing_overtakes_what_waits_while_its_turn_is_taken(trial, line):
    free = []
    work = line.entrypoint.work
    line.entrypoint.work = lambda *told, **more: [
        free.append(line.is_free_for(TENANT)),
        work(*told, **more),
    ][1]

    set_aside(line, flood(trial, 5))
    line.entrypoint.container.go_on()

    assert free == [False] * 5
    assert begun(line) == [TENANT] * 5


def test_what_is_set_aside_is_written_before_it_is_let_go_of_and_then_done(trial, line):
    set_aside(line, flood(trial, 5))
    line.entrypoint.container.go_on()

    acknowledged = [one.id for one in line.entrypoint.container.acknowledged]
    assert acknowledged == [f"{TENANT}-{n}" for n in range(5)]
    assert sorted(trial.notes) == [f"heard of R-{n}" for n in range(5)]
    assert {(row.state, row.attempts) for row in trial.inbox()} == {("done", 1)}
    assert (line.waiting, line.unwritten) == ({}, [])


def test_what_is_set_aside_is_kept_as_it_came(trial, line):
    (event,) = flood(trial, 1)
    body = envelope.encode(event)[:-1] + b',"of_a_later_version":1}'

    line.set_aside(SimpleNamespace(id=event.id, body=body), event)
    line.entrypoint.container.threads.pop(0)()

    (row,) = trial.inbox()
    assert bytes(row.envelope) == body


def test_tenants_take_turns_a_hand_each(trial, line):
    set_aside(line, flood(trial, 7) + flood(trial, 4, OTHER))
    line.entrypoint.container.go_on()

    order = begun(line)
    assert order == [TENANT] * 3 + [OTHER] * 3 + [TENANT] * 3 + [OTHER, TENANT]


def test_a_hand_is_one_while_others_are_there(trial, line):
    line.begin(OTHER)
    line.end(OTHER, "done")
    set_aside(line, flood(trial, 2) + flood(trial, 2, "vinh-long"))
    line.entrypoint.container.go_on()

    assert begun(line) == [TENANT, "vinh-long"] * 2


def test_a_slow_try_holds_up_no_other_tenant(trial, line):
    underway = []
    work = line.entrypoint.container.spawn_worker

    def spawn_worker(entrypoint, arguments, told, handle_result):
        tenant = envelope.decode(*arguments).tenant
        if tenant == TENANT:
            underway.append(handle_result)
            line.entrypoint.container.begun.append((tenant, told["tried"]))
        else:
            work(entrypoint, arguments, told, handle_result)
        if len(trial.inbox(OTHER)) == sum(row.state == "done" for row in trial.inbox(OTHER)):
            while underway:  # the slow ones end when all of the other are done
                underway.pop()(None, "done", None)

    line.entrypoint.container.spawn_worker = spawn_worker
    line.begin("vinh-long")  # so that a hand is one
    line.end("vinh-long", "done")
    set_aside(line, flood(trial, 2) + flood(trial, 3, OTHER))
    line.entrypoint.container.go_on()

    assert begun(line) == [TENANT, OTHER, OTHER, OTHER, TENANT]


@pytest.mark.parametrize(
    ("unwritten", "begun_before", "naps"),
    [(0, None, 0), (3, None, 0), (30, None, GIVING_WAY), (0, 0.0, 2 * GIVING_WAY), (0, 60.0, 0)],
    ids=["nothing", "a few that come", "a flood", "one just come", "a long one"],
)
def test_what_waits_gives_way_to_what_has_just_come_and_to_a_flood_alone(  # noqa: PLR0917
    trial, line, monkeypatch, unwritten, begun_before, naps
):
    napped = []
    monkeypatch.setattr(eventlet, "sleep", napped.append)
    (event,) = flood(trial, 1)
    set_aside(line, [event])
    line.entrypoint.container.threads.pop(0)()  # written; its turn is still to come
    line.unwritten = [(None, event)] * unwritten
    if begun_before is not None:
        line.begin(OTHER)
        line.turns.seen[OTHER] -= begun_before

    line.entrypoint.container.go_on()

    assert begun(line) == [TENANT]
    assert len(napped) == naps


def test_what_fails_after_it_was_set_aside_is_looked_for_soon_and_holds_up_nobody(trial, line):
    trial.bench.service.failures["R-0"] = 1

    set_aside(line, flood(trial, 3))
    line.entrypoint.container.go_on()

    assert sorted(trial.notes) == ["heard of R-1", "heard of R-2"]
    assert line.turns.looks == Turns.soon
    assert trial.bench.errors() == ["builtins.ValueError"]


def test_a_copy_that_stops_begins_no_more(trial, line):
    line.is_closed = True

    set_aside(line, flood(trial, 3))
    line.entrypoint.container.go_on()

    assert line.entrypoint.container.begun == []
    assert {row.state for row in trial.inbox()} == {"retry"}
