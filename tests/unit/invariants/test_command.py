"""What `sangkien check-invariants` prints, and where it looks."""

import json
from itertools import repeat

import pytest
from click.testing import CliRunner

from invariants.catalogue import INVARIANTS
from invariants.command import Verdict, document, page, settled
from invariants.finding import SHOWN, Finding
from invariants.places import addresses
from kernel.operate import group
from kernel.settings import BadSetting

FIRST, SECOND, *_ = INVARIANTS


def broken(count: int = 1) -> Finding:
    """Return a finding of so many faults."""
    found = Finding("events", looked_at=7)
    for number in range(count):
        found.fault(f"fault {number}")
    return found


def test_a_line_for_each_and_below_it_what_is_wrong_and_what_to_do():
    noted = Finding("messages", looked_at=3, notes=["2 on their way"])

    lines = list(page([Verdict(FIRST, noted), Verdict(SECOND, broken())]))

    assert lines == [
        "holds   outboxes-drained          3 messages",
        "          2 on their way",
        "BROKEN  retries-moving            7 events, 1 wrong",
        "        - fault 0",
        "        Do: Look whether a copy of the service runs: sangkien status.",
        "        More: deploy/RUNBOOK.md, Invariant `retries-moving`",
    ]


def test_json_says_the_same():
    told = json.loads(document([Verdict(FIRST, broken())]))

    assert told == [
        {
            "invariant": FIRST.name,
            "promise": FIRST.promise,
            "holds": False,
            "unit": "events",
            "looked_at": 7,
            "wrong": 1,
            "faults": ["fault 0"],
            "notes": [],
            "remedy": FIRST.remedy,
        }
    ]


def test_of_many_faults_the_first_are_shown_and_all_are_counted():
    found = broken(SHOWN + 5)

    assert (len(found.faults), found.faulty) == (SHOWN, SHOWN + 5)


def test_what_does_not_hold_is_looked_at_again_until_it_does():
    looks = iter([[Verdict(FIRST, broken())], [Verdict(FIRST, Finding("events"))]])

    found = settled(lambda: next(looks), patience=60)

    assert [each.finding.holds for each in found] == [True]


def test_patience_ends():
    looks = repeat([Verdict(FIRST, broken())])

    assert settled(lambda: next(looks), patience=0) == [Verdict(FIRST, broken())]


def test_the_name_of_each_service_is_put_into_the_addresses(tmp_path):
    (tmp_path / "intake_url").write_text("postgresql+psycopg2://reader@host/intake\n")
    told = {
        "DATABASE_URL_FILE": f"{tmp_path}/{{service}}_url",
        "AMQP_URL": "pyamqp://operator@host/sangkien",
    }

    assert addresses(told, ["intake"]) == (
        {"intake": "postgresql+psycopg2://reader@host/intake"},
        {"intake": "pyamqp://operator@host/sangkien"},
    )


def test_one_database_is_not_enough():
    with pytest.raises(BadSetting, match=r"write \{service\} where the service's name stands"):
        addresses({"DATABASE_URL": "postgresql+psycopg2://reader@host/intake"})


def test_nothing_is_asked_without_an_address():
    with pytest.raises(BadSetting, match="Set DATABASE_URL or DATABASE_URL_FILE"):
        addresses({})


def test_what_a_backup_is_told_is_enough(tmp_path):
    own = {
        "DATABASE_URL": "postgresql+psycopg2://intake@host/intake",
        "AMQP_URL": "pyamqp://intake@host/sangkien",
    }
    (tmp_path / "places").write_text(json.dumps({"intake": own}))

    assert addresses({"PLACES_FILE": f"{tmp_path}/places"}, ["intake"]) == (
        {"intake": own["DATABASE_URL"]},
        {"intake": own["AMQP_URL"]},
    )
    with pytest.raises(BadSetting, match="PLACES lacks review, ledger"):
        addresses({"PLACES_FILE": f"{tmp_path}/places"}, ["intake", "review", "ledger"])


def test_it_is_a_command_of_sangkien():
    said = CliRunner().invoke(group, ["check-invariants", "--only", "nonsense"])

    assert said.exit_code == 2
    assert "outboxes-drained" in said.output
