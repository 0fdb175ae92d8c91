"""Who is kept from what, and on which ground."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import ConflictRules
from services.review.domain.conflicts import (
    EXCUSABLE,
    Bar,
    Ground,
    Judge,
    People,
    Said,
    Ties,
    TooFewJudges,
    check_enough,
    identities,
    survey,
)
from services.review.domain.conflicts.saying import (
    NoReasonGiven,
    NotExcusable,
    check_excusable,
    check_reason,
)
from services.review.domain.entries import Entry
from services.review.domain.units import Post, Succession, Units

TREE = Ties(Units({"CNTT": "STTTT", "TTDL": "STTTT", "PHONG-1": "CNTT"}))


def an_entry(*units: str, authors: tuple[str, ...] = ("p-1",), entry_id: str = "e-1") -> Entry:
    return Entry(
        entry_id=entry_id,
        title=f"Một cửa {entry_id}",
        author_ids=frozenset(authors),
        units=frozenset(units),
    )


def a_judge(*units: str, person_id: str = "j-1") -> Judge:
    return Judge(person_id, frozenset(units))


LEFT_LONG_AGO = frozenset({Post("SNV", until=date(2001, 1, 1))})
HOLDS = frozenset({Post("SYT", since=date(2001, 1, 1))})


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
        (Judge("j-1", None), an_entry(), Ground.UNKNOWN_UNIT),
        # where somebody was once does not tell where they are
        (Judge("j-1", None, LEFT_LONG_AGO), an_entry("SNV"), Ground.UNKNOWN_UNIT),
        (Judge("j-1", None, HOLDS), an_entry("SNV"), None),
        (Judge("j-1", None, HOLDS), an_entry("SYT"), Ground.OWN_UNIT),
    ],
)
def test_nearness_keeps_a_judge_away(judge, entry, ground):
    assert TREE.between(judge, entry) is ground


def test_declared_conflict_keeps_a_judge_away_from_that_entry_only():
    ties = Ties(Units({}), said=Said(entries={("j-1", "e-1"): "d-1"}))

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


MERGER = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("reach", "ground"),
    [("OWN", None), ("ADJACENT", None), ("CHAIN", Ground.RELATED_UNIT)],
)
def test_rules_say_how_far_up_and_down_the_chain_nearness_reaches(reach, ground):
    ties = Ties(TREE.units, ConflictRules(units=reach))

    assert ties.between(a_judge("STTTT"), an_entry("PHONG-1")) is ground
    assert ties.between(a_judge("PHONG-1"), an_entry("STTTT")) is ground


def test_rules_that_name_the_own_unit_only_let_the_unit_above_judge():
    ties = Ties(TREE.units, ConflictRules(units="OWN"))

    assert ties.between(a_judge("STTTT"), an_entry("CNTT")) is None


@pytest.mark.parametrize(
    ("day", "ground"), [(MERGER - timedelta(days=1), None), (MERGER, Ground.OWN_UNIT)]
)
def test_departments_that_are_merged_are_one_unit_from_that_day(day, ground):
    links = (Succession("SKHCN", "SKHCN_MOI", MERGER), Succession("STTTT", "SKHCN_MOI", MERGER))
    ties = Ties(Units({}, links, day))

    assert ties.between(a_judge("SKHCN"), an_entry("STTTT")) is ground


def test_ground_names_the_units_as_they_are_today():
    links = (Succession("SKHCN", "MOI", MERGER), Succession("STTTT", "MOI", MERGER))
    ties = Ties(Units({}, links, MERGER))

    (bar,) = ties.bars(a_judge("SKHCN"), an_entry("STTTT"))

    assert bar == Bar(Ground.OWN_UNIT, frozenset({"MOI"}), frozenset({"MOI"}))


def test_who_was_in_a_unit_that_was_split_may_be_in_any_part_of_it():
    links = (Succession("SXD", "SXD_1", MERGER), Succession("SXD", "SXD_2", MERGER))
    ties = Ties(Units({}, links, MERGER))

    assert ties.between(a_judge("SXD"), an_entry("SXD_2")) is Ground.OWN_UNIT
    assert ties.between(a_judge("SXD_1"), an_entry("SXD_2")) is None


def test_unit_below_one_that_was_merged_is_below_what_it_became():
    links = (Succession("STTTT", "SKHCN", MERGER),)
    before, after = (
        Ties(Units({"CNTT": "STTTT"}, links, day)) for day in (MERGER - timedelta(1), MERGER)
    )

    assert before.between(a_judge("SKHCN"), an_entry("CNTT")) is None
    assert after.between(a_judge("SKHCN"), an_entry("CNTT")) is Ground.RELATED_UNIT


LEFT = Post("SYT", date(2015, 1, 1), date(2020, 6, 30))


@pytest.mark.parametrize(
    ("day", "years", "ground"),
    [
        (date(2022, 6, 30), 2, Ground.FORMER_UNIT),
        (date(2022, 7, 1), 2, None),
        (date(2021, 1, 1), 0, None),
        (date(2020, 6, 30), 0, Ground.OWN_UNIT),  # the last day in office
        (date(2014, 12, 31), 5, None),  # not there yet
    ],
)
def test_unit_somebody_left_counts_for_as_long_as_the_rules_say(day, years, ground):
    ties = Ties(Units({}, (), day), ConflictRules(former_years=years))
    judge = Judge("j-1", frozenset({"SNV"}), frozenset({LEFT}))
    entry = Entry(entry_id="e-1", units=frozenset({"SNV_2"}), posts=frozenset({LEFT}))

    assert ties.between(judge, an_entry("SYT")) is ground
    assert ties.between(a_judge("SYT"), entry) is ground


def test_unit_that_was_left_and_has_been_merged_since_is_what_it_became():
    ties = Ties(
        Units({}, (Succession("SYT", "SYT_MOI", MERGER),), MERGER), ConflictRules(former_years=6)
    )
    judge = Judge("j-1", frozenset({"SNV"}), frozenset({LEFT}))

    assert ties.between(judge, an_entry("SYT_MOI")) is Ground.FORMER_UNIT


def test_somebody_known_under_two_ids_is_the_author_under_either():
    ties = Ties(Units({}), people=People(identities([("j-1", "p-9"), ("p-9", "p-7")])))

    assert ties.between(a_judge(), an_entry(authors=("p-7",))) is Ground.AUTHOR
    assert ties.between(a_judge(person_id="j-2"), an_entry(authors=("p-7",))) is None


@pytest.mark.parametrize("counts", [True, False])
def test_who_wrote_with_an_author_is_kept_away_if_the_rules_say_so(counts):
    people = People(wrote_with={"j-1": frozenset({"p-1"}), "p-1": frozenset({"j-1"})})
    ties = Ties(Units({}), ConflictRules(co_authors=counts), people)

    assert ties.between(a_judge(), an_entry()) is (Ground.CO_AUTHOR if counts else None)


def test_entry_of_an_author_nobody_knows_is_for_no_judge():
    entry = Entry(
        entry_id="e-1", author_ids=frozenset({"p-1", "p-2"}), strangers=frozenset({"p-2"})
    )

    found = survey([entry], [a_judge(), a_judge(person_id="p-1")], TREE)

    assert found.free == {"e-1": ()}
    assert found.kept_away == {"e-1": {"j-1": Ground.UNKNOWN_AUTHOR, "p-1": Ground.AUTHOR}}


def test_tie_to_a_person_holds_for_whatever_they_enter():
    people = People(identities([("p-1", "p-7")]))
    ties = Ties(Units({}), people=people, said=Said(authors={("j-1", "p-1"): "d-1"}))

    assert ties.bars(a_judge(), an_entry(authors=("p-7",))) == (
        Bar(Ground.DECLARED, said_by="d-1"),
    )


def test_chair_may_state_that_a_named_ground_is_no_obstacle_and_others_stay():
    excused = {("j-1", "e-1"): {Ground.RELATED_UNIT: "pin-1"}}
    ties = Ties(TREE.units, said=Said(excused=excused))
    both = Ties(TREE.units, said=Said(excused=excused, entries={("j-1", "e-1"): "d-1"}))

    assert ties.between(a_judge("STTTT"), an_entry("CNTT")) is None
    assert ties.between(a_judge("CNTT"), an_entry("CNTT")) is Ground.OWN_UNIT
    assert ties.between(a_judge("STTTT"), an_entry("CNTT", entry_id="e-2")) is Ground.RELATED_UNIT
    assert both.between(a_judge("STTTT"), an_entry("CNTT")) is Ground.DECLARED


@pytest.mark.parametrize("ground", sorted(set(Ground) - EXCUSABLE))
def test_nothing_else_is_ever_stated_to_be_no_obstacle(ground):
    with pytest.raises(NotExcusable):
        check_excusable(ground.value)


def test_what_is_said_of_a_conflict_has_a_reason():
    assert check_reason("  Anh em   ruột ") == "Anh em ruột"
    with pytest.raises(NoReasonGiven):
        check_reason("  ")


def test_judge_of_another_field_is_neither_free_nor_kept_away():
    judge = Judge("j-1", frozenset(), areas=frozenset({"THE_CHE"}))
    entries = [Entry(entry_id="e-1", area="TTHC"), Entry(entry_id="e-2", area="THE_CHE")]

    found = survey(entries, [judge], TREE)

    assert found.free == {"e-1": (), "e-2": ("j-1",)}


NAMES = [f"j-{number}" for number in range(4)]
unit_ids = st.sampled_from("ABCDEF")
days = st.dates(date(2024, 1, 1), date(2026, 1, 1))
parents = st.dictionaries(unit_ids, unit_ids)
links = st.lists(st.builds(Succession, unit_ids, unit_ids, days), max_size=5).map(tuple)
posts = st.frozensets(st.builds(Post, unit_ids, st.none() | days, st.none() | days), max_size=2)
units = st.frozensets(unit_ids, max_size=2)
persons = st.sampled_from([*NAMES, "p-1", "p-2", "p-3"])
judge_lists = st.lists(
    st.builds(
        Judge,
        st.sampled_from(NAMES),
        st.none() | units,
        posts,
        st.none() | st.frozensets(st.sampled_from(["X", "Y"])),
    ),
    unique_by=lambda judge: judge.person_id,
)
entry_lists = st.lists(
    st.builds(
        Entry,
        entry_id=st.sampled_from(["e-1", "e-2", "e-3"]),
        area=st.sampled_from(["X", "Y"]),
        author_ids=st.frozensets(persons, max_size=2),
        units=units,
        posts=posts,
        strangers=st.frozensets(st.just("p-3"), max_size=1),
    ),
    unique_by=lambda entry: entry.entry_id,
)
pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(["e-1", "e-2", "e-3"]))
ids = st.sampled_from(["s-1", "s-2"])
said = st.builds(
    Said,
    entries=st.dictionaries(pairs, ids, max_size=2),
    authors=st.dictionaries(st.tuples(st.sampled_from(NAMES), persons), ids, max_size=2),
    apart=st.dictionaries(pairs, ids, max_size=2),
    excused=st.dictionaries(
        pairs, st.dictionaries(st.sampled_from(sorted(EXCUSABLE)), ids, max_size=3), max_size=3
    ),
)


@st.composite
def people(draw):
    same = identities(draw(st.lists(st.tuples(persons, persons), max_size=2)))
    wrote = {}
    for pair in draw(st.lists(st.tuples(persons, persons), max_size=3)):
        one, other = (same.get(person, person) for person in pair)
        if one != other:
            wrote.setdefault(one, set()).add(other)
            wrote.setdefault(other, set()).add(one)
    return People(same, {one: frozenset(others) for one, others in wrote.items()})


rules = st.builds(
    ConflictRules,
    units=st.sampled_from(["OWN", "ADJACENT", "CHAIN"]),
    former_years=st.integers(0, 2),
    co_authors=st.booleans(),
)


@st.composite
def ties(draw):
    known = draw(people())
    told = draw(said)
    authors = {(judge, known.one(author)): one for (judge, author), one in told.authors.items()}
    told = Said(entries=told.entries, authors=authors, apart=told.apart, excused=told.excused)
    return Ties(Units(draw(parents), draw(links), draw(days)), draw(rules), known, told)


@given(entry_lists, judge_lists, ties())
def test_looking_up_finds_what_comparing_every_pair_finds(entries, judges, ties):
    found = survey(entries, judges, ties)

    for entry in entries:
        seated = [judge for judge in judges if judge.sits_for(entry.area)]
        grounds = {judge.person_id: ties.between(judge, entry) for judge in seated}
        kept = {one: ground for one, ground in grounds.items() if ground}
        assert found.kept_away[entry.entry_id] == kept
        assert found.free[entry.entry_id] == tuple(one for one in grounds if one not in kept)


@given(entry_lists, judge_lists, ties(), st.randoms())
def test_order_in_which_entries_judges_and_successions_are_told_does_not_matter(
    entries, judges, ties, chance
):
    found = survey(entries, judges, ties)

    links = list(ties.units.successions)
    for told in (entries, judges, links):
        chance.shuffle(told)
    units = Units(ties.units.parents, links, ties.units.on)
    again = Ties(units, ties.rules, ties.people, ties.said)

    assert survey(entries, judges, again).kept_away == found.kept_away


@given(entry_lists, judge_lists, ties(), said)
def test_what_was_found_is_there_whatever_else_is_declared_or_pinned(entries, judges, ties, more):
    def found(told):
        now = Ties(ties.units, ties.rules, ties.people, told)
        return {
            (judge.person_id, entry.entry_id, bar.ground, bar.ours, bar.theirs)
            for judge in judges
            for entry in entries
            for bar in now.bars(judge, entry)
            if bar.ground.kind == "FOUND"
        }

    assert found(ties.said) == found(more) == found(Said())


@pytest.mark.slow
@given(entry_lists, judge_lists, ties())
def test_every_declaration_and_pin_in_force_keeps_the_pair_apart(entries, judges, ties):
    found = survey(entries, judges, ties)

    for entry in entries:
        for judge_id, entry_id in (*ties.said.entries, *ties.said.apart):
            if entry_id == entry.entry_id:
                assert judge_id not in found.free[entry_id]


@given(entry_lists, judge_lists, ties())
def test_nobody_judges_their_own_entry_whatever_the_chair_states(entries, judges, ties):
    found = survey(entries, judges, ties)

    for entry in entries:
        authors = {ties.people.one(author) for author in entry.author_ids}
        assert not authors & {ties.people.one(one) for one in found.free[entry.entry_id]}


@given(parents, links, st.tuples(days, days), units, units)
def test_units_that_were_one_on_a_day_stay_one(parents, links, days, ours, theirs):
    before, after = (Ties(Units(parents, acyclic(links), day)) for day in sorted(days))
    judge, entry = Judge("j-1", ours), Entry(entry_id="e-1", units=theirs)

    if before.between(judge, entry) is Ground.OWN_UNIT:
        assert after.between(judge, entry) is Ground.OWN_UNIT


def acyclic(links):
    """Keep the successions that lead from a letter to a later one, as intake records no circle."""
    return tuple(link for link in links if link.predecessor < link.successor)


@given(units, units, ties())
def test_nearness_of_units_is_mutual(ours, theirs, ties):
    assert grounds(ties, ours, theirs) == grounds(ties, theirs, ours)


def grounds(ties, ours, theirs):
    return [bar.ground for bar in ties.by_unit(Judge("j-1", ours), theirs)]
