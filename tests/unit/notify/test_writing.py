"""How letters read."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateError, UndefinedError

from services.notify.domain import (
    DefenceSet,
    Letter,
    MilestoneDue,
    PetitionNews,
    Receipt,
    Won,
    WonPrize,
)
from services.notify.domain.accounts import PORTAL, AccountChanged
from services.notify.domain.quoted import DefenceTime
from services.notify.writing import (
    SAMPLES,
    TEMPLATES,
    Reader,
    compose,
    environment_of,
    shipped,
    spell_end,
    spell_out,
)
from services.notify.written import Attachment
from tests.unit.notify.builders import CLOSING, CONTEST, LETTERS, NAMED

ENGLISH = TEMPLATES.parent / "en"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def write(code, content, name, contest, language="vi"):
    return compose("EMAIL", shipped(code, language), content, Reader(name, contest))


def written(letter, name="Lê Thị Sen"):
    return write(letter.template, msgspec.to_builtins(letter), name, CONTEST)


def test_a_receipt_reads_as_an_office_would_write_it():
    letter = written(Receipt(NAMED, CLOSING, 1, ("Bản thuyết minh",)))

    assert letter.subject == "Giấy biên nhận hồ sơ dự thi số H30-220701-0001"
    assert letter.text == (
        "Kính gửi Ông/Bà Lê Thị Sen,\n"
        "\n"
        "Phòng Cải cách hành chính, Sở Nội vụ đã nhận hồ sơ dự thi sau đây:\n"
        "\n"
        "- Cuộc thi: Cuộc thi sáng kiến cải cách hành chính 2022\n"
        "- Tên mô hình, sáng kiến, giải pháp: Một cửa số cho cấp xã\n"
        "- Mã biên nhận: H30-220701-0001\n"
        "- Thời điểm nhận: 08 giờ 00 phút, ngày 15 tháng 8 năm 2022\n"
        "- Lần nộp: 1\n"
        "\n"
        "Hồ sơ còn thiếu thành phần sau:\n"
        "\n"
        "- Bản thuyết minh\n"
        "\n"
        "Đề nghị Ông/Bà chuẩn bị thành phần còn thiếu. Khi có yêu cầu bổ sung, Ông/Bà nộp qua"
        " cổng thông tin của cuộc thi hoặc trực tiếp tại nơi tiếp nhận.\n"
        "\n"
        "Đề nghị Ông/Bà giữ mã biên nhận để tra cứu tình trạng hồ sơ.\n"
        "\n"
        "Trân trọng.\n"
        "\n"
        "Phòng Cải cách hành chính, Sở Nội vụ\n"
        "UBND tỉnh Hậu Giang\n"
        "\n"
        "(Thư này được gửi tự động, xin không trả lời vào địa chỉ gửi.)\n"
    )


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.template)
def test_every_letter_greets_names_the_contest_and_is_signed(letter):
    page = written(letter)

    assert page.text.startswith("Kính gửi Ông/Bà Lê Thị Sen,\n")
    assert CONTEST.title in page.text
    assert "Phòng Cải cách hành chính, Sở Nội vụ\nUBND tỉnh Hậu Giang\n" in page.text
    assert "\n\n\n" not in page.text
    assert "None" not in page.subject + page.text
    assert "điểm số" not in page.text


def test_a_changed_defence_day_says_when_where_and_why():
    time = DefenceTime(NAMED, "Hội trường A", CLOSING)

    letter = written(DefenceSet("Vòng bảo vệ", (time,), 2, "Đổi phòng.", 10, 5, ("BEGIN",)))

    assert letter.subject == "Thay đổi lịch bảo vệ - Vòng bảo vệ"
    assert letter.attachments == (Attachment("lich-1.ics", "text/calendar", b"BEGIN"),)
    assert letter.text.startswith(
        "Kính gửi Ông/Bà Lê Thị Sen,\n"
        "\n"
        "Lịch bảo vệ tại Vòng bảo vệ của Cuộc thi sáng kiến cải cách hành chính 2022 có thay đổi"
        " đối với hồ sơ của Ông/Bà:\n"
        "\n"
        "- Một cửa số cho cấp xã (mã biên nhận H30-220701-0001): 08 giờ 00 phút, ngày 15 tháng 8"
        " năm 2022, tại Hội trường A\n"
        "\n"
        "Lý do: Đổi phòng.\n"
        "\n"
        "Mỗi hồ sơ có 10 phút trình bày và 5 phút trả lời câu hỏi của Ban Giám khảo. Đề nghị"
        " Ông/Bà có mặt trước giờ bảo vệ. Tệp lịch kèm theo thư có thể mở bằng ứng dụng lịch trên"
        " máy tính, điện thoại.\n"
    )


@pytest.mark.parametrize(
    ("state", "note", "says"),
    [
        ("REFUSED", "Quá thời hạn.", "Lý do: Quá thời hạn."),
        ("UPHELD", "31/TB-BTC: Chấp nhận.", "Văn bản trả lời số 31/TB-BTC: Chấp nhận."),
        ("REJUDGING", "21/BB-BTC", "được đưa ra chấm phúc khảo"),
    ],
)
def test_who_filed_a_petition_reads_what_became_of_it(state, note, says):
    letter = written(PetitionNews(NAMED, "PETITION", state, note, None))

    assert letter.subject.startswith("Kiến nghị về hồ sơ H30-220701-0001")
    assert says in letter.text
    assert "Thời hạn" not in letter.text


def test_a_reminder_says_how_a_milestone_stands():
    due = date(2022, 12, 1)
    letters = [
        written(MilestoneDue("Một cửa số", "Sở Tư pháp", "Tập huấn", due, days))
        for days in (-7, 0, 3)
    ]

    assert [letter.subject for letter in letters] == [
        "Mốc nhân rộng sáng kiến đến hạn sau 7 ngày",
        "Mốc nhân rộng sáng kiến đến hạn hôm nay",
        "Mốc nhân rộng sáng kiến đã quá hạn 3 ngày",
    ]
    assert letters[2].text.startswith(
        "Kính gửi Ông/Bà Lê Thị Sen,\n"
        "\n"
        "Ông/Bà phụ trách việc áp dụng sáng kiến “Một cửa số” của Cuộc thi sáng kiến cải cách"
        " hành chính 2022 tại Sở Tư pháp.\n"
        "\n"
        "Mốc thực hiện: Tập huấn\n"
        "Hạn hoàn thành: ngày 01 tháng 12 năm 2022 (đã quá hạn 3 ngày)\n"
        "\n"
        "Đề nghị Ông/Bà"
    )


def test_there_is_one_template_per_kind_of_letter():
    kinds = {kind.template for kind in Letter.__args__}

    assert {path.stem for path in TEMPLATES.glob("*.txt")} == kinds | {"signature"}
    assert {path.stem for path in ENGLISH.glob("*.txt")} == kinds | {"signature"}
    assert set(SAMPLES) == kinds


def test_a_placeholder_nobody_fills_is_an_error():
    with pytest.raises(UndefinedError):
        write("refused", {"entry": msgspec.to_builtins(NAMED)}, "Lê Thị Sen", CONTEST)


def test_a_template_cannot_reach_out_of_its_sandbox():
    escape = environment_of("vi").from_string("{{ ''.__class__.__mro__[1].__subclasses__() }}")

    with pytest.raises(TemplateError):
        escape.render()


def test_what_people_type_is_quoted_and_not_run():
    nasty = WonPrize(NAMED, "{{ 7 * 7 }}{% include 'signature.txt' %}", "CT")

    assert "{{ 7 * 7 }}{% include 'signature.txt' %}" in written(Won((nasty,))).text


@given(st.text(min_size=1))
def test_a_subject_is_one_line_whatever_people_type(code):
    letter = Receipt(type(NAMED)(code, "Tên"), CLOSING, 1, ())

    assert len(written(letter).subject.splitlines()) <= 1


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("2022-08-15T01:00:00Z", "08 giờ 00 phút, ngày 15 tháng 8 năm 2022"),
        ("2022-08-15T17:00:00Z", "00 giờ 00 phút, ngày 16 tháng 8 năm 2022"),
        ("2022-02-01T09:05:59+00:00", "16 giờ 05 phút, ngày 01 tháng 02 năm 2022"),
        ("2022-12-31T16:59:00Z", "23 giờ 59 phút, ngày 31 tháng 12 năm 2022"),
    ],
)
def test_instants_are_spelled_out_in_local_time(instant, words):
    assert spell_out(instant, VIETNAM) == words


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_an_instant_in_words_can_be_read_back_to_the_minute(instant):
    words = spell_out(instant.isoformat(), VIETNAM)

    read = datetime.strptime(words, "%H giờ %M phút, ngày %d tháng %m năm %Y")  # noqa: DTZ007
    local = instant.astimezone(VIETNAM).replace(second=0, microsecond=0, tzinfo=None)
    assert read == local


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("2022-08-17T17:00:00Z", "hết ngày 17 tháng 8 năm 2022"),
        ("2022-02-28T17:00:00+00:00", "hết ngày 28 tháng 02 năm 2022"),
        ("2022-08-17T10:00:00Z", "trước 17 giờ 00 phút, ngày 17 tháng 8 năm 2022"),
    ],
)
def test_a_time_limit_that_ends_at_midnight_is_the_end_of_a_day(instant, words):
    assert spell_end(instant, VIETNAM) == words


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("Cuộc thi sáng kiến năm 2022", "Cuộc thi sáng kiến năm 2022"),
        ("Đề xuất mô hình năm 2022", "Cuộc thi “Đề xuất mô hình năm 2022”"),
    ],
)
def test_a_contest_is_called_one_once(title, called):
    contest = replace(CONTEST, title=title)

    assert contest.called == called


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        ("PASSWORD", "Mật khẩu đã được thay đổi"),
        ("SECOND_STEP_SET", "Đã bật xác thực hai bước"),
        ("SECOND_STEP_DROPPED", "Đã tắt xác thực hai bước"),
    ],
)
def test_a_change_of_an_account_says_what_changed_and_what_to_do(change, subject):
    content = msgspec.to_builtins(AccountChanged(change, CLOSING))

    letter = write(AccountChanged.template, content, "Lê Thị Sen", PORTAL)
    english = write(AccountChanged.template, content, "Lê Thị Sen", PORTAL, "en")

    assert letter.subject == subject
    assert "08 giờ 00 phút, ngày 15 tháng 8 năm 2022. " in letter.text
    assert "Nếu Ông/Bà không thực hiện việc này" in letter.text
    assert "{" not in english.text
    assert "If it was not you" in english.text
