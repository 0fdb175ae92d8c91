"""A contest heard by the ledger leaves it as a kit that the recount accepts."""

import json
from datetime import timedelta

from click.testing import CliRunner

from recount.main import main
from services.ledger.operating import group, recount
from tests.unit.recount.contests import a_round, play, revoke, rules_of

OURS = ["--tenant", "hau-giang"]


def run(command, *words):
    done = CliRunner().invoke(command, [*words, *OURS], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_contest_that_was_heard_is_exported_and_counted_again(bench, tmp_path, capsys):
    contest = revoke(play(rules_of(a_round("R1")), entries=3, judges=4))
    for number, (at, event) in enumerate(contest.events):
        bench.hear(event, id=f"m-{number}", now=at)
        if number % 10 == 0:
            bench.tick("sign_heads", now=at + timedelta(seconds=1))
    bench.tick("sign_heads", now=contest.now + timedelta(minutes=1))
    kit, again, head = tmp_path / "kit.zip", tmp_path / "again.zip", tmp_path / "head.json"

    run(recount, "export", "HG", "-o", str(kit))
    run(recount, "export", "HG", "-o", str(again))
    head.write_text(run(group, "head", "HG"))
    printed = run(group, "head", "HG", "--print")

    assert kit.read_bytes() == again.read_bytes()
    assert main(["verify", str(kit), "--head", str(head)]) == 0
    assert "revoked" in capsys.readouterr().out
    assert f"có {len(contest.events)} sự kiện" in printed
    assert json.loads(printed.splitlines()[-1]) == json.loads(head.read_text())
