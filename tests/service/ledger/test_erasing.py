"""The record shows that a contest's entrants were forgotten, and is counted again as before."""

import json
from datetime import timedelta

from click.testing import CliRunner

from contracts import awards, intake, notify, originality, review
from kernel import envelope
from kernel.testing import NOON, TENANT, actor
from recount.main import main
from services.ledger.operating import group, recount
from services.ledger.service import LedgerService
from tests.unit.recount.contests import a_round, play, rules_of

ERASED = intake.EntrantsErased(
    contest_id="HG",
    person_ids=("p-1",),
    entry_ids=("e-1", "e-2"),
    minutes="12/BB-BTC",
    retained_until=NOON,
    rules_number=0,
    rows=7,
    objects=2,
    kept=1,
)
FORGOTTEN = [
    speaker.EntrantsForgotten(contest_id="HG", people=1, rows=1)
    for speaker in (awards, notify, originality, review)
]


def record(bench, at, *events):
    """Let the ledger write events down, and sign."""
    for event in events:
        enveloped = envelope.wrap(event, tenant=TENANT, actor=actor("service"), occurred_at=at)
        LedgerService.record(bench.service, envelope.encode(enveloped))
    bench.tick("sign_heads", now=at + timedelta(minutes=1))


def run(command, *words):
    return CliRunner().invoke(command, [*words, "--tenant", TENANT], catch_exceptions=False)


def test_certificate_is_whole_once_everybody_has_answered_and_salts_are_gone(bench, tmp_path):
    contest = play(rules_of(a_round("R1")), entries=3, judges=4)
    for number, (at, event) in enumerate(contest.events):
        bench.hear(event, id=f"m-{number}", now=at)
        if number % 10 == 0:
            bench.tick("sign_heads", now=at + timedelta(seconds=1))
    person = intake.PersonRegistered(person_id="p-1", full_name="Trần Thị Mẫu")
    record(bench, contest.now, person)
    assert run(group, "erasure", "HG").exit_code == 1

    record(bench, contest.now + timedelta(minutes=2), ERASED, *FORGOTTEN[:-1])
    early = run(group, "erasure", "HG")
    bench.hear(ERASED)
    record(bench, contest.now + timedelta(minutes=4), FORGOTTEN[-1])
    done = run(group, "erasure", "HG")
    printed = run(group, "erasure", "HG", "--print")
    kit = tmp_path / "kit.zip"
    exported = run(recount, "export", "HG", "-o", str(kit))

    said = json.loads(early.output)
    assert (early.exit_code, said["missing"], said["salts_left"]) == (1, ["review"], 1)
    said = json.loads(done.output)
    assert (done.exit_code, said["missing"], said["salts_left"]) == (0, [], 0)
    assert [event["type"] for event in said["events"]] == [
        "intake.EntrantsErased",
        *(f"{name}.EntrantsForgotten" for name in ("awards", "notify", "originality", "review")),
    ]
    assert said["head"]["size"] > max(event["leaf"] for event in said["events"])
    assert "Căn cứ: 12/BB-BTC." in printed.output
    assert exported.exit_code == 0
    assert main(["verify", str(kit)]) == 0
    assert run(group, "verify").exit_code == 0
