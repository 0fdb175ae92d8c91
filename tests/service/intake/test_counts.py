"""Lists cost as many statements with fifty lines as with one."""

import pytest
from sqlalchemy import Engine, event

from contracts import intake
from tests.service.intake.conftest import AN, CONTEST

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
