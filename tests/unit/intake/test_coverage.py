"""Which units take part, as of a day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import StaffRate, UnitDuty
from services.intake.domain.coverage import Entered, Known, Unit, cover
from services.intake.domain.succession import Succession

WHOLE = Decimal(1)
BEFORE, MERGER = date(2025, 6, 30), date(2025, 7, 1)
UNITS = (
    Unit("SNV", "Sở Nội vụ", staff=60),
    Unit("SLD", "Sở Lao động", staff=10),
    Unit("BDT", "Ban Dân tộc"),
)
MERGED = (Succession("SLD", "SNV", MERGER, "MERGED", "QĐ"),)


def entered(unit: str | None, *authors: str, kind: str = "INDIVIDUAL") -> Entered:
    return Entered(unit, kind, authors or ("p-1",))


ENTRIES = (entered("SNV"), entered("SLD", "p-1", "p-2", kind="COLLECTIVE"), entered(None))


def counted(day=BEFORE, links=(), nil=None, duty=None, entries=ENTRIES):
    return cover(Known(UNITS, links, nil or {}), entries, duty, WHOLE, day)


def summed(coverage):
    return [
        (one.unit.unit_id, one.individual, one.collective, one.authors) for one in coverage.lines
    ]


def test_units_are_counted_by_kind_in_the_order_of_their_names():
    found = counted()

    assert summed(found) == [("BDT", 0, 0, 0), ("SLD", 0, 1, 2), ("SNV", 1, 0, 1)]
    assert (found.entered, found.rate, found.is_reached) == (2, Decimal("0.6667"), False)
    assert found.without_unit == 1


def test_merged_unit_counts_once_with_the_entries_of_both():
    found = counted(MERGER, MERGED)

    assert summed(found) == [("BDT", 0, 0, 0), ("SNV", 1, 1, 2)]
    assert found.lines[1].continues == ("SLD",)
    assert summed(counted(BEFORE, MERGED)) == summed(counted())


def test_nil_return_is_an_answer_but_no_entry():
    found = counted(nil={"BDT": "Không có đề tài", "SNV": "Nhầm"})

    assert [one.nil_reason for one in found.lines] == ["Không có đề tài", None, None]
    assert [one.is_silent for one in found.lines] == [False, False, False]
    assert found.rate == Decimal("0.6667")


def test_nil_return_of_a_merged_unit_is_its_successors():
    found = counted(MERGER, MERGED, nil={"SLD": "Không có"}, entries=())

    assert [(one.unit.unit_id, one.nil_reason) for one in found.lines] == [
        ("BDT", None), ("SNV", "Không có"),
    ]  # fmt: skip


def test_goal_is_reached_when_every_unit_has_entered():
    entries = (*ENTRIES, entered("BDT"))

    assert counted(entries=entries).is_reached
    assert counted(entries=entries).rate == 1


@pytest.mark.parametrize(
    ("unit", "staff_owes", "meets"), [("SNV", 3, False), ("SLD", 2, True), ("BDT", None, False)]
)
def test_duty_of_a_unit_grows_with_its_staff(unit, staff_owes, meets):
    rates = (StaffRate(rate=Decimal("0.2"), below_staff=50), StaffRate(rate=Decimal("0.05")))

    found = counted(duty=UnitDuty(min_entries=1, staff_rates=rates))

    line = next(one for one in found.lines if one.unit.unit_id == unit)
    assert (line.owed_entries, line.owed_authors, line.meets_duty) == (1, staff_owes, meets)


def test_unit_that_was_not_yet_or_is_no_more_is_not_asked():
    units = (
        Unit("OLD", "Cũ", valid_to=BEFORE),
        Unit("NEW", "Mới", valid_from=MERGER),
    )

    def listed(day):
        found = cover(Known(units, (), {}), (), None, WHOLE, day)
        return [one.unit.unit_id for one in found.lines]

    assert (listed(BEFORE), listed(MERGER)) == (["OLD"], ["NEW"])


codes = st.sampled_from(["SNV", "SLD", "BDT", "XYZ", None])
made = st.builds(Entered, codes, st.sampled_from(["INDIVIDUAL", "COLLECTIVE"]), st.just(("p-1",)))
ways = st.sampled_from(["SNV", "SLD", "BDT", "XYZ"])


@given(
    st.lists(made, max_size=12),
    st.lists(st.tuples(ways, ways), max_size=3),
    st.dates(date(2025, 6, 29), date(2025, 7, 2)),
)
def test_every_entry_counts_exactly_once(entries, pairs, day):
    rank = ["SNV", "SLD", "BDT", "XYZ"]  # links lead down this list, so that there is no circle
    links = {
        one: Succession(one, other, MERGER, "MERGED", "QĐ")
        for one, other in pairs
        if rank.index(one) < rank.index(other)
    }

    found = cover(Known(UNITS, tuple(links.values()), {}), entries, None, WHOLE, day)

    assert sum(one.entries for one in found.lines) + found.without_unit == len(entries)
    assert len({one.unit.unit_id for one in found.lines}) == len(found.lines)
    assert 0 <= found.rate <= 1
