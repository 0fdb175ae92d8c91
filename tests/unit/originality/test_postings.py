"""Postings come out of the index's rows as they went in, and segments stay few."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.originality.engine.kernels.postings import KEY_BITS, fields, match, pack, unpack
from services.originality.store.postings.keys import (
    WEIGHT_BITS,
    array_of,
    keys_of,
    length_class,
    often_and_length,
    postings_of,
)
from services.originality.store.postings.policy import REMOVED_PART, TIMES, Standing, due
from services.originality.store.postings.segments import Columns

compiled = settings(deadline=None)  # the first call compiles, unless it was done before

keys = st.integers(0, (1 << KEY_BITS) - 1)
hashes = st.sets(st.integers(0, (1 << 64) - 1), max_size=50)


@st.composite
def packings(draw) -> tuple[Columns, tuple[int, int, int]]:
    """Return sorted postings and a shape that fits them."""
    weight_bits = draw(st.sampled_from([0, WEIGHT_BITS]))
    width = draw(st.integers(1, 32))
    vocabulary = draw(st.lists(keys, min_size=1, max_size=30))
    found = draw(
        st.lists(
            st.tuples(
                st.sampled_from(vocabulary),
                st.integers(0, (1 << width) - 1),
                st.integers(0, (1 << weight_bits) - 1),
            ),
            min_size=1,
            max_size=80,
            unique_by=lambda posting: posting[:2],
        )
    )
    postings = Columns.in_order(*np.array(found, np.int64).T)
    return postings, (draw(st.integers(8, KEY_BITS)), width, weight_bits)


def packed(postings: Columns, shape: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the words of all buckets, and rows as `fields` has them."""
    buckets = postings.keys >> (KEY_BITS - shape[0])
    ends = np.append(np.flatnonzero(np.diff(buckets)) + 1, len(buckets))
    written, stops = pack(
        postings.keys, postings.texts, postings.weights, ends, np.array(shape, np.int64)
    )
    words = np.frombuffer(written.tobytes() + bytes(-len(written) % 8), np.uint64)
    rows = np.zeros((len(ends), 6), np.int64)
    rows[:, 2] = buckets[ends - 1]
    rows[1:, 4] = stops[:-1]
    return words, rows


@compiled
@given(packings())
def test_postings_come_out_as_they_went_in(packing):
    postings, shape = packing

    written, rows = packed(postings, shape)

    found = unpack(written, rows, np.array(shape, np.int64))
    assert found.tolist() == [each.tolist() for each in vars_of(postings)]


@compiled
@given(packings(), st.sets(keys, max_size=20), st.randoms())
def test_asked_keys_are_found_with_all_their_texts(packing, others, dice):
    postings, shape = packing
    written, rows = packed(postings, shape)
    held = sorted(set(postings.keys.tolist()))
    asked = np.array(sorted({*dice.sample(held, len(held) // 2), *others}), np.int64)

    found = match(written, rows, np.array(shape, np.int64), asked)

    expected = postings.only(np.isin(postings.keys, asked))
    places = np.searchsorted(asked, expected.keys)
    assert found.tolist() == [
        places.tolist(),
        expected.texts.tolist(),
        expected.weights.tolist(),
    ]


def vars_of(postings: Columns) -> tuple[np.ndarray, ...]:
    return postings.keys, postings.texts, postings.weights


@compiled
@given(
    st.lists(
        st.tuples(
            *[st.integers(-(1 << 63), (1 << 63) - 1)] * 4, st.none() | st.binary(max_size=30)
        )
    )
)
def test_rows_of_a_binary_copy_are_read(rows):
    copied = b"PGCOPY\n\xff\r\n\0" + bytes(8)
    for *numbers, body in rows:
        copied += (5).to_bytes(2)
        copied += b"".join((8).to_bytes(4) + n.to_bytes(8, signed=True) for n in numbers)
        copied += (-1).to_bytes(4, signed=True) if body is None else len(body).to_bytes(4) + body
    copied += (-1).to_bytes(2, signed=True)

    found = fields(np.frombuffer(copied + bytes(8), np.uint8))

    assert [tuple(row[:4]) for row in found.tolist()] == [row[:4] for row in rows]
    assert [
        None if size < 0 else copied[at : at + size] for at, size in found[:, 4:].tolist()
    ] == [row[4] for row in rows]


@compiled
@given(st.lists(st.integers(0, (1 << 63) - 1)))
def test_arrays_are_written_as_postgresql_reads_them(numbers):
    written = array_of(np.array(numbers, np.int64))

    assert written == "{" + ",".join(map(str, numbers)) + "}"


@compiled
@given(packings())
def test_postings_are_sorted_by_key_and_text(packing):
    postings, _ = packing
    shuffled = postings.only(np.random.default_rng(3).permutation(len(postings.keys)))

    ordered = Columns.in_order(*vars_of(shuffled))

    expected = sorted(zip(*(each.tolist() for each in vars_of(shuffled)), strict=True))
    assert list(zip(*(each.tolist() for each in vars_of(ordered)), strict=True)) == expected


@given(hashes)
def test_signed_and_unsigned_hashes_have_the_same_keys(values):
    signed = [value - (1 << 64) if value >> 63 else value for value in values]

    found = keys_of(values)

    assert found.tolist() == keys_of(signed).tolist()
    assert found.tolist() == keys_of(np.array(signed, np.int64)).tolist()
    assert found.tolist() == sorted(set(found.tolist()))
    assert not len(found) or 0 <= found[0] <= found[-1] < 1 << KEY_BITS


def test_keys_are_spread_evenly_even_where_hashes_are_not():
    smallest_of_eight = np.random.default_rng(1).integers(0, 1 << 64, (80_000, 8), np.uint64)

    found = keys_of(smallest_of_eight.min(axis=1))

    shares = np.bincount(found >> (KEY_BITS - 3), minlength=8) / len(found)
    assert abs(shares - 1 / 8).max() < 0.01


@given(st.dictionaries(st.integers(0, (1 << 64) - 1), st.integers(1, 300), min_size=1))
def test_weights_tell_how_often_and_how_long(terms):
    found = postings_of(7, list(terms), terms.values())

    often, lengths = often_and_length(found.weights)
    assert found.length == sum(terms.values())
    assert sorted(often.tolist()) == sorted(min(255, count) for count in terms.values())
    assert lengths == pytest.approx(found.length, rel=0.023)


@given(st.integers(1, 60_000))
def test_length_is_right_to_the_class(length):
    assert 2 ** (length_class(length) / 16) == pytest.approx(length, rel=0.022)


standings = st.lists(
    st.builds(
        lambda texts, removed, each: (texts * each, texts, min(removed, texts)),
        st.integers(1, 10_000),
        st.integers(0, 3_000),
        st.integers(1, 100),
    ),
    max_size=12,
).map(lambda found: [Standing(number, *each) for number, each in enumerate(found)])


def settled(standing: list[Standing]) -> list[Standing]:
    """Merge until nothing is due."""
    made = 1_000
    while chosen := due(standing):
        merged = [each for each in standing if each.segment in chosen]
        made += 1
        texts = sum(each.texts - each.removed for each in merged)
        whole = Standing(made, round(sum(each.left for each in merged)), texts, 0)
        standing = [each for each in standing if each.segment not in chosen] + [whole]
        assert made < 1_100, "it never ends"
    return standing


@given(standings)
def test_what_is_left_alone_is_few_and_mostly_there(standing):
    left = settled(standing)

    sizes = sorted((each.left for each in left), reverse=True)
    assert all(size >= TIMES * sum(sizes[place + 1 :]) for place, size in enumerate(sizes))
    assert all(each.removed <= each.texts / REMOVED_PART for each in left)


def test_texts_that_come_a_few_at_a_time_end_in_four_segments_or_fewer():
    standing: list[Standing] = []
    most = 0
    for number in range(700):
        standing = settled([*standing, Standing(number, 200_000, 280, 0)])
        most = max(most, len(standing))

    assert most <= 4
