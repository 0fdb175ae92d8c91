"""What `sangkien review` prints, of a platform that answers over HTTP."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from click.testing import CliRunner

from services.review.operate import group

LINE = {
    "code": "HG-07",
    "raw_score": "78.50",
    "raw_rank": 8,
    "score": "81.20",
    "rank": 3,
    "low": 1,
    "high": 9,
    "tied_in_noise": True,
}
ANSWERS = {
    "/v1/contests/HG-2022/entries/HG-07/place": {
        "judged": {"text": ["Bài HG-07 “Một cửa”."]},
        "final": {"text": ["Điểm cuối cùng:"]},
    },
    "/v1/contests/HG-2022/rounds/SO_KHAO/calibration": {
        "counts": False,
        "confidence": "0.95",
        "refusal": None,
        "noise": "4.023",
        "spread": "6.035",
        "severities": [{"judge_id": "j-1", "points": "-1.25", "error": "0.400", "sheets": 12}],
        "lines": [LINE],
    },
    "/v1/contests/HG-2022/rounds/BAO_VE/calibration": {
        "refusal": {
            "reason": "NOT_CONNECTED",
            "judge_ids": [],
            "codes": [],
            "groups": [["j-1", "j-2"], ["j-3"]],
        }
    },
}


class Answers(BaseHTTPRequestHandler):
    """Answers what is known; anything else is a problem, as the platform says it."""

    def do_GET(self):
        found = ANSWERS.get(self.path)
        problem = {"title": "Chưa được", "detail": "Điểm chỉ được xem sau khi đóng vòng."}
        body = json.dumps(found or problem).encode()
        self.send_response(200 if found else 409)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def run(monkeypatch):
    with HTTPServer(("127.0.0.1", 0), Answers) as platform:
        Thread(target=platform.serve_forever, daemon=True).start()
        monkeypatch.setenv("SANGKIEN_URL", f"http://127.0.0.1:{platform.server_port}/")
        monkeypatch.setenv("SANGKIEN_TOKEN", "token")
        yield lambda *words: CliRunner().invoke(group, [*words, "--contest", "HG-2022"])
        platform.shutdown()


def test_a_place_is_explained_round_by_round_and_in_the_end(run):
    assert run("explain", "HG-07").output == "Bài HG-07 “Một cửa”.\nĐiểm cuối cùng:\n"


def test_a_place_is_explained_as_data(run):
    path = "/v1/contests/HG-2022/entries/HG-07/place"

    assert json.loads(run("explain", "HG-07", "--json").output) == ANSWERS[path]


def test_severities_and_intervals_are_said(run):
    assert run("calibration", "SO_KHAO").output.splitlines() == [
        "Xếp hạng chính thức theo điểm giám khảo cho, chưa hiệu chỉnh.",
        "Độ lệch chuẩn của một phiếu: 4,023 điểm; giữa các bài: 6,035 điểm.",
        "Giám khảo chấm cao (+) hay thấp (−) hơn đồng nghiệp trên cùng bài:",
        "  j-1: −1,25 (± 0,400), 12 phiếu",
        "Hạng sau hiệu chỉnh, khoảng tin cậy 95%, hạng theo điểm đã cho:",
        ("  3 [1–9] HG-07 81,20; đã cho: hạng 8, 78,50 ≈ bài kế tiếp, không phân biệt được"),
    ]
    assert json.loads(run("calibration", "SO_KHAO", "--json").output)["lines"] == [LINE]


def test_a_refusal_says_whom_it_is_about(run):
    assert run("calibration", "BAO_VE").output == (
        "Không hiệu chỉnh được. Các giám khảo chia thành những nhóm không chấm chung bài nào:"
        " j-1, j-2; j-3.\n"
    )


def test_a_problem_is_said_in_the_platforms_words(run):
    told = run("explain", "HG-99")

    assert (told.exit_code, told.output) == (
        1,
        "Error: Chưa được: Điểm chỉ được xem sau khi đóng vòng.\n",
    )


@pytest.mark.parametrize("missing", ["SANGKIEN_URL", "SANGKIEN_TOKEN"])
def test_where_and_who_must_be_said(run, monkeypatch, missing):
    monkeypatch.delenv(missing)

    assert missing in run("explain", "HG-07").output
