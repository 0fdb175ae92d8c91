"""Severity is found where it was planted and ranks are as sure as they say, or it is refused."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.rules import Calibration
from services.review.calibration.answering import calibrated, estimated
from services.review.calibration.asking import Asked
from services.review.calibration.fitting import Sheets, fit


@dataclass
class World:
    """Planted qualities and severities, and the sheets that came of them."""

    qualities: np.ndarray
    severities: np.ndarray
    asked: Asked

    def ranks(self) -> dict[str, int]:
        order = np.argsort(-self.qualities)
        return {self.asked.entries[entry]: place for place, entry in enumerate(order, start=1)}


def world(entries, judges, each, seed, noise=4.0) -> World:
    """Plant qualities (sd 6) and severities (sd 4); marks come in steps of a half point."""
    chance = np.random.default_rng(seed)
    qualities = 70 + 6 * chance.standard_normal(entries)
    severities = 4 * chance.standard_normal(judges)
    entry = np.repeat(np.arange(entries), each)
    judge = np.concatenate([chance.choice(judges, each, replace=False) for _ in range(entries)])
    heard = qualities[entry] + severities[judge] + noise * chance.standard_normal(len(entry))
    return World(
        qualities,
        severities - np.bincount(judge, minlength=judges) @ severities / len(judge),
        Asked(
            entries=tuple(f"e-{n}" for n in range(entries)),
            judges=tuple(f"j-{n}" for n in range(judges)),
            entry=tuple(map(int, entry)),
            judge=tuple(map(int, judge)),
            total=tuple(float(total) for total in np.round(heard * 2) / 2),
            rule=Calibration(),
            seed=seed,
        ),
    )


def test_planted_severities_are_found_within_their_errors():
    strayed = []
    for seed in range(12):
        planted = world(120, 12, 3, seed)
        for one, true in zip(estimated(planted.asked).severities, planted.severities, strict=True):
            strayed.append((float(one.points) - true) / one.error)

    # 144 errors measured in standard errors: about normal, and none absurd.
    assert 0.8 < np.std(strayed) < 1.2
    assert abs(np.mean(strayed)) < 0.3
    assert np.max(np.abs(strayed)) < 4


def test_without_noise_severities_and_order_are_found_exactly():
    planted = world(40, 8, 3, seed=5, noise=0.0)
    exact = np.asarray(planted.asked.entry), np.asarray(planted.asked.judge)
    totals = planted.qualities[exact[0]] + planted.severities[exact[1]]
    asked = replace(planted.asked, total=tuple(map(float, totals)))
    sheets = Sheets.of(asked)

    found = fit(sheets, asked, sheets.pairs())

    assert np.allclose(found.severities, planted.severities)
    assert np.allclose(found.qualities, planted.qualities)


def test_least_squares_agree_with_a_solver_that_knows_nothing_of_graphs():
    asked = world(30, 6, 3, seed=8).asked
    sheets = Sheets.of(asked)
    design = np.zeros((len(asked.total), 36))
    design[np.arange(len(asked.total)), np.asarray(asked.entry)] = 1
    design[np.arange(len(asked.total)), 30 + np.asarray(asked.judge)] = 1

    found = fit(sheets, asked, sheets.pairs())

    solved, *_ = np.linalg.lstsq(design, np.asarray(asked.total), rcond=None)
    theirs = solved[30:] - np.average(solved[30:], weights=sheets.per_judge)
    covariance = np.linalg.pinv(design.T @ design)[30:, 30:]
    centred = np.eye(6) - sheets.per_judge / sheets.per_judge.sum()
    errors = np.sqrt(found.noise * np.diag(centred @ covariance @ centred.T))
    residuals = np.asarray(asked.total) - design @ solved
    assert np.allclose(found.severities, theirs)
    assert np.allclose(found.errors, errors)
    assert np.isclose(found.noise, residuals @ residuals / (90 - 35))


@pytest.mark.slow
@pytest.mark.parametrize(("entries", "judges", "each"), [(60, 9, 3), (200, 20, 3), (30, 6, 2)])
def test_intervals_hold_the_true_rank_about_as_often_as_they_say(entries, judges, each):
    held = []
    for seed in range(20):
        planted = world(entries, judges, each, seed)
        true = planted.ranks()
        lines = calibrated(planted.asked).lines
        held += [line.low <= true[line.entry_id] <= line.high for line in lines]

    assert 0.92 <= np.mean(held) <= 0.99


def test_calibrated_order_is_nearer_the_truth_than_the_raw_one():
    planted = world(200, 20, 3, seed=3)
    true = planted.ranks()
    totals = np.asarray(planted.asked.total)
    raw = np.bincount(np.asarray(planted.asked.entry), totals) / 3
    by_raw = {f"e-{entry}": place for place, entry in enumerate(np.argsort(-raw), start=1)}
    by_fit = {
        line.entry_id: place for place, line in enumerate(calibrated(planted.asked).lines, start=1)
    }

    def off(places):
        return sum(abs(places[entry] - true[entry]) for entry in true)

    assert off(by_fit) < off(by_raw)


def test_the_same_seed_gives_the_same_intervals():
    asked = world(50, 8, 3, seed=2).asked

    assert calibrated(asked) == calibrated(asked)
    assert calibrated(asked).lines != calibrated(replace(asked, seed=99)).lines


def test_equals_in_all_but_noise_are_unsure_and_clear_ones_are_sure():
    asked = world(40, 8, 4, seed=4, noise=1.0).asked
    entry = np.asarray(asked.entry)
    # Entry 0 is far above everybody, 1 and 2 share every judge and every total.
    total = np.where(entry == 0, np.asarray(asked.total) + 60, np.asarray(asked.total))
    judge = np.asarray(asked.judge)
    judge[entry == 2] = judge[entry == 1]
    total[entry == 2] = total[entry == 1]
    asked = replace(asked, judge=tuple(map(int, judge)), total=tuple(map(float, total)), room=1)

    lines = {line.entry_id: line for line in calibrated(asked).lines}

    assert (lines["e-0"].low, lines["e-0"].high, lines["e-0"].goes_on) == (1, 1, 1.0)
    assert lines["e-0"].above_next == 1.0
    assert 0.3 < lines["e-1"].above_next < 0.7


def test_judges_who_never_meet_are_refused_by_group():
    one, other = world(20, 4, 3, seed=1).asked, world(20, 4, 3, seed=2).asked
    apart = replace(
        one,
        entries=tuple(f"e-{n}" for n in range(40)),
        judges=tuple(f"j-{n}" for n in range(8)),
        entry=one.entry + tuple(n + 20 for n in other.entry),
        judge=one.judge + tuple(n + 4 for n in other.judge),
        total=one.total + other.total,
    )

    found = calibrated(apart).refusal

    assert (found.reason, found.groups) == (
        "NOT_CONNECTED",
        (("j-0", "j-1", "j-2", "j-3"), ("j-4", "j-5", "j-6", "j-7")),
    )


@pytest.mark.parametrize(
    ("change", "reason", "named"),
    [
        ({"entry": (), "judge": (), "total": ()}, "NO_SHEETS", ((), ())),
        (
            {"judges": ("j-0",), "entry": (0, 1), "judge": (0, 0), "total": (1.0, 2.0)},
            "TOO_FEW_JUDGES",
            (("j-0",), ()),
        ),
        (
            {
                "entry": (0, 0, 1),
                "judge": (0, 1, 0),
                "total": (1.0,) * 3,
            },
            "TOO_FEW_SHEETS_PER_ENTRY",
            ((), ("e-1",)),
        ),
        (
            {
                "entry": (0, 0, 1, 1),
                "judge": (0, 1) * 2,
                "total": (1.0,) * 4,
            },
            "TOO_FEW_SHEETS_PER_JUDGE",
            (("j-0", "j-1"), ()),
        ),
    ],
)
def test_too_little_is_refused_with_its_reason_and_whom_it_is_about(change, reason, named):
    two = {"entries": ("e-0", "e-1"), "judges": ("j-0", "j-1")}
    asked = replace(world(20, 4, 3, seed=1).asked, **(two | change))

    found = estimated(asked).refusal

    assert (found.reason, (found.judges, found.entries)) == (reason, named)
    assert calibrated(asked).refusal == found


def test_sheets_that_leave_nothing_for_the_noise_are_refused():
    few = replace(world(7, 3, 2, seed=1).asked, rule=Calibration(min_sheets_per_judge=2))

    assert estimated(few).refusal.reason == "TOO_FEW_SHEETS"


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(-8, 8))
def test_a_judge_stricter_by_a_constant_is_found_so_and_changes_no_quality(seed, points):
    asked = world(24, 4, 3, seed).asked
    total = np.asarray(asked.total) + np.where(np.asarray(asked.judge) == 1, points, 0)
    stricter = replace(asked, total=tuple(map(float, total)))
    sheets, others = Sheets.of(asked), Sheets.of(stricter)

    was = fit(sheets, asked, sheets.pairs())
    now = fit(others, stricter, others.pairs())

    moved = now.severities - was.severities
    assert np.allclose(moved - moved[0], [0, points, 0, 0])
    assert np.allclose(np.ptp(now.qualities - was.qualities), 0)


def test_severities_have_the_places_of_the_rules():
    asked = replace(world(24, 4, 3, seed=1).asked, rule=Calibration(places=1))

    assert {one.points.as_tuple().exponent for one in estimated(asked).severities} == {-1}
