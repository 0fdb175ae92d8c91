"""Letters go to the one they are written to, whatever people call themselves."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.notify.mail import BadAddress, Mail, enclose
from services.notify.written import Attachment, Letter

NOW = datetime(2022, 8, 15, 1, tzinfo=UTC)
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]


def received(name: str, address: str = "sen@example.vn"):
    mail = Mail("d-1", name, address, Letter("Giấy biên nhận", "Kính gửi Ông/Bà,\n"))
    return message_from_bytes(bytes(enclose(mail, "no-reply@example.vn", NOW)), policy=default)


def test_a_letter_names_its_reader():
    assert str(received("Lê Thị Sen")["To"]) == "Lê Thị Sen <sen@example.vn>"


def test_a_calendar_goes_with_its_letter_as_it_was_written():
    calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Bảo vệ ý tưởng\r\nEND:VCALENDAR\r\n"
    files = tuple(
        Attachment(f"lich-{number}.ics", "text/calendar", calendar.encode()) for number in (1, 2)
    )
    written = Letter("Lịch bảo vệ", "Kính gửi Ông/Bà,\n", attachments=files)

    letter = enclose(Mail("d-1", "Sen", "sen@example.vn", written), "no-reply@example.vn", NOW)

    read = message_from_bytes(bytes(letter), policy=default)
    files = list(read.iter_attachments())
    assert read.get_body().get_content() == "Kính gửi Ông/Bà,\r\n"
    assert [one.get_filename() for one in files] == ["lich-1.ics", "lich-2.ics"]
    assert {one.get_content_type() for one in files} == {"text/calendar"}
    assert files[0].get_content().splitlines() == calendar.splitlines()


@given(st.text())
@example("=?utf-8?q?x=0d=0aBcc:_other@example.vn?=")
@example("=?utf-8?b?DQpCY2M6IG90aGVyQGV4YW1wbGUudm4NCg0K?=")
@example("Sen\r\nBcc: other@example.vn")
@example("\ud800")
def test_no_name_adds_a_header_or_a_reader(name):
    letter = received(name)

    assert sorted(letter.keys()) == sorted(HEADERS)
    assert [one.addr_spec for one in letter["To"].addresses] == ["sen@example.vn"]
    assert letter.get_content() == "Kính gửi Ông/Bà,\r\n"


@given(st.text(alphabet='ab@.\\"<>()[],;: \r\n\t=?ế-_%', max_size=12))
@example("")
@example("a@")  # breaks the library's own parser with an IndexError
@example("a@[")  # … with an AttributeError
@example("a@[ ")  # … with an UnboundLocalError
@example("=?utf-8?q?=0d=0aBcc:_x?=@example.vn")
@example("a@b.vn, c@d.vn")
def test_what_is_no_address_is_refused_as_such(address):
    try:
        letter = received("Lê Thị Sen", address)
    except BadAddress:
        return

    assert [one.addr_spec for one in letter["To"].addresses] == [address]


@pytest.mark.parametrize("address", ["sen+hg@example.vn", "o'nam_1@cong-ty.example.vn"])
def test_common_addresses_are_written_to(address):
    assert received("Sen", address)["To"].addresses[0].addr_spec == address
