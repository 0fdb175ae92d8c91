"""The exchange between provinces: what is asked, what is answered, and how often."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.originality.domain.exchange import (
    FEWEST,
    LEAST,
    MOST,
    Band,
    NotAFingerprint,
    Pace,
    QuotaSpent,
    TextTooShort,
    Thresholds,
    TooFewFingerprints,
    TooManyFingerprints,
    band_of,
    blur,
    check_pace,
    highest,
    keyed,
    question,
    read,
)
from tests.unit.originality.disguise import text
from tests.unit.originality.leaks import leaked
from tests.unit.originality.printing import prints_of

KEY, OTHER_KEY, SECRET = bytes(32), bytes([1]) * 32, bytes([2]) * 32
NOON = datetime(2022, 7, 1, 5, tzinfo=UTC)
THRESHOLDS = Thresholds()
ENTRIES = sorted((Path(__file__).parents[3] / "demo/entries").glob("*.md"))
numbers = st.integers(-(1 << 63), (1 << 63) - 1)
prints = st.frozensets(numbers, min_size=FEWEST, max_size=80)


def noise(seed: int = 1) -> Iterator[int]:
    dice = Random(seed)  # noqa: S311  # a test repeats itself
    return (dice.getrandbits(64) - (1 << 63) for _ in count())


@given(prints)
def test_question_is_read_back_with_noise_up_to_a_power_of_two(fingerprints):
    hashes = keyed(KEY, fingerprints)

    asked = question(hashes, noise())

    assert hashes <= read(asked)
    assert len(asked) >= max(LEAST, len(hashes))
    assert len(asked).bit_count() == 1
    assert [int(one, 16) for one in asked] != sorted(hashes)


@given(prints)
def test_order_of_a_question_is_that_of_the_keyed_numbers_alone(fingerprints):
    asked = question(keyed(KEY, sorted(fingerprints)), noise())

    assert asked == question(keyed(KEY, sorted(fingerprints, reverse=True)), noise())
    assert list(read(asked)) != list(asked)


@given(prints)
def test_another_key_keeps_nothing_in_common(fingerprints):
    assert keyed(KEY, fingerprints) & keyed(OTHER_KEY, fingerprints) == frozenset()
    assert len(keyed(KEY, fingerprints)) == len(fingerprints)


def test_long_text_is_asked_about_by_a_part_of_it():
    hashes = keyed(KEY, range(MOST + 500))

    asked = question(hashes, noise())

    assert len(asked) == MOST
    assert read(asked) <= hashes


def test_short_text_is_not_asked_about():
    with pytest.raises(TextTooShort):
        question(keyed(KEY, range(FEWEST - 1)), noise())


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ([], TooFewFingerprints),
        (["0" * 16] * LEAST, TooFewFingerprints),
        ([f"{n:016x}" for n in range(LEAST - 1)], TooFewFingerprints),
        ([f"{n:016x}" for n in range(MOST + 1)], TooManyFingerprints),
        ([f"{n:016X}" for n in range(10, 200)], NotAFingerprint),
        ([f"{n:x}" for n in range(200)], NotAFingerprint),
        (["cải cách hành chính"] * 200, NotAFingerprint),
    ],
)
def test_what_is_no_question_is_refused(written, refusal):
    with pytest.raises(refusal):
        read(written)


@given(st.lists(st.integers(0, 3000), max_size=60), st.integers(1, 20), st.integers(1, 5))
def test_nobody_asks_more_often_than_agreed(seconds, a_day, a_minute):
    pace = Pace(a_day, a_minute)
    answered: list[datetime] = []

    for second in sorted(seconds):
        now = NOON + timedelta(seconds=second)
        try:
            check_pace(answered, now, pace)
        except QuotaSpent:
            continue
        answered.append(now)

    minutes = Counter(min(60, (now - NOON) // timedelta(minutes=1)) for now in answered)
    assert len(answered) <= a_day
    assert all(found <= a_minute for found in minutes.values())


def test_the_next_day_questions_are_answered_again():
    pace = Pace(a_day=1, a_minute=1)

    check_pace([NOON], NOON + timedelta(days=1), pace)

    with pytest.raises(QuotaSpent):
        check_pace([NOON], NOON + timedelta(hours=23), pace)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 2))
def test_more_in_common_is_never_a_lower_band(shared, more, overlooked):
    order = list(Band)
    lower = band_of(shared, 400, overlooked, THRESHOLDS)

    assert order.index(lower) <= order.index(band_of(shared + more, 400, overlooked, THRESHOLDS))


@given(st.integers(0, 5), st.integers(1, 500), st.integers(0, 2))
def test_five_fingerprints_in_common_are_never_told(shared, prints, overlooked):
    assert band_of(shared, max(shared, prints), overlooked, THRESHOLDS) is Band.NONE


def test_half_of_a_short_initiative_is_the_highest_band():
    assert band_of(20, 40, 0, THRESHOLDS) is Band.HIGH
    assert band_of(20, 41, 0, THRESHOLDS) is Band.MEDIUM
    assert highest([Band.LOW, Band.HIGH, Band.NONE]) is Band.HIGH
    assert highest([]) is Band.NONE


@given(prints)
def test_blur_is_the_same_for_the_same_question_and_unknown_without_the_secret(asked):
    assert blur(SECRET, asked) == blur(SECRET, sorted(asked))
    assert 0 <= blur(SECRET, asked) <= 2


def test_blur_changes_with_a_single_fingerprint_of_a_question():
    found = Counter(blur(SECRET, [*range(100), 1000 + last]) for last in range(300))

    assert all(found[overlooked] > 60 for overlooked in range(3))


def test_copies_of_two_hundred_words_give_at_least_a_medium_band():
    dice = Random(5)  # noqa: S311
    known = [path.read_text().split() for path in ENTRIES]
    index = [keyed(KEY, prints_of(" ".join(words))) for words in known]
    bands: Counter[Band] = Counter()
    for place, words in enumerate(known):
        host = known[place - 1]
        for _ in range(4):
            first = dice.randrange(max(1, len(words) - 200))
            planted = " ".join([*host[:150], *words[first : first + 200], *host[150:]])
            asked = read(question(keyed(KEY, prints_of(planted)), noise()))
            shared = len(asked & index[place])
            bands[band_of(shared, len(index[place]), blur(SECRET, asked), THRESHOLDS)] += 1

    assert bands.total() == 4 * len(ENTRIES) >= 90
    assert bands[Band.MEDIUM] + bands[Band.HIGH] >= 0.95 * bands.total()


def test_texts_of_their_own_give_no_band():
    names = ("hen_gio", "kho_giay", "dan_luat", "dan_luat_khac")
    index = [keyed(KEY, prints_of(text(name))) for name in names]

    bands = {
        band_of(len(asked & other), len(other), 0, THRESHOLDS)
        for asked in index
        for other in index
        if asked is not other
    }

    assert bands == {Band.NONE}


def test_question_holds_no_five_words_of_the_text_and_a_leaky_one_would_be_seen():
    own = text("hen_gio")
    asked = question(keyed(KEY, prints_of(own)), noise())
    leaky = json.dumps({"fingerprints": asked, "hint": " ".join(own.split()[200:206])})

    assert leaked(json.dumps({"fingerprints": asked}), own) == set()
    assert leaked(leaky, own) != set()
