"""Letters that come back, from a folder and from an IMAP server in another process."""

import mailbox

import pytest
from msgspec.structs import replace

from kernel.testing import NOON
from services.notify.domain import Accepted, Telling
from services.notify.mail import bounces
from services.notify.mail.bounces import NoBox, open_box
from services.notify.settings import NotifySettings
from tests.service.notify.counterparts import CERTIFICATE
from tests.service.notify.dovecot import count, dovecot, empty, put
from tests.service.notify.events import opened, person
from tests.service.notify.test_log import NAMED, later, letter, rows, tell

BOUNCE = """\
From: MAILER-DAEMON@example.vn
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It came back.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.vn

Final-Recipient: rfc822; {address}
Action: failed
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: <{delivery_id}@haugiang.example>

--b--
"""


@pytest.fixture
def office(bench):
    bench.hear(opened())
    bench.hear(person("p-1", email="sen@example.vn"), id="of-1")
    return bench


@pytest.fixture
def box(tmp_path, office):
    made = mailbox.Maildir(str(tmp_path / "returned"))
    office.service.settings = NotifySettings(
        smtp_url=office.service.settings.smtp_url,
        smtp_sender="a@haugiang.example",
        bounces_url=f"maildir://{tmp_path / 'returned'}",
    )
    return made


def came_back(delivery_id, address="sen@example.vn", status="5.1.1"):
    return BOUNCE.format(delivery_id=delivery_id, address=address, status=status)


def test_a_letter_that_comes_back_marks_the_delivery_and_the_address(office, relay, box):
    tell(office, letter())
    office.tick("send_letters", now=NOON)
    box.add(came_back(rows(office)[0].delivery_id))

    office.tick("read_returned", now=later(minutes=1))
    office.tick("read_returned", now=later(minutes=2))
    tell(office, letter(), event="m-2", at=later(minutes=3))
    office.tick("send_letters", now=later(minutes=3))

    first, second = rows(office)
    assert (first.state, first.last_error) == ("FAILED", "The letter came back: 5.1.1.")
    assert (second.state, second.last_error) == (
        "FAILED",
        "Letters to this e-mail address come back.",
    )
    assert len(relay.received) == 1


def test_a_box_that_is_full_of_read_returns_is_read_to_its_end(office, box, monkeypatch):
    monkeypatch.setattr(bounces, "MOST", 2)
    tell(office, letter())
    office.tick("send_letters", now=NOON)
    for number in range(2):
        box.add(came_back(f"d-{number}"))
    office.tick("read_returned", now=later(minutes=1))
    box.add(came_back(rows(office)[0].delivery_id))

    office.tick("read_returned", now=later(minutes=2))

    assert rows(office)[0].state == "FAILED"


@pytest.mark.parametrize("forged", [{"address": "other@example.vn"}, {"delivery_id": "d-9"}])
def test_a_return_that_is_not_of_our_letter_to_its_reader_changes_nothing(office, box, forged):
    tell(office, letter())
    office.tick("send_letters", now=NOON)
    box.add(came_back(**{"delivery_id": rows(office)[0].delivery_id, **forged}))

    office.tick("read_returned", now=later(minutes=1))

    assert rows(office)[0].state == "SENT"


@pytest.fixture(scope="module")
def server():
    with dovecot() as url:
        yield url


@pytest.fixture
def post_office(office, server, monkeypatch):
    """Have returned letters lie on the server, which the office trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    office.service.settings = replace(office.service.settings, bounces_url=server)
    empty(server)
    return office


def test_returned_letters_are_read_off_an_imap_server_and_left_there(post_office, server, relay):
    office = post_office
    office.hear(opened(), tenant="can-tho")
    office.hear(person("p-9", email="lua@example.vn"), id="of-9", tenant="can-tho")
    tell(office, letter())
    tell(office, Telling("p-9", "EMAIL", Accepted(NAMED), ("e-1",)), tenant="can-tho")
    office.tick("send_letters", now=NOON)
    office.tick("send_letters", now=NOON, tenant="can-tho")
    mine, theirs = rows(office)[0], rows(office, "can-tho")[0]
    put(
        server,
        came_back(mine.delivery_id),
        came_back(theirs.delivery_id, "lua@example.vn"),
        "Subject: Kính gửi\n\nXin cảm ơn.\n",
        came_back("d-9"),
    )

    office.tick("read_returned", now=later(minutes=1))
    put(server, came_back(mine.delivery_id))
    office.tick("read_returned", now=later(minutes=2))

    assert len(relay.received) == 2
    assert (rows(office)[0].state, rows(office)[0].tries) == ("FAILED", 2)
    assert rows(office, "can-tho")[0].last_error == "The letter came back: 5.1.1."
    assert (count(server, "ALL"), count(server, "UNSEEN")) == (5, 0)


@pytest.mark.parametrize(
    ("part", "other", "why"),
    [
        ("p%40ss", "guessed", "error"),
        ("INBOX", "No-such-box", "error"),
        ("localhost", "127.0.0.1", "SSLCertVerificationError"),
    ],
    ids=["password", "folder", "certificate"],
)
def test_a_box_that_is_not_ours_is_not_read(server, monkeypatch, part, other, why):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    with pytest.raises(NoBox, match=why), open_box(server.replace(part, other)) as returned:
        list(returned)
