"""A chain carried out as a file is the same chain."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ledger.copies import CopyUnreadable, read_chains, write_chain
from services.ledger.domain import Broken, Head, Intact, verify
from tests.unit.ledger.test_domain import TENANT, chain_of, events


def copy_of(lines, head):
    file = BytesIO()
    write_chain(file, TENANT, head, lines)
    return file.getvalue()


def verdicts(content):
    return [verify(name, lines, head) for name, head, lines in read_chains(BytesIO(content))]


@given(st.lists(events(), max_size=6), st.integers(1, 3))
def test_every_chain_of_a_copy_is_as_intact_as_it_was(recorded, chains):
    lines, head = chain_of(*recorded)

    assert verdicts(copy_of(lines, head) * chains) == [Intact(head)] * chains


@given(st.lists(events(), min_size=1, max_size=6), st.data())
def test_a_copy_without_one_of_its_lines_is_no_copy(recorded, data):
    lines, head = chain_of(*recorded)
    rows = copy_of(lines, head).splitlines(keepends=True)
    del rows[data.draw(st.integers(0, len(rows) - 1))]

    try:
        found = verdicts(b"".join(rows))
    except CopyUnreadable:
        return  # the head itself was taken
    assert [type(verdict) for verdict in found] == [Broken]


def test_a_broken_chain_does_not_hide_the_next():
    lines, head = chain_of()
    broken = copy_of(lines, Head(1, head.digest))

    found = verdicts(broken + copy_of(lines, head))

    assert [type(verdict) for verdict in found] == [Broken, Intact]


@pytest.mark.parametrize("content", [b"", b"{}\n", b"\xff\xfe", b'{"is":"link"}'])
def test_what_is_not_a_copy_is_refused(content):
    with pytest.raises(CopyUnreadable):
        verdicts(content)
