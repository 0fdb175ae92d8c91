"""Marks keep to their letters whatever is done to the text around them."""

from hypothesis import given
from hypothesis import strategies as st

from services.originality.extraction.documents import Sign, Span
from services.originality.extraction.reader.draft import Draft, Edit, Pen, bound

letters = st.text("abcđ\u1ed9\n ", max_size=30)
pieces = st.lists(st.tuples(letters, st.sampled_from(["", "white", "tiny"])), max_size=12)


def drafted(told: list[tuple[str, str]]) -> Draft:
    pen = Pen()
    for text, way in told:
        pen.write(text, way)
    return pen.draft()


@given(pieces)
def test_what_is_written_hidden_is_what_is_marked(told):
    draft = drafted(told)

    marked = "".join(draft.text[mark.start : mark.end] for mark in draft.marks)
    assert marked == "".join(text for text, way in told if way)[: len(marked)]
    assert draft.text == "".join(text for text, _ in told).rstrip()


@given(pieces)
def test_letters_that_change_their_length_move_no_mark_to_others(told):
    draft = drafted(told)

    grown = draft.converted(lambda piece: piece.replace("a", "aaa").replace("b", ""))

    assert [grown.text[mark.start : mark.end] for mark in grown.marks] == [
        draft.text[mark.start : mark.end].replace("a", "aaa").replace("b", "")
        for mark in draft.marks
    ]


@given(st.lists(letters, max_size=6))
def test_pages_bound_together_begin_with_their_text(texts):
    book = bound(Draft(text, (0,)) for text in texts)

    assert len(book.pages) == len(texts)
    for text, start in zip(texts, book.pages, strict=True):
        assert book.text[start:].startswith(text.rstrip())


@given(st.lists(letters, max_size=6))
def test_pages_taken_apart_and_bound_again_are_the_same(texts):
    book = bound(Draft(text, (0,)) for text in texts)

    assert bound(book.parts()) == book


def test_places_inside_an_edit_go_to_its_ends():
    draft = Draft("abcdef", (0, 3), (Sign("X", 2, 4),))

    assert draft.rewritten([Edit(1, 5, "-")]) == Draft("a-f", (0, 2), (Sign("X", 2, 2),))


def test_stretches_parted_by_blanks_alone_are_one():
    marks = (Sign("X", 0, 2, "one"), Sign("X", 3, 5, "other"), Sign("X", 6, 7, "one"))
    draft = Draft("ab cd,f", (), marks)

    assert draft.ranges("X") == (Span(0, 5), Span(6, 7))
