"""The runbook and the how-to pages name commands that exist, and every alert has its section."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from ruamel.yaml import YAML

from invariants.catalogue import INVARIANTS
from kernel.operate import group

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "deploy/observability"
RUNBOOK = ROOT / "deploy/RUNBOOK.md"
PAGES = (RUNBOOK, *sorted((ROOT / "docs/howto").glob("*.md")))
ALERTS = YAML(typ="safe").load(FOLDER / "alerts.yml")["groups"][0]["rules"]
COMMAND = re.compile(r"(?:`|\$ (?:\S*/)?|exec \S+ |^ {4})sangkien ([a-z][^`\n|#>]*)", re.MULTILINE)


def commands(page: Path) -> list[str]:
    return [found.strip().rstrip("\\:,;") for found in COMMAND.findall(page.read_text())]


def find(line: str) -> tuple[click.Command | None, list[str]]:
    """Return the command that a line names, and the options it gives."""
    command: click.Command | None = group
    words = shlex.split(line)
    while words and isinstance(command, click.Group):
        command = command.get_command(click.Context(command), words.pop(0))
    return command, [word.partition("=")[0] for word in words if word.startswith("--")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_named_exists(page):
    lost = []
    for line in commands(page):
        command, options = find(line)
        known = {name for each in getattr(command, "params", ()) for name in each.opts}
        if command is None or {*options} - known - {"--help"}:
            lost.append(line)

    assert lost == []


def test_commands_are_found_at_all():
    named = [line.split()[0] for line in commands(RUNBOOK)]

    assert {"status", "top", "dead", "retry", "replay", "migrate", "ledger"} <= {*named}


@pytest.mark.parametrize("line", ["dead lst", "retri --all", "replay --hour 3"])
def test_a_command_that_does_not_exist_would_be_seen(line):
    command, options = find(line)

    known = {name for each in getattr(command, "params", ()) for name in each.opts}
    assert command is None or {*options} - known


def told(kind: str) -> list[str]:
    """Return the names that sections of the runbook are said to be about."""
    lines = re.findall(rf"^\*\*{kind}\*\* (.*)\.$", RUNBOOK.read_text(), re.MULTILINE)
    return sorted(name for line in lines for name in re.findall(r"`([\w-]+)`", line))


def test_every_alert_has_its_section_and_no_other():
    assert told("Alert") == sorted(rule["alert"] for rule in ALERTS)


def test_every_invariant_has_its_section_and_no_other():
    assert told("Invariant") == sorted(each.name for each in INVARIANTS)


def test_every_alert_says_how_urgent_it_is_and_what_it_is():
    assert {rule["labels"]["severity"] for rule in ALERTS} == {"page", "ticket"}
    assert all(rule["annotations"]["summary"] for rule in ALERTS)


@pytest.mark.slow
def test_prometheus_takes_the_alerts_and_the_configuration():
    promtool = shutil.which("promtool") or str(ROOT / ".local/prometheus/usr/bin/promtool")

    checked = subprocess.run(
        [promtool, "check", "config", str(FOLDER / "prometheus.yml")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert f"{len(ALERTS)} rules found" in checked.stdout
