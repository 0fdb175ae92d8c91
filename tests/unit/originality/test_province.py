"""Another province's platform is waited for so long and no longer, however it answers."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from msgspec.structs import replace

from contracts.originality import BandAnswer, Contact
from services.originality import province
from services.originality.agreements import Partner

ROOT = Path(__file__).parents[3]
ANSWERS = (
    b'{"access_token": "t"}',
    b'{"band": "LOW", "contact": {"office": "S\xe1\xbb\x9f N\xe1\xbb\x99i v\xe1\xbb\xa5"}}',
)
PAUSE = 0.1  # seconds between bytes: the whole of an answer takes ten seconds and more


def told(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def at_once(line: socket.socket, answer: bytes, _done: Event) -> None:
    line.sendall(answer)


def head_in_drips(line: socket.socket, answer: bytes, done: Event) -> None:
    for byte in answer:
        if done.wait(PAUSE):
            return
        line.sendall(bytes([byte]))


def body_in_drips(line: socket.socket, answer: bytes, done: Event) -> None:
    head, _, body = answer.partition(b"\r\n\r\n")
    line.sendall(head + b"\r\n\r\n")
    head_in_drips(line, body, done)


def nothing(_line: socket.socket, _answer: bytes, done: Event) -> None:
    done.wait(60)


@contextmanager
def answering(*ways) -> Iterator[Partner]:
    """Serve one request after the other, each answered in its own way."""
    done = Event()
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for way, answer in zip(ways, ANSWERS, strict=False):
            try:
                line, _ = server.accept()
                with line:
                    line.recv(65_536)
                    way(line, told(answer), done)
            except OSError:  # hung up on, as was to be expected
                continue

    thread = Thread(target=serve)
    thread.start()
    try:
        yield Partner(
            province="can-tho",
            key="ab" * 32,
            url=f"http://127.0.0.1:{server.getsockname()[1]}/cong/",
            tenant="can-tho",
            client_id="c",
            client_secret="s",  # noqa: S106  # of nobody
        )
    finally:
        done.set()
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        server.close()


def test_answer_is_read():
    with answering(at_once, at_once) as partner:
        said = province.ask(partner, ["0" * 16], 30.0)

    assert said == BandAnswer(band="LOW", contact=Contact(office="Sở Nội vụ"))


@pytest.mark.parametrize(
    "ways",
    [(head_in_drips,), (body_in_drips,), (at_once, body_in_drips), (nothing,)],
    ids=["head", "body", "second-answer", "silence"],
)
def test_whoever_drips_is_hung_up_on(ways):
    """Were it not so, the answers would be whole in the end, and read."""
    with answering(*ways) as partner, pytest.raises(province.ProvinceSilent):
        province.ask(partner, ["0" * 16], 0.5)


def test_handshake_that_never_ends_is_hung_up_on_too():
    record = b"\x16\x03\x03\x40\x00" + bytes(0x4000)  # the beginning of one of TLS

    def serve(line: socket.socket, _answer: bytes, done: Event) -> None:
        head_in_drips(line, record, done)

    with answering(serve) as partner, pytest.raises(province.ProvinceSilent):
        province.ask(replace(partner, url=partner.url.replace("http", "https")), ["0" * 16], 0.5)


IN_TURNS = """
import eventlet
eventlet.monkey_patch()
from tests.unit.originality import test_province
test_province.test_answer_is_read()
for way in (test_province.head_in_drips, test_province.body_in_drips):
    test_province.test_whoever_drips_is_hung_up_on((way,))
"""


@pytest.mark.slow
def test_it_is_hung_up_on_where_all_wait_in_turns_as_in_a_service():
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", IN_TURNS],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr
