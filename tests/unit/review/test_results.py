"""What holds of every table, whatever the marks, and explanations that suffice to recount it."""

from dataclasses import replace as changed
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts import review
from contracts.rules import Advance, Aggregate, Criterion, Rounding
from contracts.rules.reckoning import Vote
from services.review.domain.aggregation import aggregate, firsts, left_out, trimmed
from services.review.domain.concluding import Beside, conclude, cut_off, values_of
from services.review.domain.cutoff import CouncilVoteNeeded, room
from services.review.domain.explaining import Given, Told, explain
from services.review.domain.explaining.words import round_told
from services.review.domain.panel import Panel, Sheet
from services.review.domain.ranking import LinkMissing
from tests.unit.review import recount
from tests.unit.review.builders import FIRST

POINTS = st.integers(0, 12).map(lambda n: Decimal(n) * 5)
AT = datetime(2022, 9, 20, 2, tzinfo=UTC)
CHAINS = (
    (),
    ("SO_KHAO.TINH_MOI",),
    ("SO_KHAO.HIEU_QUA", "SO_KHAO.highest", "SO_KHAO.firsts"),
    ("SO_KHAO.firsts", "SO_KHAO.total", "council_vote"),
)
rules = st.builds(
    lambda aggregate, rounding, chain, weight, advance: replace(
        FIRST,
        aggregate=aggregate,
        rounding=rounding,
        tie_break=chain,
        rubric=(FIRST.rubric[0], replace(FIRST.rubric[1], weight=weight)),
        advance=advance,
    ),
    st.one_of(
        st.just(Aggregate()),
        st.builds(
            Aggregate,
            method=st.just("trimmed_mean"),
            drop=st.integers(1, 2),
            from_sheets=st.integers(1, 5),
        ),
        st.builds(
            Aggregate,
            method=st.just("trimmed_mean"),
            drop_share=st.sampled_from([Decimal("0.2"), Decimal("0.34")]),
            from_sheets=st.just(1),
        ),
    ),
    st.builds(
        Rounding,
        places=st.integers(0, 2),
        mode=st.sampled_from(["half_up", "half_even"]),
        rank_by=st.sampled_from(["printed", "exact"]),
    ),
    st.sampled_from(CHAINS),
    st.sampled_from([Decimal(1), Decimal("1.5")]),
    st.one_of(
        st.none(),
        st.builds(
            Advance,
            min_score=st.sampled_from([Decimal(0), Decimal(40)]),
            max_count=st.one_of(st.none(), st.integers(1, 4)),
            max_share=st.sampled_from([None, Decimal("0.3")]),
            at_cutoff=st.sampled_from(["include_ties", "exclude_ties", "council_vote"]),
        ),
    ),
)
# Entry to judge to the marks of two criteria; few distinct ones, so that ties are common.
sheets = st.dictionaries(
    st.sampled_from([f"e-{n}" for n in range(6)]),
    st.dictionaries(
        st.sampled_from([f"j-{n}" for n in range(6)]), st.tuples(POINTS, POINTS), min_size=1
    ),
    min_size=1,
)


def a_sheet(judge, marks, version=1) -> Sheet:
    return Sheet(judge, version, {"TINH_MOI": marks[0], "HIEU_QUA": marks[1]})


def panels(rule, given_):
    return {
        entry: Panel(
            rule, frozenset(own), {judge: a_sheet(judge, marks) for judge, marks in own.items()}
        )
        for entry, own in given_.items()
    }


def table(rule, given_, beside=None, *, is_last=False):
    return conclude(rule, panels(rule, given_), beside or Beside(), is_last=is_last)


def by_entry(lines) -> dict:
    return {line.entry_id: line for line in lines}


@given(rules, sheets, st.randoms(use_true_random=False))
def test_order_of_marks_and_entries_does_not_matter(rule, given_, random):
    shuffled = list(given_.items())
    random.shuffle(shuffled)
    shuffled = {entry: dict(reversed(own.items())) for entry, own in shuffled}

    assert by_entry(table(rule, given_)) == by_entry(table(rule, shuffled))


@given(rules, sheets, st.data())
def test_a_mark_raised_never_lowers_the_entry(rule, given_, data):
    rule = replace(rule, tie_break=())
    entry = data.draw(st.sampled_from(sorted(given_)))
    judge = data.draw(st.sampled_from(sorted(given_[entry])))
    first, second = given_[entry][judge]
    higher = data.draw(POINTS.filter(lambda points: points > first or first == 60))
    raised = {**given_, entry: {**given_[entry], judge: (max(first, higher), second)}}

    before, after = by_entry(table(rule, given_))[entry], by_entry(table(rule, raised))[entry]

    assert after.rank <= before.rank
    assert after.score >= before.score


@given(sheets, st.data())
def test_a_sheet_added_at_or_above_the_score_never_lowers_the_entry(given_, data):
    entry = data.draw(st.sampled_from(sorted(given_)))
    before = by_entry(table(FIRST, given_))[entry]
    top = max(first + second for first, second in given_[entry].values())
    first = min(top, Decimal(60))
    added = {**given_, entry: {**given_[entry], "j-9": (first, top - first)}}

    after = by_entry(table(FIRST, added))[entry]

    assert after.rank <= before.rank


@given(rules, sheets)
def test_ties_are_the_same_whatever_the_entries_are_called(rule, given_):
    names = {entry: f"x-{9 - int(entry[2:])}" for entry in given_}
    renamed = {names[entry]: own for entry, own in given_.items()}

    was = {
        names[line.entry_id]: (line.rank, line.advances, line.tied_at_cutoff)
        for line in table(rule, given_)
    }
    now = {
        line.entry_id: (line.rank, line.advances, line.tied_at_cutoff)
        for line in table(rule, renamed)
    }

    assert was == now


@given(rules, sheets)
def test_the_same_sheets_and_rules_give_the_same_table(rule, given_):
    assert table(rule, given_) == table(rule, given_)


@given(rules, sheets)
def test_who_goes_on_has_no_better_entry_left_behind(rule, given_):
    lines = table(rule, given_)
    worst = max((line.rank for line in lines if line.advances), default=0)

    assert not [line for line in lines if line.rank < worst and not line.advances]
    if rule.advance and rule.advance.at_cutoff != "include_ties":
        limit = room(len(lines), rule.advance)
        assert limit is None or sum(line.advances for line in lines) <= limit


@given(st.lists(POINTS, min_size=1, max_size=9), rules, st.data())
def test_trimming_is_monotone_and_leaves_out_as_many_at_either_end(points, rule, data):
    at = data.draw(st.integers(0, len(points) - 1))
    raised = [*points[:at], points[at] + 5, *points[at + 1 :]]
    standings = left_out(points, rule.aggregate)
    low, high = standings.count("TRIMMED_LOW"), standings.count("TRIMMED_HIGH")

    assert aggregate(raised, rule.aggregate).exact >= aggregate(points, rule.aggregate).exact
    assert low == high == trimmed(len(points), rule.aggregate)
    kept = [
        point for point, standing in zip(points, standings, strict=True) if standing == "COUNTED"
    ]
    assert Fraction(sum(kept)) / len(kept) == aggregate(points, rule.aggregate).exact


def test_highest_and_lowest_are_left_out_once_there_are_enough_sheets():
    rule = Aggregate(method="trimmed_mean", drop=1, from_sheets=5)

    five = aggregate(map(Decimal, (50, 80, 82, 84, 100)), rule)

    assert (five.total, five.count) == (246, 3)
    assert aggregate(map(Decimal, (50, 80, 82, 84)), rule).count == 4


def test_a_criterion_counts_as_often_as_its_weight():
    rule = replace(
        FIRST,
        rubric=(
            Criterion(code="TINH_MOI", name="Tính mới", max=Decimal(10), weight=Decimal(6)),
            Criterion(code="HIEU_QUA", name="Hiệu quả", max=Decimal(10), weight=Decimal(4)),
        ),
    )

    (line,) = table(rule, {"e-1": {"j-1": (Decimal(8), Decimal(5))}}, is_last=True)

    assert (str(line.score), line.criteria["TINH_MOI"].exact) == ("68.00", 8)


def test_first_places_count_judges_who_gave_nobody_more():
    totals = {"e-1": {"a": Decimal(9), "b": Decimal(5)}, "e-2": {"a": Decimal(9), "b": Decimal(7)}}

    assert firsts(totals) == {"e-1": 1, "e-2": 2}


def test_equals_are_parted_by_an_earlier_round():
    given_ = {entry: {"j-1": (Decimal(40), Decimal(20))} for entry in ("e-1", "e-2")}
    before = values_of(
        table(FIRST, {**given_, "e-2": {"j-1": (Decimal(45), Decimal(20))}}, is_last=True)
    )
    rule = replace(FIRST, id="BAO_VE", tie_break=("SO_KHAO.total",))

    lines = table(rule, given_, Beside(earlier={"SO_KHAO": before}), is_last=True)

    assert [(line.entry_id, line.rank) for line in lines] == [("e-2", 1), ("e-1", 2)]


def test_a_chain_that_names_what_nobody_marked_is_refused():
    rule = replace(FIRST, tie_break=("CHUNG_KHAO.total",))

    with pytest.raises(LinkMissing, match=r"CHUNG_KHAO\.total"):
        table(rule, {"e-1": {"j-1": (Decimal(40), Decimal(20))}})


THREE_EQUALS = {
    entry: {"j-1": (Decimal(points), Decimal(30))}
    for entry, points in (("e-1", 50), ("e-2", 45), ("e-3", 45), ("e-4", 45), ("e-5", 40))
}
BY_VOTE = replace(
    FIRST,
    advance=Advance(max_count=2, at_cutoff="council_vote"),
    tie_break=("SO_KHAO.TINH_MOI", "council_vote"),
)


def test_equals_at_the_cutoff_wait_for_the_vote_that_the_rules_foresee():
    lines = table(BY_VOTE, THREE_EQUALS)
    codes = {f"e-{n}": f"HG-0{n}" for n in range(1, 6)}

    with pytest.raises(CouncilVoteNeeded, match="HG-02, HG-03, HG-04"):
        cut_off(BY_VOTE, Beside()).check_decided(lines, codes)


def test_the_vote_parts_them_and_decides_who_goes_on():
    beside = Beside(votes=(Vote(("e-4", "e-2", "e-3"), "05/BB-BGK", "Tính lan tỏa"),))

    lines = table(BY_VOTE, THREE_EQUALS, beside)

    assert [(line.entry_id, line.rank, line.advances) for line in lines] == [
        ("e-1", 1, True),
        ("e-4", 2, True),
        ("e-2", 3, False),
        ("e-3", 4, False),
        ("e-5", 5, False),
    ]


@pytest.mark.parametrize(
    ("at_cutoff", "going_on"), [("include_ties", 4), ("exclude_ties", 1), ("council_vote", 1)]
)
def test_equals_at_the_cutoff_go_as_the_rules_say(at_cutoff, going_on):
    rule = replace(FIRST, advance=Advance(max_count=2, at_cutoff=at_cutoff))

    lines = table(rule, THREE_EQUALS)

    assert sum(line.advances for line in lines) == going_on
    assert [line.entry_id for line in lines if line.tied_at_cutoff] == ["e-2", "e-3", "e-4"]


def test_a_share_is_of_those_ranked_and_rounded_down():
    assert room(52, Advance(max_share=Decimal("0.3"))) == 15
    assert room(52, Advance(max_share=Decimal("0.3"), max_count=12)) == 12
    assert room(52, Advance(min_score=Decimal(75))) is None


def test_each_area_is_cut_off_by_itself():
    rule = replace(FIRST, advance=Advance(max_count=1, per="area"))
    areas = {"e-1": "TTHC", "e-2": "TTHC", "e-3": "THE_CHE", "e-4": "CONG_VU", "e-5": "THE_CHE"}

    lines = table(rule, THREE_EQUALS, Beside(groups=areas))

    assert [line.entry_id for line in lines if line.advances] == ["e-1", "e-3", "e-4"]


def told(rule, given_, beside=None, *, is_last=False) -> Told:
    beside = beside or Beside()
    lines = table(rule, given_, beside, is_last=is_last)
    codes = {entry: entry.replace("e-", "HG-0") for entry in given_}
    return Told(rule, lines, codes, beside, is_last)


def history(own) -> list[Given]:
    """Return an entry's sheets, with a version that was replaced and a judge who left."""
    given_ = [Given(judge, 2, AT, a_sheet(judge, marks, 2).marks) for judge, marks in own.items()]
    first = next(iter(own))
    older = Given(first, 1, AT, a_sheet(first, (Decimal(1), Decimal(1))).marks)
    left = Given("j-8", 1, AT, a_sheet("j-8", (Decimal(60), Decimal(60))).marks, has_left=True)
    return [*given_, older, left]


@given(rules, sheets, st.data())
def test_an_explanation_alone_gives_the_same_score_and_place(rule, given_, data):
    entry = data.draw(st.sampled_from(sorted(given_)))
    severities = data.draw(
        st.dictionaries(
            st.sampled_from([f"j-{n}" for n in range(6)]),
            st.sampled_from([Decimal("-1.25"), Decimal("0.5")]),
        )
    )
    order = data.draw(st.permutations(sorted(given_)))
    vote = Vote(tuple(order), "05/BB-BGK", "Tính lan tỏa")
    beside = Beside(severities=severities, votes=data.draw(st.sampled_from([(), (vote,)])))
    whole = told(rule, given_, beside)
    line = whole.line(entry)

    one = explain(whole, line, history(given_[entry]))

    outside = msgspec.json.decode(msgspec.json.encode(one))
    outside["code"] = whole.codes[entry]
    exact, score = recount.score(outside)
    assert (exact, Fraction(score)) == (line.mean.exact, Fraction(line.score))
    assert recount.place(outside) == line.rank
    assert one.exact == str(exact)


def test_an_explanation_says_why_each_sheet_counts_or_not_and_what_parted_equals():
    rule = replace(
        FIRST,
        aggregate=Aggregate(method="trimmed_mean", drop=1, from_sheets=3),
        tie_break=("SO_KHAO.TINH_MOI",),
        advance=Advance(min_score=Decimal(70), max_count=1, at_cutoff="exclude_ties"),
    )
    given_ = {
        "e-1": {f"j-{n}": (Decimal(40 + n), Decimal(30)) for n in range(3)},
        "e-2": {f"j-{n}": (Decimal(41), Decimal(30)) for n in range(3)},
        "e-3": {f"j-{n}": (Decimal(40), Decimal(31)) for n in range(3)},
    }
    whole = told(rule, given_)

    one = explain(whole, whole.line("e-1"), history(given_["e-1"]))

    assert [(sheet.judge_id, sheet.version, sheet.standing) for sheet in one.sheets] == [
        ("j-0", 1, "SUPERSEDED"),
        ("j-0", 2, "TRIMMED_LOW"),
        ("j-1", 2, "COUNTED"),
        ("j-2", 2, "TRIMMED_HIGH"),
        ("j-8", 1, "STOOD_DOWN"),
    ]
    assert [(equal.code, equal.outcome, equal.by) for equal in one.equals] == [
        ("HG-02", "EQUAL", None),
        ("HG-03", "BEHIND", "SO_KHAO.TINH_MOI"),
    ]
    assert one.cut == review.CutFacts(
        rule=rule.advance,
        group="",
        entries=3,
        room=1,
        last=None,
        missing=Decimal(0),
        advances=False,
        tied_at_cutoff=True,
    )


READS = """\
Vòng sơ khảo, thang điểm 100:
  - Giám khảo 1, phiếu lần 1, ngày 20/09/2022: Tính mới 40,5; Tính hiệu quả 30; \
tổng 70,5: được tính.
  - Giám khảo 2, phiếu lần 1, ngày 20/09/2022: Tính mới 40; Tính hiệu quả 30; tổng 70: được tính.
  - Giám khảo 3, phiếu lần 1, ngày 20/09/2022: Tính mới 40; Tính hiệu quả 30; tổng 70: được tính.
  Điểm trung bình: (70,5 + 70 + 70) : 3 = 421/6 (khoảng 70,1667); làm tròn một lần đến \
2 chữ số thập phân, từ 5 trở lên thì tăng: 70,17.
  Trung bình từng tiêu chí: Tính mới 241/6 (khoảng 40,1667); Tính hiệu quả 30.
  Xếp hạng theo điểm đã làm tròn: hạng 2 trong 2 bài, 1 bài cao điểm hơn.
  Điều kiện vào vòng sau: từ 75 điểm trở lên và trong 1 bài đứng đầu của vòng (2 bài); \
lấy tất cả các bài bằng điểm ở vị trí cuối.
  Điểm thấp nhất được vào vòng sau là 80,00.
  Bài này không được vào vòng sau, thiếu 9,83 điểm.
"""


def test_an_explanation_reads_as_an_office_writes():
    given_ = {
        "e-1": {
            "j-1": (Decimal("40.5"), Decimal(30)),
            "j-2": (Decimal(40), Decimal(30)),
            "j-3": (Decimal(40), Decimal(30)),
        },
        "e-2": {"j-1": (Decimal(50), Decimal(30))},
    }
    rule = replace(FIRST, advance=Advance(min_score=Decimal(75), max_count=1))
    whole = told(rule, given_)
    one = explain(
        whole,
        whole.line("e-1"),
        [
            Given(judge, 1, AT, a_sheet(judge, marks).marks)
            for judge, marks in given_["e-1"].items()
        ],
    )

    assert list(round_told(one, UTC)) == READS.splitlines()


def test_an_explained_vote_and_correction_are_said():
    beside = Beside(
        votes=(Vote(("e-4", "e-2", "e-3"), "05/BB-BGK", "Tính lan tỏa cao hơn."),),
        severities={"j-1": Decimal("-1.5")},
    )
    whole = told(BY_VOTE, THREE_EQUALS, beside)
    (sheet,) = THREE_EQUALS["e-4"].items()
    given_ = [Given("j-1", 1, AT, a_sheet(*sheet).marks)]

    one = explain(whole, whole.line("e-4"), given_)

    text = "\n".join(round_told(one, UTC))
    assert "tổng 75, hiệu chỉnh 1,5 còn 76,5: được tính." in text
    assert "Bằng điểm với bài HG-02; theo biểu quyết của Hội đồng, bài này xếp trên." in text
    assert "biên bản số 05/BB-BGK: HG-04, HG-02, HG-03. Lý do: Tính lan tỏa cao hơn." in text
    assert changed(whole, is_last=True).line("e-9") is None
