"""Every invariant, named and no other, when the database is really corrupted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import InternalError

from invariants.catalogue import INVARIANTS
from invariants.command import check_invariants
from invariants.places import Terms, opened
from tests.service.invariants.whole import CODE, EVENT, TENANT, TOLD, announce, hear

# What is done to the tables, by the invariant that it must break: service and statement.
CORRUPTIONS = {
    "outboxes-drained": [
        ("intake", "UPDATE outbox SET sent_at = NULL"),
    ],
    "messages-alive": [
        ("review", "UPDATE inbox SET state = 'dead' WHERE handler = 'keep_person'"),
    ],
    "retries-moving": [
        ("review", ("UPDATE inbox SET state = 'retry', next_try_at = now() - interval '1 hour',"
                   " attempts = 1 WHERE handler = 'keep_person'")),
        ("notify", "UPDATE inbox SET state = 'retry', next_try_at = NULL"),
    ],
    "events-heard": [
        ("review", "DELETE FROM inbox WHERE handler = 'keep_person'"),
        ("awards", "DELETE FROM inbox"),
    ],
    "events-announced": [
        ("review", ("INSERT INTO inbox (tenant, handler, message_id, type, state, received_at,"
                   " attempts) VALUES ('hau-giang', 'keep_person', 'never said',"
                   " 'intake.PersonRegistered', 'done', now(), 1)")),
    ],
    "commands-answered": [
        ("intake", ("INSERT INTO request (tenant, id, digest, received_at)"
                   " VALUES ('hau-giang', 'open', '', now() - interval '1 hour')")),
    ],
    "effects-there": [
        ("awards", ("INSERT INTO request (tenant, id, digest, reply, received_at) VALUES"
                   " ('hau-giang', 'a', '', '{\"ok\":{\"paper_id\":\"gone\"}}', now())")),
    ],
    "copies-agree": [
        ("review", "UPDATE contest SET number = 1"),
        ("originality", "DELETE FROM person"),
        ("awards", "UPDATE person SET full_name = 'Khác'"),
        ("notify", "UPDATE person SET email = 'khac@mau.example'"),
        ("review", "UPDATE person SET unit_id = 'elsewhere'"),
        ("review", "UPDATE unit SET parent_id = 'elsewhere'"),
        ("awards", "UPDATE unit SET unit_id = 'made up'"),
        ("originality", "UPDATE entry SET version = 2"),
        ("review", "UPDATE entry SET accepted = 0"),
        ("awards", "UPDATE entry SET title = 'Khác'"),
        ("notify", "UPDATE entry SET out = true"),
        ("notify", "UPDATE entry SET entry_id = 'made up'"),
        ("originality", "DELETE FROM assignment"),
        ("notify", "UPDATE assignment SET judge_id = 'another'"),
        ("notify", "DELETE FROM sheet"),
        ("intake", "DELETE FROM seat"),
        ("awards", "UPDATE round_table SET lines = '[]'"),
        ("review", "UPDATE report SET version = 2"),
        ("intake", "UPDATE ledger_head SET size = 0"),
    ],
    "events-recorded": [
        ("ledger", "UPDATE inbox SET type = 'ledger.HeadSigned' WHERE handler = 'record'"),
    ],
    "chains-unbroken": [
        ("ledger", ("ALTER TABLE line DISABLE TRIGGER USER;"
                   " UPDATE line SET body = replace(body, 'p\"', 'q\"')")),
        ("ledger", "UPDATE head SET digest = repeat('0', 64)"),
    ],
    "heads-signed": [
        ("ledger", "UPDATE tree_head SET signature = repeat('A', 86)"),
        ("ledger", "UPDATE tree_head SET root = repeat('0', 64)"),
        ("ledger", "UPDATE head_key SET x = repeat('A', 43)"),
        ("ledger", "UPDATE tile SET hashes = repeat('0', 32)::bytea"),
        ("ledger", "UPDATE tree SET reached = 0"),
    ],
    "numbers-gap-free": [
        ("intake", "UPDATE receipt_sequence SET last = 2"),
        ("awards", "UPDATE series SET last = 2 WHERE book = 'QĐ-UBND'"),
        ("awards", "UPDATE series SET last = 2 WHERE book = 'BANG_KHEN'"),
        ("awards", "DELETE FROM paper WHERE paper_id = 'k'"),
        ("awards", "UPDATE paper SET paper = jsonb_set(paper, '{number}', '2')"),
        ("review", "DELETE FROM minutes"),
        ("notify", "UPDATE document_series SET last = 9"),
    ],
    "quotas-kept": [
        ("intake", "UPDATE entry SET returns = 2"),
        ("intake", ("INSERT INTO author SELECT (jsonb_populate_record(author,"
                   " '{\"place\": 2}')).* FROM author")),
        ("originality", "UPDATE own_check SET checks = 4"),
    ],
}  # fmt: skip
CASES = [(name, *how) for name, all_ in CORRUPTIONS.items() for how in all_]


def test_a_whole_world_holds_and_each_invariant_looks_at_some_of_it(world):
    found = world.find()

    assert {name: each.faults for name, each in found.items() if each.faults} == {}
    idle = {name for name, each in found.items() if not each.looked_at}
    assert idle == {"messages-alive", "retries-moving"}


@pytest.mark.parametrize(("name", "service", "statement"), CASES)
def test_what_is_corrupted_is_named_and_nothing_else(world, name, service, statement):
    world.run(service, statement)

    assert [*world.broken()] == [name]


def test_what_waits_for_its_tenants_turn_breaks_nothing_and_is_told(world):
    world.run(
        "review",
        "UPDATE inbox SET state = 'retry', next_try_at = now() - interval '1 hour', attempts = 0"
        " WHERE handler = 'keep_person'",
    )

    moving = world.find()["retries-moving"]

    assert world.broken() == {}
    assert [note for note in moving.notes if "in their tenants' turns" in note] == moving.notes
    assert moving.notes != []


def test_every_invariant_is_broken_by_some_corruption():
    doubled = {"events-once"}  # needs rows that no single statement makes; see below

    assert {*CORRUPTIONS} | doubled == {each.name for each in INVARIANTS}


def test_the_same_words_said_twice_are_found_though_all_have_heard_both(world):
    again = "f" * 32
    announce(world, again, "intake.NilReturned")
    announce(world, "a" * 32, "intake.NilReturned")
    for identity in (again, "a" * 32):
        hear(world, "notify", "learn_nil", message_id=identity, type="intake.NilReturned")
        hear(world, "ledger", "record", message_id=identity, type="intake.NilReturned")

    assert world.broken()["events-once"] == ["intake said intake.NilReturned 2 times after q"]


def test_an_event_that_lies_in_the_queue_is_not_lost(world):
    world.run("review", "DELETE FROM inbox WHERE handler = 'keep_person'")
    world.places = replace(world.places, queued={"review.keep_person": 1}.get)

    found = world.find()["events-heard"]

    assert (found.faults, found.notes) == ([], ["1 wait in the queue review.keep_person"])


def test_what_is_younger_than_the_grace_is_on_its_way(world):
    world.run("intake", "UPDATE outbox SET sent_at = now()")
    world.run("review", "DELETE FROM inbox WHERE handler = 'keep_person'")
    patient = replace(world.places.terms, grace=timedelta(minutes=1))
    world.places = replace(world.places, terms=patient)

    found = world.find()["events-heard"]

    assert (found.faults, found.notes) == ([], ["1 are on their way to review.keep_person"])


def test_an_event_pruned_from_its_outbox_is_known_to_the_ledger(world):
    world.run("intake", "DELETE FROM outbox")

    assert world.broken() == {}


def test_an_acknowledged_command_nobody_remembers_is_named(world):
    told = replace(world.places.terms, acknowledged=lambda: iter(["q", "forgotten"]))
    world.places = replace(world.places, terms=told)

    assert world.broken() == {
        "commands-answered": [
            "the command forgotten was acknowledged, and no service remembers it"
        ]
    }


def test_a_fault_says_what_and_where(world):
    world.run("review", "DELETE FROM inbox WHERE handler = 'keep_person'")
    world.run("intake", "UPDATE receipt_sequence SET last = 2")

    assert world.broken() == {
        "events-heard": [
            (
                "review.keep_person lacks 1 events that were sent, 0 wait in its queue; "
                f"among those it lacks: {TOLD} {EVENT}"
            )
        ],
        "numbers-gap-free": [f"{TENANT}: no entry bears {CODE[:-1]}2"],
    }


def test_the_command_reads_every_service_by_its_own_file_and_writes_nothing(databases, tmp_path):
    for service, connection in databases.items():
        url = connection.engine.url.render_as_string(hide_password=False)
        (tmp_path / service).write_text(url)
    told = {"DATABASE_URL_FILE": f"{tmp_path}/{{service}}", "DATABASE_URL": "", "AMQP_URL": ""}

    said = CliRunner().invoke(check_invariants, ["--grace", "0", "--patience", "0"], env=told)

    assert said.exit_code == 0, said.output
    assert [line.split()[:2] for line in said.output.splitlines()] == [
        ["holds", each.name] for each in INVARIANTS
    ]
    urls = {name: (tmp_path / name).read_text() for name in databases}
    with opened(urls, {}, Terms()) as places, pytest.raises(InternalError, match="read-only"):
        places.one("intake", "DELETE FROM entry RETURNING 1")
