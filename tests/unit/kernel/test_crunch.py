"""Heavy computing in a real child process."""

import io
import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.child import receive, send
from kernel.crunch import Crashed, Crunch, Failed
from kernel.settings import KernelSettings

MODULE = "tests.unit.kernel.sums"


@pytest.fixture
def sums():
    engine = Crunch(MODULE, seconds=20)
    engine.connect(KernelSettings(amqp_url="", database_url="", crunch_children=1))
    yield engine
    engine.stop()


def test_a_child_answers_call_after_call(sums):
    first, second = sums.call("pid", b""), sums.call("pid", b"")

    assert first == second != b""
    assert sums.call("doubled", b"\x00ab") == b"\x00ab\x00ab"


def test_a_body_larger_than_a_pipe_goes_through(sums):
    body = bytes(1_000_000)

    assert sums.call("doubled", body) == body * 2


def test_what_a_library_prints_stays_out_of_the_answer(sums):
    assert sums.call("chatty", b"answer") == b"answer"


def test_what_the_function_raises_is_told_and_the_child_stays(sums):
    before = sums.call("pid", b"")

    with pytest.raises(Failed, match=r"^ValueError: no sums today$"):
        sums.call("refused", b"")

    assert sums.call("pid", b"") == before


def test_a_nice_child_gives_way():
    engine = Crunch(MODULE, nice=7)
    engine.connect(KernelSettings(amqp_url="", database_url="", crunch_children=1))

    niceness = int(engine.call("niceness", b""))

    engine.stop()
    assert niceness == os.nice(0) + 7


def test_a_function_that_is_not_there_is_told(sums):
    with pytest.raises(Failed, match="AttributeError"):
        sums.call("nothing", b"")


def test_a_child_that_falls_is_replaced(sums):
    before = sums.call("pid", b"")

    with pytest.raises(Crashed, match="fallen: the child has gone"):
        sums.call("fallen", b"")

    assert sums.call("pid", b"") != before


def test_a_child_that_was_killed_while_idle_is_replaced_unnoticed(sums):
    sums.call("pid", b"")
    child = sums.places.queue[0]
    child.kill()
    child.wait()

    assert sums.call("doubled", b"x") == b"xx"


def test_a_child_that_takes_too_long_is_ended(sums):
    sums.call("pid", b"")
    child = sums.places.queue[0]
    sums.seconds = 0.2

    with pytest.raises(Crashed, match=r"slow took over 0\.2 s"):
        sums.call("slow", b"")

    assert child.poll() is not None
    sums.seconds = 20
    assert sums.call("doubled", b"x") == b"xx"


def test_stopping_ends_the_idle_children(sums):
    sums.call("pid", b"")
    child = sums.places.queue[0]

    sums.stop()

    assert child.poll() is not None


def test_a_service_gets_the_children_themselves(monkeypatch):
    told = {"AMQP_URL": "a", "DATABASE_URL": "d", "CRUNCH_CHILDREN": "3"}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    engine = Crunch(MODULE)

    engine.setup()

    assert engine.get_dependency(None) is engine
    assert engine.places.qsize() == 3


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_parts_come_out_as_they_went_in(parts):
    stream = io.BytesIO()

    send(stream, *parts)
    stream.seek(0)

    assert [receive(stream) for _ in parts] == parts


def test_a_stream_that_ends_within_a_part_is_told():
    with pytest.raises(EOFError):
        receive(io.BytesIO(b"\x00\x00\x00\x05abc"))


def test_the_child_ends_when_its_parent_goes():
    assert Crunch(MODULE).begin().communicate(b"", timeout=20) == (b"", None)
    assert sys.executable


def test_stopping_leaves_a_patient_one_time_to_end_what_it_does_beside(tmp_path):
    engine = Crunch(MODULE, patience=20)
    engine.connect(KernelSettings(amqp_url="", database_url="", crunch_children=1))
    engine.call("note_at_the_end", str(tmp_path / "note").encode())

    engine.stop()

    assert (tmp_path / "note").read_text() == "ended"


def test_a_service_that_starts_has_no_children_yet(sums):
    assert sums.start() is None  # nameko calls it of every extension
