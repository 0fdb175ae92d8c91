"""Names, envelopes and their digests."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import intake, review
from contracts.message import Actor, Event, Message
from kernel import envelope
from kernel.envelope import Undecodable

NOW = datetime(2022, 7, 1, 5, 0, tzinfo=UTC)
SOMEBODY = Actor(id="p-1", roles=frozenset({"judge", "chair"}))
words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


def wrapped(message: Message, **options):
    given_ = {"tenant": "hau-giang", "actor": SOMEBODY, "occurred_at": NOW} | options
    return envelope.wrap(message, **given_)


def asked(round_id: str = "R1") -> review.ShowRound:
    return review.ShowRound(contest_id="hg", round_id=round_id)


def test_a_message_is_named_after_its_module_and_class():
    assert envelope.name_of(intake.EntrySubmitted) == "intake.EntrySubmitted"
    assert envelope.owner_of(review.GiveMarks) == "review"


def test_every_contract_is_known_by_its_name_and_the_abstract_ones_only_as_bases():
    known = envelope.known_messages()

    assert known["review.ShowRound"] is review.ShowRound
    assert {name for name, kind in known.items() if envelope.name_of(kind) != name} == set()


def test_speakers_are_the_services_with_events():
    owners = {
        envelope.owner_of(kind)
        for kind in envelope.known_messages().values()
        if issubclass(kind, Event)
    }

    assert set(envelope.speakers()) == owners - {"message"}


def test_a_message_without_a_past_starts_a_chain():
    enveloped = wrapped(asked())

    assert enveloped.correlation_id == enveloped.id
    assert (enveloped.causation_id, enveloped.traceparent) == (None, None)
    assert len(enveloped.id) == 32


@given(
    message_id=words,
    tenant=words.filter(lambda name: name not in ("", "*")),
    round_id=words,
    trace=st.none() | words,
)
def test_an_envelope_comes_out_as_it_went_in(message_id, tenant, round_id, trace):
    sent = wrapped(
        asked(round_id),
        tenant=tenant,
        message_id=message_id or "m",
        correlation_id="c",
        causation_id="k",
        traceparent=trace,
    )

    received = envelope.decode(envelope.encode(sent))

    assert envelope.encode(received) == envelope.encode(sent)
    assert envelope.unwrap(received, review.ShowRound) == asked(round_id)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[]", b'{"id": "m-1"}', b'{"id": 7}'])
def test_what_is_no_envelope_is_undecodable(data):
    with pytest.raises(Undecodable):
        envelope.decode(data)


@pytest.mark.parametrize("tenant", ["", "*"])
def test_an_envelope_for_everybody_is_undecodable(tenant):
    data = envelope.encode(wrapped(asked(), tenant=tenant))

    with pytest.raises(Undecodable, match="one tenant"):
        envelope.decode(data)


@pytest.mark.parametrize(
    "value",
    [b"[" * 100_000 + b"]" * 100_000, b'"\xff\xfe"', b'"a\\u0000b"', b'"\\ud800"'],
    ids=["too deep", "no UTF-8", "NUL", "half a character"],
)
def test_what_no_service_could_keep_is_undecodable(value):
    data = envelope.encode(wrapped(asked("here"))).replace(b'"here"', value)

    with pytest.raises(Undecodable):
        envelope.unwrap(envelope.decode(data), review.ShowRound)


def test_a_backslash_before_u0000_is_text_like_any_other():
    sent = wrapped(asked(r"\u0000"))

    assert envelope.unwrap(sent, review.ShowRound) == asked(r"\u0000")


def test_a_body_of_another_shape_is_undecodable_and_named():
    enveloped = wrapped(asked())

    with pytest.raises(Undecodable, match=r"review\.ShowRound: .*`code`"):
        envelope.unwrap(enveloped, review.GiveMarks)


def test_a_field_of_tomorrow_is_passed_over():
    sent = envelope.encode(wrapped(asked())).replace(b'"round_id"', b'"colour":"red","round_id"')

    assert envelope.unwrap(envelope.decode(sent), review.ShowRound) == asked()


@given(one=words, other=words)
def test_two_requests_have_one_digest_only_if_they_ask_the_same(one, other):
    first, second = wrapped(asked(one), message_id="c-1"), wrapped(asked(other), message_id="c-1")

    assert (envelope.digest(first) == envelope.digest(second)) == (one == other)


def test_the_same_question_by_another_person_is_another_request():
    first = wrapped(asked())
    second = wrapped(asked(), actor=Actor(id="p-2"))

    assert envelope.digest(first) != envelope.digest(second)


def test_when_and_under_which_id_is_no_part_of_the_digest():
    first = wrapped(asked(), message_id="c-1")
    second = wrapped(asked(), message_id="c-2", occurred_at=datetime(2023, 1, 1, tzinfo=UTC))

    assert envelope.digest(first) == envelope.digest(second)


@pytest.mark.parametrize("kind", ["ok", "refused", "failed"])
def test_the_outcome_is_read_off_a_reply(kind):
    assert envelope.outcome(envelope.encode({kind: {"code": "X"}})) == kind
