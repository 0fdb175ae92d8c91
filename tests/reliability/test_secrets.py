"""Secrets are changed as the runbook says: passwords while people hand in, keys while they wait.

Keys have signed and sealed before they are changed, and sign and seal afterwards.
"""

import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2.sql import SQL, Identifier, Literal

from demo import sealing
from demo.acts import ROOT, check_and_accept, local
from demo.api import ApiRefused
from demo.judging import FIRST, give
from demo.stage import OPERATOR, TENANT
from deploy.local import assembly, broker, database
from deploy.local.instance import load
from deploy.local.stack import Stack
from recount.main import main as recount
from services.intake.signing import key_id
from tests.bookkeeping import eventually
from tests.reliability.chaos.load import PEOPLE as OFFICIALS
from tests.reliability.chaos.load import until_granted
from tests.reliability.entering import PEOPLE, entered

pytestmark = [pytest.mark.slow, pytest.mark.stack, pytest.mark.timeout(600)]

JULY = datetime(2022, 7, 12, 2, tzinfo=UTC)
SERVICE = "intake"
FRESH = "mat-khau-moi-0123456789"


def at_database(stack, command):
    url = stack.addresses.admin_database_url.replace("+psycopg2", "")
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(command)
    connection.close()


def at_broker(stack, *command):
    """Ask the broker's own program."""
    (node,) = (each for each in broker.programs(load(stack.name)) if each.name == "rabbitmq")
    program = Path(node.command[-1]).with_name("rabbitmqctl")
    subprocess.run(
        [program, *command], env={"PATH": "/usr/bin:/bin", **node.environment}, check=True,
        capture_output=True,
    )  # fmt: skip


def write_files(stack, **told):
    """Write new secrets where services read them when they start."""
    instance = stack._instance  # noqa: SLF001  # else the stack would write the old ones again
    instance.passwords |= told
    instance.save()
    assembly.services(instance)


def put_key(stack, purpose, older=""):
    """Put a new key in the place of one, older ones behind it."""
    fresh = secrets.token_hex(32)
    write_files(stack, **{purpose: fresh, f"{purpose}, second half": older and f" {older}"})


def retire(stack, purpose, public):
    """Keep of an older key its public half alone."""
    present = load(stack.name).passwords[purpose]
    write_files(stack, **{purpose: present, f"{purpose}, second half": f" public:{public}"})


def restart(stack, *services):
    for service in services:
        stack.restart(service)
    stack.wait_healthy()


@pytest.fixture(scope="module")
def stack():
    services = ("gateway", SERVICE, "originality", "review", "ledger")
    with Stack("secrets", services=services) as stack:
        yield stack


@pytest.fixture(scope="module")
def work(stack):
    stack.set_clock(JULY)
    with entered(stack) as work:
        yield work


def test_a_password_is_changed_and_nothing_is_lost(stack, work):
    before = database.url(load(stack.name), SERVICE), broker.url(load(stack.name), SERVICE)
    with work:
        work.go_on(PEOPLE)
        at_database(
            stack, SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(SERVICE), Literal(FRESH))
        )
        at_broker(stack, "change_password", SERVICE, FRESH)
        work.go_on(PEOPLE)  # the copy has its connections still
        at_database(
            stack,
            SQL(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = {}"
            ).format(Literal(SERVICE)),
        )  # and now only its old password
        write_files(stack, **{SERVICE: FRESH})
        restart(stack, SERVICE)
        work.go_on(PEOPLE)
        numbers = work.codes

    assert [database.accepts(before[0]), broker.accepts(before[1])] == [False, False]
    assert numbers == list(range(1, len(work.receipts) + 1))
    assert len(numbers) >= 3 * PEOPLE


def show(caller, path):
    """Read a path that answers no JSON."""
    return caller.send("GET", path).text


def written(file, content):
    file.write_text(content)
    return file


def heads_of(stage):
    """Heads and keys of the contest, as everybody may read them; nothing before the first."""
    try:
        return stage.caller(OPERATOR).get(f"{stage.contest}/heads?limit=1000")
    except ApiRefused as refusal:
        if refusal.status != 404:
            raise
        return None


def closing_head(stage):
    """Heads and keys once the round is closed under one of them; nothing before."""
    found = heads_of(stage)
    is_there = any(head["milestone"] == "round closed" for head in found["heads"])
    return found if is_there else None


def exported(stack, stage, file):
    """Export the contest's kit, as the operator of the ledger does."""
    words = ("recount", "export", stage.cast.contest, "--tenant", TENANT, "-o", str(file))
    subprocess.run(
        [sys.executable, "-m", "kernel.operate", *words],
        cwd=ROOT, env=os.environ | stack.env("ledger"), check=True, capture_output=True,
    )  # fmt: skip
    return str(file)


def seat_jury(stage):
    for name in OFFICIALS:
        stage.admit(stage.cast.person(name))
    seats = [
        {"person_id": stage.caller(seat.person).person_id, "role": seat.role,
         "unit_id": stage.cast.person(seat.person).unit}
        for seat in stage.cast.jury
    ]  # fmt: skip
    organiser = stage.caller("ban-to-chuc")
    # Review has to hear of the contest first.
    until_granted(lambda: organiser.put(f"{stage.contest}/jury", {"seats": seats}))


def open_round(stage, receipts):
    """Accept the last entry and refuse the others; open the round for it."""
    secretary = stage.caller("thu-ky-1")
    for receipt in receipts[:-1]:
        path = f"/v1/entries/{receipt['entry_id']}/refuse"
        secretary.post(path, {"reason": "Không hợp lệ."})
    entry_id = receipts[-1]["entry_id"]
    check_and_accept(secretary, entry_id)
    # All hand in the same description.
    path = f"{stage.contest}/originality"
    secretary.until(path, lambda said: entry_id in {line["entry_id"] for line in said})
    path = f"/v1/entries/{entry_id}/originality"
    ruling = {"ruling": "ORIGINAL", "reason": "Không trùng lặp."}
    report_id = secretary.get(path)["report_id"]
    secretary.post(f"{path}/rulings", {"report_id": report_id, **ruling})
    stage.at(local(2022, 9, 5, 8, 0))
    sealing.make_keys(stage)
    path = f"{stage.contest}/rounds/{FIRST}/open"
    until_granted(lambda: secretary.post(path, sealing.opening(stage)))
    stage.at(local(2022, 9, 12, 8, 0))


def give_all(stage):
    """Let every judge give a sheet for what is on their desk."""
    sample = next(entry for entry in stage.cast.entries if entry.round1)
    for seat in stage.cast.jury:
        desk = f"{stage.contest}/rounds/{FIRST}/assignments"
        for line in stage.caller(seat.person).get(desk):
            give(stage, FIRST, seat.person, line["code"], stage.cast.marks_again(sample, 1))


@dataclass
class Story:
    """What was signed and sealed before keys were changed, and after."""

    receipts: list[str] = field(default_factory=list)  # the signatures, oldest first
    where: list[str] = field(default_factory=list)  # those are read
    keys: list[dict[str, Any]] = field(default_factory=list)  # of receipts, as published
    heads: list[dict[str, Any]] = field(default_factory=list)  # with their keys
    sealed_to: list[str] = field(default_factory=list)
    opened: list[bool] = field(default_factory=list)

    def hand_in(self, entrant, contest):
        """Hand in, and keep the receipt."""
        entrant.hand_in(contest)
        self.where.append(f"/v1/entries/{entrant.receipts[-1]['entry_id']}/receipt.jws")
        self.receipts.append(show(entrant.api, self.where[-1]))

    def give_key(self, stage, officer):
        """Let an officer give their key, and keep what it was sealed to."""
        own = stage.caller(officer).get(f"{stage.contest}/rounds/{FIRST}/key")
        self.sealed_to.append(own["service_key"])
        self.opened.append(sealing.give_key(stage, FIRST, officer))


@pytest.fixture(scope="module")
def story(stack, work):
    """Sign and seal, change the keys of it, go on; each key while something waits for it."""
    stage, entrant, story = work.stage, work.entrants[0], Story()
    operator = stage.caller(OPERATOR)
    seat_jury(stage)
    story.hand_in(entrant, stage.contest)
    story.heads.append(eventually(lambda: heads_of(stage), seconds=120))
    put_key(stack, "receipts", older=assembly.receipt_key(load(stack.name)))
    put_key(stack, "tree heads")
    restart(stack, "intake", "ledger")
    story.hand_in(entrant, stage.contest)
    story.keys.append(operator.get("/v1/receipts/keys"))
    open_round(stage, work.receipts)
    give_all(stage)
    story.give_key(stage, sealing.OFFICERS[0])
    put_key(stack, "sheets", older=assembly.sealing_key(load(stack.name)))
    retire(stack, "receipts", story.keys[0]["keys"][1]["x"])
    restart(stack, "intake", "review")
    story.give_key(stage, sealing.OFFICERS[1])
    story.keys.append(operator.get("/v1/receipts/keys"))
    stage.caller("giam-khao-1").post(f"{stage.contest}/rounds/{FIRST}/close")
    story.heads.append(eventually(lambda: closing_head(stage), seconds=120))
    return story


def test_receipts_by_an_old_key_hold_after_it_is_retired(story, work):
    entrant = work.entrants[0]

    again = [show(entrant.api, path) for path in story.where]

    assert again == story.receipts
    assert story.keys[0] == story.keys[1]
    by = [key_id(one) for one in reversed(story.receipts)]
    assert by == [one["kid"] for one in story.keys[0]["keys"]]


def test_sheets_open_when_the_key_was_changed_between_one_officer_and_the_other(story):
    assert len(set(story.sealed_to)) == 2
    assert story.opened == [False, True]


def test_the_contest_is_counted_again_under_heads_by_both_keys(
    story, stack, work, tmp_path, capsys
):
    before, after = story.heads
    kit = exported(stack, work.stage, tmp_path / "kit.zip")
    words = [f"--key={one['kid']}:{one['x']}" for one in after["keys"]]
    words.append("--lag=240")  # the clock has leapt over days between two events
    contents = {"head": before, "receipt-key": story.keys[1]}
    for name, content in contents.items():
        words.append(f"--{name}={written(tmp_path / name, json.dumps(content))}")
    for number, content in enumerate(story.receipts):
        words.append(f"--receipt={written(tmp_path / str(number), content)}")

    status = recount(["verify", kit, *words])

    assert status == 0, capsys.readouterr().out
    assert after["keys"][:1] == before["keys"]
    assert {head["kid"] for head in after["heads"]} == {one["kid"] for one in after["keys"]}
    assert len(after["keys"]) == 2
