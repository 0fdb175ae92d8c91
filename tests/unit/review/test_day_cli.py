"""`sangkien review day`, against an HTTP server that answers as the platform does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from services.review.operate import group

SLOT = {
    "code": "HG-07",
    "title": "Một cửa",
    "room": "Hội trường A",
    "starts_at": "2022-08-25T01:00:00Z",
    "answers_at": "2022-08-25T01:10:00Z",
    "ends_at": "2022-08-25T01:15:00Z",
    "away": ["j-2"],
}
MINUTES = {"present_minutes": 10, "question_minutes": 5}
PLAN = {"slots": [SLOT], "leavings": 1, "at_least": 1, "is_best": True, "seed": "lot", **MINUTES}
DAY = {
    "round_id": "BAO_VE",
    "version": 2,
    "newest": 2,
    "is_whole": True,
    "slots": [SLOT | {"state": "CANCELLED"}],
    "leavings": 0,
    "warn_minutes": 1,
    "versions": [
        {
            "version": 2,
            "recorded_at": "2022-08-24T02:00:00Z",
            "recorded_by": "s-1",
            "reason": "Rút hồ sơ",
            "changed": ["HG-07"],
        }
    ],
    **MINUTES,
}
PATH = "/v1/contests/HG-2022/rounds/BAO_VE/defence"
ANSWERS = {
    f"{PATH}/plan": json.dumps(PLAN).encode(),
    PATH: json.dumps(DAY).encode(),
    f"{PATH}.ics": b"whole",
    f"{PATH}/judges/j-2/calendar.ics": b"of a judge",
    f"{PATH}/entries/HG-07/calendar.ics": b"of an entry",
}


class Answers(BaseHTTPRequestHandler):
    """Answers what is known, and keeps what was sent."""

    def do_GET(self):
        self.answer()

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.bodies.append(json.loads(self.rfile.read(length)))
        self.answer()

    def answer(self):
        found = ANSWERS[self.path]
        self.send_response(200)
        self.send_header("Content-Length", str(len(found)))
        self.end_headers()
        self.wfile.write(found)

    def log_message(self, *_):
        pass


@pytest.fixture
def platform(monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.bodies = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("SANGKIEN_URL", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("SANGKIEN_TOKEN", "t")
        yield server
        server.shutdown()
        thread.join()


def run(*arguments):
    return CliRunner().invoke(group, ["day", *map(str, arguments)])


def test_a_day_is_tried_out_at_the_command_line(platform):
    result = run(
        *("plan", "HG-2022", "BAO_VE", "--hours", "2022-08-25 08:00-11:30"),
        *("--room", "Hội trường A", "--room", "Phòng 2: TTHC, CDS"),
        *("--when", "j-2 2022-08-25 08:00-09:30"),
    )

    assert result.exit_code == 0, result.output
    assert platform.bodies == [
        {
            "hours": [
                {
                    "starts_at": "2022-08-25T08:00:00+07:00",
                    "ends_at": "2022-08-25T11:30:00+07:00",
                }
            ],
            "rooms": [
                {"name": "Hội trường A", "areas": []},
                {"name": "Phòng 2", "areas": ["TTHC", "CDS"]},
            ],
            "availability": [
                {
                    "of": "j-2",
                    "hours": [
                        {
                            "starts_at": "2022-08-25T08:00:00+07:00",
                            "ends_at": "2022-08-25T09:30:00+07:00",
                        }
                    ],
                }
            ],
            "seed": None,
        }
    ]
    assert result.output.splitlines() == [
        "Lịch bảo vệ dự kiến, chưa ghi nhận (mã bốc thăm lot)",
        "25/08/2022 08:00–08:15 Hội trường A: HG-07 Một cửa (tạm rời phòng: j-2)",
        "Giám khảo rời phòng 1 lượt (ít nhất có thể).",
    ]


@pytest.mark.usefixtures("platform")
def test_a_recorded_day_is_printed_with_its_versions():
    result = run("show", "HG-2022", "BAO_VE")

    assert result.output.splitlines() == [
        "Lịch bảo vệ, lần ghi nhận 2/2",
        "25/08/2022 08:00–08:15 Hội trường A: HG-07 Một cửa (tạm rời phòng: j-2) [đã hủy]",
        "Lần 2, 09:00 24/08/2022, s-1: Rút hồ sơ (HG-07)",
    ]


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize(
    ("option", "content"),
    [
        ((), b"whole"),
        (("--judge", "j-2"), b"of a judge"),
        (("--entry", "HG-07"), b"of an entry"),
    ],
)
def test_a_day_is_saved_as_a_calendar(tmp_path, option, content):
    file = tmp_path / "bao-ve.ics"

    result = run("ics", "HG-2022", "BAO_VE", file, *option)

    assert result.exit_code == 0, result.output
    assert file.read_bytes() == content


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize("hours", ["08:00-11:30", "2022-13-25 08:00-11:30", "2022-08-25 8h-11h"])
def test_hours_that_cannot_be_read_are_said_so(hours):
    result = run("plan", "HG-2022", "BAO_VE", "--hours", hours, "--room", "A")

    assert result.exit_code == 2
    assert hours in result.output


@pytest.mark.usefixtures("platform")
def test_a_calendar_is_of_a_judge_or_an_entry(tmp_path):
    result = run("ics", "HG-2022", "BAO_VE", tmp_path / "x", "--judge", "j-2", "--entry", "HG-07")

    assert "not both" in result.output
