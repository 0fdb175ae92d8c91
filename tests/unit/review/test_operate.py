"""`sangkien review …`: plans from a platform, answers and proofs from files."""

import threading
from datetime import UTC, date, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from click.testing import CliRunner
from msgspec import json
from msgspec.structs import replace

from contracts.review import MinutesView, PlannedEntry, PlannedLoad, RoundPlan, Shortage
from services.review.domain.assignment.problem import Demand, Desk, Problem
from services.review.operate import group

PLANNED = RoundPlan(
    round_id="SO_KHAO",
    state="WAITING",
    seed="7",
    entries=(PlannedEntry(code="HG-01", area="TTHC", judge_ids=("j-1", "j-2")),),
    loads=(
        PlannedLoad(judge_id="j-1", entries=1, most=5),
        PlannedLoad(judge_id="j-2", entries=1),
    ),
)
SHORT = Shortage(
    areas=("TTHC",), entries=1, needed=3, judges=0, inside=0, outside=2, sentence="Thiếu một lượt."
)
ASKED = Problem(
    judges=(Desk(judge_id="j-1"), Desk(judge_id="j-2")),
    entries=(Demand(entry_id="HG-01", needs=3),),
)


@pytest.fixture
def platform(monkeypatch):
    """Serve these answers by path on a port of this machine; note what was asked."""
    answers: dict[str, tuple[int, bytes]] = {}
    asked: list[tuple[str, str]] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            path = self.path.partition("?")[0]
            asked.append((self.path, self.headers["Authorization"]))
            status, body = answers[path]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("SANGKIEN_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("SANGKIEN_TOKEN", "token")
    yield answers, asked
    server.shutdown()
    thread.join()
    server.server_close()


def run(*words: object):
    return CliRunner().invoke(group, [str(word) for word in words])


PATH = "/v1/contests/HG-2022/rounds/SO_KHAO/plan"


def test_plan_is_printed_and_saved_as_a_workbook(platform, tmp_path):
    answers, asked = platform
    answers[PATH] = (200, json.encode(PLANNED))
    answers[f"{PATH}.xlsx"] = (200, b"PK...")

    done = run("plan", "HG-2022", "SO_KHAO", "--seed", "7", "--xlsx", tmp_path / "plan.xlsx")

    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "Phân công thử, chưa có hiệu lực (mã bốc thăm 7)",
        "HG-01: j-1, j-2",
        "j-1: 1 bài (tối đa 5)",
        "j-2: 1 bài",
    ]
    assert (tmp_path / "plan.xlsx").read_bytes() == b"PK..."
    assert asked[0] == (f"{PATH}?seed=7", "Bearer token")


def test_plan_that_cannot_be_is_status_one_with_its_proof(platform, tmp_path):
    answers, _ = platform
    refused = replace(PLANNED, entries=(), loads=(), shortages=(SHORT,), proof="{}")
    answers[PATH] = (200, json.encode(refused))

    done = run("plan", "HG-2022", "SO_KHAO", "--proof", tmp_path / "proof.json")

    assert done.exit_code == 1
    assert "KHÔNG phân công được: Thiếu một lượt." in done.output
    assert (tmp_path / "proof.json").read_text() == "{}"


def test_what_the_platform_refuses_is_told_in_its_words(platform):
    answers, _ = platform
    answers[PATH] = (403, json.encode({"title": "Không được phép", "detail": "Cần vai trò."}))

    done = run("plan", "HG-2022", "SO_KHAO")

    assert done.exit_code == 1
    assert "Không được phép: Cần vai trò." in done.output


def test_answer_proof_and_check_need_no_platform(tmp_path):
    problem, proof = tmp_path / "problem.json", tmp_path / "proof.json"
    problem.write_bytes(json.encode(ASKED))

    refused = run("assign", problem, "--proof", proof)
    checked = run("witness", "verify", proof)
    proof.write_bytes(proof.read_bytes().replace(b'"needed":3', b'"needed":4'))
    tampered = run("witness", "verify", proof)
    problem.write_bytes(json.encode(replace(ASKED, entries=(Demand(entry_id="HG-01", needs=2),))))
    answered = run("assign", problem)

    assert (refused.exit_code, checked.exit_code, tampered.exit_code) == (1, 0, 1)
    assert answered.exit_code == 0
    assert json.decode(answered.output)["panels"] == {"HG-01": ["j-1", "j-2"]}


def test_file_that_is_no_problem_is_refused(tmp_path):
    path = tmp_path / "problem.json"
    path.write_text("[]")

    assert "is not a problem" in run("assign", path).output


MINUTED = MinutesView(
    minutes_id="m-1",
    version=1,
    round_id="SO_KHAO",
    kind="CLOSING",
    state="ISSUED",
    kept_by="s-1",
    presided_by="j-1",
    drafted_by="s-1",
    drafted_at=datetime(2022, 8, 16, tzinfo=UTC),
    digest="0",
    pdf_sha256=sha256(b"%PDF").hexdigest(),
    docx_sha256=sha256(b"PK").hexdigest(),
    number="05/BB-BTC",
    dated=date(2022, 8, 17),
    is_replaced=True,
)
DRAFTED = replace(MINUTED, version=2, state="DRAFT", number="", dated=None, is_replaced=False)
ON_ONE_LINE = (
    "m-1 bản 1: 05/BB-BTC ngày 17/08/2022, SO_KHAO, tổng hợp điểm và khép lại vòng chấm"
    " (đã ban hành, đã được thay thế)"
)


def test_minutes_are_listed_version_by_version(platform):
    answers, _ = platform
    answers["/v1/contests/HG/minutes"] = 200, json.encode((MINUTED, DRAFTED))

    all_of_them = run("minutes", "list", "HG").output.splitlines()
    as_data = run("minutes", "list", "HG", "--json", "--round", "SO_KHAO").output
    of_another = run("minutes", "list", "HG", "--round", "BAO_VE").output

    assert all_of_them[0] == ON_ONE_LINE
    assert all_of_them[1].startswith("m-1 bản 2: chưa có số, SO_KHAO,")
    assert json.decode(as_data, type=tuple[MinutesView, ...]) == (MINUTED, DRAFTED)
    assert of_another.strip() == ""


def test_a_file_is_told_to_be_minutes_or_none(platform, tmp_path):
    answers, _ = platform
    answers["/v1/contests/HG/minutes"] = 200, json.encode((MINUTED,))
    known, unknown = tmp_path / "a.docx", tmp_path / "b.docx"
    known.write_bytes(b"PK")
    unknown.write_bytes(b"PK2")

    found = run("minutes", "verify", "HG", known)
    lost = run("minutes", "verify", "HG", unknown)

    assert (found.exit_code, found.output.strip()) == (0, ON_ONE_LINE)
    assert lost.exit_code == 1
    assert "không phải biên bản đã lập" in lost.output
