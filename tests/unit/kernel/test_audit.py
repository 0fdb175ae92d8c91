"""Every command that holds a key is written down before it runs."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import audit

ROOT = Path(__file__).parents[3]
NOWHERE = "postgresql+psycopg2://review:geheim@127.0.0.1:9/review"


@pytest.fixture
def log(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "deep" / "commands.jsonl"
    monkeypatch.setenv("AUDIT_LOG", str(path))
    monkeypatch.setenv("DATABASE_URL", NOWHERE)
    monkeypatch.delenv("SANGKIEN_TOKEN", raising=False)
    return path


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def end(raised: BaseException | None) -> None:
    if raised:
        raise raised


@pytest.mark.parametrize(
    ("raised", "outcome"),
    [
        (None, "done"),
        (SystemExit(0), "done"),
        (SystemExit(1), "not done"),
        (SystemExit(2), "wrong usage"),
        (SystemExit("said why"), "failed"),
        (ValueError("x"), "failed: ValueError"),
        (KeyboardInterrupt(), "interrupted"),
    ],
)
def test_the_outcome_is_recorded_whatever_it_is(log, raised, outcome):
    with suppress(BaseException), audit.recorded(["retry", "--all"]):
        end(raised)

    began, ended = lines(log)
    assert (began["event"], ended["event"], ended["outcome"]) == ("began", "ended", outcome)
    assert ended["command"] == ["retry", "--all"]
    assert (ended["database"], ended["id"]) == ("review@127.0.0.1/review", began["id"])


def test_what_cannot_be_recorded_is_not_run(log, monkeypatch):
    log.parent.mkdir()
    monkeypatch.setenv("AUDIT_LOG", str(log.parent))
    done = []

    with pytest.raises(audit.NotRecorded), audit.recorded(["retry", "--all"]):
        done.append("retry")

    assert done == []


def test_lines_are_added_and_nobody_else_may_read_them(log):
    for _ in range(2):
        with audit.recorded(["outbox"]):
            assert lines(log)[-1]["event"] == "began"

    assert len(lines(log)) == 4
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_command_without_a_key_and_help_are_not_recorded(log, monkeypatch):
    with audit.recorded(["retry", "--help"]):
        pass
    monkeypatch.delenv("DATABASE_URL")
    with audit.recorded(["verify", "paper.pdf"]):
        pass

    assert not log.exists()


def test_a_token_is_recorded_as_the_sign_in_it_came_from():
    told = audit.who({"SANGKIEN_TOKEN": "abc", "SUDO_USER": "an", "DATABASE_URL": NOWHERE})

    assert told["session"] == ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    assert told["behind"] == "an"
    assert "geheim" not in json.dumps(told)


@given(
    st.sampled_from(["--password", "--client-secret", "--token", "--api-key"]),
    st.text(min_size=8, alphabet="abcdefghij"),
    st.booleans(),
)
def test_no_secret_is_told(option, secret, joined):
    given_ = [f"{option}={secret}"] if joined else [option, secret]

    told = audit.hide(["account", "add", "an", *given_, "--roles", "operator"])

    assert secret not in "".join(told)
    assert told[:3] == ["account", "add", "an"]
    assert told[-2:] == ["--roles", "operator"]


@pytest.mark.slow
def test_the_command_line_records_what_it_could_not_do(log):
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "kernel.operate", "retry", "--all"],
        env=os.environ, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip

    assert ended.returncode == 1
    assert [line.get("outcome") for line in lines(log)] == [None, "failed: OperationalError"]
