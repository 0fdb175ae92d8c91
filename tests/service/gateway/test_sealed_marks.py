"""A judge's marks over HTTP: nothing on the broker tells them, and the judge reads them again."""

import re
import secrets
import time
from datetime import timedelta
from decimal import Decimal

import pytest
from kombu import Connection, Consumer, Exchange, Producer, Queue, binding
from msgspec.structs import replace

from contracts import intake, originality
from contracts.rules import Window
from kernel import envelope
from kernel.testing import actor
from services.gateway import boxes as own
from services.gateway.own_boxes import box_by_password
from services.review.sealing import boxes
from tests.service.gateway.conftest import PASSWORD, TODAY
from tests.unit.review.builders import FIRST, a_contest

ROUND = "/v1/contests/HG-2022/rounds/SO_KHAO"
PLANTED = ("37.61", "19.87", "57.48", "37,61", "giong-voi-khong-ai-doc")
SHEET = {"marks": {"TINH_MOI": "37,61", "HIEU_QUA": 19.87}, "comment": "giong-voi-khong-ai-doc"}
EXCHANGES = ("gateway", "review", "intake", "awards", "ledger")


@pytest.fixture
def overheard(servers, http):
    """Hear everything on the broker: commands, queries, replies, events."""
    assert http.get("/v1/contests").status_code == 200  # so that every exchange is there
    heard = []
    with Connection(servers.addresses.amqp_url) as connection:
        queue = Queue(
            f"tap.{secrets.token_hex(4)}",
            bindings=[
                binding(Exchange(name, type="topic", passive=True), routing_key="#")
                for name in EXCHANGES
            ],
            exclusive=True,
            auto_delete=True,
            durable=False,
        )
        consumer = Consumer(connection, [queue], on_message=heard.append, accept=None, no_ack=True)

        def listen() -> str:
            try:
                while True:
                    connection.drain_events(timeout=1)
            except TimeoutError:
                return "\n".join(bytes(message.body).decode() for message in heard)

        with consumer:
            yield listen


@pytest.fixture
def judging(http, servers, tenant, sign_in):
    """Open a sealed round of one entry, HG-01; return its officers and judges, signed in."""
    organiser = sign_in("organiser")
    people = {name: sign_in("judge", login=name) for name in ("gk-1", "gk-2", "gk-3")}
    people["gk-1"] = sign_in("judge", "chair", login="chu-tich")
    people["thu-ky"] = sign_in("secretary", login="thu-ky")
    ids = {name: headers["X-Person"] for name, headers in people.items()}
    tell(servers, tenant, *news(ids))
    seats = [
        {"person_id": ids[name], "role": role}
        for name, role in (("gk-1", "CHAIR"), ("gk-2", "MEMBER"), ("gk-3", "MEMBER"))
    ]
    until(lambda: http.put("/v1/contests/HG-2022/jury", json={"seats": seats}, headers=organiser))
    pairs = {name: register(http, people[name]) for name in ("gk-1", "thu-ky")}
    opening = {"officers": [ids["gk-1"], ids["thu-ky"]]}
    until(lambda: http.post(f"{ROUND}/open", json=opening, headers=people["thu-ky"]))
    return people, pairs


def news(ids):
    """Say what intake and originality would: a contest that is closed, and one entry."""
    rules = a_contest(replace(FIRST, step=Decimal("0.01"), divergence=None, judges_per_entry=None))
    window = Window(opens=TODAY - timedelta(days=40), closes=TODAY - timedelta(days=2))
    entry = {
        "contest_id": "HG-2022",
        "entry_id": secrets.token_hex(8),
        "receipt_code": "H30-1",
        "filed_by": "p-1",
        "author_ids": ("p-1",),
        "title": "Một cửa",
        "area": "TTHC",
        "kind": "INDIVIDUAL",
        "version": 1,
    }
    yield intake.ContestOpened(
        contest_id="HG-2022",
        rules=replace(rules, intake=window),
        sha256="0" * 64,
        opened_at=TODAY - timedelta(days=40),
    )
    for person in (*ids.values(), "p-1"):
        yield intake.PersonRegistered(person_id=person, full_name="An", email="an@vd.vn")
    share = intake.Share(person_id="p-1", percent=Decimal(100))
    yield intake.EntryAccepted(**entry, shares=(share,), summary="Tóm tắt")
    yield originality.OriginalityReported(
        contest_id="HG-2022",
        entry_id=entry["entry_id"],
        version=1,
        report_id=secrets.token_hex(8),
        level="CLEAR",
        share=Decimal(0),
        sources=(),
    )


def tell(servers, tenant, *events):
    """Publish events as their services would."""
    with Connection(servers.addresses.amqp_url) as connection, connection.channel() as channel:
        for event in events:
            wrapped = envelope.wrap(event, tenant=tenant, actor=actor(), occurred_at=TODAY)
            speaker, _, name = wrapped.type.partition(".")
            Producer(channel).publish(
                envelope.encode(wrapped),
                exchange=Exchange(speaker, type="topic", durable=True),
                routing_key=f"event.{name}",
                content_type="application/octet-stream",
                content_encoding="binary",
            )


def until(ask, seconds=60):
    """Ask until it is granted: word is still on its way."""
    deadline = time.monotonic() + seconds
    while (said := ask()).is_error:
        assert time.monotonic() < deadline, said.text
        time.sleep(0.2)
    return said


def register(http, headers):
    pair = boxes.Pair.fresh()
    line = {"public_key": boxes.written(pair.public)}
    challenge = http.put("/v1/sealing-key", json=line, headers=headers).json()["sealed"]
    word = boxes.Opener(pair.private).open(boxes.decoded(challenge)).decode()
    answered = http.post("/v1/sealing-key/confirmation", json={"answer": word}, headers=headers)
    assert answered.status_code == 204
    return pair


def give_key(http, headers, pair):
    own_part = http.get(f"{ROUND}/key", headers=headers).json()
    pack = boxes.Opener(pair.private).open(boxes.decoded(own_part["sealed"]))
    shares = boxes.encoded(boxes.seal(boxes.read(own_part["service_key"]), pack))
    return http.put(f"{ROUND}/key", json={"shares": shares}, headers=headers)


def hand_in(http, headers, sheet=SHEET, **more):
    return http.put(f"{ROUND}/sheets/HG-01", json=sheet, headers=headers | more)


def found_in(haystack):
    """Return what is there as a number of its own; in an instant like `09:15:57.48` it is not."""
    return {value for value in PLANTED if re.search(rf"(?<![\d:]){re.escape(value)}", haystack)}


def test_nothing_on_the_broker_tells_a_mark_before_opening_and_all_is_told_after(
    http, judging, overheard
):
    people, pairs = judging
    draft = {"marks": {"TINH_MOI": "37,61"}, "comment": "giong-voi-khong-ai-doc"}
    saved = http.put(f"{ROUND}/drafts/HG-01", json=draft, headers=people["gk-2"])
    refused = hand_in(http, people["gk-2"], SHEET | {"marks": {"TINH_MOI": "37,61"}})
    for judge in ("gk-1", "gk-2", "gk-3"):
        assert hand_in(http, people[judge]).json() == {"version": 1}
    desk = http.get(f"{ROUND}/assignments", headers=people["gk-2"]).json()
    first = give_key(http, people["gk-1"], pairs["gk-1"]).json()
    before = overheard()
    second = give_key(http, people["thu-ky"], pairs["thu-ky"]).json()
    after = overheard()

    assert (saved.status_code, refused.status_code) == (204, 422)
    assert refused.json()["code"] == "SheetIncomplete"
    assert desk[0]["marks"] == {"TINH_MOI": "37.61", "HIEU_QUA": "19.87"}
    assert desk[0]["comment"] == "giong-voi-khong-ai-doc"
    assert (first["opened"], second["opened"]) == (False, True)
    assert "review.SheetSealed" in before
    assert "review.GiveMarks" in before, "commands must be overheard"
    assert "sealed_sheet" in before, "replies must be overheard"
    assert found_in(before) == set()
    assert found_in(after) >= {"37.61", "19.87", "57.48"}


def test_a_draft_comes_back_to_its_judge_as_it_was_typed_and_to_nobody_else(http, judging):
    people, _ = judging
    draft = {"marks": {"TINH_MOI": "37,"}, "comments": {}, "comment": "chưa xong"}

    http.put(f"{ROUND}/drafts/HG-01", json=draft, headers=people["gk-2"])

    mine = http.get(f"{ROUND}/assignments", headers=people["gk-2"]).json()
    theirs = http.get(f"{ROUND}/assignments", headers=people["gk-3"]).json()
    assert (mine[0]["draft"], mine[0]["state"]) == (draft, "OPEN")
    assert theirs[0].get("draft") is None


def test_a_repeated_request_gives_one_sheet_and_another_under_its_key_is_refused(http, judging):
    people, _ = judging

    replies = [hand_in(http, people["gk-2"], **{"Idempotency-Key": "k-1"}) for _ in range(2)]
    other = SHEET | {"comment": "khác"}
    refused = hand_in(http, people["gk-2"], other, **{"Idempotency-Key": "k-1"})

    assert [reply.json() for reply in replies] == [{"version": 1}] * 2
    assert refused.json()["code"] == "RequestIdReused"


def test_who_is_given_another_password_does_not_read_what_was_sealed_before(
    http, judging, accounts, tenant
):
    people, _ = judging
    hand_in(http, people["gk-2"])
    person = people["gk-2"]["X-Person"]
    before = box_by_password(accounts.database, tenant, person, PASSWORD)

    after = box_by_password(accounts.database, tenant, person, "một mật khẩu khác")

    desk = http.get(f"{ROUND}/assignments", headers=people["gk-2"]).json()
    assert desk[0]["marks"]["TINH_MOI"] == "37.61"  # a sign-in keeps the key it began with
    assert before.public != after.public
    sealed = before.seal(before.public, b"x", "once")
    with pytest.raises(own.CannotOpen):
        after.open(sealed)


def test_a_mark_that_is_no_number_is_refused_without_repeating_it(http, judging):
    people, _ = judging

    said = hand_in(http, people["gk-2"], {"marks": {"TINH_MOI": "bảy", "HIEU_QUA": "1"}})

    assert said.json()["code"] == "BadMark"
    assert "bảy" not in said.text
