"""Every message ever released stays readable, with every value it had."""

import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from contracts.message import Event
from tests.contract.samples import kinds, lost, released

ROOT = Path(__file__).parents[2]
RELEASED = list(released())


@pytest.mark.parametrize(("name", "path"), RELEASED, ids=[path.name for _, path in RELEASED])
def test_released_message_is_understood(name, path):
    kind = kinds().get(name)

    assert kind is not None, f"{name} was released and must stay"
    assert lost(path.read_bytes(), kind) == []


def test_every_message_has_a_released_sample():
    assert sorted(kinds()) == sorted({name for name, _ in RELEASED})


def test_released_samples_are_all_there_is(tmp_path):
    before = {path.name: path.read_bytes() for _, path in RELEASED}

    done = subprocess.run(
        [sys.executable, "-c", FREEZE, str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    fresh = {path.name: path.read_bytes() for path in tmp_path.glob("*.json")}
    assert {name.rpartition(".1.")[0] for name in fresh} == set(kinds())
    grown = {name for name, _ in RELEASED if f"{name}.2.json" in before}
    assert {name for name, body in fresh.items() if before[name] != body} <= {
        f"{name}.1.json" for name in grown
    }, "a message has grown; freeze it: python -m tests.contract.release"


FREEZE = """
import sys, pathlib
from tests.contract import release
release.RELEASED = pathlib.Path(sys.argv[1])
release.main()
"""


class Then(Struct, frozen=True, kw_only=True):
    """A toy message as it was released."""

    entry_id: str
    marks: dict[str, int]


FROZEN = msgspec.json.encode(Then(entry_id="e-1", marks={"TINH_MOI": 30}))


class Grown(Then, frozen=True, kw_only=True):
    """A field was added that may be left out."""

    reason: str = ""


class Demanding(Then, frozen=True, kw_only=True):
    """A field was added that was never sent then."""

    reason: str


class Renamed(Struct, frozen=True, kw_only=True):
    """A field goes by another name."""

    entry: str = ""
    marks: dict[str, int]


class Retyped(Struct, frozen=True, kw_only=True):
    """A field holds something else."""

    entry_id: int
    marks: dict[str, int]


def test_a_new_field_with_a_default_is_fine():
    assert lost(FROZEN, Grown) == []


def test_a_new_field_without_a_default_breaks():
    assert lost(FROZEN, Demanding) == ["Object missing required field `reason`"]


def test_a_renamed_field_breaks():
    assert lost(FROZEN, Renamed) == [".entry_id is not understood any more"]


def test_a_field_of_another_type_breaks():
    assert lost(FROZEN, Retyped) == ["Expected `int`, got `str` - at `$.entry_id`"]


PERSONAL = {"full_name", "email", "phone"}


def test_names_and_addresses_travel_in_personal_events_only():
    told = {name for name, kind in kinds().items() if issubclass(kind, Event)}
    with_names = {
        name for name, path in RELEASED if name in told and PERSONAL & keys(path.read_bytes())
    }

    assert with_names == {name for name in told if kinds()[name].personal}


def keys(frozen: bytes) -> set[str]:
    """Return every key anywhere in a sample, which has every field."""
    return set(re.findall(r'"(\w+)":', frozen.decode()))
