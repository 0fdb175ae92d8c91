"""What an entry must say before it can be handed in, by the kind of entrant."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.catalogue import components, index_catalogue
from services.intake.domain import contents as domain
from services.intake.domain.contents import Enterprise, Improvement
from services.intake.domain.eligibility import Author, OneAuthorOnly, Refused
from tests.unit.intake.writing import FIRM, RULES, WRITTEN, contents

STAFF = replace(WRITTEN, group="SO_BAN_NGANH", unit_id="SNV")
ENTERPRISE = replace(WRITTEN, group="DOANH_NGHIEP", enterprise=FIRM)


def is_finished(written) -> bool:
    try:
        domain.check_finished(written, RULES)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("written", [WRITTEN, STAFF, ENTERPRISE])
def test_each_kind_of_entrant_hands_in_what_is_asked_of_it(written):
    domain.check_finished(written, RULES)


def test_all_that_is_missing_is_named_at_once():
    empty = replace(WRITTEN, title="", summary="", area="", authors=())

    with pytest.raises(domain.Unfinished) as refusal:
        domain.check_finished(replace(empty, group="DOANH_NGHIEP"), RULES)

    assert str(refusal.value).endswith(
        "title, summary, area, enterprise.name, enterprise.tax_code, enterprise.representative,"
        " authors."
    )
    assert domain.gaps(replace(empty, group=""), RULES)[-2:] == ("group", "authors")


def test_staff_names_a_unit_and_nobody_else_does():
    with pytest.raises(domain.Unfinished, match="unit_id"):
        domain.check_finished(replace(STAFF, unit_id=None), RULES)
    for group in ("NGUOI_DAN", "DOANH_NGHIEP"):
        with pytest.raises(domain.NoUnitHere):
            domain.check_finished(replace(ENTERPRISE, group=group, unit_id="SNV"), RULES)


def test_unit_all_authors_share_is_named_for_staff_only():
    authors = (Author("p-1", "An", unit_id="SNV"),)
    staff = replace(STAFF, unit_id=None, authors=authors)
    citizen = replace(WRITTEN, authors=authors)

    assert domain.counted_for(staff, RULES.entrants) == replace(staff, unit_id="SNV")
    assert domain.counted_for(citizen, RULES.entrants) == citizen


@given(contents)
def test_what_has_no_gaps_is_refused_only_for_what_contradicts_itself(written):
    if domain.gaps(written, RULES):
        assert not is_finished(written)
    elif not is_finished(written):
        is_crowded = written.kind == "INDIVIDUAL" and len(written.authors) > 1
        has_stray_unit = written.group != "SO_BAN_NGANH" and written.unit_id is not None
        assert is_crowded or has_stray_unit or len(written.authors) > 1


def test_individual_entry_of_two_is_refused():
    pair = (Author("p-1", "An", Decimal(50)), Author("p-2", "Bình", Decimal(50)))

    with pytest.raises(OneAuthorOnly):
        domain.check_finished(replace(WRITTEN, authors=pair), RULES)


@given(st.from_regex(domain.TAX_CODE, fullmatch=True))
def test_every_tax_code_of_ten_or_thirteen_digits_is_taken(tax_code):
    written = replace(ENTERPRISE, enterprise=replace(FIRM, tax_code=tax_code))

    domain.check_known(written, RULES, {"SNV"}, components())


@pytest.mark.parametrize("tax_code", ["123456789", "01234567890", "0123456789-12", "O123456789"])
def test_what_has_not_the_form_of_a_tax_code_is_refused_at_once(tax_code):
    written = replace(WRITTEN, enterprise=Enterprise(tax_code=tax_code))

    with pytest.raises(domain.BadTaxCode):
        domain.check_known(written, RULES, {"SNV"}, components())


@pytest.mark.parametrize(
    ("improvement", "error"),
    [
        (Improvement("DTI"), domain.UnknownIndex),  # in the catalogue, not in these rules
        (Improvement("PAPI", "GIA_NHAP"), domain.UnknownComponent),
        (Improvement("PAPI", baseline=Decimal("NaN")), domain.NotAFigure),
        (Improvement("PAPI", target=Decimal("Infinity")), domain.NotAFigure),
    ],
)
def test_index_the_rules_or_the_catalogue_do_not_know_is_refused_at_once(improvement, error):
    with pytest.raises(error):
        domain.check_known(replace(WRITTEN, improves=(improvement,)), RULES, (), components())


def test_catalogue_has_the_indexes_of_the_rules_with_their_parts():
    counts = {index.code: len(index.components) for index in index_catalogue().indexes}

    assert counts == {
        "PAR_INDEX": 8, "SIPAS": 6, "PAPI": 8, "PCI": 10, "ICT_INDEX": 3, "DTI": 8,
    }  # fmt: skip
    assert set(RULES.indexes) <= set(counts)
    assert {index.code for index in index_catalogue().indexes if not index.unconfirmed} == {
        "ICT_INDEX"
    }


@pytest.mark.parametrize("name", ["Điểu", "Y Blim", "H'Hen Niê", "K’ Brêm", "Anna-Maria Thị Lan"])
def test_names_of_every_people_are_taken(name):
    written = replace(WRITTEN, authors=(Author("p-1", name),))

    domain.check_finished(written, RULES)


@pytest.mark.parametrize(("name", "most"), [("title", 500), ("summary", 10_000)])
def test_a_text_is_as_long_as_somebody_reads(name, most):
    parts = components()
    domain.check_known(replace(WRITTEN, **{name: "ă" * most}), RULES, (), parts)

    with pytest.raises(domain.TextTooLong) as refusal:
        domain.check_known(replace(WRITTEN, **{name: "ă" * (most + 1)}), RULES, (), parts)

    assert refusal.value.params == {"fields": name, "count": most + 1, "most": most}
