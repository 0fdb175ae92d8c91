"""The program as an auditor has it: one file, run by itself, with words of its own."""

import json
import os
import subprocess
import sys
from copy import deepcopy

import pytest

from deploy.auditor import make
from recount.main import main
from services.ledger.domain import inclusion_path, leaf_hash, tiles_of
from services.ledger.domain.leaves import leaf_of
from services.ledger.domain.tree import inclusion_ranges, needed_for, nodes_of
from services.ledger.signing import key_of
from tests.unit.recount.contests import SECRET, TENANT, Recorded, kit_of, salt_of
from tests.unit.recount.tampering import CASES, honest_rows

KEY = key_of(SECRET, TENANT)


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    file = tmp_path_factory.mktemp("auditor") / "sangkien-recount.pyz"
    make(file)
    return file


def test_the_program_is_one_file_that_needs_nothing_of_the_platform(program, tmp_path):
    rows, kit, forged = honest_rows(), tmp_path / "kit.zip", tmp_path / "forged.zip"
    kit.write_bytes(kit_of(deepcopy(rows)).content)
    CASES["a_rank"][0](rows)
    forged.write_bytes(kit_of(rows).content)

    # Isolated, away from the sources: what is imported is in the file or a package.
    told = [
        subprocess.run(
            [sys.executable, "-I", program, "verify", file],
            cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True,
            check=False,
        )
        for file in (kit, forged)
    ]  # fmt: skip

    assert [one.returncode for one in told] == [0, 1], told
    assert told[0].stdout.splitlines()[-1].startswith("ok    papers")
    assert told[1].stdout.splitlines()[-1].startswith("WRONG table")


def test_the_same_sources_make_the_same_program(program, tmp_path):
    make(tmp_path / "again.pyz")

    assert (tmp_path / "again.pyz").read_bytes() == program.read_bytes()


def proof_of(rows, number, head):
    """A proof as `GET /v1/ledger/events/{id}/proof` answers it."""
    leaves = [
        leaf_of(Recorded.of(id_, type_, at, ""), body, salt_of(id_))
        for id_, type_, at, body in rows[: head["size"]]
    ]
    tiles = {at: bytes(t) for at, t in tiles_of(leaf_hash(x.data()) for x in leaves).tiles.items()}
    nodes = nodes_of(needed_for(inclusion_ranges(number, head["size"])), tiles)
    leaf = leaves[number]
    return {
        "event_id": leaf.event_id,
        "type": leaf.type,
        "occurred_at": leaf.occurred_at,
        "members": dict(leaf.members),
        "number": number,
        "path": [one.hex() for one in inclusion_path(number, head["size"], nodes)],
        "head": head,
    }


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 0),
        ({"number": 8}, 1),
        ({"type": "review.RoundClosed"}, 1),
        ({"occurred_at": "2021-01-01T00:00:00.000000+00:00"}, 1),
        ({"path": []}, 1),
    ],
)
def test_a_proof_is_of_one_event_under_one_head(change, status, tmp_path, capsys):
    rows, file = honest_rows(), tmp_path / "proof.json"
    head = kit_of(deepcopy(rows)).heads[-1]
    file.write_text(json.dumps(proof_of(rows, 7, head) | change))

    assert main(["prove", str(file), "--key", f"{KEY.kid}:{KEY.x}"]) == status
    assert ("ok    proof" if status == 0 else "WRONG proof") in capsys.readouterr().out


def test_a_proof_under_a_head_that_somebody_else_signed_is_none(tmp_path, capsys):
    rows, file = honest_rows(), tmp_path / "proof.json"
    head = kit_of(deepcopy(rows), secret="6f" * 32).heads[-1]
    file.write_text(json.dumps(proof_of(rows, 7, head)))

    assert main(["prove", str(file), "--key", f"{KEY.kid}:{KEY.x}"]) == 1
    assert "WRONG heads" in capsys.readouterr().out
