"""Dates, numbers and sentences as a Vietnamese office writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway import words


def test_an_instant_is_told_in_vietnam_time():
    instant = datetime(2022, 8, 15, 17, 5, tzinfo=UTC)

    assert words.moment(instant) == "00 giờ 05 phút, ngày 16/08/2022"


def test_a_score_has_a_comma():
    assert words.number(Decimal("77.80")) == "77,80"
    assert words.number(Decimal("1234567.89")) == "1.234.567,89"


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_a_mark_is_read_as_it_was_written(mark):
    assert words.points(words.number(mark)) == mark
    assert words.points(str(mark)) == mark


@pytest.mark.parametrize("text", ["", "bảy", "7,5,5", "-1", "1e3", "NaN", "1000"])
def test_what_is_no_mark_is_not_read(text):
    with pytest.raises(words.BadMark):
        words.points(text)


def test_a_sentence_is_said_in_vietnamese_with_its_parameters():
    said = words.say("There is no role {role}.", {"role": "king"})

    assert said == "Không có vai trò king."


def test_roles_in_a_sentence_are_said_in_vietnamese():
    said = words.say("This needs the role {roles}.", {"roles": "secretary or organiser"})

    assert said == "Việc này cần vai trò thư ký hoặc ban tổ chức."


def test_fields_in_a_sentence_are_said_in_vietnamese():
    template = "The entry cannot be handed in before these are filled in: {fields}."

    said = words.say(template, {"fields": "title, enterprise.tax_code"})

    assert said == "Chưa nộp được hồ sơ, còn thiếu: tên bài dự thi, mã số thuế."


@pytest.mark.parametrize(
    ("text", "number"), [("77,8", "77.8"), ("77.8", "77.8"), ("1.234,5", "1234.5"), (" -3 ", "-3")]
)
def test_figure_is_read_with_a_comma_or_a_point(text, number):
    assert words.figure(text) == Decimal(number)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_figure_is_read_as_it_was_written(figure):
    assert words.figure(words.number(figure)) == figure


@pytest.mark.parametrize("text", ["", "tám mươi", "7,5,5", "1e3", "NaN", "1.2.3", "1,234.5"])
def test_what_is_no_figure_is_not_read(text):
    with pytest.raises(ValueError, match=r".*"):
        words.figure(text)


def test_an_instant_in_a_sentence_is_written_out():
    assert words.written("2022-08-15T17:00:00Z") == "00 giờ 00 phút, ngày 16/08/2022"
    assert words.written("2022-08-16T00:00:00.5+07:00") == "00 giờ 00 phút, ngày 16/08/2022"
    assert words.written(date(2022, 8, 16)) == "2022-08-16"


@given(st.text(), st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2))
def test_a_sentence_nobody_translated_is_never_an_error(template, params):
    assert isinstance(words.say(template, params), str)
