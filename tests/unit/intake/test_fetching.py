"""A file that is fetched goes on in blocks of one size, and ends in time, however it drips."""

from hashlib import sha256
from socket import create_server, socket
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.onegate import fetching
from services.intake.onegate.fetching import NotFetched, blocks, fetch

CONTENT = b"%PDF-1.7 what was announced"
HEAD = b"HTTP/1.1 200 OK\r\nX-Padding: " + b"x" * 60 + b"\r\n\r\n"
PAUSE = 0.05  # seconds between two bytes that drip: all of them take some four seconds


@pytest.fixture
def dripping():
    """Serve one answer, `fast` at once and the rest a byte at a time; yield how and where."""
    served, stopped = [], Event()

    def serve(fast: bytes, slow: bytes, scheme: str = "http") -> str:
        server = create_server(("127.0.0.1", 0))
        line = Thread(target=answer, args=(server, fast, slow, stopped), daemon=True)
        line.start()
        served.append((server, line))
        return f"{scheme}://127.0.0.1:{server.getsockname()[1]}/a.pdf"

    yield serve
    stopped.set()
    for server, line in served:
        server.close()
        line.join()


def answer(server: socket, fast: bytes, slow: bytes, stopped: Event) -> None:
    line, _ = server.accept()
    with line:
        try:
            line.recv(4096)
            line.sendall(fast)
            for byte in slow:
                if stopped.wait(PAUSE):
                    return
                line.sendall(bytes([byte]))
        except OSError:
            return  # cut by whoever asked


def fetched(url: str) -> bytes:
    host = url.split("/")[2]
    return b"".join(fetch(url, len(CONTENT), sha256(CONTENT).hexdigest(), {host}, 10))


def test_what_comes_at_once_is_fetched(dripping):
    assert fetched(dripping(HEAD + CONTENT, b"")) == CONTENT


@pytest.mark.parametrize(
    ("fast", "slow"),
    [(b"", HEAD + CONTENT), (HEAD, CONTENT)],
    ids=["headers", "content"],
)
def test_what_drips_is_cut_off_when_the_time_is_over(dripping, monkeypatch, fast, slow):
    monkeypatch.setattr(fetching, "SECONDS", 0.4)

    with pytest.raises(NotFetched, match="too slow"):
        fetched(dripping(fast, slow))


def test_a_handshake_that_drips_is_cut_off_too(dripping, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.4)
    greeting = b"\x16\x03\x03\x40\x00" + b"\x02" * 80  # a record of TLS that never ends

    with pytest.raises(NotFetched, match="too slow"):
        fetched(dripping(b"", greeting, "https"))


@given(st.lists(st.binary(max_size=20)), st.integers(1, 15))
def test_blocks_hold_the_same_bytes_and_only_the_last_one_is_shorter(chunks, size):
    found = list(blocks(iter(chunks), size))

    assert b"".join(found) == b"".join(chunks)
    assert all(len(block) == size for block in found[:-1])
    assert all(0 < len(block) <= size for block in found)
