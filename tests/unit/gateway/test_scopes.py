"""A token allows what was asked for and the client has, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import intake, review
from services.gateway import scopes
from services.gateway.scopes import PLAIN, ScopeExceeded, ScopeMissing, UnknownScope

CONTESTS = st.sampled_from(["contest:A", "contest:B"])
SOME = st.frozensets(st.sampled_from(sorted(PLAIN)) | CONTESTS)
OWN = SOME.filter(lambda held: held & PLAIN)


@given(OWN, SOME)
def test_a_token_never_allows_more_than_the_client_may(own, asked):
    try:
        held = scopes.granted(own, asked)
    except ScopeExceeded:
        held = own

    reached = {one for one in ("A", "B", "C") if scopes.covers(held, one)}
    assert held & PLAIN <= own
    assert reached <= {one for one in ("A", "B", "C") if scopes.covers(own, one)}


@given(OWN)
def test_who_asks_for_nothing_gets_all_of_theirs(own):
    assert scopes.granted(own, frozenset()) == own


def test_a_client_of_every_contest_may_ask_for_one():
    held = scopes.granted(PLAIN, frozenset({"status:read", "contest:A"}))

    assert held == {"status:read", "contest:A"}


@pytest.mark.parametrize("scope", ["admin", "contest:", "entries", "contest:a b"])
def test_a_scope_nobody_can_have_is_named(scope):
    with pytest.raises(UnknownScope, match="There is no scope"):
        scopes.check({scope})


DRAFT = intake.DraftEntry(
    contest_id="A", kind="INDIVIDUAL", group="G", title="T", summary="S", area="X", authors=()
)


@pytest.mark.parametrize(
    ("message", "held"),
    [
        (DRAFT, None),
        (DRAFT, {"entries:write"}),
        (DRAFT, {"entries:write", "contest:A"}),
        (intake.ListContests(), {"status:read"}),
    ],
)
def test_what_a_token_allows_is_let_through(message, held):
    scopes.check_message(message, held)


@pytest.mark.parametrize(
    ("message", "held"),
    [
        (DRAFT, {"entries:read"}),
        (DRAFT, {"entries:write", "contest:B"}),
        (intake.AcceptEntry(entry_id="e"), PLAIN),
        (review.CloseRound(contest_id="A", round_id="r"), PLAIN),
    ],
)
def test_everything_else_is_not(message, held):
    with pytest.raises(ScopeMissing):
        scopes.check_message(message, held)
