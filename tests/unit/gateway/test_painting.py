"""A painted text says every letter once, and of each which passages it belongs to."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.originality import Excluded
from services.gateway.portal.painting import Mark, Piece, paint, patchwork

CSS = Path(__file__).parents[3] / "services/gateway/portal/static/portal.css"
KINDS = ("VERBATIM", "EDITED", "REWORDED")
ranges = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda p: (p[0], p[0] + p[1]))
marks = st.builds(
    lambda place, match, kind: Mark(*place, match, 1, kind),
    ranges, st.integers(1, 3), st.sampled_from(KINDS),
)  # fmt: skip
left_out = ranges.map(lambda place: Excluded(start=place[0], end=place[1], reason="LAW"))


@given(st.text(max_size=50), st.lists(marks, max_size=5), st.lists(left_out, max_size=3))
def test_nothing_is_lost_and_every_letter_has_its_marks(text, found, excluded):
    pieces = paint([(0, text)], found, excluded)

    assert "".join(piece.text for piece in pieces) == text
    place = 0
    for piece in pieces:
        for letter in range(place, place + len(piece.text)):
            covering = tuple(mark for mark in found if mark.start <= letter < mark.end)
            assert piece.marks == covering
            out = any(one.start <= letter < one.end for one in excluded)
            assert (piece.left_out is not None) == out
        place += len(piece.text)


@given(st.text(min_size=60, max_size=60), st.lists(marks, max_size=5))
def test_every_passage_begins_once(text, found):
    pieces = paint([(0, text)], found, ())

    begun = [mark for piece in pieces for mark in piece.begins]
    assert sorted(begun, key=repr) == sorted(found, key=repr)


@given(st.text(min_size=60, max_size=60), st.lists(ranges, max_size=6))
def test_parts_that_overlap_are_put_together_as_they_stood(text, found):
    parts = patchwork((start, text[start:end]) for start, end in found)

    assert all(text[start : start + len(part)] == part for start, part in parts)
    said = {n for start, part in parts for n in range(start, start + len(part))}
    assert said == {n for start, end in found for n in range(start, end)}
    assert sum(len(part) for _, part in parts) == len(said)


def test_surest_kind_colours_and_all_sources_are_named():
    verbatim, edited = Mark(0, 4, 2, 1, "VERBATIM"), Mark(2, 6, 1, 1, "EDITED")

    pieces = paint([(0, "abcdefgh")], [verbatim, edited], ())

    assert pieces == [
        Piece("ab", (verbatim,), (verbatim,)),
        Piece("cd", (verbatim, edited), (edited,)),
        Piece("ef", (edited,)),
        Piece("gh"),
    ]
    assert (pieces[1].kind, pieces[1].sources) == ("VERBATIM", [1, 2])


def test_where_text_is_missing_a_gap_is_shown():
    pieces = paint([(3, "def"), (9, "jk")], [Mark(3, 6, 1, 1, "EDITED")], ())

    assert [(piece.text, piece.after_gap) for piece in pieces] == [("def", True), ("jk", True)]


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_readable_and_has_a_line_of_its_own(kind):
    css = CSS.read_text()
    ink = re.search(r"--ink: (#\w{6})", css)[1]
    styles = {name: re.search(rf"\.{name.lower()} {{(.*?)}}", css)[1] for name in KINDS}

    ground = re.search(r"background: (#\w{6})", styles[kind])[1]
    line = re.search(r"decoration-color: (#\w{6})", styles[kind])[1]
    lines = {re.search(r"decoration-style: (\w+)", style)[1] for style in styles.values()}
    assert contrast(ink, ground) >= 4.5
    assert contrast(line, ground) >= 3  # WCAG 1.4.11 of what is no text
    assert len(lines) == len(KINDS)
