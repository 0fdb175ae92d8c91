"""Who may give which role, and which requests are the same."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Forbidden
from services.gateway import domain

text = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)
roles = st.frozensets(
    st.sampled_from([*sorted(domain.PLAIN_ROLES), "operator", "authority:UBND", "client", "king"])
)


@given(text, text, text, text)
def test_a_repeated_request_is_the_same_command(tenant, actor, key, part):
    first = domain.command_id(tenant, actor, key, part)

    assert domain.command_id(tenant, actor, key, part) == first


@given(st.lists(st.tuples(text, text, text, text), unique=True, min_size=2, max_size=8))
def test_another_tenant_actor_key_or_message_is_another_command(requests):
    ids = {domain.command_id(*request) for request in requests}

    assert len(ids) == len(requests)


@given(roles)
def test_an_operator_may_give_every_role_that_exists(wanted):
    if wanted & {"client", "king"}:
        with pytest.raises(domain.UnknownRole):
            domain.check_grant(frozenset({"operator"}), wanted)
    else:
        domain.check_grant(frozenset({"operator"}), wanted)


@given(roles)
def test_an_organiser_makes_neither_operators_nor_authorities(wanted):
    allowed = wanted <= domain.PLAIN_ROLES

    try:
        domain.check_grant(frozenset({"organiser"}), wanted)
    except (Forbidden, domain.UnknownRole):
        assert not allowed
    else:
        assert allowed


@given(roles.filter(bool))
def test_nobody_else_gives_any_role(wanted):
    with pytest.raises((Forbidden, domain.UnknownRole)):
        domain.check_grant(frozenset({"judge", "secretary"}), wanted)


@pytest.mark.parametrize("login", ["an", "an.nguyen", "an@hau-giang.gov.vn", "9a", "a" * 100])
def test_a_login_that_can_be_typed_in_one_way_is_taken(login):
    domain.check_login(login)


@pytest.mark.parametrize("login", ["", "a", "An", "nguyễn", ".an", "an nguyen", "a" * 101, "an\n"])
def test_a_login_that_could_be_mistaken_is_refused(login):
    with pytest.raises(domain.BadLogin):
        domain.check_login(login)


@given(text)
def test_a_token_is_not_kept_as_it_is(token):
    assert token not in {domain.token_digest(token), domain.form_token(token)}
    assert domain.token_digest(token) != domain.form_token(token)


def test_a_person_stays_signed_in_for_half_a_day_and_a_system_for_an_hour():
    now = datetime(2022, 7, 1, tzinfo=UTC)

    assert domain.expiry("PERSON", now) == datetime(2022, 7, 1, 12, tzinfo=UTC)
    assert domain.expiry("CLIENT", now) == datetime(2022, 7, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("sent", ["", "x" * 3000, "00-0-0-01", "00-" + "g" * 32])
def test_only_a_trace_context_goes_on(sent):
    assert domain.trace_or(sent, "fresh") == "fresh"
