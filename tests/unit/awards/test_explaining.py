"""A final place explained, and recounted from the explanation alone."""

from decimal import Decimal
from fractions import Fraction

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import Rounding
from contracts.rules.reckoning import Vote
from services.awards.domain.explaining import explain, words
from services.awards.domain.ranking import rank
from tests.unit.awards.builders import a_candidate, some_rules

few_marks = st.sampled_from(["80", "80.004", "81", "82.5"])
few_points = st.sampled_from([18, 20])
candidates = st.lists(
    st.tuples(few_marks, few_marks, few_points, few_points), min_size=1, max_size=7
).map(
    lambda drawn: tuple(
        a_candidate(f"e-{n}", first, last, new, useful)
        for n, (first, last, new, useful) in enumerate(drawn)
    )
)


def recounted(one: dict) -> int:
    """Count who stands above, as an outsider who has the explanation only."""
    exact = sum(Fraction(part["factor"]) * Fraction(part["mean"]) for part in one["parts"])
    own = Fraction(one["score"]) if one["scores"][0]["exact"] is None else exact
    above = sum(
        each["entries"] for each in one["scores"] if Fraction(each["exact"] or each["score"]) > own
    )
    level = []
    for equal in one["equals"]:
        theirs, ours = ([Fraction(value) for value in two["values"]] for two in (equal, one))
        above += theirs > ours
        level += [equal["entry_id"]] * (theirs == ours)
    for vote in reversed(one["votes"]):
        if set(level) <= set(vote["order"]):
            place = vote["order"].index(one["entry_id"])
            return 1 + above + sum(vote["order"].index(other) < place for other in level)
    return 1 + above


@given(candidates, st.sampled_from(["printed", "exact"]), st.booleans(), st.data())
def test_an_explanation_alone_gives_the_same_final_place(given_, rank_by, voted, data):
    rules = some_rules(
        chain=("SO_KHAO.TINH_MOI", "BAO_VE.total", "council_vote"),
        final_rounding=Rounding(places=2, rank_by=rank_by),
        final_scale=data.draw(st.sampled_from([None, Decimal(10)])),
    )
    order = data.draw(st.permutations([one.entry_id for one in given_]))
    votes = (Vote(tuple(order), "07/BB-BGK"),) if voted else ()
    places = rank(given_, rules, votes)
    place = data.draw(st.sampled_from(places))

    found = explain(place.entry_id, given_, places, rules, votes)

    outside = msgspec.json.decode(msgspec.json.encode(found))
    assert recounted(outside) == found.rank == place.rank
    assert found.score == place.score


READS = """\
Điểm cuối cùng:
  0,4 × 241/3 (khoảng 80,3333) (SO_KHAO) + 0,6 × 80 (BAO_VE) = 1202/15 (khoảng 80,1333); \
làm tròn một lần đến 2 chữ số thập phân: 80,13.
  Xếp hạng theo điểm đã làm tròn: hạng 3 trong 4 bài, 1 bài cao điểm hơn.
  Bằng điểm với bài “Một cửa”; xét SO_KHAO.TINH_MOI: bài này 20, bài kia 18, nên bài này xếp trên.
  Bằng điểm với bài “Một cửa số”; theo biểu quyết của Hội đồng, bài này xếp dưới.
  Hội đồng biểu quyết, biên bản số 07/BB-BGK: “Một cửa số”; “e-1”. Lý do: Tính lan tỏa cao hơn."""


def test_a_final_place_is_said_as_an_office_writes():
    rules = some_rules(chain=("SO_KHAO.TINH_MOI", "council_vote"))
    given_ = (
        a_candidate("e-1", Fraction(241, 3), 80, new=20),
        a_candidate("e-2", Fraction(241, 3), 80, new=18),
        a_candidate("e-3", Fraction(241, 3), 80, new=20),
        a_candidate("e-4", 90, 90),
    )
    votes = (Vote(("e-3", "e-1"), "07/BB-BGK", "Tính lan tỏa cao hơn."),)
    places = rank(given_, rules, votes)

    found = explain("e-1", given_, places, rules, votes)

    assert "\n".join(words(found, {"e-2": "Một cửa", "e-3": "Một cửa số"})) == READS


def test_rounds_of_different_scales_are_brought_to_the_final_one():
    rules = some_rules(final_scale=Decimal(50))
    one = (a_candidate("e-1", 80, 90),)

    found = explain("e-1", one, rank(one, rules), rules, ())

    assert [(part.factor, part.adds) for part in found.parts] == [("1/5", "16"), ("3/10", "27")]
    assert found.score == Decimal("43.00")
