"""The chain: what follows, and that nothing can be changed in it unseen."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.ledger.domain import (
    Broken,
    Head,
    Intact,
    Line,
    Recorded,
    Why,
    canonical,
    digest_of,
    verify,
)

TENANT = "hau-giang"
NOON = datetime(2022, 8, 15, 5, tzinfo=UTC)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
instants = st.datetimes(timezones=st.just(UTC))


@st.composite
def events(draw):
    envelope = canonical({"id": draw(texts), "body": draw(st.dictionaries(texts, texts))})
    event = Recorded.of(draw(texts), draw(texts), draw(instants), envelope)
    return event.without_body(b"salt") if draw(st.booleans()) else event


def chain_of(*recorded):
    head, lines = Head.genesis(TENANT), []
    for one in recorded:
        lines.append(head.append(one))
        head = head.after(lines[-1])
    return lines, head


def an_event(event_id="e-1", body='{"a":1}'):
    return Recorded.of(event_id, "intake.EntryAccepted", NOON, body)


def test_the_first_link_stands_on_the_tenants_name():
    event = Recorded.of("e-1", "intake.EntryAccepted", NOON, '{"a":1}')

    line = Head.genesis(TENANT).append(event)

    genesis = sha256(b"hau-giang").hexdigest()
    body = sha256(b'{"a":1}').hexdigest()
    link = (
        f'["{genesis}",1,"e-1","intake.EntryAccepted",'
        f'"2022-08-15T05:00:00.000000+00:00","{body}",true]'
    )
    assert line == Line(1, event, sha256(link.encode()).hexdigest())


def test_an_empty_chain_is_intact():
    verdict = verify(TENANT, [], Head.genesis(TENANT))

    assert verdict == Intact(Head(0, digest_of(TENANT)))


def test_the_same_events_of_another_tenant_make_another_chain():
    lines, head = chain_of(an_event())

    verdict = verify("ca-mau", lines, head)

    assert verdict == Broken(1, Why.LINK_CHANGED)


def test_a_body_replaced_with_its_digest_still_breaks_the_link():
    lines, head = chain_of(an_event("e-1"), an_event("e-2"), an_event("e-3"))
    lines[1] = replace(lines[1], recorded=an_event("e-2", '{"a":2}'))

    verdict = verify(TENANT, lines, head)

    assert verdict == Broken(2, Why.LINK_CHANGED)


def test_a_body_taken_away_breaks_the_link():
    lines, head = chain_of(an_event("e-1"), an_event("e-2"))
    lines[0] = replace(lines[0], recorded=lines[0].recorded.without_body(b"salt"))

    verdict = verify(TENANT, lines, head)

    assert verdict == Broken(1, Why.LINK_CHANGED)


def test_a_chain_cut_short_misses_its_next_link():
    lines, head = chain_of(an_event("e-1"), an_event("e-2"), an_event("e-3"))

    verdict = verify(TENANT, lines[:2], head)

    assert verdict == Broken(3, Why.HEAD_CHANGED)


def test_a_link_beyond_the_head_belongs_to_nobody():
    lines, head = chain_of(an_event("e-1"), an_event("e-2"))
    extra = head.append(an_event("e-3"))

    verdict = verify(TENANT, [*lines, extra], head)

    assert verdict == Broken(3, Why.HEAD_CHANGED)


def test_the_canonical_form_sorts_members_and_leaves_letters_as_they_are():
    document = {"tên": "Sáng kiến", "b": [1, None, True], "a": {"z": "\n", "y": "0.50"}}

    text = canonical(document)

    assert text == '{"a":{"y":"0.50","z":"\\n"},"b":[1,null,true],"tên":"Sáng kiến"}'


def test_what_is_not_a_number_has_no_canonical_form():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(float("nan"))


json_documents = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(json_documents)
def test_the_canonical_form_does_not_depend_on_how_a_document_was_written(document):
    rewritten = json.loads(json.dumps(document, indent=2))

    assert canonical(rewritten) == canonical(document)


@given(st.lists(events(), max_size=8))
def test_an_honest_chain_is_intact(recorded):
    lines, head = chain_of(*recorded)

    assert verify(TENANT, lines, head) == Intact(head)


@st.composite
def changed_lines(draw, line):
    """Change exactly one thing in a line."""
    recorded = line.recorded
    return draw(
        st.one_of(
            st.integers().map(lambda n: replace(line, sequence=n)),
            texts.map(lambda text: replace(line, digest=text)),
            *(
                strategy.map(
                    lambda value, field=field: replace(
                        line, recorded=replace(recorded, **{field: value})
                    )
                )
                for field, strategy in {
                    "event_id": texts,
                    "type": texts,
                    "occurred_at": instants,
                    "body": st.none() | texts,
                    "body_digest": texts,
                }.items()
            ),
        )
    )


@given(st.data())
def test_any_single_changed_line_is_found(data):
    lines, head = chain_of(*data.draw(st.lists(events(), min_size=1, max_size=6)))
    at = data.draw(st.integers(0, len(lines) - 1))
    changed = data.draw(changed_lines(lines[at]))
    assume(changed != lines[at])

    verdict = verify(TENANT, [*lines[:at], changed, *lines[at + 1 :]], head)

    assert isinstance(verdict, Broken)
    assert verdict.at == at + 1


@given(st.data())
def test_any_single_removed_line_is_found(data):
    lines, head = chain_of(*data.draw(st.lists(events(), min_size=1, max_size=6)))
    at = data.draw(st.integers(0, len(lines) - 1))

    verdict = verify(TENANT, lines[:at] + lines[at + 1 :], head)

    assert isinstance(verdict, Broken)
    assert verdict.at == at + 1


@given(st.data())
def test_any_two_swapped_lines_are_found(data):
    lines, head = chain_of(*data.draw(st.lists(events(), min_size=2, max_size=6)))
    one = data.draw(st.integers(0, len(lines) - 2))
    other = data.draw(st.integers(one + 1, len(lines) - 1))
    lines[one], lines[other] = lines[other], lines[one]

    assert verify(TENANT, lines, head) == Broken(one + 1, Why.OUT_OF_PLACE)


@given(st.data())
def test_any_inserted_line_is_found_even_if_it_is_chained_well(data):
    lines, head = chain_of(*data.draw(st.lists(events(), max_size=6)))
    at = data.draw(st.integers(0, len(lines)))
    before = Head(at, lines[at - 1].digest) if at else Head.genesis(TENANT)
    forged = before.append(data.draw(events()))

    verdict = verify(TENANT, [*lines[:at], forged, *lines[at:]], head)

    assert isinstance(verdict, Broken)


@given(st.lists(events(), max_size=6), st.integers(0, 9), texts)
def test_any_changed_head_is_found(recorded, length, digest):
    lines, head = chain_of(*recorded)
    assume(Head(length, digest) != head)

    assert isinstance(verify(TENANT, lines, Head(length, digest)), Broken)


@given(instants, st.integers(-12, 14))
def test_an_instant_is_the_same_in_every_time_zone(instant, hours):
    assume(timedelta(days=1) < instant - datetime.min.replace(tzinfo=UTC))
    assume(timedelta(days=1) < datetime.max.replace(tzinfo=UTC) - instant)
    lines, head = chain_of(Recorded.of("e-1", "t", instant, "{}"))
    zone = timezone(timedelta(hours=hours))
    elsewhere = replace(lines[0].recorded, occurred_at=instant.astimezone(zone))

    assert verify(TENANT, [replace(lines[0], recorded=elsewhere)], head) == Intact(head)
