"""What a log line holds: ids, never bodies."""

import json
import logging
from datetime import UTC, datetime

import pytest

from contracts import intake
from contracts.message import Actor
from kernel import envelope, logs

LOG = logging.getLogger("kernel.trial")
PERSON = intake.PersonRegistered(person_id="p-1", full_name="Nguyễn Văn An", email="an@vd.vn")


@pytest.fixture(autouse=True)
def logging_as_before():
    root = logging.getLogger()
    kept = root.handlers[:], root.level
    yield
    root.handlers[:], level = kept
    root.setLevel(level)


@pytest.fixture
def lines(capsys):
    """Return a function that gives the lines written since it was last asked."""

    def read() -> list[dict[str, str]]:
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return read


def enveloped(**options):
    return envelope.wrap(
        PERSON,
        tenant="hau-giang",
        actor=Actor(id="clerk-1"),
        occurred_at=datetime(2022, 7, 1, tzinfo=UTC),
        message_id="m-1",
        correlation_id="c-1",
        **options,
    )


def test_a_line_says_who_what_and_how_bad(lines):
    logs.set_up("review", "INFO")
    LOG.warning("lamp %s is out", 7, extra={"fields": {"room": "A1"}})

    (line,) = lines()
    assert datetime.fromisoformat(line.pop("at")).tzinfo is not None
    assert line == {
        "level": "WARNING",
        "service": "review",
        "logger": "kernel.trial",
        "message": "lamp 7 is out",
        "room": "A1",
    }


def test_lines_about_a_message_carry_its_ids_and_nothing_of_its_body(lines):
    logs.set_up("review", "INFO")
    with logs.about(enveloped(traceparent="00-1-2-03")):
        LOG.info("heard")
    LOG.info("done")

    inside, outside = lines()
    assert inside | {"at": ""} == {
        "at": "",
        "level": "INFO",
        "service": "review",
        "logger": "kernel.trial",
        "message": "heard",
        "message_id": "m-1",
        "type": "intake.PersonRegistered",
        "tenant": "hau-giang",
        "actor": "clerk-1",
        "correlation_id": "c-1",
        "traceparent": "00-1-2-03",
    }
    assert "message_id" not in outside
    assert "an@vd.vn" not in json.dumps(inside)


def test_an_error_says_where_it_arose_and_none_of_its_words(lines):
    logs.set_up("review", "INFO")
    try:
        try:
            int("Nguyễn Văn An")
        except ValueError as error:
            raise KeyError("an@vd.vn") from error
    except KeyError:
        LOG.exception("failed")

    (line,) = lines()
    outer, _, inner = line["error"].partition("\ncaused by\n")
    assert outer.endswith("builtins.KeyError")
    assert inner.endswith("builtins.ValueError")
    assert f'File "{__file__}", line ' in inner
    assert "Văn An" not in line["error"].replace('int("Nguyễn Văn An")', "")


def test_what_has_no_json_of_its_own_is_written_as_text(lines):
    logs.set_up("review", "INFO")
    LOG.info("odd", extra={"fields": {"what": object}})

    assert lines()[0]["what"] == "<class 'object'>"


def test_less_than_the_level_and_the_chatter_of_libraries_is_left_out(lines):
    logs.set_up("review", "INFO")
    LOG.debug("detail")
    logging.getLogger("urllib3").info("reconnecting")
    logging.getLogger("urllib3").error("really gone")

    assert [line["message"] for line in lines()] == ["really gone"]
