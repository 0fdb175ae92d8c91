"""However a letter is typed or escaped, it is passed on composed."""

import json
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.composing import composed
from services.gateway.domain import BadText

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@given(TEXT, st.booleans())
def test_a_document_means_the_same_composed(text, escaped):
    body = json.dumps({"title": text}, ensure_ascii=escaped).encode()

    # Letters beyond the basic plane stay escaped in pairs; no Vietnamese one is.
    assert normalize("NFC", json.loads(composed(body))["title"]) == normalize("NFC", text)


@pytest.mark.parametrize("body", [b'"Ca\\u0309i"', '"Ca\u0309i"'.encode(), '"Cải"'.encode()])
def test_a_decomposed_letter_is_composed_escaped_or_not(body):
    assert composed(body) == '"Cải"'.encode()


def test_an_escaped_backslash_is_none_before_a_letter():
    assert json.loads(composed(b'"\\\\u0000"')) == "\\u0000"


@pytest.mark.parametrize("body", [b'"\\u0000"', b'"\\\\\\u0000"', b"\xff"])
def test_what_is_no_text_is_refused(body):
    with pytest.raises(BadText):
        composed(body)
