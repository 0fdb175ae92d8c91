"""What a text leaves out, kept beside it, changes nothing of a comparison but its cost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.originality.engine import comparison, masks
from services.originality.engine.comparison import Comparison, Source, compare
from services.originality.engine.quotations import excluded
from services.originality.engine.words import scan
from tests.unit.originality.disguise import paragraphs, text

LAW, OTHER_LAW = text("dan_luat"), text("dan_luat_khac")
TITLE = " ".join(paragraphs("hen_gio")[2].split()[:6])  # words of the text, for a title


def packed(written: str) -> bytes:
    return masks.pack(excluded(scan(written)))


@given(st.lists(st.booleans()))
def test_what_is_packed_comes_back(left_out):
    masked = np.array(left_out, np.bool_)

    assert masks.unpack(masks.pack(masked), len(masked)).tolist() == left_out


@pytest.mark.parametrize("kept", [None, b"", b"another version"])
def test_what_another_version_has_packed_is_unknown(kept):
    assert masks.unpack(kept, 3) is None


def test_what_was_packed_of_another_text_is_unknown():
    assert masks.unpack(masks.pack(np.ones(3, np.bool_)), 4) is None


@pytest.mark.parametrize("phrases", [(), (TITLE,)])
@pytest.mark.parametrize("source", [LAW, text("hen_gio"), f"{LAW}\n\n{text('hen_gio')}"])
def test_source_compares_the_same_with_what_is_kept_of_it(source, phrases):
    suspect = f"{OTHER_LAW}\n\n{text('hen_gio')}\n\n{LAW}"

    known, unknown = (
        compare(Comparison(suspect, (Source(1, source, phrases, kept),), phrases))
        for kept in (packed(source), None)
    )

    assert known == unknown
    assert known.matched_in_all


def test_what_is_kept_is_used():
    written = text("hen_gio")
    everything = masks.pack(np.ones(len(scan(written)), np.bool_))

    compared = compare(Comparison(written, (Source(1, written, left_out=everything),)))

    assert compared.sources == ()


def test_text_looked_at_a_moment_ago_tells_contests_apart():
    written = text("hen_gio")

    with_title, without = (comparison.prepare(written, told) for told in ((TITLE,), ()))

    assert with_title.masked.sum() == without.masked.sum() + 6


def test_source_that_is_remembered_compares_as_if_it_were_read_anew():
    own, source = f"{OTHER_LAW}\n\n{text('hen_gio')}", f"{LAW}\n\n{text('hen_gio')}"
    asked = [
        Comparison(written, (Source(1, source, phrases, kept), Source(2, LAW)), phrases)
        for written in (own, text("kho_giay"), source)
        for phrases in ((), (TITLE,))
        for kept in (packed(source), None)
    ]

    remembered = [compare(each) for each in (*asked, *asked)]
    anew = []
    for each in asked:
        comparison.source_of.cache_clear()
        anew.append(compare(each))

    assert remembered == anew + anew
    assert any(each.sources for each in anew)
