"""A command has its effect once, however often it is asked."""

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from sqlalchemy import select

from contracts import review
from kernel import envelope, execute
from kernel.tables import Request
from kernel.testing import NOON, TENANT, Rejected, actor
from tests.service.kernel.conftest import CHAIR, opened
from tests.service.kernel.trial import Note


def test_a_repeated_command_gets_the_first_reply_and_does_nothing(trial):
    first = trial.open(id="c-1")

    again = trial.open(id="c-1")

    assert (first, again) == ("c-1", "c-1")
    assert (trial.notes, trial.announced) == (["j-1 opened R1"], [opened()])


def test_one_id_means_two_things_for_two_tenants(trial):
    trial.open(id="c-1", tenant="hau-giang")

    trial.open(id="c-1", tenant="ca-mau")

    assert trial.announced == [opened(), opened()]


def test_a_refusal_says_its_code_kind_and_message(trial):
    with pytest.raises(Rejected, match=r"Round R1 is closed\.") as caught:
        trial.open("closed")

    assert (caught.value.code, caught.value.kind) == ("Closed", "Conflict")


def test_a_refused_command_stays_refused(trial):
    with pytest.raises(Rejected):
        trial.open("closed", id="c-1")

    with pytest.raises(Rejected, match="Round R1 is closed"):
        trial.open("closed", id="c-1")

    (request,) = trial.bench.rows(select(Request))
    assert msgspec.json.decode(request.reply) == {
        "refused": {
            "code": "Closed",
            "kind": "Conflict",
            "template": "Round {round_id} is closed.",
            "params": {"round_id": "R1"},
            "message": "Round R1 is closed.",
        }
    }


def test_what_was_done_before_a_refusal_is_kept_where_the_refusal_says_so(trial):
    for _ in range(2):
        with pytest.raises(Rejected, match="stays"):
            trial.open("kept", id="c-1")

    with pytest.raises(Rejected):
        trial.open("closed")

    assert len(trial.bench.rows(select(Note))) == len(trial.announced) == 1


def test_an_id_used_for_another_request_is_refused_and_the_first_reply_kept(trial):
    trial.open(id="c-1", round_id="R1")

    with pytest.raises(Rejected, match="id was used for a different request") as caught:
        trial.open(id="c-1", round_id="R2")

    assert (caught.value.code, caught.value.kind) == ("RequestIdReused", "Conflict")
    assert trial.open(id="c-1", round_id="R1") == "c-1"
    assert trial.notes == ["j-1 opened R1"]


def test_an_id_used_by_another_person_is_refused(trial):
    trial.open(id="c-1", actor=actor(id="j-1"))

    with pytest.raises(Rejected, match="id was used"):
        trial.open(id="c-1", actor=actor(id="j-2"))


def test_a_failure_nobody_foresaw_tells_no_detail_and_may_be_tried_again(trial):
    with pytest.raises(AssertionError, match="'code': 'Unexpected', 'message': 'c-1'"):
        trial.open("broken", id="c-1")

    assert trial.bench.rows(select(Request)) == []
    with pytest.raises(AssertionError):
        trial.open("broken", id="c-1")


def test_what_has_not_arrived_yet_is_a_conflict(trial):
    with pytest.raises(Rejected, match=r"Jury of R1 has not arrived\.") as caught:
        trial.open("early")

    assert (caught.value.code, caught.value.kind) == ("Conflict", "Conflict")


def test_what_had_not_arrived_yet_may_be_asked_for_again_under_the_same_id(trial):
    with pytest.raises(Rejected):
        trial.open("early", id="c-1")

    assert trial.bench.rows(select(Request)) == []


def test_a_part_that_is_down_is_said_to_be_and_may_be_tried_again(trial):
    with pytest.raises(AssertionError, match="'code': 'Unavailable'"):
        trial.open("storeless", id="c-1")

    assert trial.bench.rows(select(Request)) == []


def test_a_refusal_gives_way_to_what_the_same_request_was_granted_meanwhile(trial):
    asked = review.OpenRound(contest_id="hg", round_id="R1")
    trial.bench.ask(asked, actor=CHAIR, id="c-1")
    wrapped = trial.bench._wrap(asked, CHAIR, NOON, "c-1", TENANT)  # noqa: SLF001

    said = execute.remember_refusal(trial.bench.database, wrapped, b"refused")

    assert said == b'{"ok":"c-1"}'


def test_a_refusal_is_still_said_where_its_id_went_to_another_request_meanwhile(trial):
    trial.open(id="c-1")
    other = review.OpenRound(contest_id="hg", round_id="R2")
    wrapped = trial.bench._wrap(other, CHAIR, NOON, "c-1", TENANT)  # noqa: SLF001

    said = execute.remember_refusal(trial.bench.database, wrapped, b"refused")

    assert said == b"refused"


def test_a_command_with_a_body_of_another_shape_is_unreadable(trial):
    service, database = trial.bench.service, trial.bench.database
    wrapped = envelope.wrap(
        review.ShowRound(contest_id="hg", round_id="R1"),
        tenant="hau-giang", actor=actor(), occurred_at=NOON,
    )  # fmt: skip

    reply = execute.answer(
        database, service, type(service).open_round.handler, strip(wrapped, "round_id")
    )

    said = msgspec.json.decode(reply)["refused"]
    assert (said["code"], said["kind"]) == ("Unreadable", "Refused")
    assert "missing required field `round_id`" in said["message"]


def strip(wrapped, field):
    """Return the envelope with its body lacking a field."""
    body = msgspec.json.decode(wrapped.body)
    del body[field]
    return msgspec.structs.replace(wrapped, body=msgspec.Raw(msgspec.json.encode(body)))


def test_the_same_command_asked_many_times_at_once_has_one_effect(trial):
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: trial.open(id="c-1"), range(16)))

    assert replies == ["c-1"] * 16
    assert (trial.notes, trial.announced) == (["j-1 opened R1"], [opened()])


def test_a_service_may_compute_and_keep_the_result_in_its_bucket(trial):
    reply = trial.bench.ask(review.CloseRound(contest_id="hg", round_id="R1"), reply=bytes)

    assert reply == b"abab"
