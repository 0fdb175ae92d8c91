"""A submission counts when its first bytes come, however long its body takes."""

import asyncio
import json
import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.gateway.service import listen

CONTEST = "HG-CCHC-2022"
RULES = (Path(__file__).parents[3] / "contests/hau-giang-2022.yaml").read_text()
CLOSES = datetime(2022, 8, 15, 17, tzinfo=UTC)
BODY = json.dumps({"declarations": ["BAN_CAM_KET"]}).encode()


@pytest.fixture
def port(application, door, behind):
    """Serve the door on a real socket; say on which."""
    assert all(process.poll() is None for process in behind)
    server = listen(application, "127.0.0.1", 0, door)
    thread = threading.Thread(target=asyncio.run, args=(server.serve(),))
    thread.start()
    while not server.started:
        thread.join(0.01)
        assert thread.is_alive()
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@contextmanager
def begun(port: int, path: str, headers: dict[str, str], length: int):
    """Send the head of a request and wait until the door has seen it; the body is to come."""
    head = [f"POST {path} HTTP/1.1", "Host: cuoc-thi.example", f"Content-Length: {length}"]
    head += ["Content-Type: application/json", "Expect: 100-continue", "Connection: close"]
    head += [f"{name}: {value}" for name, value in headers.items()]
    with socket.create_connection(("127.0.0.1", port)) as line, line.makefile("rb") as answers:
        line.sendall("\r\n".join([*head, "", ""]).encode())
        assert answers.readline() == b"HTTP/1.1 100 Continue\r\n"
        assert answers.readline() == b"\r\n"
        yield line, answers


def asked(port: int, path: str, headers: dict[str, str], body: bytes, between=lambda: None):
    """Send the head, do something else, send the body; return the answer's JSON."""
    with begun(port, path, headers, len(body)) as (line, answers):
        between()
        line.sendall(body)
        answer = answers.read()
    return json.loads(answer.partition(b"\r\n\r\n")[2])


@pytest.fixture
def entries(port, sign_in, moved):
    """Return the paths of two drafts of a contest, and the headers of their entrant."""
    organiser, entrant = sign_in("organiser"), sign_in("entrant")
    asked(port, "/v1/contests", organiser, RULES.encode())
    draft = {
        "kind": "INDIVIDUAL",
        "group": "NGUOI_DAN",
        "title": "Một cửa",
        "summary": "Đặt lịch hẹn qua tin nhắn.",
        "area": "TTHC",
        "authors": [{"full_name": "Nguyễn Thị An"}],
    }
    path = f"/v1/contests/{CONTEST}/entries"
    made = [asked(port, path, entrant, json.dumps(draft).encode()) for _ in range(2)]
    return [f"/v1/entries/{one['entry_id']}/submit" for one in made], entrant, moved


def test_head_before_the_deadline_and_body_after_it_is_in_time(port, entries):
    (first, second), entrant, move = entries
    before, after = CLOSES - timedelta(seconds=10), CLOSES + timedelta(minutes=10)

    move(before)
    in_time = asked(port, first, entrant, BODY, between=lambda: move(after))
    late = asked(port, second, entrant, BODY)

    assert in_time["late"] is False
    assert before <= datetime.fromisoformat(in_time["received_at"]) < CLOSES
    assert late["late"] is True
    assert datetime.fromisoformat(late["received_at"]) >= after
