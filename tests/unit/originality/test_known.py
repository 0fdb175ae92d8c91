"""A known initiative counts if the rules name its scope and it is not from after the cut-off."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import Novelty
from services.originality.domain import Policy, Scope, counts, scopes_of
from tests.unit.originality.builders import some_rules

CUTOFF = date(2022, 6, 30)
WORDS = {
    "unit_applied": {Scope.UNIT},
    "province_applied": {Scope.UNIT, Scope.PROVINCE},
    "other_provinces_public": {Scope.OTHER_PROVINCE},
    "published": {Scope.PUBLICATION},
    "mass_media": {Scope.PUBLICATION},
    "other_contest": {Scope.OTHER_CONTEST},
}
days = st.dates(date(1990, 1, 1), date(2030, 1, 1))
scopes = st.sampled_from(Scope)


def novelty(scope: tuple[str, ...] = (), forbid: tuple[str, ...] = ()) -> Novelty:
    return msgspec.structs.replace(some_rules().novelty, scope=scope, forbid=forbid)


@pytest.mark.parametrize(("word", "named"), WORDS.items())
def test_each_word_of_the_rules_names_its_scopes(word, named):
    assert scopes_of(novelty(scope=(word,))) == named
    assert scopes_of(novelty(forbid=(word,))) == named


def test_policy_has_what_scope_and_forbid_name_together():
    policy = Policy.of(some_rules())

    assert policy.scopes == {Scope.UNIT, Scope.PROVINCE, Scope.PUBLICATION}


def test_word_nobody_knows_names_nothing():
    assert scopes_of(novelty(scope=("whole_world",))) == frozenset()


@given(st.lists(st.sampled_from(sorted(WORDS))), st.sampled_from(sorted(WORDS)))
def test_more_words_never_count_less(words, more):
    fewer = scopes_of(novelty(scope=tuple(words)))

    assert fewer <= scopes_of(novelty(scope=(*words, more)))


@given(scopes, st.frozensets(scopes), days, days)
def test_what_counts_counts_under_any_later_cutoff(scope, named, applied_on, cutoff):
    later = cutoff + timedelta(days=1)

    if counts(scope, applied_on, named, cutoff):
        assert counts(scope, applied_on, named, later)
    assert counts(scope, applied_on, named, cutoff) == (scope in named and applied_on <= cutoff)


@given(scopes, st.frozensets(scopes))
def test_initiative_of_an_unknown_day_counts_if_its_scope_is_named(scope, named):
    assert counts(scope, None, named, CUTOFF) == (scope in named)


def test_day_of_the_cutoff_counts_and_the_next_does_not():
    assert counts(Scope.PROVINCE, CUTOFF, [Scope.PROVINCE], CUTOFF)
    assert not counts(Scope.PROVINCE, CUTOFF + timedelta(days=1), [Scope.PROVINCE], CUTOFF)
