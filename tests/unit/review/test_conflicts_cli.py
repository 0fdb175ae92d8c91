"""`sangkien review conflicts`, against an HTTP server that answers as the platform does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from services.review.operate import group

LINE = {
    "judge_id": "j-1",
    "kind": "FOUND",
    "ground": "OWN_UNIT",
    "words": "cùng đơn vị với tác giả hoặc bài dự thi (SNV)",
    "ours": ["SNV"],
    "theirs": ["SNV"],
    "said_by": None,
    "excused_by": None,
}
DECLARED = LINE | {
    "judge_id": "j-2",
    "kind": "DECLARED",
    "ground": "DECLARED",
    "words": "đã có khai báo xung đột lợi ích",
    "said_by": "d-1",
}


def entry(number, *lines):
    return {
        "entry_id": f"e-{number}",
        "code": f"HG-0{number}",
        "title": "=CMD()",
        "area": "TTHC",
        "free": 2,
        "lines": lines,
    }


PAGES = {
    "": {"entries": [entry(1, LINE, DECLARED)], "after": "e-1"},
    "e-1": {"entries": [entry(2, LINE | {"excused_by": "pin-1"})], "after": None},
}
SAID = [
    {
        "id": "d-1",
        "side": "DECLARED",
        "judge_id": "j-2",
        "entry": "HG-01",
        "person_id": None,
        "relation": "SPOUSE",
        "ground": None,
        "reason": "Vợ chồng",
        "said_by": "j-2",
        "said_at": "2022-08-16T17:00:00Z",
        "ended_by": None,
        "ended_at": None,
        "ended_reason": "",
    }
]


class Platform(BaseHTTPRequestHandler):
    """Answers the two questions that the command asks."""

    def do_GET(self):  # the library's name
        asked = urlsplit(self.path)
        given = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/v1/contests/HG-2022/conflicts/declared":
            self.answer(200, SAID)
        elif asked.path == "/v1/contests/HG-2022/conflicts":
            self.answer(200, PAGES[given.get("after", "")])
        else:
            self.answer(403, {"title": "Forbidden", "detail": "Không được xem."})

    def answer(self, status, body):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_said):
        pass


@pytest.fixture
def run(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Platform)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("SANGKIEN_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("SANGKIEN_TOKEN", "t-1")
    yield lambda *asked: CliRunner().invoke(group, ["conflicts", *asked])
    server.shutdown()
    server.server_close()


def test_conflicts_are_listed_by_entry_over_all_pages(run):
    done = run("HG-2022")

    assert (done.exit_code, done.output.splitlines()) == (
        0,
        [
            "HG-01  còn 2 giám khảo chấm được",
            "  j-1: phát hiện, cùng đơn vị với tác giả hoặc bài dự thi (SNV)",
            "  j-2: khai báo, đã có khai báo xung đột lợi ích",
            "HG-02  còn 2 giám khảo chấm được",
            (
                "  j-1: phát hiện, cùng đơn vị với tác giả hoặc bài dự thi (SNV)"
                " [Trưởng ban: không cản trở]"
            ),
            "2 bài có xung đột lợi ích",
        ],
    )


def test_workbook_has_the_grounds_the_matrix_and_the_trace(run, tmp_path):
    path = tmp_path / "xung-dot.xlsx"

    done = run("HG-2022", "--xlsx", str(path))

    assert (done.exit_code, done.output) == (0, f"{path}: 2 bài\n")
    book = load_workbook(path)
    sheets = {sheet.title: [list(row) for row in sheet.values] for sheet in book.worksheets}
    assert len(sheets["Xung đột"]) == 4
    assert sheets["Ma trận"] == [
        ["Mã bài", "j-1", "j-2"],
        ["HG-01", "x", "x"],
        ["HG-02", "(x)", None],
    ]
    assert sheets["Khai báo, quyết định"][1][:4] == ["d-1", "khai báo xung đột", "j-2", "HG-01"]
    title = book["Xung đột"]["B2"]
    assert (title.value, title.data_type) == ("=CMD()", "s")


def test_refusal_is_told_in_the_platforms_words(run):
    done = run("HA-NOI")

    assert (done.exit_code, done.output) == (1, "Error: Forbidden: Không được xem.\n")
