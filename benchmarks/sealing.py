"""Sealed marks: sheets a second with p99, and how long opening and closing a round takes.

`python -m benchmarks.sealing` runs on one PostgreSQL, one broker and one copy of review. Beside it
stands the floor: libsodium alone opening the same sheets, and a commit's `fsync`.

A round of 10,000 x 3 sheets, in processor seconds of the service + of PostgreSQL, on two cores of
a Xeon with other work beside it; before, that is while every mark travelled as a row of its own
and every equal was told apart anew for each entry:

    opening by two keys       7.6 + 3.0    before 15.4 + 4.3
    closing                   2.5 + 0.6    before  4.7 + 0.7
    explaining every entry    3.6 + 0.2    before  7.8 + 0.2
    together                  17.5         before 33.1

Of opening, libsodium takes 1.6: every sheet is opened by itself, and its digest made anew.
"""

import asyncio
import json
import os
import secrets
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import click
import msgspec
from sqlalchemy import insert

from benchmarks import limits
from benchmarks.measuring import Timed
from contracts import intake, review
from contracts.rules import Rules
from deploy.local.stack import Stack
from kernel import clock, schema
from kernel.client import Client
from kernel.database import Origin
from kernel.testing import TENANT, Bench, actor
from services.intake.rules import check
from services.review import store
from services.review.domain.explaining import explain, words
from services.review.sealing import boxes
from services.review.sealing.sheets import Key, seal_sheet
from services.review.service import ReviewService
from services.review.service.explaining import round_told
from services.review.store.jury_tables import SeatRow
from services.review.store.tables import AssignmentRow, EntryRow, SheetRow

PER_ENTRY = 3
KEYS = {person: boxes.Pair.fresh() for person in ("chair", "clerk")}
JUDGE = boxes.Pair.fresh()
ROOT = Path(__file__).resolve().parents[1]
ROUND = "SO_KHAO"  # the first round of the shipped rules


def rules_of(contest_id: str) -> Rules:
    """Return the shipped rules with a round of so many judges an entry and no second looks."""
    rules = check((ROOT / "contests" / "hau-giang-2022.yaml").read_text()).rules
    if rules is None:
        raise ValueError("the shipped rules are broken")
    first, *others = rules.rounds
    first = msgspec.structs.replace(first, judges_per_entry=PER_ENTRY, divergence=None)
    now = clock.now()
    window = msgspec.structs.replace(rules.intake, opens=now - timedelta(9), closes=now)
    return msgspec.structs.replace(
        rules, id=contest_id, intake=window, rounds=(first, *others), jury_size=None
    )


def marks(rules: Rules, total: Decimal) -> dict[str, Decimal]:
    """Share a total out over the rubric of the first round, from its first criterion on."""
    given, left = {}, total
    for line in rules.rounds[0].rubric:
        given[line.code] = min(line.max, left)
        left -= given[line.code]
    return given


def prepare(bench: Bench, contest_id: str, entries: int, judges: int) -> dict[str, str]:
    """Make a contest whose entries are assigned, and open it; return judges by code and place."""
    now = clock.now()
    rules = rules_of(contest_id)
    opened = intake.ContestOpened(
        contest_id=contest_id, rules=rules, sha256="0" * 64, opened_at=now
    )
    bench.hear(opened, now=now)
    for person, pair in KEYS.items():
        register(bench, person, pair)
    seats = [{"person_id": "chair", "role": "CHAIR"}]
    seats += [{"person_id": f"j-{n}", "role": "MEMBER"} for n in range(judges)]
    with bench.database.work(Origin.own("bench", TENANT)) as work:
        named = {"tenant": TENANT, "contest_id": contest_id, "seated_at": now, "left_reason": ""}
        rows = [
            {**named, **seat, "seat_id": f"{contest_id}-{seat['person_id']}",
             "unit_id": f"U-{seat['person_id']}"}
            for seat in seats
        ]  # fmt: skip
        work.session.execute(insert(SeatRow), rows)
        first = {"tenant": TENANT, "contest_id": contest_id, "title": "", "area": ""}
        first |= {"summary": "", "author_ids": [], "submitted": 1, "accepted": 1, "cleared": 1}
        ids = [f"{contest_id}-e-{n}" for n in range(entries)]
        begin = [{**first, "entry_id": one, "code": None} for one in ids[:1]]
        work.session.execute(insert(EntryRow), begin)
    asked = review.OpenRound(contest_id=contest_id, round_id=ROUND, officers=("chair", "clerk"))
    bench.ask(asked, actor=actor("secretary", id="s"), now=now + timedelta(seconds=1))
    assign(bench, contest_id, first, ids, judges)
    return {one: f"C-{n}" for n, one in enumerate(ids) if n}


def assign(
    bench: Bench, contest_id: str, first: dict[str, object], ids: list[str], judges: int
) -> None:
    """Put the other entries into the open round, straight into the tables."""
    with bench.database.work(Origin.own("bench", TENANT)) as work:
        more = [{**first, "entry_id": one, "code": f"C-{n}"} for n, one in enumerate(ids) if n]
        work.session.execute(insert(EntryRow), more)
        seated = {"contest_id": contest_id, "round_id": ROUND, "tenant": TENANT}
        seated |= {"asked_again": False, "looked_again": False, "called": False}
        seated |= {"stood_down": False}
        work.session.execute(
            insert(AssignmentRow),
            [
                {**seated, "entry_id": one, "judge_id": judge_of(n, place, judges)}
                for n, one in enumerate(ids)
                if n
                for place in range(PER_ENTRY)
            ],
        )


def judge_of(entry: int, place: int, judges: int) -> str:
    """Say who marks an entry at one place of its panel."""
    return f"j-{(entry * PER_ENTRY + place) % judges}"


def register(bench: Bench, person: str, pair: boxes.Pair) -> None:
    """Register and confirm an officer's key."""
    me = actor("secretary", id=person)
    asked = review.RegisterKey(public_key=boxes.written(pair.public))
    sealed = bench.ask(asked, actor=me, reply=review.KeyChallenge).sealed
    word = boxes.Opener(pair.private).open(boxes.decoded(sealed)).decode()
    bench.ask(review.ConfirmKey(answer=word), actor=me)


async def hand_in(
    client: Client, contest_id: str, service_key: bytes, desk: list[tuple[str, str]], at_once: int
) -> dict[str, Timed]:
    """Let judges save a draft and submit a sheet each, so many at once."""
    found = {"drafts": Timed(), "sheets": Timed()}
    waiting, rules = iter(desk), rules_of(contest_id)
    named = {"contest_id": contest_id, "round_id": ROUND}

    async def timed(into: Timed, ask: Callable[[], Awaitable[object]]) -> None:
        began = time.perf_counter()
        await ask()
        into.each.append(time.perf_counter() - began)

    async def judge() -> None:
        for code, person in waiting:
            me = actor("judge", id=person)
            text = msgspec.json.encode(
                review.SheetText(marks=marks(rules, Decimal(80)), comment="Rõ ràng.")
            )
            draft = boxes.encoded(boxes.seal(JUDGE.public, text))
            sheet = boxes.encoded(boxes.seal(service_key, text))
            save = review.SaveDraft(**named, code=code, draft=draft)
            own_key = boxes.written(JUDGE.public)
            give = review.GiveMarks(**named, code=code, sheet=sheet, own_key=own_key)
            for kind, message in (("drafts", save), ("sheets", give)):
                await timed(
                    found[kind],
                    lambda message=message, me=me: client.ask(
                        message, reply=object, tenant=TENANT, actor=me, timeout=60
                    ),
                )

    began = time.perf_counter()
    await asyncio.gather(*(judge() for _ in range(at_once)))
    for one in found.values():
        one.total = time.perf_counter() - began
    return found


def fill(bench: Bench, contest_id: str, codes: dict[str, str], given: set[tuple[str, str]]) -> int:
    """Seal the sheets that nobody has handed in, straight into the table; return how many."""
    with bench.database.work(Origin.own("bench", TENANT)) as work:
        rules = rules_of(contest_id)
        played = store.find_round(work.session, contest_id, ROUND)
        round_key = boxes.read(played.public_key)
        rows, chance = [], Random(1)  # noqa: S311  # made-up marks
        assigned = work.session.query(AssignmentRow.entry_id, AssignmentRow.judge_id).filter_by(
            contest_id=contest_id
        )
        for entry, judge in assigned:
            if (codes.get(entry, ""), judge) in given:
                continue
            key = Key(contest_id, ROUND, entry, judge, 1)
            total = 40 + Decimal(chance.randrange(121)) / 2  # half points, as juries give
            text = review.SheetText(marks=marks(rules, total), comment="Rõ ràng.")
            sealed = seal_sheet(key, text, round_key, JUDGE.public)
            rows.append(
                {
                    "tenant": TENANT, "contest_id": contest_id, "round_id": ROUND,
                    "entry_id": entry, "judge_id": judge, "version": 1, "comment": "",
                    "comments": {}, "given_by": judge, "given_at": clock.now(), "reason": "",
                    "minutes": "", "sealed": sealed.sheet, "own_copy": sealed.own_copy,
                    "digest": sealed.digest, "nonce": "", "words": "",
                }
            )  # fmt: skip
        work.session.execute(insert(SheetRow), rows)
    return len(rows)


def give_key(bench: Bench, contest_id: str, person: str) -> review.KeysGiven:
    """Give an officer's key."""
    named = {"contest_id": contest_id, "round_id": ROUND}
    me = actor("secretary", id=person)
    shown = bench.ask(review.ShowKeyShares(**named), actor=me, reply=review.KeyShares)
    pack = boxes.Opener(KEYS[person].private).open(boxes.decoded(shown.sealed))
    shares = boxes.encoded(boxes.seal(boxes.read(shown.service_key), pack))
    asked = review.GiveKey(**named, shares=shares)
    later = clock.now() + timedelta(seconds=5)
    return bench.ask(asked, actor=me, now=later, reply=review.KeysGiven)


def stopwatch(work: Callable[[], object]) -> dict[str, float]:
    """Time something, by the clock on the wall and by this process's processor time."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return {
        "seconds": round(time.perf_counter() - wall, 2),
        "processor_seconds": round(time.process_time() - processor, 2),
    }


def explain_all(bench: Bench, contest_id: str) -> int:
    """Explain every entry of the closed round, in words; return how many lines they take."""
    with bench.database.work(Origin.own("bench", TENANT), read_only=True) as work:
        contest = store.load_contest(work.session, contest_id)
        played = store.load_closed(work.session, contest_id)[ROUND]
        told = round_told(work, contest, played)
        given = store.load_history(work.session, played, told.lines)
        zone = ZoneInfo(contest.rules.timezone)
        return sum(
            len(list(words.round_told(explain(told, line, given[line.entry_id]), zone)))
            for line in told.table
        )


def floor(sheets: int) -> dict[str, float]:
    """Time libsodium alone on as many sheets."""
    pair = boxes.Pair.fresh()
    sealed = boxes.seal(pair.public, b"x" * 200)
    opener = boxes.Opener(pair.private)
    return stopwatch(lambda: [opener.open(sealed) for _ in range(sheets)])


@click.command()
@click.option("--entries", default=10_000, help="How many entries the round has.")
@click.option("--judges", default=300, help="How many judges, and how many at once.")
@click.option("--sheets", default=1500, help="How many sheets are handed in over the broker.")
def main(entries: int, judges: int, sheets: int) -> None:
    """Measure sealing on this machine."""
    contest_id = f"B-{secrets.token_hex(3)}"
    with Stack("bench", services=False) as servers:
        environment = servers.env("review")
        os.environ |= environment
        schema.migrate("review", environment["DATABASE_URL"])
        bench = Bench(ReviewService, environment)
        codes = prepare(bench, contest_id, entries, judges)
        found: dict[str, Any] = {
            "processor": limits.processor(),
            "fsyncs_per_second": limits.fsyncs(),
            "entries": len(codes) + 1,
            "libsodium_alone": floor(len(codes) * PER_ENTRY),
        }
        desk = [
            (code, judge_of(number, place, judges))
            for number, code in enumerate(codes.values(), start=1)
            for place in range(PER_ENTRY)
        ][:sheets]
        given = asyncio.run(over_the_broker(servers, bench, contest_id, desk, judges))
        found |= {kind: timed.figures() for kind, timed in given.items()}
        found["filled"] = fill(bench, contest_id, codes, set(desk))
        give_key(bench, contest_id, "chair")
        found["open"] = stopwatch(lambda: give_key(bench, contest_id, "clerk"))
        close = review.CloseRound(contest_id=contest_id, round_id=ROUND)
        later = clock.now() + timedelta(seconds=9)
        me = actor("secretary", id="s")
        found["close"] = stopwatch(lambda: bench.ask(close, actor=me, now=later))
        found["explain"] = stopwatch(lambda: explain_all(bench, contest_id))
        found["open, close and explain"] = {
            name: round(sum(found[step][name] for step in ("open", "close", "explain")), 2)
            for name in ("seconds", "processor_seconds")
        }
        bench.close()
    click.echo(json.dumps(found, indent=2))


async def over_the_broker(
    servers: Stack, bench: Bench, contest_id: str, desk: list[tuple[str, str]], at_once: int
) -> dict[str, Timed]:
    """Run one copy of review and hand sheets in to it."""
    key = bench.service.settings.keys.public
    process = await asyncio.create_subprocess_exec(
        *("python", "-W", "ignore", "-m", "kernel.runner", "review"),
        env={**servers.env("review"), "HEALTH_PORT": "0", "PATH": ".venv/bin"},
        stdout=asyncio.subprocess.PIPE,
    )
    while b'"started"' not in await process.stdout.readline():  # type: ignore[union-attr]
        pass
    client = Client(servers.env("gateway")["AMQP_URL"], speaker="gateway", services=("review",))
    await client.start()
    try:
        return await hand_in(client, contest_id, key, desk, at_once)
    finally:
        await client.close()
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    main()
