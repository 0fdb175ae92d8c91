"""The command line asks again while the platform is at work, always for the same thing."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import click
import pytest

from kernel.door import Door


class Platform(BaseHTTPRequestHandler):
    """Answers with the statuses it is to, in turn, and keeps the keys or paths it was asked by."""

    statuses: list[int]
    keys: list[str]

    def do_GET(self) -> None:
        self.keys.append(self.path)
        self.answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.keys.append(self.headers["Idempotency-Key"])
        self.answer()

    def answer(self) -> None:
        status = self.statuses.pop(0)
        body = json.dumps({"title": "Không thực hiện được", "detail": f"{status}"}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def platform() -> Iterator[HTTPServer]:
    Platform.keys = []
    with HTTPServer(("127.0.0.1", 0), Platform) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def door(platform) -> Door:
    return Door(f"http://127.0.0.1:{platform.server_port}", "token")


def test_work_under_way_is_asked_about_again_under_the_same_key(door):
    Platform.statuses = [504, 504, 201]

    answer = door.ask("POST", "/v1/sheets", b"sheet")

    assert answer["detail"] == "201"
    assert len(Platform.keys) == 3
    assert len(set(Platform.keys)) == 1


def test_another_request_has_another_key(door):
    Platform.statuses = [201, 201]

    for _ in range(2):
        door.ask("POST", "/v1/sheets", b"sheet")

    assert len(set(Platform.keys)) == 2


def test_refusal_ends_with_its_words_unless_it_is_to_be_read(door):
    Platform.statuses = [422, 422]

    with pytest.raises(click.ClickException, match="Không thực hiện được: 422"):
        door.ask("POST", "/v1/sheets", b"sheet")
    assert door.ask("POST", "/v1/sheets", b"sheet", reads=(422,))["detail"] == "422"


def test_what_is_not_asked_for_is_left_out_of_the_address(door):
    Platform.statuses = [200]

    door.read("/v1/sheets", seed=7, after="", most=None)

    assert Platform.keys == ["/v1/sheets?seed=7"]


def test_refusal_of_a_file_ends_with_its_words(door):
    Platform.statuses = [404]

    with pytest.raises(click.ClickException, match="Không thực hiện được: 404"):
        door.fetch("/v1/sheets.xlsx")


def test_platform_that_is_out_is_named():
    with pytest.raises(click.ClickException, match="does not answer"):
        Door("http://127.0.0.1:9", "token").ask("GET", "/v1/sheets")
