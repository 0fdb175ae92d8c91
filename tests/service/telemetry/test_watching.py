"""What operators see is what the services show: spans, figures, dashboards, alerts, terminal."""

import json
import os
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import httpx
import promql_parser
import pytest
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML
from sqlalchemy import create_engine, text

from tests.service.telemetry.conftest import PASSWORD, WATCHED, until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "deploy/observability"
ALERTS = YAML(typ="safe").load(FOLDER / "alerts.yml")["groups"][0]["rules"]
DASHBOARDS = [json.loads(path.read_text()) for path in sorted(FOLDER.glob("dashboards/*.json"))]
RULES = (ROOT / "contests/hau-giang-2022.yaml").read_text()
TRACE = "0af7651916cd43dd8448eb211c80319c"
MADE_BY_PROMETHEUS = {"service", "job", "instance"}


def run(watched, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "kernel.operate", *arguments],
        env=os.environ | {"METRICS_URLS": watched.metrics_urls} | environment,
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="module")
def opened(watched, tmp_path_factory) -> dict:
    """Open a contest under a trace of our own; return what was recorded of the operator."""
    log = tmp_path_factory.mktemp("audit") / "commands.jsonl"
    made = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "kernel.operate", "account", "add", "van-hanh",
         "--tenant", "hau-giang", "--roles", "organiser,operator", "--password-stdin"],
        env=os.environ | watched.environments["gateway"] | {"AUDIT_LOG": str(log)},
        input=PASSWORD, text=True, capture_output=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    with httpx.Client(base_url=watched.http_url, timeout=60) as http:
        login = {"login": "van-hanh", "password": PASSWORD, "tenant": "hau-giang"}
        token = http.post("/v1/sessions", json=login).json()["token"]
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "text/yaml",
            "traceparent": f"00-{TRACE}-b7ad6b7169203331-01",
        }
        answer = http.post("/v1/contests", content=RULES, headers=headers)
        assert answer.status_code == 201, answer.text
    return {"lines": [json.loads(line) for line in log.read_text().splitlines()]}


@pytest.mark.usefixtures("opened")
def test_a_request_and_all_it_moves_are_one_trace(watched):
    def whole() -> dict[str, dict]:
        mine = [span for span in watched.spans() if span["trace"] == TRACE]
        found = {f"{span['service']}: {span['name']}": span for span in mine}
        heard = {name.partition(":")[0] for name in found if "intake.ContestOpened" in name}
        return found if heard == {"intake", "review", "notify"} else {}

    spans = until(whole)

    http = spans["gateway: POST /v1/contests"]
    asked = spans["gateway: intake.OpenContest"]
    answered = spans["intake: open_contest intake.OpenContest"]
    sent = spans["intake: outbox intake.ContestOpened"]
    heard = [span for span in spans.values() if span["kind"] == 5]
    assert http["parent"] == "b7ad6b7169203331"
    assert (asked["parent"], answered["parent"]) == (http["id"], asked["id"])
    assert sent["parent"] == answered["id"]
    assert {span["parent"] for span in heard if "ContestOpened" in span["name"]} == {
        answered["id"]
    }
    assert answered["attributes"]["sangkien.outcome"] == "ok"


@pytest.mark.usefixtures("opened")
def test_spans_tell_ids_and_names_alone(watched):
    known = {
        "http.request.method", "http.route", "rpc.service", "messaging.system",
        "messaging.message.id", "messaging.message.conversation_id", "sangkien.type",
        "sangkien.tenant", "sangkien.outcome",
    }  # fmt: skip

    told = set(chain.from_iterable(span["attributes"] for span in watched.spans()))

    assert told == known


@pytest.fixture(scope="module")
def shown(watched, opened) -> dict[str, set[str]]:
    """Return the labels of every metric the processes show, an open round and a delivery too."""
    assert opened["lines"]  # somebody has asked over HTTP
    fill(watched)
    found: dict[str, set[str]] = {}
    for service in WATCHED:
        for family in text_string_to_metric_families(watched.page(service)):
            for sample in family.samples:
                found.setdefault(sample.name, set()).update(sample.labels)
    return found


def fill(watched) -> None:
    """Put a round and deliveries into the tables past the services."""
    rows = {
        "review": (
            "INSERT INTO round (tenant, contest_id, round_id, state, rules, opened_at, due,"
            " ranking) VALUES ('hau-giang', 'hg', 'R1', 'OPEN', '{}', now(),"
            " now() - interval '2 hours', '[]');"
            "INSERT INTO inbox (tenant, handler, message_id, type, state, received_at, attempts,"
            " next_try_at) VALUES ('hau-giang', 'of_nobody', 'm', 't', 'retry', now(), 0, now())"
        ),
        "notify": (
            "INSERT INTO counterparty (tenant, name, failures) VALUES ('hau-giang', 'nobody', 0);"
            "INSERT INTO delivery (tenant, delivery_id, event_id, event_type, recipient, channel,"
            " counterparty, template, content, contest_id, entry_ids, state, queued_at, due_at,"
            " attempts, fallback, tries) VALUES ('hau-giang', 'd-1', 'e', 't', 'p', 'EMAIL',"
            " 'smtp', 't', '{}', 'hg', '{}', 'HELD', now(), now(), 0, '{}', 0),"
            " ('hau-giang', 'd-2', 'e', 't', 'q', 'EMAIL', 'smtp', 't', '{}', 'hg', '{}',"
            " 'FAILED', now(), now(), 9, '{}', 9),"
            " ('hau-giang', 'd-3', 'e', 't', 'p', 'NOWHERE', 'nobody', 't', '{}', 'hg', '{}',"
            " 'QUEUED', now(), now() + interval '1 hour', 0, '{}', 0)"
        ),
    }
    for service, statement in rows.items():
        engine = create_engine(watched.environments[service]["DATABASE_URL"])
        with engine.begin() as connection:
            connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
            connection.execute(text(statement))
        engine.dispose()


EXPRESSIONS = {rule["alert"]: rule["expr"] for rule in ALERTS} | {
    f"{board['title']}: {panel['title']} {target['refId']}": target["expr"]
    for board in DASHBOARDS
    for panel in board["panels"]
    for target in panel["targets"]
}


def parts(expression: object) -> list[object]:
    """Return an expression and everything below it."""
    found = [expression]
    for name in ("lhs", "rhs", "expr", "vector_selector", "args", "param"):
        below = getattr(expression, name, None)
        for each in below if isinstance(below, list) else [below]:
            if each is not None and not isinstance(each, str):
                found += parts(each)
    return found


def test_every_expression_asks_for_what_is_shown(shown):
    lost = []
    for title, expression in EXPRESSIONS.items():
        asked = [
            each for each in parts(promql_parser.parse(expression))
            if isinstance(each, promql_parser.VectorSelector)
        ]  # fmt: skip
        assert asked, title
        for selector in asked:
            if selector.name == "up":
                continue
            labels = shown.get(selector.name, set())
            named = {matcher.name for matcher in selector.matchers.matchers}
            named |= grouped(expression)
            if selector.name not in shown or named - labels - MADE_BY_PROMETHEUS:
                lost.append((title, selector.name, sorted(named - labels)))
    assert lost == []


def grouped(expression: str) -> set[str]:
    """Return the labels an expression groups by."""
    groups = re.findall(r"\bby \(([^)]*)\)", expression)
    return {label.strip() for group in groups for label in group.split(",")}


def test_every_metric_we_show_is_on_a_dashboard_or_explains_one(shown):
    asked = " ".join(EXPRESSIONS.values())
    ours = {
        re.sub(r"_(bucket|count|sum|created)$", "", name)
        for name in shown
        if name.startswith("sangkien_") and not name.startswith("sangkien_http_")
    }

    assert [name for name in sorted(ours) if f"{name}" not in asked] == []


@pytest.mark.parametrize("board", DASHBOARDS, ids=lambda board: board["uid"])
def test_a_dashboard_has_panels_that_do_not_overlap(board):
    places = [tuple(panel["gridPos"][key] for key in "xywh") for panel in board["panels"]]
    cells = [
        (column, row)
        for x, y, w, h in places
        for column in range(x, x + w)
        for row in range(y, y + h)
    ]

    assert len(cells) == len(set(cells))
    assert max(x + w for x, _, w, _ in places) <= 24
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


@pytest.mark.usefixtures("shown")
def test_status_shows_the_round_and_fails_for_a_dead_message(watched):
    before = run(watched, "status")
    engine = create_engine(watched.environments["review"]["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
        connection.execute(
            text(
                "INSERT INTO inbox (tenant, handler, message_id, type, state, received_at,"
                " attempts) VALUES ('hau-giang', 'h', 'm', 't', 'dead', now(), 1)"
            )
        )
    engine.dispose()

    after = run(watched, "status")

    assert (before.returncode, after.returncode) == (0, 1), before.stdout + before.stderr
    assert "  hau-giang hg R1: 0 of 0 sheets, 2h past its day" in before.stdout
    assert "  EMAIL FAILED: 1" in before.stdout
    (review,) = [line.split() for line in after.stdout.splitlines() if line.startswith("review")]
    assert review[1:6] == ["ok", "0", "-", "0", "1"]
    assert review[7] == "1"  # the event that was set aside


@pytest.mark.usefixtures("opened")
def test_top_ends_after_its_pages_and_counts_messages(watched):
    ended = run(watched, "top", "--count", "2", "--every", "0.2")

    assert ended.returncode == 0, ended.stderr
    heads = [line for line in ended.stdout.splitlines() if line.startswith("process")]
    assert [head.split()[-2:] for head in heads] == [["msg/s", "mean"]] * 2


def test_a_process_that_does_not_answer_is_named(watched):
    ended = run(watched, "status", METRICS_URLS="review=http://127.0.0.1:9")

    assert ended.returncode == 1
    assert "review" in ended.stdout
    assert "process: " in ended.stdout


def test_a_command_that_holds_a_key_is_recorded(opened):
    began, ended = opened["lines"]

    assert (began["event"], ended["event"], ended["outcome"]) == ("began", "ended", "done")
    assert began["id"] == ended["id"]
    assert began["command"][:3] == ["account", "add", "van-hanh"]
    assert began["database"].endswith(str(os.getpid()))
    assert PASSWORD not in json.dumps([began, ended])
