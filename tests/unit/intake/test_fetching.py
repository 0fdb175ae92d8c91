"""A file that is fetched goes on in blocks of one size, and none of its bytes is lost."""

from hypothesis import given
from hypothesis import strategies as st

from services.intake.onegate.fetching import blocks


@given(st.lists(st.binary(max_size=20)), st.integers(1, 15))
def test_blocks_hold_the_same_bytes_and_only_the_last_one_is_shorter(chunks, size):
    found = list(blocks(iter(chunks), size))

    assert b"".join(found) == b"".join(chunks)
    assert all(len(block) == size for block in found[:-1])
    assert all(0 < len(block) <= size for block in found)
