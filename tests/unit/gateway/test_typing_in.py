"""What is typed into an entry is read, and put back, without losing anything."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import intake
from services.gateway.portal import typing_in
from services.gateway.portal.typing_in import BadShare, BadYear

NAMES = st.text(st.sampled_from("Nguyễn Văn Anđ"), min_size=1).map(str.strip).filter(bool)
SHARES = st.decimals(0, 100, places=1).map(lambda share: share.normalize())
AUTHORS = st.lists(st.tuples(NAMES, SHARES), min_size=2, max_size=5)


def view(authors):
    return intake.EntryView(
        entry_id="e-1", contest_id="c-1", state="DRAFT", version=0, kind="COLLECTIVE",
        group="NGUOI_DAN", title="Một cửa", summary="", area="TTHC", channel="ONLINE",
        authors=authors, documents=(), timeline=(),
    )  # fmt: skip


@given(AUTHORS)
def test_what_a_form_shows_of_an_entry_is_read_as_the_same(authors):
    written = tuple(intake.Author(full_name=name, share=share) for name, share in authors)

    read = typing_in.read(typing_in.written(view(written)))

    assert read.authors == written
    assert (read.kind, read.title, read.unit_id) == ("COLLECTIVE", "Một cửa", None)


def test_one_author_alone_has_all_of_it_and_an_emptied_row_is_none():
    fields = {"author.0.full_name": "An", "author.0.share": "7", "author.1.person_id": "p-1"}

    (author,) = typing_in.read(fields).authors

    assert (author.full_name, author.share) == ("An", Decimal(100))


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"author.0.full_name": "A", "author.1.full_name": "B", "author.0.share": "x"}, BadShare),
        ({"index.0.index": "PAPI", "index.0.year": "22"}, BadYear),
    ],
)
def test_a_mistake_is_refused_and_names_its_field(fields, refusal):
    with pytest.raises(refusal) as found:
        typing_in.read(fields)

    assert typing_in.faulty(found.value) <= {"shares", "improves"}
    assert typing_in.faulty(found.value)


def test_names_are_listed_as_vietnamese_lists_have_them():
    names = ["Văn phòng", "Ủy ban", "Đài", "Ban", "Dân vận"]

    assert sorted(names, key=typing_in.alphabetical) == [
        "Ban", "Đài", "Dân vận", "Ủy ban", "Văn phòng"
    ]  # fmt: skip
