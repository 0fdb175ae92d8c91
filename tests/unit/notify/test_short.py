"""What an SMS carries, and what never leaves by SMS or Zalo."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.notify.domain.guarding import find_leak
from services.notify.domain.short import (
    BASIC,
    EXTENDED,
    NoMobile,
    TooLong,
    fit,
    mobile,
    plain,
    segments,
)

VIETNAMESE = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)


@given(st.text())
@example("Điểm “một cửa” – 100%…")
def test_what_is_sent_is_what_every_phone_shows(text):
    assert set(plain(text)) <= BASIC | EXTENDED


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper(), min_size=1))
def test_vietnamese_keeps_its_letters_and_loses_its_marks(text):
    assert plain(text).isascii()
    assert len(plain(text)) == len(text)
    assert "?" not in plain(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("[" * 80, 1),
        ("[" * 81, 2),
        ("a" * 152 + "[" + "a" * 10, 2),  # an extended letter is not split
    ],
)
def test_segments_are_counted_in_septets(text, count):
    assert segments(text) == count


@given(st.text(), st.integers(1, 4))
def test_a_text_that_is_cut_fits_and_begins_as_it_was(text, most):
    try:
        sent = fit(text, most, "CUT")
    except TooLong:
        return

    assert segments(sent) <= most
    assert sent == plain(text) or plain(text).startswith(sent.removesuffix("..."))


def test_a_text_that_may_not_be_cut_is_refused():
    with pytest.raises(TooLong, match="3 segments; 2 are allowed"):
        fit("a" * 307, 2, "REFUSE")


@pytest.mark.parametrize("phone", ["0912345678", "+84 912 345 678", "84912345678", "0912.345.678"])
def test_a_number_is_written_with_84(phone):
    assert mobile(phone) == "84912345678"


@pytest.mark.parametrize("phone", ["", "0212345678", "091234567", "09123456789", "1900 1234", "a"])
def test_what_is_no_mobile_number_is_refused(phone):
    with pytest.raises(NoMobile):
        mobile(phone)


@pytest.mark.parametrize(
    ("text", "leak"),
    [
        ("Hồ sơ H30-220815-0001 hợp lệ", None),
        ("Hạn bổ sung: 17 giờ 00 ngày 15/08/2022, xem https://x.vn/h/1", None),
        ("Quyết định số 07/QĐ-UBND", None),
        ("Liên hệ 0293.3878.123", None),
        ("Sáng kiến đạt 87,5 điểm", "SCORE"),
        ("Kết quả: 87.5/100", "SCORE"),
        ("Điểm trung bình: 87", "SCORE"),
        ("CCCD 093123456789", "IDENTITY_NUMBER"),
        ("CCCD 093 123 456 789", "IDENTITY_NUMBER"),
        ("CMND 361234567", "IDENTITY_NUMBER"),
        ("Lý do: nop sau thoi han quy dinh", "SOMEBODY'S_WORDS"),
    ],
)
def test_a_short_message_gives_nothing_away(text, leak):
    content = {
        "entry": {"title": "Một cửa số cho cấp xã"},
        "reason": "Nộp sau thời hạn quy định. Không khắc phục.",
        "due_at": "2022-08-15T17:00:00Z",
    }

    assert find_leak([text], content) == leak


@given(st.text(alphabet=VIETNAMESE + "  ", min_size=20, max_size=60), st.text(max_size=20))
def test_nobodys_words_leave_in_whatever_field_they_were(words, around):
    content = {"letter": {"lines": [{"grounds": words}]}}
    said = find_leak([f"{around} {words} {around}"], content)

    assert said is not None or len(plain(words)) < 12
