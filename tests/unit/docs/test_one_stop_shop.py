"""The example for one-stop shops trusts what notify signs, and nothing else."""

import importlib.util
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.hooks.pushing import new_secret, sign

PATH = Path(__file__).parents[3] / "docs/howto/one_stop_shop.py"
SPEC = importlib.util.spec_from_file_location("one_stop_shop", PATH)
assert SPEC is not None
assert SPEC.loader is not None
example = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(example)

AT = 1660525200
BODY = json.dumps({"type": "intake.EntryAccepted", "data": {"state": "ACCEPTED"}}).encode()


def headers(secret, body, at=AT, name="d-1"):
    return {
        "webhook-id": name,
        "webhook-timestamp": str(at),
        "webhook-signature": sign(secret, name, at, body),
    }


def test_what_notify_signed_is_trusted():
    secret = new_secret()

    said = example.verify(secret, headers(secret, BODY), BODY, now=AT + 10)

    assert said == json.loads(BODY)


def test_one_good_signature_among_several_is_enough():
    secret = new_secret()
    signed = headers(secret, BODY)
    signed["webhook-signature"] = "v1,AAAA " + signed["webhook-signature"]

    assert example.verify(secret, signed, BODY, now=AT) == json.loads(BODY)


@given(st.binary(min_size=1).filter(lambda body: body != BODY))
def test_another_body_under_the_same_signature_is_not_trusted(body):
    secret = new_secret()

    with pytest.raises(example.NotGenuine):
        example.verify(secret, headers(secret, BODY), body, now=AT)


def test_another_secret_is_not_trusted():
    with pytest.raises(example.NotGenuine):
        example.verify(new_secret(), headers(new_secret(), BODY), BODY, now=AT)


def test_an_old_push_played_again_is_not_trusted():
    secret = new_secret()

    with pytest.raises(example.NotGenuine):
        example.verify(secret, headers(secret, BODY), BODY, now=AT + 301)
