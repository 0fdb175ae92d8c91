"""What asking intake costs: statements of a list, however long, and of an entry on its way in."""

import httpx
import pytest
from sqlalchemy import Engine, event

from contracts import intake
from tests.service.intake.conftest import AN, CONTEST, PDF

LISTS = (
    (intake.ListContests(), tuple[intake.ContestLine, ...], AN, 2),
    (intake.ListEntries(contest_id=CONTEST), tuple[intake.EntryLine, ...], AN, 2),
)


@pytest.fixture
def statements():
    """Note every statement, whoever makes it."""
    found = []

    def note(_connection, _cursor, statement, *_):
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("count", [1, 50])
def test_a_list_costs_the_same_however_long(contest, statements, count):
    for number in range(count):
        contest.draft(title=f"Sáng kiến thứ {number}")

    costs = []
    for query, reply, by, _ in LISTS:
        statements.clear()
        contest.ask(query, by, reply=reply)
        costs.append(len(statements))

    assert costs == [cost for *_, cost in LISTS]


def test_an_entry_on_its_way_in_is_read_no_more_often_than_it_must_be(contest, statements):
    contest.enter()  # what a process reads once, such as the rules, it has read
    costs = {}

    def count(name, what):
        statements.clear()
        found = what()
        costs[name] = len(statements)
        return found

    entry_id = count("draft", contest.draft)
    upload = count("attach", lambda: contest.attach(entry_id))
    httpx.put(upload.url, content=PDF).raise_for_status()
    count("confirm", lambda: contest.confirm(entry_id, upload))
    count("submit", lambda: contest.submit(entry_id))

    assert costs == {"draft": 9, "attach": 7, "confirm": 10, "submit": 20}


def test_rules_that_were_read_once_are_not_read_again_until_they_are_amended(contest, statements):
    contest.draft()
    statements.clear()

    contest.draft()

    assert not [one for one in statements if "rules.source" in one]
