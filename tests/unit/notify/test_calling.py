"""Who drips byte by byte holds a connection no longer than the whole may take."""

import socket
import ssl
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import cycle
from threading import Event, Thread

import pytest

from services.notify.calling import Line, Unanswered, open_timed, secure
from services.notify.domain import Down
from services.notify.domain.trying import BROKEN_OFF, UNREACHABLE
from services.notify.mail import Mail, Route, relaying, send
from services.notify.written import Letter

NOW = datetime(2022, 8, 15, 1, tzinfo=UTC)
RECORD = b"\x16\x03\x03\x40\x00"  # a TLS record of a handshake, 16 KB long


@contextmanager
def dripping(drops, *, first=b""):
    """Run a counterparty that sends `first`, then for ever one of the drops after another."""
    server, over = socket.create_server(("127.0.0.1", 0)), Event()

    def drip(line):
        with line, suppress(OSError):
            line.sendall(first)
            for drop in cycle(drops):
                if over.wait(0.02):
                    return
                line.sendall(bytes([drop]))

    def listen():
        with suppress(OSError):
            while True:
                line, _ = server.accept()
                Thread(target=drip, args=(line,), daemon=True).start()

    Thread(target=listen, daemon=True).start()
    try:
        yield server.getsockname()[1]
    finally:
        over.set()
        server.close()


@pytest.mark.parametrize(
    ("first", "drops"),
    [
        (b"", b"HTTP/1.1 200 OK"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n", b"x"),
    ],
    ids=["status", "headers", "body"],
)
def test_an_answer_that_drips_is_none(first, drops):
    with (
        dripping(drops, first=first) as port,
        pytest.raises(Unanswered, match="TimeoutError"),
    ):
        Line("127.0.0.1", port, None, 0.3).call("POST", "/", {}, b"{}")


def post(port, seconds=0.3):
    return Line("127.0.0.1", port, None, seconds).post("/", {"Host": "localhost"}, b"{}")


@pytest.mark.parametrize(
    ("first", "drops"),
    [(b"", b"HTTP/1.1 200 OK"), (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n")],
    ids=["status", "headers"],
)
def test_a_status_that_drips_is_none(first, drops):
    with dripping(drops, first=first) as port, pytest.raises(Unanswered, match="TimeoutError"):
        post(port)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204),
        (b"HTTP/1.0 200\nA: b\n\nx", 200),
        (
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 P\r\nA: b\r\n\r\nHTTP/1.1 410 G\r\n\r\n",
            410,
        ),
        (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", 101),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 500 Twice\r\n\r\n", 200),
    ],
    ids=["bare", "old", "interim", "switching", "body"],
)
def test_a_status_is_that_of_the_first_whole_answer(answer, status):
    with answering(answer) as port:
        assert post(port, 5) == status


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", "RemoteDisconnected"),
        (b"HTTP/1.1 200 OK\r\nA: b", "RemoteDisconnected"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", "RemoteDisconnected"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "BadStatusLine"),
        (b"HTTP/2 200\r\n\r\n", "BadStatusLine"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 12_000, "LineTooLong"),
    ],
    ids=["nothing", "cut off", "interim alone", "no HTTP", "HTTP/2", "endless"],
)
def test_what_is_no_answer_is_not_taken_for_one(answer, why):
    with answering(answer) as port, pytest.raises(Unanswered, match=why) as unanswered:
        post(port, 5)

    assert unanswered.value.reached


def test_nothing_begins_a_line_of_its_own_in_a_request():
    with pytest.raises(Unanswered, match="ValueError") as unanswered:
        Line("127.0.0.1", 9, None, 0.3).post("/", {"Host": "a\r\nX: y"}, b"")

    assert not unanswered.value.reached


@contextmanager
def answering(answer):
    """Run a counterparty that reads a request, sends this, and hangs up."""
    server = socket.create_server(("127.0.0.1", 0))

    def listen():
        with suppress(OSError):
            line, _ = server.accept()
            with line:
                line.recv(4096)
                line.sendall(answer)

    Thread(target=listen, daemon=True).start()
    try:
        yield server.getsockname()[1]
    finally:
        server.close()


def test_a_handshake_that_drips_comes_to_an_end():
    with dripping(b"\x00", first=RECORD) as port:
        timed = open_timed("127.0.0.1", port, 0.3)

        with pytest.raises(TimeoutError):
            secure(timed, ssl.create_default_context(), "localhost")


@pytest.mark.parametrize(
    ("first", "scheme", "strikes"),
    [
        (b"", "smtp", UNREACHABLE),
        (b"220-", "smtp", UNREACHABLE),
        (RECORD, "smtps", UNREACHABLE),
        (b"220 a\r\n250 a\r\n", "smtp", BROKEN_OFF),
    ],
    ids=["nothing", "greeting", "handshake", "letter"],
)
def test_a_relay_that_drips_is_left(first, scheme, strikes, monkeypatch):
    monkeypatch.setattr(relaying, "SECONDS", 0.3)
    mail = Mail("d-1", "Sen", "sen@example.vn", Letter("Biên nhận", "Kính gửi Ông/Bà,\n"))

    with dripping(b"2", first=first) as port:
        ((_, outcome),) = send(Route(f"{scheme}://127.0.0.1:{port}", "a@b.vn"), NOW, [mail])

    assert isinstance(outcome, Down)
    assert outcome.strikes == strikes
