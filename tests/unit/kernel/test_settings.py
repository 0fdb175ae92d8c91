"""Settings from the environment and from files."""

import pytest
from msgspec import Struct

from kernel.settings import BadSetting, KernelSettings, load


class Lamp(Struct, frozen=True, kw_only=True):
    """What a lamp is told."""

    colour: str
    watts: int = 40
    dimmed: bool = False


def test_fields_are_read_in_upper_case_and_the_rest_is_default():
    lamp = load(Lamp, {"COLOUR": "red", "WATTS": "60", "NOISE": "x"})

    assert lamp == Lamp(colour="red", watts=60)


def test_a_file_wins_and_loses_the_white_space_around_its_content(tmp_path):
    secret = tmp_path / "colour"
    secret.write_text("  blue\n")

    lamp = load(Lamp, {"COLOUR": "red", "COLOUR_FILE": str(secret)})

    assert lamp == Lamp(colour="blue")


def test_the_process_environment_is_the_default(monkeypatch):
    monkeypatch.setenv("COLOUR", "green")
    monkeypatch.setenv("DIMMED", "true")

    assert load(Lamp) == Lamp(colour="green", dimmed=True)


def test_what_is_missing_is_named():
    with pytest.raises(BadSetting, match=r"^Set COLOUR or COLOUR_FILE\.$"):
        load(Lamp, {"WATTS": "1"})


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    nowhere = tmp_path / "nowhere"

    with pytest.raises(BadSetting, match=f"COLOUR_FILE names {nowhere}: No such file"):
        load(Lamp, {"COLOUR_FILE": str(nowhere)})


def test_what_is_no_number_is_named():
    with pytest.raises(BadSetting, match=r"A setting of Lamp is wrong: .*\$\.watts"):
        load(Lamp, {"COLOUR": "red", "WATTS": "many"})


def test_pauses_are_numbers_of_seconds():
    told = {"AMQP_URL": "a", "DATABASE_URL": "d", "RETRY_PAUSES": "0.5, 2,,60"}

    assert load(KernelSettings, told).pauses == (0.5, 2.0, 60.0)


def test_no_pauses_means_one_try():
    told = {"AMQP_URL": "a", "DATABASE_URL": "d", "RETRY_PAUSES": ""}

    assert load(KernelSettings, told).pauses == ()


def test_every_kernel_setting_is_explained():
    explained = KernelSettings.__doc__ or ""

    assert [
        name for name in KernelSettings.__struct_fields__ if f"    {name}: " not in explained
    ] == []
