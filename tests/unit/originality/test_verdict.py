"""What a comparison means for an entry: nobody, a person, or nothing can be said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.originality.domain import Comparison, Level, Overlap, Policy, Reading, Verdict, judge

POLICY = Policy(
    contest_id="HG-2022",
    title="Cuộc thi sáng kiến",
    descriptions=frozenset({"BAN_THUYET_MINH"}),
    cutoff=date(2022, 6, 30),
    report_above=Decimal("0.20"),
    must_review_above=Decimal("0.30"),
)
READABLE = Reading(words=2000, known_share=Decimal("0.97"))


def sharing(*matched: int, excluded: int = 0, source_words: int = 3000) -> Comparison:
    """Return a comparison of 2,000 words with sources that share so many each."""
    overlaps = tuple(Overlap(n, words, source_words) for n, words in enumerate(matched, start=1))
    return Comparison(2000, excluded, sum(matched), overlaps)


def verdict(found: Comparison, reading: Reading = READABLE) -> Verdict:
    return judge(POLICY, reading, found)


def test_text_of_its_own_is_clear():
    assert verdict(sharing()) == Verdict(Level.CLEAR, Decimal(0), Decimal(0), (), ())


def test_chance_resemblance_names_nobody():
    clear = verdict(sharing(60, 40))

    assert clear == Verdict(Level.CLEAR, Decimal("0.05"), Decimal(0), (), ())


def test_share_worth_reporting_is_told_and_needs_nobody():
    told = verdict(sharing(90, 90, 90, 90, 90))

    assert (told.level, told.share, told.listed) == (
        Level.CLEAR,
        Decimal("0.225"),
        (1, 2, 3, 4, 5),
    )


def test_share_above_the_rules_needs_a_person():
    assert verdict(sharing(*[90] * 7)).level is Level.REVIEW


def test_share_at_the_limit_needs_nobody():
    assert verdict(sharing(*[75] * 8)).level is Level.CLEAR


def test_one_strong_match_needs_a_person_whatever_the_share():
    strong = verdict(sharing(100, 40))

    assert (strong.level, strong.share, strong.listed) == (Level.REVIEW, Decimal("0.07"), (1, 2))


def test_half_of_a_short_source_is_a_strong_match():
    assert verdict(sharing(45, source_words=90)).level is Level.REVIEW
    assert verdict(sharing(44, source_words=90)).level is Level.CLEAR
    assert verdict(sharing(39, source_words=39)).level is Level.CLEAR


def test_share_is_of_the_words_that_count():
    assert verdict(sharing(90, excluded=1000)).share == Decimal("0.09")


def test_text_that_is_mostly_quotation_needs_a_person():
    quoted = verdict(sharing(excluded=1201))

    assert (quoted.level, quoted.flags) == (Level.REVIEW, ("MOSTLY_QUOTED",))


@pytest.mark.parametrize(
    ("reading", "flag"),
    [
        (replace(READABLE, problem="DAMAGED"), "DAMAGED"),
        (replace(READABLE, words=39), "NO_TEXT"),
        (replace(READABLE, known_share=Decimal("0.7499")), "NOT_VIETNAMESE"),
    ],
)
def test_text_that_cannot_be_read_never_passes_for_original(reading, flag):
    unread = verdict(sharing(), reading)

    assert (unread.level, unread.flags) == (Level.UNREADABLE, (flag,))


def test_flags_of_a_clear_text_are_kept():
    assert verdict(sharing(), replace(READABLE, flags=("REPLACED_LETTERS",))) == Verdict(
        Level.CLEAR, Decimal(0), Decimal(0), (), ("REPLACED_LETTERS",)
    )


def test_file_whose_hidden_text_cannot_be_looked_for_says_so_and_is_judged_as_any_other():
    unsought = verdict(sharing(), replace(READABLE, flags=("HIDDEN_UNSOUGHT",)))

    assert (unsought.level, unsought.flags) == (Level.CLEAR, ("HIDDEN_UNSOUGHT",))


@given(st.lists(st.integers(30, 2000), max_size=8), st.integers(0, 2000), st.integers(1, 5000))
def test_clear_text_never_hides_a_strong_match_or_a_high_share(matched, excluded, source_words):
    overlaps = tuple(Overlap(n, words, source_words) for n, words in enumerate(matched))
    together = min(sum(matched), 2000 - excluded)

    said = verdict(Comparison(2000, excluded, together, overlaps))

    strong = {overlap.source for overlap in overlaps if overlap.is_strong}
    assert strong <= set(said.listed)
    assert 0 <= said.share <= 1
    assert 0 <= said.excluded_share <= 1
    if said.level is Level.CLEAR:
        assert not strong
        assert said.share <= POLICY.must_review_above
