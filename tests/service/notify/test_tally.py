"""What operators see of deliveries is what there is, and costs no reading of them all."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from contracts import notify
from kernel.testing import NOON, actor
from services.notify.figures import FIGURES
from services.notify.store import DeliveryRow, TallyRow
from tests.service.notify.events import opened, person
from tests.service.notify.test_log import letter, rows, tell

SECRETARY = actor("secretary", id="s-1")
DELIVERIES, OVERDUE = FIGURES


@pytest.fixture
def office(bench, relay):
    """Leave letters in several states: sent, failed, sent again, held, dropped, waiting."""
    bench.hear(opened())
    bench.hear(person("p-1", email="sen@example.vn"), id="of-1")
    tell(bench, letter(), event="m-1")
    bench.tick("send_letters", now=NOON)
    relay.refusals["sen@example.vn"] = "550 5.1.1 unknown"
    tell(bench, letter(), event="m-2")
    tell(bench, letter(), event="m-3")
    bench.tick("send_letters", now=NOON)
    tell(bench, letter(held=True), event="m-4")
    tell(bench, letter(held=True), event="m-5")
    named = {row.event_id: row.delivery_id for row in rows(bench)}
    bench.ask(notify.Redeliver(delivery_id=named["m-3"]), actor=SECRETARY)
    drop = notify.DropDelivery(delivery_id=named["m-5"], reason="Đã báo qua điện thoại.")
    bench.ask(drop, actor=SECRETARY)
    return bench


def shown(office, figure):
    return {tuple(row) for row in answers(office, figure.question)}


def answers(office, question):
    with office.database.engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
        return connection.execute(question).all()


def test_deliveries_are_counted_as_they_change(office):
    columns = (DeliveryRow.channel, DeliveryRow.state)
    counted = {
        tuple(row) for row in answers(office, select(*columns, func.count()).group_by(*columns))
    }

    before = shown(office, DELIVERIES)
    office.tick("fold_tally")
    after = shown(office, DELIVERIES)

    assert {one for one in before if one[-1]} == after == counted
    assert len(answers(office, select(TallyRow.sequence))) == len(counted) == 5


def test_who_waits_longest_is_found_by_channel(office):
    tell(office, letter(), event="m-6", at=NOON - timedelta(hours=2))

    assert shown(office, OVERDUE) == {("EMAIL", NOON - timedelta(hours=2))}


def test_neither_question_reads_all_deliveries(office):
    with office.database.engine.begin() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plans = [
            " ".join(connection.scalars(text(f"EXPLAIN {figure.question}"))) for figure in FIGURES
        ]

    assert "on delivery " not in plans[0]
    assert "Index Scan using delivery_due on delivery" in plans[1], plans[1]
