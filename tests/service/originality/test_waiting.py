"""A service waits for its database in turns; the index is searched all the same."""

from collections.abc import Iterator

import pytest
from eventlet.support.psycopg2_patcher import make_psycopg_green
from psycopg2.extensions import get_wait_callback, set_wait_callback

from tests.service.originality.conftest import Contest
from tests.unit.originality.disguise import paragraphs, text


@pytest.fixture
def in_turns() -> Iterator[object]:
    """Wait for the database as a service's process does after eventlet's patch."""
    make_psycopg_green()
    yield get_wait_callback()
    set_wait_callback(None)


def test_index_is_searched_and_the_rest_still_waits_in_turns(contest: Contest, in_turns):
    contest.know("SK-1", paragraphs("hen_gio")[2])

    contest.submit("e-1", text("hen_gio"))

    assert contest.told == [("e-1", "REVIEW", ("SK-1",))]
    assert get_wait_callback() is in_turns
