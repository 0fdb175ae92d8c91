"""What operators see of a service's queues, and how a dead event is read, mended, tried again."""

import pytest
from sqlalchemy import select

from contracts import intake, notify
from contracts.upkeep import Backlog, DeadFound
from kernel import envelope, execute
from kernel.testing import NOON, TENANT, Rejected, actor
from services.notify.service import NotifyService
from services.notify.store.known import PersonRow

OPERATOR = actor("operator", id="v-1")
TRIAL = f"{TENANT}-sandbox"
HEARD = intake.PersonRegistered(person_id="p-1", full_name="Người mẫu")


@pytest.fixture
def bench(service_bench):
    """Let notify give an event up whose body nobody can read."""
    made = service_bench(NotifyService)
    wrapped = envelope.wrap(
        HEARD, tenant=TENANT, actor=actor(), occurred_at=NOON, message_id="m-1"
    )
    spoilt = envelope.encode(wrapped).replace(b'"full_name"', b'"ful_name"')
    assert made.service.learn_person(spoilt) == "dead"
    return made


def ask(bench, message, reply=None, by=OPERATOR, **more):
    return bench.ask(message, actor=by, reply=reply, **more)


def test_an_operator_reads_why_an_event_is_dead_mends_it_and_has_it_tried_again(bench):
    backlog = ask(bench, notify.ShowBacklog(), Backlog)
    (line,) = ask(bench, notify.ListDead(), DeadFound).lines
    named = {"handler": line.handler, "message_id": "m-1"}
    with pytest.raises(Rejected, match="no intake") as unreadable:
        ask(bench, notify.RetryDead(**named, body='{"person_id": 1}'))
    ask(bench, notify.RetryDead(**named, body=line.body.replace("ful_name", "full_name")))

    assert [(one.state, one.count) for one in backlog.handlers] == [("dead", 1)]
    assert (line.type, line.may_retry) == ("intake.PersonRegistered", True)
    assert "Undecodable" in line.error
    assert '"ful_name"' in line.envelope
    assert unreadable.value.code == "BodyUnreadable"
    assert bench.retry(intake.PersonRegistered)
    assert ask(bench, notify.ShowBacklog(), Backlog).handlers == ()
    with pytest.raises(Rejected, match="NoSuchDead"):
        ask(bench, notify.RetryDead(**named))


def test_what_waits_for_its_turn_is_told_apart_from_what_failed(bench):
    waiting = envelope.wrap(HEARD, tenant=TENANT, actor=actor(), occurred_at=NOON)
    handler = NotifyService.learn_person.handler
    execute.put_aside(bench.database, handler, [(waiting, envelope.encode(waiting))])

    before = ask(bench, notify.ShowBacklog(), Backlog)
    execute.begin_tries(bench.database, handler, (TENANT, False), 1, (0.0,))
    at_work = ask(bench, notify.ShowBacklog(), Backlog)

    for backlog in (before, at_work):
        states = [(one.state, one.count) for one in backlog.handlers]
        assert states == [("dead", 1), ("waiting", 1)]


def test_nobody_else_and_no_other_tenant_sees_what_is_dead(bench):
    for message in (notify.ShowBacklog(), notify.ListDead()):
        with pytest.raises(Rejected, match="Forbidden"):
            ask(bench, message, by=actor("organiser"))

    elsewhere = ask(bench, notify.ListDead(), DeadFound, tenant="tinh-khac")
    assert elsewhere == DeadFound(total=0, lines=())
    retry = notify.RetryDead(handler="learn_person", message_id="m-1")
    with pytest.raises(Rejected, match="NoSuchDead"):
        ask(bench, retry, tenant="tinh-khac")


def test_a_sandbox_is_emptied_and_no_other_tenant(bench):
    bench.hear(HEARD)

    with pytest.raises(Rejected, match="NotASandbox"):
        ask(bench, notify.EmptySandbox(), int)
    with pytest.raises(Rejected, match="Forbidden"):
        ask(bench, notify.EmptySandbox(), int, by=actor("organiser"), tenant=TRIAL)
    bench.hear(HEARD, tenant=TRIAL)
    rows = ask(bench, notify.EmptySandbox(), int, tenant=TRIAL)
    again = ask(bench, notify.EmptySandbox(), int, tenant=TRIAL)

    assert (rows, again) == (1, 0)
    assert [row.person_id for row in bench.rows(select(PersonRow))] == ["p-1"]
