"""The recount accepts every honest contest, by whatever rules, and ranks as the services do."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.rules import Advance
from recount.checks import verify
from recount.kit import Kit
from tests.unit.recount.contests import a_round, kit_of, play, revoke, rows_of, rules_of
from tests.unit.recount.disputes import with_petitions
from tests.unit.recount.rulebooks import rulebooks


def steps_of(made, tmp_path, outside=()):
    file = tmp_path / "kit.zip"
    file.write_bytes(made.content)
    return list(verify(Kit(str(file)), list(outside)))


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rulebooks(), st.integers(1, 12), st.integers(0, 10_000), st.booleans())
def test_every_honest_contest_is_accepted_and_ranked_as_the_services_do(
    tmp_path, rules, entries, seed, takes_back
):
    contest = play(rules, entries=entries, seed=seed)
    if takes_back and contest.lines:
        revoke(contest)
    once = rules.awarding.per_author == "best"

    steps = steps_of(kit_of(rows_of(contest), with_authors=once), tmp_path)

    # The recount drew the list itself; that it was the services' is what made it go on.
    assert ("prizes", f"{len(contest.lines)} prizes follow from the marks") in steps
    assert steps[-1][0] == "papers"


@pytest.mark.parametrize("entries", [1, 200])
def test_so_are_the_smallest_and_a_large_one(tmp_path, entries):
    first = a_round("R1", advance=Advance(max_count=20))
    contest = play(rules_of(first, a_round("R2")), entries=entries, judges=7, seed=entries)

    steps = steps_of(kit_of(rows_of(contest)), tmp_path)

    assert steps[-1][0] == "papers"


@pytest.mark.parametrize("takes_back", [False, True])
def test_a_revision_rests_on_petitions_upheld_and_is_approved_by_those_concerned(
    tmp_path, takes_back
):
    contest, revised, ranked = with_petitions(takes_back=takes_back)

    steps = steps_of(kit_of(rows_of(contest)), tmp_path)

    assert [(one.entry_id, one.prize) for one in revised.changed] == [(ranked[3], "KK")]
    assert revised.lost == (ranked[2],)
    assert steps[-1][0] == "papers"


def test_the_same_state_makes_the_same_bytes():
    rows = rows_of(play(rules_of(a_round("R1")), seed=3))

    assert kit_of(rows).content == kit_of(rows).content


def test_a_kit_names_nobody_and_tells_no_title():
    contest = play(rules_of(a_round("R1")), seed=3)
    made = kit_of(rows_of(contest))
    text = ZipFile(BytesIO(made.content)).read("events.jsonl")

    assert "Ý tưởng mẫu" in str(rows_of(contest))
    assert "Ý tưởng mẫu" not in text.decode()
    assert '"p-1"' not in text.decode()
