"""Papers worded by forms that are data."""

from dataclasses import replace
from datetime import date

import pytest
from msgspec import json, to_builtins

from services.awards.domain.forms import (
    FactMissing,
    Facts,
    Form,
    Listing,
    Phrase,
    Signed,
    TableUneven,
    fill,
)
from services.awards.domain.paper import Head, Passage, Signature
from services.awards.operating.paper import sampled
from services.awards.profile import (
    BadWording,
    UnknownProfile,
    known,
    laid_over,
    load_profile,
    profile_on,
)

HEAD = Head(("ỦY BAN NHÂN DÂN",), ("SỞ NỘI VỤ",), "03/TTr-SNV", "Hậu Giang, ngày 05 tháng 01")
SIGNATURE = Signature(("GIÁM ĐỐC",), None)
FORM = Form(type_name="TỜ TRÌNH", symbol="TTr", subject="Về {matter}", recipients=("Lưu: VT",))
MATTER = {"matter": "khen thưởng"}


def written(form, texts=MATTER, rows=(), **lists):
    return fill(form, HEAD, SIGNATURE, ("Căn cứ A",), Facts(texts, lists, rows))


def test_slots_are_filled_and_what_a_form_lacks_is_empty():
    paper = written(FORM)

    assert (paper.subject, paper.bases, paper.signatures) == ("Về khen thưởng", (), (SIGNATURE,))
    assert paper.head == HEAD


def test_a_slot_that_nothing_was_said_for_is_named():
    with pytest.raises(FactMissing, match="speaks of matter"):
        written(FORM, {})
    with pytest.raises(FactMissing, match="speaks of grounds"):
        written(replace(FORM, body=(Phrase("{item}", each="grounds"),)))


def test_a_fact_that_looks_like_a_slot_is_not_filled():
    assert written(FORM, {"matter": "{place} và {0}"}).subject == "Về {place} và {0}"


def test_a_phrase_is_said_for_every_item_of_its_list():
    body = (Phrase("{item};", label="{place}.", each="grounds"), Phrase("Hết"))

    paper = written(replace(FORM, body=body), grounds=("một", "hai"))

    assert paper.body == (Passage("một;", "1."), Passage("hai;", "2."), Passage("Hết"))


def test_minutes_have_two_signatures_and_no_place():
    signed = (Signed("THƯ KÝ", "{matter}"), Signed("CHỦ TỌA"))

    paper = written(replace(FORM, placed=False, signed=signed))

    assert paper.head.placed == ""
    assert paper.signatures == (
        Signature(("THƯ KÝ",), "khen thưởng"),
        Signature(("CHỦ TỌA",), None),
    )


def test_a_row_has_a_cell_for_every_column():
    form = replace(FORM, listing=Listing("DANH SÁCH", "", ("TT", "Tên"), (20, 143)))

    assert written(form, rows=(("1", "A"),)).annex.rows == (("1", "A"),)
    with pytest.raises(TableUneven, match="Row 2 of the list has 1 cells; the form has 2"):
        written(form, rows=(("1", "A"), ("2",)))


@pytest.mark.parametrize("name", sorted(known()))
def test_every_form_of_every_profile_fills_and_its_list_fits_the_page(name):
    profile = load_profile(name)

    papers = [sampled(profile, form) for form in profile.documents]

    assert {sum(paper.annex.widths) for paper in papers if paper.annex} == {163}
    assert all("{" not in str(to_builtins(paper)).replace("{'", "") for paper in papers)


@pytest.mark.parametrize(
    ("name", "cited", "not_cited"),
    [
        ("2022", "91/2017/NĐ-CP", "98/2023"),
        ("2024", "98/2023/NĐ-CP", "91/2017"),
        ("2026", "152/2025/NĐ-CP", "98/2023"),
    ],
)
def test_each_period_cites_its_own_law(name, cited, not_cited):
    laws = " ".join(citation.text for citation in load_profile(name).bases)

    assert cited in laws
    assert not_cited not in laws


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2022, 6, 30), "2022"),
        (date(2023, 12, 31), "2022"),
        (date(2024, 1, 1), "2024"),
        (date(2026, 3, 1), "2026"),
    ],
)
def test_rules_may_leave_the_profile_to_the_date(day, name):
    assert profile_on("BY_DATE", day) == name
    assert profile_on("2022", day) == "2022"


def test_no_profile_is_made_up_for_a_day_before_them_all():
    with pytest.raises(UnknownProfile, match="No legal profile was in force on 1990-01-01"):
        profile_on("BY_DATE", date(1990, 1, 1))


def test_changes_are_laid_over_key_by_key():
    below = {"a": {"b": 1, "c": [1, 2]}, "d": 1}

    assert laid_over(below, {"a": {"c": [3]}, "e": 2}) == {
        "a": {"b": 1, "c": [3]},
        "d": 1,
        "e": 2,
    }


def test_a_tenant_changes_one_sentence_and_keeps_the_rest():
    subject = "Về việc khen thưởng {contest}"
    changes = json.encode({"documents": {"SUBMISSION": {"subject": subject}}})

    changed, plain = load_profile("2026", changes), load_profile("2026")

    assert changed.documents["SUBMISSION"].subject == subject
    assert changed.documents["SUBMISSION"].body == plain.documents["SUBMISSION"].body
    assert changed.bases == plain.bases


@pytest.mark.parametrize("changes", [b"{", b"[]", b'{"documents": {"SUBMISSION": {"body": 3}}}'])
def test_wording_that_is_none_is_refused(changes):
    with pytest.raises(BadWording, match="cannot be used"):
        load_profile("2026", changes)
