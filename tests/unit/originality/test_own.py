"""An own check tells of the entrant's text, and of other entries only that they are there."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.originality import OwnSource
from services.originality.domain.own import OwnChecksClosed, OwnChecksUsedUp, left, own
from tests.unit.originality.reports import full_report

HIDDEN = "BÍ MẬT CỦA NGƯỜI KHÁC"


@given(st.integers(1, 20), st.integers(0, 40))
def test_checks_are_left_until_all_of_the_day_are_used(allowed, used):
    if used < allowed:
        assert left(allowed, used) == allowed - used - 1
    else:
        with pytest.raises(OwnChecksUsedUp):
            left(allowed, used)


@pytest.mark.parametrize("used", [0, 3])
def test_there_are_none_where_the_rules_allow_none(used):
    with pytest.raises(OwnChecksClosed):
        left(0, used)


def test_known_initiative_is_named_and_another_entry_is_not():
    report = full_report()

    told = own(report, 2)

    known, other = report.matches
    assert told.sources == (
        OwnSource(
            source_kind="KNOWN_INITIATIVE",
            share=known.share,
            title=known.title,
            place=known.place,
            applied_on=known.applied_on,
        ),
        OwnSource(source_kind="ENTRY", share=other.share),
    )
    assert (told.words, told.share, told.left) == (report.words, report.share, 2)
    assert [passage.sources for passage in told.passages] == [(0, 1), (1,), (1,)]


def test_nothing_of_another_entry_gets_through_in_any_field():
    report = full_report()
    known, other = report.matches
    of_others = {name: HIDDEN for name, kind in texts_of(type(other)) if name != "source_kind"}
    passages = tuple(replace(one, source_text=HIDDEN) for one in other.passages)
    spied = replace(
        report,
        matches=(
            replace(known, passages=tuple(replace(p, also=(HIDDEN,)) for p in known.passages)),
            replace(other, **of_others, passages=passages),
        ),
        ideas=tuple(
            replace(one, source_kind="ENTRY", source_id=HIDDEN, title=HIDDEN, place=HIDDEN)
            for one in report.ideas
        ),
    )

    told = msgspec.json.encode(own(spied, 0)).decode()

    assert HIDDEN in msgspec.json.encode(spied).decode()
    assert HIDDEN not in told


def texts_of(kind):
    """Return the fields of a struct that hold a text."""
    return [
        (field.name, field.type)
        for field in msgspec.structs.fields(kind)
        if field.type in (str, str | None)
    ]
