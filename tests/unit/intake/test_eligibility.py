"""Who may enter, alone and together."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from services.intake.domain import eligibility
from services.intake.domain.eligibility import Author, clean, email_key
from services.intake.rules import check

RULES = check(Path("contests/hau-giang-2022.yaml").read_text()).rules
ENTRANTS = RULES.entrants
JUDGE = "p-judge"

any_shares = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=5)


def authors(*shares: Decimal | int) -> tuple[Author, ...]:
    return tuple(
        Author(f"p-{number}", f"Tác giả {number}", Decimal(share))
        for number, share in enumerate(shares)
    )


def test_contents_the_rules_know_are_taken():
    eligibility.check_contents(RULES, "COLLECTIVE", "DOANH_NGHIEP", "TTHC")


@pytest.mark.parametrize(
    ("contents", "error"),
    [
        (("TEAM", "DOANH_NGHIEP", "TTHC"), eligibility.KindNotAllowed),
        (("COLLECTIVE", "HOC_SINH", "TTHC"), eligibility.UnknownGroup),
        (("COLLECTIVE", "DOANH_NGHIEP", "GIAO_DUC"), eligibility.UnknownArea),
    ],
)
def test_contents_the_rules_do_not_know_are_refused(contents, error):
    with pytest.raises(error):
        eligibility.check_contents(RULES, *contents)


def test_unit_that_takes_no_part_is_named():
    with pytest.raises(eligibility.UnknownUnit, match="SXYZ is not among"):
        eligibility.check_units(["SNV", None, "SXYZ"], {"SNV"})


@given(any_shares)
def test_collective_enters_exactly_when_its_shares_make_a_whole(shares):
    together = authors(*shares)
    whole = sum(shares) == 100 and all(share > 0 for share in shares)

    if whole:
        eligibility.check_authors(ENTRANTS, "COLLECTIVE", together)
    else:
        with pytest.raises((eligibility.SharesDoNotSum, eligibility.ShareOutOfRange)):
            eligibility.check_authors(ENTRANTS, "COLLECTIVE", together)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=5), st.integers(2, 6))
def test_shares_cut_from_a_whole_always_sum(parts, places):
    unit = Decimal(1).scaleb(-places)
    shares = [(Decimal(100 * part) / sum(parts)).quantize(unit) for part in parts]
    shares[0] += 100 - sum(shares)

    eligibility.check_authors(ENTRANTS, "COLLECTIVE", authors(*shares))


def test_thirds_that_miss_a_hundredth_are_refused_with_their_sum():
    third = Decimal("33.33")

    with pytest.raises(eligibility.SharesDoNotSum, match=r"they sum to 99\.99"):
        eligibility.check_authors(ENTRANTS, "COLLECTIVE", authors(third, third, third))


@pytest.mark.parametrize("share", ["0", "-1", "100.5", "NaN", "sNaN", "Infinity", "1E-7"])
@pytest.mark.parametrize("kind", ["INDIVIDUAL", "COLLECTIVE"])
def test_share_that_is_no_part_of_a_whole_is_refused(kind, share):
    lenient = replace(ENTRANTS, shares_required=False)

    with pytest.raises(eligibility.ShareOutOfRange):
        eligibility.check_authors(lenient, kind, authors(share))


def test_single_author_has_the_whole():
    with pytest.raises(eligibility.SharesDoNotSum):
        eligibility.check_authors(ENTRANTS, "INDIVIDUAL", authors(50))


def test_shares_may_be_anything_where_the_rules_do_not_ask():
    lenient = replace(ENTRANTS, shares_required=False)

    eligibility.check_authors(lenient, "COLLECTIVE", authors(100, 100))


@pytest.mark.parametrize(
    ("kind", "people", "error"),
    [
        ("INDIVIDUAL", (), eligibility.NoAuthor),
        ("INDIVIDUAL", authors(50, 50), eligibility.OneAuthorOnly),
        ("COLLECTIVE", authors(20, 20, 20, 20, 10, 10), eligibility.TooManyAuthors),
        ("COLLECTIVE", (*authors(50), *authors(50)), eligibility.AuthorTwice),
    ],
)
def test_authors_that_cannot_enter_together_are_refused(kind, people, error):
    with pytest.raises(error):
        eligibility.check_authors(ENTRANTS, kind, people)


def test_jury_member_is_refused_in_the_words_of_the_rules():
    with pytest.raises(eligibility.Excluded) as refusal:
        eligibility.check_not_excluded(
            ENTRANTS, ["p-1", JUDGE], {JUDGE}, ("p-1", frozenset({"entrant"}))
        )

    assert str(refusal.value) == ENTRANTS.excluded_rule


@pytest.mark.parametrize("role", ["organiser", "judge", "chair", "secretary", "operator"])
def test_member_of_an_excluded_body_cannot_enter_an_own_entry(role):
    actor = ("p-1", frozenset({"entrant", role}))

    with pytest.raises(eligibility.Excluded):
        eligibility.check_not_excluded(ENTRANTS, ["p-1"], (), actor)


def test_clerk_may_file_for_somebody_else():
    clerk = ("p-clerk", frozenset({"clerk"}))

    eligibility.check_not_excluded(ENTRANTS, ["p-1"], {JUDGE}, clerk)


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.sets(st.sampled_from("abcdef")))
def test_entry_is_kept_out_exactly_when_a_seat_is_among_its_authors(people, seated):
    nobody = ("somebody", frozenset({"entrant"}))

    if set(people) & seated:
        with pytest.raises(eligibility.Excluded):
            eligibility.check_not_excluded(ENTRANTS, people, seated, nobody)
    else:
        eligibility.check_not_excluded(ENTRANTS, people, seated, nobody)


def test_entry_counts_for_the_unit_all_its_authors_share():
    same = (Author("a", "A", unit_id="SNV"), Author("b", "B", unit_id="SNV"))
    mixed = (Author("a", "A", unit_id="SNV"), Author("b", "B", unit_id="STC"))

    assert eligibility.common_unit(None, same) == "SNV"
    assert eligibility.common_unit(None, mixed) is None
    assert eligibility.common_unit("STTTT", mixed) == "STTTT"


def test_names_lose_double_and_unbreakable_spaces_and_are_composed():
    decomposed = "Nguyễn  Văn\u00a0 An "

    assert clean(decomposed) == "Nguyễn Văn An"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


def test_email_addresses_differ_by_more_than_case():
    assert email_key(" An.Nguyen@HauGiang.gov.vn") == email_key("an.nguyen@haugiang.gov.vn")
