"""What is tampered with shows and is named, however well the forger hashes and signs."""

import json
import zipfile
from copy import deepcopy
from hashlib import sha256
from io import BytesIO

import pytest

from contracts.rules import Awarding
from recount.checks import verify
from recount.kit import DoesNotFollow, Kit, canonical
from recount.main import main
from services.ledger.signing import key_of
from tests.unit.recount.contests import (
    SECRET,
    TENANT,
    a_round,
    kit_of,
    play,
    rows_of,
    rules_of,
    written,
)
from tests.unit.recount.kits import ACCEPTED, FORGED, HONEST
from tests.unit.recount.tampering import CASES, honest_rows


def commitment(name, shown):
    """Close a member again: the digest of its salt, its name and its value."""
    return sha256(canonical([shown[0], name, shown[1]])).hexdigest()


@pytest.fixture(scope="module")
def honest(kits):
    return honest_rows(), kits.made


def verdict(content, tmp_path, outside=()):
    file = tmp_path / "kit.zip"
    file.write_bytes(content)
    return found_in(file, outside)


def found_in(file, outside=()):
    try:
        list(verify(Kit(str(file)), list(outside)))
    except DoesNotFollow as wrong:
        return wrong.step
    return ACCEPTED


def test_the_honest_kit_follows(honest, tmp_path):
    _, made = honest

    assert verdict(made.content, tmp_path, made.heads) == ACCEPTED


def test_there_are_enough_ways_to_tamper():
    assert len(FORGED) >= 140


@pytest.mark.parametrize("name", FORGED)
def test_tampering_is_named_even_if_all_is_hashed_and_signed_anew(name, kits):
    assert found_in(kits.path(name)) == FORGED[name]


@pytest.mark.parametrize("name", CASES)
def test_a_head_from_outside_shows_all_of_it(name, kits):
    assert found_in(kits.path(name), kits.heads) in {"chain", "heads", "back-dated"}


@pytest.mark.parametrize("name", HONEST)
def test_what_is_honest_follows(name, kits):
    assert found_in(kits.path(name)) == ACCEPTED


def test_a_kit_that_hides_what_counts_is_not_counted(honest, tmp_path, capsys):
    _, made = honest
    events = deepcopy(made.events)
    pin = next(row for row in events if row[1].endswith("EntryWithdrawn"))
    pin[3]["entry_id"] = commitment("entry_id", pin[3]["entry_id"])
    file = tmp_path / "kit.zip"
    file.write_bytes(written(made.heads, events, key_of(SECRET, TENANT)))

    # Every hash and signature holds: only what is shown is less.
    assert main(["verify", str(file)]) == 1
    assert "WRONG shown" in capsys.readouterr().out


def test_authors_are_shown_where_one_wins_once(tmp_path):
    rules = rules_of(a_round("R1"), awarding=Awarding(per_author="best"))
    rows = rows_of(play(rules, seed=3))

    assert verdict(kit_of(rows, with_authors=True).content, tmp_path) == ACCEPTED
    assert verdict(kit_of(rows).content, tmp_path) == "prizes"


# -- tampering with the file itself


def rewritten(made, change):
    """The kit with something done to its lines, hashes as they were."""
    source = zipfile.ZipFile(BytesIO(made.content))
    files = {name: source.read(name).decode().splitlines() for name in source.namelist()}
    change(files)
    into = BytesIO()
    with zipfile.ZipFile(into, "w") as target:
        for name, lines in files.items():
            target.writestr(name, "\n".join(lines) + "\n")
    return into.getvalue()


def swap(files):
    lines = files["events.jsonl"]
    lines[7], lines[8] = lines[8], lines[7]


def drop(files):
    del files["events.jsonl"][20]


def double(files):
    files["events.jsonl"].insert(20, files["events.jsonl"][20])


def cut(files):
    del files["events.jsonl"][-1]


def open_member(files):
    text = files["events.jsonl"][0]
    files["events.jsonl"][0] = text.replace('"places":0', '"places":1', 1)


def closed_member(files):
    row = json.loads(files["events.jsonl"][1])
    row[3]["title"] = "0" * 64
    files["events.jsonl"][1] = json.dumps(row)


def instant_of_an_event(files):
    row = json.loads(files["events.jsonl"][1])
    row[2] = row[2].replace("2022", "2021")
    files["events.jsonl"][1] = json.dumps(row)


def a_salt(files):
    row = json.loads(files["events.jsonl"][1])
    row[3]["area"][0] = "0" * 32
    files["events.jsonl"][1] = json.dumps(row)


@pytest.mark.parametrize(
    "change", [swap, drop, double, cut, open_member, closed_member, instant_of_an_event, a_salt]
)
def test_a_kit_that_was_changed_does_not_hash_to_its_heads(change, honest, tmp_path):
    _, made = honest

    assert verdict(rewritten(made, change), tmp_path) in {"chain", "back-dated"}


def without_the_newest_head(files):
    files["heads.jsonl"].pop()


def with_a_head_of_another_instant(files):
    head = json.loads(files["heads.jsonl"][0])
    files["heads.jsonl"][0] = json.dumps({**head, "at": "2022-07-01T01:00:00.000000+00:00"})


def with_a_head_called_a_milestone(files):
    head = json.loads(files["heads.jsonl"][1])
    files["heads.jsonl"][1] = json.dumps({**head, "milestone": "results"})


def with_no_keys(files):
    files["kit.json"] = [files["kit.json"][0].replace('"kid"', '"kit"')]


@pytest.mark.parametrize(
    ("change", "step"),
    [
        (without_the_newest_head, "heads"),
        (with_a_head_of_another_instant, "heads"),
        (with_a_head_called_a_milestone, "heads"),
        (with_no_keys, "file"),
    ],
)
def test_heads_are_as_they_were_signed(change, step, honest, tmp_path):
    _, made = honest

    assert verdict(rewritten(made, change), tmp_path) == step


def test_a_kit_signed_by_another_key_is_not_the_tenants(honest, tmp_path, capsys):
    rows, _ = honest
    known = key_of(SECRET, TENANT)
    file = tmp_path / "kit.zip"
    file.write_bytes(kit_of(deepcopy(rows), secret="6f" * 32).content)

    assert main(["verify", str(file), "--key", f"{known.kid}:{known.x}"]) == 1
    assert "WRONG heads" in capsys.readouterr().out


def test_a_kit_of_less_than_was_shown_elsewhere_is_refused(honest, tmp_path, capsys):
    rows, made = honest
    file, head = tmp_path / "kit.zip", tmp_path / "head.json"
    file.write_bytes(kit_of(deepcopy(rows[:-3])).content)
    head.write_text(json.dumps(made.heads[-1]))

    assert main(["verify", str(file), "--head", str(head)]) == 1
    assert "one from outside tells of" in capsys.readouterr().out


def test_two_histories_shown_to_two_clients_part_somewhere(honest, tmp_path, capsys):
    rows, made = honest
    other = deepcopy(rows)
    CASES["the_reason_of_an_amendment"][0](other)
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    one.write_bytes(made.content)
    two.write_bytes(kit_of(other).content)

    assert main(["compare", str(one), str(two)]) == 1
    assert "two histories part at event" in capsys.readouterr().out


def test_an_earlier_kit_is_the_beginning_of_a_later_one(honest, tmp_path, capsys):
    _, made = honest
    early, late = tmp_path / "early.zip", tmp_path / "late.zip"
    late.write_bytes(made.content)
    head = next(head for head in made.heads if head["milestone"] == "round closed")
    key = key_of(SECRET, TENANT)
    heads = [one for one in made.heads if one["size"] <= head["size"]]
    early.write_bytes(written(heads, made.events[: head["size"]], key))

    assert main(["compare", str(late), str(early)]) == 0
    assert "are the beginning of" in capsys.readouterr().out
