"""A sheet on its judge's page: what it adds up to, how far a desk is."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.review import Assignment, DraftText
from contracts.rules import Criterion, SubCriterion
from services.gateway import words
from services.gateway.portal import sheets
from services.review.domain.sheets import weighed
from tests.unit.review.builders import FIRST

PARTS = Criterion(
    code="HIEU_QUA",
    name="Tính hiệu quả",
    max=Decimal(20),
    weight=Decimal(2),
    marked="parts",
    sub=(
        SubCriterion(code="NOI_BO", name="Nội bộ", max=Decimal(10)),
        SubCriterion(code="DAN", name="Người dân", max=Decimal(10)),
    ),
)
WHOLE = Criterion(code="TINH_MOI", name="Tính mới", max=Decimal(60))
WORDS = Criterion(code="GOP_Y", name="Góp ý", max=Decimal(0), comment_only=True)
ROUND = replace(FIRST, rubric=(WHOLE, PARTS, WORDS))
CODES = ("TINH_MOI", "HIEU_QUA.NOI_BO", "HIEU_QUA.DAN")
MARK = st.decimals(0, 10, places=2)


def entry(code, state="OPEN", draft=None):
    shown = {"title": "Một cửa", "area": "TTHC", "summary": "Tóm tắt"}
    return Assignment(code=code, state=state, draft=draft, **shown)


@given(st.tuples(MARK, MARK, MARK))
def test_the_page_adds_up_what_review_adds_up(marks):
    typed = {code: words.number(mark) for code, mark in zip(CODES, marks, strict=True)}

    assert sheets.total(ROUND, typed) == weighed(
        ROUND.rubric, dict(zip(CODES, marks, strict=True))
    )


@given(st.sampled_from(CODES), st.sampled_from(("", "bảy", "7,", "-1")))
def test_there_is_no_total_while_a_mark_is_missing_or_none(code, text):
    typed = dict.fromkeys(CODES, "5") | {code: text}

    assert sheets.total(ROUND, typed) is None


def test_parts_of_a_criterion_take_marks_where_the_rules_mark_parts():
    lines = [line.code for one in ROUND.rubric for line in sheets.lines_of(one, ROUND.step)]

    assert tuple(lines) == CODES


@given(st.lists(st.sampled_from(("OPEN", "GIVEN", "SECOND_LOOK")), max_size=12), st.data())
def test_every_entry_of_a_desk_is_counted_once(states, data):
    drafts = data.draw(st.lists(st.booleans(), min_size=len(states), max_size=len(states)))
    desk = [
        entry(f"HG-{n}", state, DraftText() if has else None)
        for n, (state, has) in enumerate(zip(states, drafts, strict=True))
    ]

    found = sheets.progress(desk)

    assert found.entries == len(desk)
    assert found.given == states.count("GIVEN")
    assert found.drafts + found.awaited == states.count("OPEN")


def test_the_neighbours_of_an_entry_are_those_of_the_desk():
    desk = [entry("HG-01"), entry("HG-04"), entry("HG-09")]

    found = [sheets.neighbours(desk, one.code) for one in desk]

    assert found == [(None, "HG-04"), ("HG-01", "HG-09"), ("HG-04", None)]


def test_a_form_begins_with_the_draft_else_with_the_sheet_as_people_write_it():
    draft = DraftText(marks={"TINH_MOI": "7,"}, comment="chưa xong")
    given_sheet = replace(entry("HG-01", "GIVEN"), marks={"TINH_MOI": Decimal("7.5")})

    assert sheets.typed_of(replace(given_sheet, draft=draft)) == (
        {"TINH_MOI": "7,"},
        {},
        "chưa xong",
    )
    assert sheets.typed_of(given_sheet) == ({"TINH_MOI": "7,5"}, {}, "")
