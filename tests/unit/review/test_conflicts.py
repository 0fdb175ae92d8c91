"""Who is kept from what, and on which ground."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.review.domain.conflicts import (
    Ground,
    Judge,
    Ties,
    TooFewJudges,
    check_enough,
    survey,
)
from services.review.domain.entries import Entry

TREE = Ties(parents={"CNTT": "STTTT", "TTDL": "STTTT", "PHONG-1": "CNTT"})


def an_entry(*units: str, authors: tuple[str, ...] = ("p-1",), entry_id: str = "e-1") -> Entry:
    return Entry(
        entry_id=entry_id,
        title=f"Một cửa {entry_id}",
        author_ids=frozenset(authors),
        units=frozenset(units),
    )


def a_judge(*units: str, person_id: str = "j-1") -> Judge:
    return Judge(person_id, frozenset(units))


@pytest.mark.parametrize(
    ("judge", "entry", "ground"),
    [
        (a_judge("SNV"), an_entry("SNV"), Ground.OWN_UNIT),
        (a_judge("SNV"), an_entry("SYT", "SNV"), Ground.OWN_UNIT),
        (a_judge("STTTT"), an_entry("CNTT"), Ground.RELATED_UNIT),
        (a_judge("CNTT"), an_entry("STTTT"), Ground.RELATED_UNIT),
        (a_judge("CNTT"), an_entry("TTDL"), None),  # two units under one roof
        (a_judge("STTTT"), an_entry("PHONG-1"), None),  # two steps apart
        (a_judge("SNV"), an_entry(), None),
        (a_judge(), an_entry("SNV"), None),  # known to be outside every unit
        (a_judge(person_id="p-1"), an_entry(), Ground.AUTHOR),
        (Judge("j-1", None), an_entry("SNV"), Ground.UNKNOWN_UNIT),
        (Judge("j-1", None), an_entry(), None),
    ],
)
def test_nearness_keeps_a_judge_away(judge, entry, ground):
    assert TREE.between(judge, entry) is ground


def test_declared_conflict_keeps_a_judge_away_from_that_entry_only():
    ties = Ties(parents={}, declared=frozenset({("j-1", "e-1")}))

    assert ties.between(a_judge(), an_entry()) is Ground.DECLARED
    assert ties.between(a_judge(), an_entry(entry_id="e-2")) is None


def test_survey_names_the_free_and_the_kept_away():
    judges = [a_judge("SNV"), a_judge("SYT", person_id="j-2")]

    found = survey([an_entry("SNV"), an_entry(entry_id="e-2")], judges, TREE)

    assert found.free == {"e-1": ("j-2",), "e-2": ("j-1", "j-2")}
    assert found.kept_away == {"e-1": {"j-1": Ground.OWN_UNIT}, "e-2": {}}


@pytest.mark.parametrize(
    ("reveal", "message"),
    [(True, r"“Một cửa e-1” \(1/2: j-1 OWN_UNIT\)\."), (False, r"“Một cửa e-1” \(1/2\)\.")],
)
def test_entry_without_enough_judges_is_named_and_its_grounds_only_to_those_who_may_know(
    reveal, message
):
    judges = [a_judge("SNV"), a_judge("SYT", person_id="j-2")]
    found = survey([an_entry("SNV"), an_entry(entry_id="e-2")], judges, TREE)
    titles = {"e-1": "Một cửa e-1", "e-2": "Một cửa e-2"}

    with pytest.raises(TooFewJudges, match=message):
        check_enough(found, titles, 2, reveal=reveal)


units = st.frozensets(st.sampled_from(["A", "B", "C", "D"]), max_size=2)
parents = st.dictionaries(st.sampled_from("ABCD"), st.sampled_from("ABCD"))


@given(units, units, parents)
def test_nearness_of_units_is_mutual(ours, theirs, parents):
    ties = Ties(parents=parents)

    assert ties.by_unit(ours, theirs) is ties.by_unit(theirs, ours)


@given(st.none() | units, units, parents)
def test_every_judge_is_either_free_or_kept_away(judge_units, entry_units, parents):
    judge, entry = Judge("j-1", judge_units), an_entry(*entry_units)

    found = survey([entry], [judge], Ties(parents=parents))

    assert ("j-1" in found.free["e-1"]) != ("j-1" in found.kept_away["e-1"])
