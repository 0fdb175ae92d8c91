"""Judges' desks: events may come in any order, and nobody is told of what they have left."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from msgspec import convert, structs, to_builtins
from sqlalchemy import select

from contracts.rules import Rules
from services.notify.store import DeliveryRow
from services.notify.store.desks import AssignmentRow
from tests.service.notify.events import (
    RULES,
    assigned,
    opened,
    person,
    round_opened,
    second_look,
    stood_down,
)

FIRST = datetime(2022, 9, 20, 2, tzinfo=UTC)
THEN, LATER = FIRST + timedelta(minutes=5), FIRST + timedelta(minutes=9)
PANEL = ("panel", assigned(1, "j-1", "j-2"), FIRST)
LEFT = ("left", stood_down(1, "j-1", ground="DECLINED"), THEN)
WITHOUT = ("without", assigned(1, "j-2"), THEN)
BACK = ("back", assigned(1, "j-1", "j-2"), LATER)


def named(events):
    return " ".join(name for name, *_ in events)


@pytest.fixture
def contest(bench):
    kinds = [{"code": "sheets_due", "days_before": [3], "at": "08:00"}]
    rules = convert({**to_builtins(RULES), "notices": {"kinds": kinds}}, Rules)
    bench.hear(structs.replace(opened(), rules=rules))
    for person_id in ("j-1", "j-2"):
        bench.hear(person(person_id, f"Nguyễn Văn {person_id}", f"{person_id}@example.vn"))
    bench.hear(round_opened(1), now=FIRST, id="opened")
    return bench


def hear_all(bench, events):
    for name, event, at in events:
        bench.hear(event, now=at, id=name)


def told(bench, template="assigned"):
    rows = bench.rows(select(DeliveryRow).where(DeliveryRow.template == template))
    return sorted(row.recipient for row in rows)


def on_desks(bench):
    return sorted(row.judge_id for row in bench.rows(select(AssignmentRow)))


def test_a_judge_who_stood_down_after_the_panel_was_told_of_is_off_the_desk(contest):
    hear_all(contest, [PANEL, LEFT])

    assert on_desks(contest) == ["j-2"]
    assert told(contest) == ["j-1", "j-2"]  # they were told while they still were to mark


def test_who_stood_down_before_the_panel_was_heard_of_gets_no_letter(contest):
    hear_all(contest, [LEFT, PANEL])

    assert on_desks(contest) == ["j-2"]
    assert told(contest) == ["j-2"]


def test_a_panel_that_comes_after_a_later_one_changes_nothing(contest):
    hear_all(contest, [WITHOUT, PANEL])

    assert on_desks(contest) == ["j-2"]
    assert told(contest) == ["j-2"]


@pytest.mark.parametrize("events", list(permutations([PANEL, LEFT, WITHOUT])), ids=named)
def test_desks_are_the_same_whatever_came_first(contest, events):
    hear_all(contest, events)

    assert on_desks(contest) == ["j-2"]
    assert ("j-1" in told(contest)) == (events[0] is PANEL)


@pytest.mark.parametrize("events", list(permutations([PANEL, LEFT, WITHOUT, BACK])), ids=named)
def test_a_judge_who_was_given_an_entry_again_keeps_it_and_reads_of_it(contest, events):
    hear_all(contest, events)

    assert on_desks(contest) == ["j-1", "j-2"]
    assert set(told(contest)) == {"j-1", "j-2"}
    assert told(contest).count("j-2") == 1


@pytest.mark.parametrize("order", list(permutations([0, 1])))
def test_who_is_called_when_a_panel_is_weighed_is_told_whatever_came_first(contest, order):
    both = [("weighed", assigned(1, "j-2"), THEN), ("called", assigned(1, "j-1", "j-2"), THEN)]

    hear_all(contest, [both[number] for number in order])

    assert on_desks(contest) == ["j-1", "j-2"]
    assert told(contest) == ["j-1", "j-2"]


def test_nobody_is_asked_to_look_again_at_what_they_have_left(contest):
    hear_all(contest, [PANEL, LEFT])

    contest.hear(second_look(1, "j-1", "j-2"), now=FIRST, id="look")

    assert told(contest, "second_look") == ["j-2"]


def test_a_reminder_of_sheets_is_not_sent_to_who_has_left_their_last_entry(contest):
    due = FIRST + timedelta(days=2)
    contest.hear(structs.replace(round_opened(1), due=due), now=FIRST, id="again")
    hear_all(contest, [PANEL])
    contest.tick("remind", now=FIRST)

    hear_all(contest, [LEFT])

    rows = contest.rows(select(DeliveryRow).where(DeliveryRow.template == "sheets_due"))
    assert sorted((row.recipient, row.state) for row in rows) == [
        ("j-1", "EXPIRED"),
        ("j-2", "QUEUED"),
    ]
