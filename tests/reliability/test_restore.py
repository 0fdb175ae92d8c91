"""A platform under load is backed up, lost whole, and restored; what was acknowledged is there.

A backup and a restore are killed on their way first. The backup that counts shares its documents
with one before it.
"""

import gzip
import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection

from demo.acts import ROOT
from demo.api import ApiRefused
from demo.stage import OPERATOR, TENANT, Stage
from deploy.local import database, objects
from deploy.local.instance import SERVICES
from deploy.local.stack import Stack
from kernel.broker import GATEWAY
from tests.bookkeeping import eventually, recorded, settled_books
from tests.reliability.entering import Load, entered
from upkeep.backup import manifest, queues, unheard

pytestmark = [pytest.mark.slow, pytest.mark.stack, pytest.mark.timeout(600)]

JULY = datetime(2022, 7, 12, 2, tzinfo=UTC)


@dataclass
class Story:
    """What happened, for the tests to look at."""

    load: Load
    folder: Path
    before: list[dict[str, Any]]
    head: dict[str, Any]
    said: dict[str, subprocess.CompletedProcess[str]] = field(default_factory=dict)

    @property
    def manifest(self) -> manifest.Manifest:
        return manifest.read(self.folder)


@pytest.fixture(scope="module")
def stack():
    with Stack("restore") as running:
        yield running


@pytest.fixture(scope="module")
def load(stack):
    stack.set_clock(JULY)
    with entered(stack) as load:
        yield load


@pytest.fixture(scope="module")
def sangkien(stack, tmp_path_factory):
    """Return a function that runs the command line with the places of every service."""
    places = tmp_path_factory.mktemp("places") / "places.json"
    places.write_text(json.dumps({service: stack.env(service) for service in SERVICES}))

    def start(*words: object, service: str = "") -> subprocess.Popen[str]:
        own = stack.env(service) if service else {"PLACES_FILE": str(places)}
        return subprocess.Popen(
            [sys.executable, "-m", "kernel.operate", *map(str, words)],
            env=os.environ | own, cwd=ROOT, text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    return start


@pytest.fixture(scope="module")
def story(stack, load, sangkien, tmp_path_factory):
    """Work, back up, work on, lose everything, restore, and start again."""
    stack.stop("originality")  # what it should hear lies in its queue, which is lost
    place = tmp_path_factory.mktemp("backups")
    with load:
        load.go_on(1)
        said = first_backup(sangkien, place / "first")
        load.go_on(1)
        story = Story(load, place / "second", load.receipts, head_of(load.stage, sangkien), said)
        story.before = load.receipts
        earlier = ("--since", place / "first")
        said["second"] = finish(sangkien("backup", story.folder, "--plain-keys", *earlier))
        load.go_on(1)
    said["running"] = finish(sangkien("restore", story.folder))
    destroy(stack)
    half = sangkien("restore", story.folder)
    assert next(line for line in half.stderr if "rows of" in line), "a database is restored"
    kill(half)
    said["restore"] = finish(sangkien("restore", story.folder))
    for service in SERVICES:
        stack.start(service)
    stack.wait_healthy()
    for name, each in said.items():
        print(name, each.stdout, each.stderr)  # noqa: T201 -- for who asks with -s
    return story


def first_backup(sangkien, folder: Path) -> dict[str, subprocess.CompletedProcess[str]]:
    """Kill a backup on its way, look at what is left, and make it again."""
    killed = sangkien("backup", folder, "--plain-keys")
    eventually((folder / "databases").exists, seconds=120)
    kill(killed)
    return {
        "unfinished": finish(sangkien("backup", "verify", folder)),
        "first": finish(sangkien("backup", folder, "--plain-keys")),
    }


def head_of(stage: Stage, sangkien) -> dict[str, Any]:
    """Wait until a head of the contest is signed, and return it as it is carried away."""
    operator = stage.caller(OPERATOR)
    eventually(lambda: heads_of(operator, stage.contest), seconds=150)
    asked = ("ledger", "head", stage.cast.contest, "--tenant", TENANT)
    return json.loads(finish(sangkien(*asked, service="ledger")).stdout)


def heads_of(operator, contest: str) -> list[dict[str, Any]]:
    """Return the signed heads; none either while the ledger has no tree of the contest yet."""
    try:
        return operator.get(f"{contest}/heads")["heads"]
    except ApiRefused as refused:
        if refused.status != HTTPStatus.NOT_FOUND:
            raise
        return []


def finish(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    out, err = process.communicate(timeout=180)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def kill(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    finish(process)
    assert process.returncode == -signal.SIGKILL, "it had ended before it was killed"


def destroy(stack: Stack) -> None:
    """Drop every database, empty every bucket, delete every queue."""
    for service in SERVICES:
        stack.stop(service)
    instance = stack._instance  # noqa: SLF001 -- what only a stack's own modules may do
    database.admit(instance, afresh=True)
    store = objects.client(instance)
    for service in SERVICES:
        bucket = objects.bucket(instance, service)
        for item in store.list_objects(bucket, recursive=True):
            store.remove_object(bucket, item.object_name)
    with Connection(stack.addresses.amqp_url) as connection:
        for service in SERVICES:
            handlers = unheard.handlers(service) if service != GATEWAY else ()
            for queue in queues.of(service, handlers):
                connection.channel().queue_delete(queue.name)


def test_a_backup_that_was_killed_is_none_and_is_made_again(story):
    assert story.said["unfinished"].returncode == 1
    assert "was not finished" in story.said["unfinished"].stderr
    assert story.said["first"].returncode == 0, story.said["first"].stderr


def test_what_the_cut_shows_as_heard_had_been_said(story):
    # Read off the files: an inbox holds nothing that no outbox of the same backup holds.
    heard, said = set(), set()
    for service in story.manifest.services.values():
        for table in service.tables:
            if table.name in ("inbox", "outbox"):
                column = table.columns.index("message_id" if table.name == "inbox" else "id")
                rows = rows_of(story.folder / table.file)
                (heard if table.name == "inbox" else said).update(row[column] for row in rows)

    assert len(heard) > 20
    assert heard - said == set()


def test_documents_of_the_backup_before_are_shared_with_it(story):
    documents = story.manifest.services["intake"].documents
    first = manifest.read(story.folder.parent / "first").services["intake"].documents

    assert first.count > 0
    assert documents.copied == documents.count - first.count
    assert documents.gone == 0


def test_a_stack_that_runs_is_not_restored_into(story):
    assert story.said["running"].returncode == 1
    assert "Stop every service first" in story.said["running"].stderr


def test_a_restore_that_was_killed_is_begun_again(story):
    assert story.said["restore"].returncode == 0, story.said["restore"].stderr
    assert "a restore was cut off" in story.said["restore"].stderr
    assert "every head of the manifest is in its chain: 1" in story.said["restore"].stderr


def test_what_lay_in_a_queue_at_the_cut_is_announced_again(story):
    told = re.search(r"originality.check_entry had not heard (\d+)", story.said["restore"].stderr)
    (outbox,) = (t for t in story.manifest.services["intake"].tables if t.name == "outbox")
    kinds = [row[outbox.columns.index("type")] for row in rows_of(story.folder / outbox.file)]

    # Originality was stopped before the first entry came, and heard of none.
    assert int(told[1]) == kinds.count("intake.EntrySubmitted") >= len(story.before)


def test_everything_acknowledged_before_the_cut_is_there(story):
    operator = story.load.stage.caller(OPERATOR)

    found = {
        one["entry_id"]: operator.get(f"/v1/entries/{one['entry_id']}")["receipt_code"]
        for one in story.before
    }

    assert len(story.before) >= 2
    assert found == {one["entry_id"]: one["receipt_code"] for one in story.before}


def test_documents_are_byte_for_byte_what_was_handed_in(story):
    known = {one["entry_id"] for one in story.before}
    papers = [
        (entrant.api, path, digest)
        for entrant in story.load.entrants
        for path, digest in entrant.papers.items()
        if path.split("/")[3] in known
    ]

    changed = [p for api, p, digest in papers if sha256(api.download(p)).hexdigest() != digest]

    assert len(papers) == len(story.before)
    assert changed == []


def test_work_goes_on_and_numbers_have_no_gap(story):
    with story.load as load:
        load.go_on(1)

    numbers = load.codes
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > len(story.before)


def test_every_event_is_sent_and_heard_once_by_each_who_hears_it(stack, story):
    assert story.said["restore"].returncode == 0
    books = settled_books(stack, seconds=300)

    assert books.faults == {}
    assert recorded(stack) == books.to_record


def test_the_record_still_grows_from_the_head_that_was_carried_away(story, sangkien, tmp_path):
    head, kit = tmp_path / "head.json", tmp_path / "kit.zip"
    head.write_text(json.dumps(story.head))
    asked = ("recount", "export", story.load.stage.cast.contest, "--tenant", TENANT, "-o", kit)
    assert finish(sangkien(*asked, service="ledger")).returncode == 0

    done = subprocess.run(
        [sys.executable, "-m", "recount.main", "verify", str(kit), "--head", str(head)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr


def test_one_changed_byte_is_found_and_its_file_named(story, sangkien):
    table = next(t for t in story.manifest.services["review"].tables if t.rows)
    file = story.folder / table.file
    whole = file.read_bytes()
    file.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])

    broken = finish(sangkien("backup", "verify", story.folder))
    file.write_bytes(whole)

    assert broken.returncode == 1
    assert f"{table.file}: not as it was written" in broken.stderr


def rows_of(path: Path) -> list[list[str]]:
    with gzip.open(path, "rt") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]
