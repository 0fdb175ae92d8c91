"""What a caller makes of an answer."""

import pytest

from kernel import envelope
from kernel.client import RemoteFailure, RemoteRefusal, _opened
from kernel.errors import NotFound
from kernel.execute import refusal


def test_a_reply_is_what_was_replied():
    assert _opened(envelope.encode({"ok": [1, None]})) == [1, None]


def test_a_refusal_is_raised_as_the_service_raised_it():
    answer = refusal(NotFound("There is no entry {entry_id}.", entry_id=7))

    with pytest.raises(RemoteRefusal, match=r"^There is no entry 7\.$") as caught:
        _opened(answer)

    assert (caught.value.code, caught.value.kind) == ("NotFound", "NotFound")
    assert caught.value.params == {"entry_id": "7"}


def test_a_brace_a_service_meant_as_such_stays():
    refused = RemoteRefusal("Bad", "Refused", "Write {x}.", {})

    assert str(refused) == "Write {x}."


def test_a_failure_is_told_apart_from_a_refusal():
    answer = envelope.encode({"failed": {"code": "Unexpected", "message": "c-1"}})

    with pytest.raises(RemoteFailure, match=r"^Unexpected: c-1$"):
        _opened(answer)


@pytest.mark.parametrize("answer", [b"{}", b"[]", b'{"refused": {"code": "X"}}'])
def test_an_answer_nobody_understands_is_a_failure(answer):
    with pytest.raises(RemoteFailure, match="nobody understands"):
        _opened(answer)
