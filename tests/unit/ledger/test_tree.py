"""Trees: the tiles say what RFC 9162 says, worked out here once more the plain way."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from recount.kit import root_over
from services.ledger.domain import (
    Growing,
    consistency_path,
    inclusion_path,
    leaf_hash,
    root_of,
    tiles_of,
)
from services.ledger.domain.tree import (
    consistency_ranges,
    inclusion_ranges,
    needed_for,
    nodes_of,
)
from tests.unit.ledger.following import follows_consistency

SIZES = st.one_of(st.integers(1, 40), st.integers(250, 520))


def plain_root(leaves):
    """MTH of section 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return sha256(b"\x01" + plain_root(leaves[:k]) + plain_root(leaves[k:])).digest()


def leaves_of(size):
    return [leaf_hash(str(number).encode()) for number in range(size)]


def grown(size):
    growing = tiles_of(leaves_of(size))
    return {at: bytes(tile) for at, tile in growing.tiles.items()}


@given(SIZES)
def test_the_root_is_that_of_the_standard(size):
    assert tiles_of(leaves_of(size)).root() == plain_root(leaves_of(size))


def test_the_root_of_no_leaves_is_that_of_nothing():
    assert Growing(0).root() == sha256(b"").digest()


@given(st.integers(0, 300), st.lists(st.integers(0, 300), max_size=3))
def test_a_tree_that_grows_by_and_by_is_one_that_grew_at_once(start, steps):
    growing, size = tiles_of(leaves_of(start)), start
    for step in steps:
        growing.settle()
        growing = Growing.from_edge(size, growing.tiles)
        for leaf in leaves_of(size + step)[size:]:
            growing.add(leaf)
        size += step

    assert growing.root() == plain_root(leaves_of(size))


@given(SIZES, st.data())
def test_a_leaf_is_proven_from_few_nodes_and_no_other_is(size, data):
    index = data.draw(st.integers(0, size - 1))
    tiles, leaves = grown(size), leaves_of(size)
    few = nodes_of(needed_for(inclusion_ranges(index, size)), tiles)

    path = inclusion_path(index, size, few)

    root = plain_root(leaves)
    assert root_over(leaves[index], index, size, path) == root
    assert root_over(leaf_hash(b"another"), index, size, path) != root
    assert root_over(leaves[index], index + 1, size, path) != root


@given(SIZES, st.data())
def test_that_a_tree_only_grew_is_proven_and_that_another_did_is_not(size, data):
    before = data.draw(st.integers(1, size))
    tiles, leaves = grown(size), leaves_of(size)
    few = nodes_of(needed_for(consistency_ranges(before, size)), tiles)

    path = consistency_path(before, size, few)

    earlier, root = root_of(before, tiles), plain_root(leaves)
    assert follows_consistency(before, size, path, earlier, root)
    assert not follows_consistency(before, size, path, leaf_hash(b"another"), root)
    if before < size:
        assert not follows_consistency(before, size, path, earlier, leaf_hash(b"another"))
