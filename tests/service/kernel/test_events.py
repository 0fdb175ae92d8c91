"""An event is handled exactly once, tried again while it fails, and kept when it is given up."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from sqlalchemy import event, select

from contracts import review
from kernel import clock, envelope, execute
from kernel.database import enter
from kernel.tables import NO_TENANT, Inbox
from kernel.testing import TENANT
from kernel.turns import Turns
from tests.service.kernel.conftest import opened

STOOD_DOWN = review.JudgeStoodDown(contest_id="hg", round_id="R1", entry_id="e", judge_id="j")


def hear_raw(trial, data, pauses=(0.0,), tried=0):
    service = trial.bench.service
    handler = type(service).note_round.handler
    return execute.hear(trial.bench.database, service, handler, data, pauses, tried)


def begin_tries(trial, most=1, *, again=True, tenant=TENANT, pauses=(0.0, 0.0, 0.0)):
    handler = type(trial.bench.service).note_round.handler
    return execute.begin_tries(trial.bench.database, handler, (tenant, again), most, pauses)


def put_aside(trial, *ids, tenant=TENANT):
    wrapped = [
        trial.bench._wrap(opened(round_id=f"R-{one}"), None, clock.now(), one, tenant)  # noqa: SLF001
        for one in ids
    ]
    handler = type(trial.bench.service).note_round.handler
    bodies = [envelope.encode(one) for one in wrapped]
    execute.put_aside(trial.bench.database, handler, list(zip(wrapped, bodies, strict=True)))
    return bodies


def test_an_event_is_handled_and_noted_as_done(trial):
    assert trial.hear(id="m-1") == "done"

    (row,) = trial.inbox()
    assert (row.handler, row.message_id, row.state) == ("note_round", "m-1", "done")
    assert (row.attempts, row.envelope, row.error) == (1, None, None)
    assert (trial.notes, trial.announced) == (["heard of R1"], [STOOD_DOWN])


def test_a_second_delivery_does_nothing(trial):
    trial.hear(id="m-1")

    assert trial.hear(id="m-1") == "repeated"
    assert (trial.notes, trial.announced) == (["heard of R1"], [STOOD_DOWN])


def test_many_deliveries_at_once_have_one_effect(trial):
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: trial.hear(id="m-1"), range(16)))

    assert sorted(outcomes) == ["done"] + ["repeated"] * 15
    assert trial.notes == ["heard of R1"]


def test_two_handlers_hear_the_same_event_each_for_itself(trial):
    trial.hear(id="m-1")
    service = trial.bench.service
    wrapped = trial.bench._wrap(opened(), None, trial.outbox()[0].created_at, "m-1", "hau-giang")  # noqa: SLF001

    said = execute.hear(
        trial.bench.database,
        service,
        type(service).watch_all.handler,
        envelope.encode(wrapped),
        (),
    )

    assert said == "done"
    assert sorted(row.handler for row in trial.inbox()) == ["note_round", "watch_all"]


def test_an_event_that_fails_is_kept_whole_for_another_try(trial):
    trial.bench.service.failures["R1"] = 1

    assert trial.hear(id="m-1") == "retry"

    (row,) = trial.inbox()
    assert (row.state, row.attempts, row.error) == ("retry", 1, "builtins.ValueError")
    assert json.loads(row.envelope)["id"] == "m-1"
    assert trial.hear(id="m-1") == "repeated"


def test_what_fails_three_times_then_works_is_done_once(trial):
    trial.bench.service.failures["R1"] = 3
    trial.hear(id="m-1")

    tries = [trial.bench.retry(review.RoundOpened) for _ in range(4)]

    assert tries == [True, True, True, False]
    (row,) = trial.inbox()
    assert (row.state, row.attempts, row.envelope) == ("done", 4, None)
    assert (trial.notes, trial.announced) == (["heard of R1"], [STOOD_DOWN])


def test_a_retried_event_wakes_the_relay(trial):
    rung = []
    trial.bench.database.wake = lambda: rung.append("rung")
    trial.bench.service.failures["R1"] = 1
    trial.hear()
    assert rung == []

    trial.bench.retry(review.RoundOpened)

    assert rung == ["rung"]


def test_what_fails_every_time_is_dead_after_its_last_try(trial):
    trial.bench.service.failures["R1"] = 100
    trial.hear(id="m-1")

    while trial.bench.retry(review.RoundOpened):
        pass

    (row,) = trial.inbox()
    assert (row.state, row.attempts, row.next_try_at) == ("dead", 4, None)
    assert row.error == "builtins.ValueError"
    assert json.loads(row.envelope)["id"] == "m-1"
    assert (trial.notes, trial.announced) == ([], [])


def test_the_pause_grows_from_try_to_try(trial):
    trial.bench.service.failures["R1"] = 100
    pauses = (60.0, 120.0, 240.0)
    waits = []

    hear_raw(trial, encoded(trial, "m-1"), pauses)
    for _ in pauses:
        (row,) = trial.inbox()
        waits.append(row.next_try_at)
        trial.execute("UPDATE inbox SET next_try_at = now()")
        ((data, tried),) = begin_tries(trial, pauses=pauses)
        hear_raw(trial, data, pauses, tried)

    (row,) = trial.inbox()
    assert row.state == "dead"
    gaps = [round((later - earlier).total_seconds()) for earlier, later in pairwise(waits)]
    assert gaps == [60, 120]


def encoded(trial, message_id, contest_id="hg"):
    wrapped = trial.bench._wrap(  # noqa: SLF001
        opened(contest_id), None, clock.now(), message_id, "hau-giang"
    )
    return envelope.encode(wrapped)


def test_what_is_not_due_is_left_alone(trial):
    trial.bench.service.failures["R1"] = 1
    hear_raw(trial, encoded(trial, "m-1"), (3600.0,))

    assert execute.due(trial.bench.database) == []
    assert trial.bench.retry(review.RoundOpened) is False
    (row,) = trial.inbox()
    assert row.next_try_at - row.received_at > timedelta(minutes=59)


def test_who_has_something_due_is_named_for_all_tenants(trial):
    trial.bench.service.failures["R1"] = 2
    trial.hear(id="m-1", tenant="hau-giang")
    trial.hear(id="m-1", tenant="ca-mau")

    put_aside(trial, "m-2", "m-3", tenant="ca-mau")

    assert sorted(execute.due(trial.bench.database)) == [
        ("note_round", "ca-mau", False),
        ("note_round", "ca-mau", True),
        ("note_round", "hau-giang", True),
    ]


def test_looking_for_what_is_due_costs_one_statement(trial):
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    event.listen(trial.bench.database.engine, "before_cursor_execute", note)
    execute.due(trial.bench.database)

    assert len(statements) == 1


class Over(Exception):
    """The looks are over."""


class Turning(Turns):
    """Waits no time between its looks, of which there are fifty."""

    turns = 50

    @property
    def pause(self):
        if self.turns == 0:
            raise Over
        self.turns -= 1
        return 0


@pytest.mark.parametrize(("failures", "looks"), [(0, 10), (Turns.soon, 18)])
def test_what_is_due_is_looked_for_often_only_after_a_failure(trial, failures, looks):
    database = trial.bench.database
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    turning = Turning()
    turning.container = SimpleNamespace(dependencies=[database])
    turning.looks = failures
    with pytest.raises(Over):
        turning.run()

    assert len(statements) == looks


def test_a_retry_works_for_the_tenant_of_the_event(trial):
    trial.bench.service.failures["R1"] = 1
    trial.hear(tenant="ca-mau")

    trial.bench.retry(review.RoundOpened)

    assert trial.notes == []
    assert trial.show(tenant="ca-mau") == ["heard of R1"]


def test_what_was_set_aside_longest_is_tried_first(trial):
    trial.bench.service.failures |= {"R1": 1, "R2": 1}
    trial.hear(round_id="R2", id="m-2")
    trial.hear(round_id="R1", id="m-1")

    trial.bench.retry(review.RoundOpened)

    assert trial.notes == ["heard of R2"]


def test_others_are_not_delayed_by_one_that_fails(trial):
    trial.bench.service.failures["R1"] = 100
    trial.hear(round_id="R1")

    assert trial.hear(round_id="R2") == "done"
    assert trial.notes == ["heard of R2"]


def test_what_comes_too_early_is_tried_again_and_says_what_it_waits_for(trial):
    assert trial.hear("early") == "retry"

    assert trial.bench.errors() == ["NotYet: Entry e-1 has not arrived."]


def test_copies_of_a_service_do_not_try_the_same_event_at_once(trial):
    trial.bench.service.failures["R1"] = 1
    trial.hear()

    with trial.bench.database.sessions.begin() as other_copy:
        enter(other_copy, "*")
        other_copy.scalars(select(Inbox).with_for_update()).all()
        assert trial.bench.retry(review.RoundOpened) is False

    assert trial.bench.retry(review.RoundOpened) is True


def test_an_outage_while_an_event_is_handled_is_no_try(trial):
    trial.bench.service.failures["R1"] = 2

    assert trial.hear("cut") == "done"
    assert [row.attempts for row in trial.inbox()] == [1]
    assert trial.notes == ["heard of R1"]


def test_an_outage_during_a_retry_is_no_try(trial):
    hear_raw(trial, encoded(trial, "m-1", "early"))
    trial.execute(
        "UPDATE inbox SET envelope = convert_to(replace(convert_from(envelope, 'UTF8'),"
        " 'early', 'cut'), 'UTF8')"
    )
    trial.bench.service.failures["R1"] = 1

    trial.bench.retry(review.RoundOpened)

    assert [(row.state, row.attempts) for row in trial.inbox()] == [("done", 2)]
    assert trial.notes == ["heard of R1"]


def test_a_retry_that_fails_in_the_database_is_a_try(trial):
    trial.bench.service.failures["R1"] = 1
    trial.hear(id="m-1")
    trial.execute("ALTER TABLE note RENAME TO gone")

    trial.bench.retry(review.RoundOpened)
    assert [(row.state, row.attempts) for row in trial.inbox()] == [("retry", 2)]

    trial.execute("ALTER TABLE gone RENAME TO note")
    trial.bench.retry(review.RoundOpened)
    assert trial.notes == ["heard of R1"]


@pytest.mark.parametrize("data", [b"", b"\xff\x00", b'{"id": 1}'])
def test_what_is_no_envelope_is_dead_at_once_and_no_tenants(trial, data):
    assert hear_raw(trial, data) == "dead"
    assert hear_raw(trial, data) == "dead"

    (row,) = trial.inbox(NO_TENANT)
    assert (row.state, row.type, row.envelope) == ("dead", "unreadable", data)
    assert (len(row.message_id), trial.inbox("hau-giang")) == (64, [])


def test_a_body_that_cannot_be_read_is_dead_at_once(trial):
    data = encoded(trial, "m-1").replace(b'"round_id"', b'"other_id"')

    assert hear_raw(trial, data) == "dead"

    (row,) = trial.inbox()
    assert (row.state, row.message_id, row.type) == ("dead", "m-1", "review.RoundOpened")
    assert row.error.startswith("Undecodable: review.RoundOpened:")


@pytest.mark.parametrize("data", [b"no envelope", b'{"id": 1}'])
def test_what_cannot_be_read_and_is_tried_again_is_dead_again_and_in_nobodys_way(trial, data):
    hear_raw(trial, data)
    trial.execute("UPDATE inbox SET state = 'retry', next_try_at = now(), attempts = 0")
    trial.bench.service.failures["R1"] = 1
    trial.hear(id="m-1")

    while trial.bench.retry(review.RoundOpened):
        pass

    (row,) = trial.inbox(NO_TENANT)
    assert (row.state, row.envelope) == ("dead", data)
    assert [row.state for row in trial.inbox()] == ["done"]


def test_a_body_that_cannot_be_read_is_dead_again_after_one_retry(trial):
    hear_raw(trial, encoded(trial, "m-1").replace(b'"round_id"', b'"other_id"'))
    trial.execute("UPDATE inbox SET state = 'retry', next_try_at = now(), attempts = 0")

    trial.bench.retry(review.RoundOpened)

    (row,) = trial.inbox()
    assert (row.state, row.attempts) == ("dead", 1)


def test_what_killed_its_process_too_often_is_buried_with_its_tenant(trial):
    data = encoded(trial, "m-1")

    said = execute.bury(trial.bench.database, "note_round", data, "It ended its process.")

    (row,) = trial.inbox()
    assert (said, row.state, row.message_id, row.error) == (
        "dead",
        "dead",
        "m-1",
        "It ended its process.",
    )
    assert row.envelope == data


def test_what_was_done_before_its_process_died_is_not_dead(trial):
    data = encoded(trial, "m-1")
    hear_raw(trial, data)

    execute.bury(trial.bench.database, "note_round", data, "It ended its process.")

    assert [row.state for row in trial.inbox()] == ["done"]


def test_an_error_that_is_kept_holds_nothing_personal(trial):
    trial.bench.service.failures["R1"] = 1

    trial.hear()

    assert trial.bench.errors() == ["builtins.ValueError"]


def test_a_retry_that_ends_its_process_is_counted_and_dead_in_the_end(trial):
    trial.bench.service.failures["R1"] = 1
    trial.hear(id="m-1")

    for _ in range(4):  # begun, and never heard of again
        ((data, tried),) = begin_tries(trial)
        trial.execute("UPDATE inbox SET next_try_at = now() WHERE state = 'retry'")

    assert hear_raw(trial, data, (0.0, 0.0, 0.0), tried) == "dead"
    (row,) = trial.inbox()
    assert (row.state, row.attempts, row.error) == ("dead", 4, execute.ENDED_ITS_PROCESS)


def give_up(trial, data):
    execute.try_alone(trial.bench.database, type(trial.bench.service).note_round.handler, data)


def test_what_stood_beside_a_message_that_ends_its_process_is_done_when_tried_alone(trial):
    give_up(trial, encoded(trial, "m-1"))

    assert trial.bench.retry(review.RoundOpened) is True
    (row,) = trial.inbox()
    assert (row.state, trial.notes) == ("done", ["heard of R1"])


def test_what_ends_its_process_alone_too_is_dead(trial):
    give_up(trial, encoded(trial, "m-1"))
    begin_tries(trial)
    trial.execute("UPDATE inbox SET next_try_at = now() WHERE state = 'retry'")

    trial.bench.retry(review.RoundOpened)

    (row,) = trial.inbox()
    assert (row.state, row.error) == ("dead", execute.ENDED_ITS_PROCESS)


def test_what_the_broker_gave_up_and_nobody_can_read_is_dead(trial):
    give_up(trial, b"no envelope")

    trial.bench.retry(review.RoundOpened)

    (row,) = trial.inbox(NO_TENANT)
    assert (row.state, row.envelope) == ("dead", b"no envelope")


def test_what_the_broker_gave_up_while_it_waits_its_turn_keeps_its_tries(trial):
    (data,) = put_aside(trial, "m-1")

    give_up(trial, data)

    assert [(row.state, row.attempts) for row in trial.inbox()] == [("retry", 0)]


def test_what_is_set_aside_costs_no_try_and_is_done_once(trial):
    put_aside(trial, "m-1", "m-2")
    (data, _) = put_aside(trial, "m-1", "m-2")  # delivered again

    assert [(row.state, row.attempts, row.error) for row in trial.inbox()] == [
        ("retry", 0, None)
    ] * 2
    assert [tried for _, tried in begin_tries(trial, 3, again=False)] == [1, 1]
    assert hear_raw(trial, data, tried=1) == "done"
    assert hear_raw(trial, data, tried=1) == "repeated"
    assert trial.notes == ["heard of R-m-1"]


def test_what_was_set_aside_and_fails_has_all_its_tries(trial):
    trial.bench.service.failures["R-m-1"] = 100
    put_aside(trial, "m-1")

    while trial.bench.retry(review.RoundOpened):
        pass

    (row,) = trial.inbox()
    assert (row.state, row.attempts, row.error) == ("dead", 4, "builtins.ValueError")


def test_what_was_set_aside_and_comes_again_before_its_turn_is_done_as_it_comes(trial):
    (data,) = put_aside(trial, "m-1")

    assert hear_raw(trial, data) == "done"
    assert trial.bench.retry(review.RoundOpened) is False
    (row,) = trial.inbox()
    assert (row.state, row.attempts, row.envelope) == ("done", 1, None)


def test_what_waits_is_begun_in_the_order_it_came_tenant_by_tenant(trial):
    ids = [f"m-{number:03}" for number in range(40)]
    put_aside(trial, *reversed(ids))
    put_aside(trial, "m-x", tenant="ca-mau")

    begun = begin_tries(trial, 3, again=False) + begin_tries(trial, 3, again=False)
    others = begin_tries(trial, 3, again=False, tenant="ca-mau")

    assert [{envelope.decode(data).id for data, _ in each} for each in (begun, others)] == [
        {*ids[-6:]}, {"m-x"},
    ]  # fmt: skip


def test_what_was_tried_before_is_never_begun_beside_what_was_not(trial):
    trial.bench.service.failures["R1"] = 1
    trial.hear(id="m-1")
    put_aside(trial, "m-2")

    fresh, before = begin_tries(trial, 3, again=False), begin_tries(trial, again=True)

    assert [[tried for _, tried in each] for each in (fresh, before)] == [[1], [2]]
