"""The index in PostgreSQL says what an oracle says that looks at everything, come what may."""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

import numpy as np
import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from kernel.database import Origin
from kernel.testing import TENANT
from services.originality.engine.kernels import postings as kernels
from services.originality.engine.warm import warm_index
from services.originality.store import postings
from services.originality.store.postings import (
    Channel,
    gathering,
    keeping,
    merging,
    tables,
    writing,
)
from services.originality.store.postings.keys import keys_of
from tests.service.originality.merging import SMALL, merge_all, merge_for_ever
from tests.service.originality.oracle import Oracle

OWN = 1_000_000  # the number of a text the oracle does not know
LITTLE = 300_000  # bytes: room for the two or three segments that are asked for most
EVERYBODY = np.iinfo(np.int32).max


class Trial:
    """An index and its oracle, told the same things. Few hashes, some in very many texts."""

    def __init__(self, bench, seed: int) -> None:
        self.bench, self.dice, self.oracle = bench, random.Random(seed), Oracle()  # noqa: S311  # a test repeats itself
        self.vocabulary = [self.dice.getrandbits(64) for _ in range(400)]
        self.last, self.there = 0, []

    @contextmanager
    def session(self, tenant: str = TENANT) -> Iterator[Session]:
        with self.bench.database.work(Origin.own("originality", tenant)) as work:
            yield work.session

    def a_text(self, channel: Channel) -> dict[int, int]:
        """Give the oracle a text of its own making: how often it has which hash."""
        self.last += 1
        hashes = self.dice.sample(self.vocabulary[: self.dice.choice([25, 400])], 18)
        given = {value: self.dice.randint(1, 5) for value in hashes}
        self.oracle.add(channel, self.last, given)
        self.there.append(self.last)
        return given

    def add(self) -> None:
        channel = self.dice.choice(list(Channel))
        given = self.a_text(channel)
        tfs = given.values() if channel is Channel.TERM else None
        with self.session() as session:
            postings.add(session, channel, self.last, list(given), tfs)

    def add_many(self, count: int) -> None:
        channel = self.dice.choice(list(Channel))
        made = []
        for _ in range(count):
            given = self.a_text(channel)
            tfs = given.values() if channel is Channel.TERM else None
            made.append(postings.postings_of(self.last, list(given), tfs))
        with self.session() as session:
            postings.add_many(session, channel, made)

    def remove(self) -> None:
        if self.there:
            gone = self.there.pop(self.dice.randrange(len(self.there)))
            self.oracle.remove(gone)
            with self.session() as session:
                postings.remove(session, gone)

    def merge(self) -> None:
        with self.session() as session:
            for channel in Channel:
                postings.merge(session, channel)

    def anything(self) -> None:
        """Do one thing or another, some more often."""
        ways = [self.add] * 10 + [self.remove] * 4 + [lambda: self.add_many(200)]
        self.dice.choice(ways)()

    def check_search(self) -> None:
        """Search as a check does, and compare."""
        asked = set(self.dice.sample(self.vocabulary, 30))
        channel = self.dice.choice(list(Channel))
        with self.session() as session:
            found = postings.search(
                session, channel, list(asked), limit=10, max_df=30, min_shared=2
            )
            best = postings.bm25(session, list(asked), limit=10)
        assert told(found) == self.oracle.search(channel, asked, 10, 30, 2)
        assert told(best) == self.oracle.bm25(asked, 10)

    def check_everything(self) -> None:
        """Compare every posting there is: none lost, none twice, none of a removed text."""
        keys = keys_of(self.vocabulary)
        for channel in Channel:
            with self.session() as session:
                found = gathering.gather(session, channel, keys, EVERYBODY)
            texts = self.oracle.texts[channel]
            expected = [
                (key, text_id)
                for text_id, own in texts.items()
                for key in keys_of(list(own)).tolist()
            ]
            pairs = zip(
                keys[found.postings.keys].tolist(), found.postings.texts.tolist(), strict=True
            )
            assert sorted(pairs) == sorted(expected)
            assert found.texts == len(texts)


def told(found: list[postings.Scored]) -> list[tuple[int, float, int]]:
    return [(each.text_id, each.score, each.shared) for each in found]


@pytest.fixture(params=[0, LITTLE], ids=["from the database", "from memory"])
def shelf(request) -> keeping.Shelf:
    """Return one that keeps nothing, or what was asked for before but never much of it."""
    return keeping.Shelf(request.param, dearer=1 << 20)


@pytest.fixture
def trial(bench, monkeypatch, shelf) -> Trial:
    """Return an index that is merged in very many small steps."""
    monkeypatch.setattr(gathering, "shelf", lambda: shelf)
    for name, value in SMALL.items():
        monkeypatch.setattr(merging, name, value)
    monkeypatch.setattr(writing, "BULK", 3_000)
    return Trial(bench, seed=int(os.environ.get("SEED", "5")))


@pytest.mark.slow
def test_index_says_what_the_oracle_says_while_it_is_merged(trial: Trial):
    for _ in range(150):
        trial.anything()
        trial.merge()
        trial.check_search()

    trial.check_everything()
    merge_all(trial.bench.database.sessions, TENANT)
    trial.check_everything()


@pytest.mark.slow
def test_merge_killed_at_any_instant_loses_and_doubles_nothing(trial: Trial):
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.service.originality.merging"])
    steps = context.RawValue("q", 0)
    given = (trial.bench.settings.database_url, TENANT, steps)
    for _ in range(8):
        merger = context.Process(target=merge_for_ever, args=given, daemon=True)
        merger.start()

        before = steps.value
        enough = before + trial.dice.randint(2, 12)
        for turn in range(1_000):  # a merger on a busy machine begins late, and is waited for
            trial.anything()
            trial.check_search()
            if steps.value >= enough or (turn > 30 and steps.value > before):
                break
        assert steps.value > before, "it was to be killed at work, and did nothing"
        kill(merger, trial)

        trial.check_everything()

    merge_all(trial.bench.database.sessions, TENANT)
    trial.check_everything()
    with trial.session() as session:
        assert unfinished(session) == []


def kill(merger: BaseProcess, trial: Trial) -> None:
    """End the merger as hard as can be; every other time its connection in the server first."""
    if trial.dice.random() < 0.5:
        with trial.session() as session:
            session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    " AND query LIKE '%posting%' AND state <> 'idle'"
                )
            )
    os.kill(merger.pid, signal.SIGKILL)
    merger.join()
    # The server may still be at its last statement, and holds the channel meanwhile.
    while _is_merging(trial):
        time.sleep(0.02)


def _is_merging(trial: Trial) -> bool:
    """Say whether a connection other than this one is at work, or between two statements."""
    with trial.session() as session:
        return bool(
            session.scalar(
                text(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
                    " AND state IS DISTINCT FROM 'idle'"
                )
            )
        )


def unfinished(session: Session) -> list[tuple[str, int]]:
    """Name what a finished merge does not leave behind."""
    segment, fresh = tables.SegmentRow, tables.FreshTextRow
    counts = {
        "being merged": select(func.count()).where(segment.born.is_(None)),
        "merged away": select(func.count()).where(segment.gone.is_not(None)),
        "moved": select(func.count()).where(fresh.moved.is_not(None)),
        "of no segment": select(func.count())
        .select_from(tables.BucketRow)
        .where(tables.BucketRow.segment.not_in(select(segment.segment))),
        "marks of no segment": select(func.count())
        .select_from(tables.RemovedRow)
        .where(tables.RemovedRow.segment.not_in(select(segment.segment))),
    }
    return [(what, n) for what, query in counts.items() if (n := session.scalar(query))]


def test_who_reads_keeps_their_version_while_it_is_merged_away(trial: Trial):
    for _ in range(80):
        trial.add()
    for _ in range(3):
        trial.add_many(200)
    expected = {channel: dict(texts) for channel, texts in trial.oracle.texts.items()}
    keys = keys_of(trial.vocabulary)

    with trial.session() as reader:
        pinned = postings.manifest(reader)
        merge_all(trial.bench.database.sessions, TENANT)
        trial.add_many(200)
        merge_all(trial.bench.database.sessions, TENANT)
        found = {c: gathering.gather(reader, c, keys, EVERYBODY) for c in Channel}
        again = postings.manifest(reader)
        trial.check_everything()  # as whoever comes meanwhile finds it
    merge_all(trial.bench.database.sessions, TENANT)

    with trial.session() as session:
        later = postings.manifest(session)
        assert unfinished(session) == []
    assert again is pinned
    assert later.version > pinned.version
    # Segments founded since are not of this version; what was there is, once.
    assert {c: set(found[c].postings.texts.tolist()) for c in Channel} == {
        c: set(expected[c]) for c in Channel
    }
    assert {c: len(found[c].postings.texts) for c in Channel} == {
        c: sum(len(own) for own in expected[c].values()) for c in Channel
    }
    trial.check_everything()


def test_removed_text_is_found_no_more_whatever_holds_it(trial: Trial):
    given = trial.vocabulary[:18]
    with trial.session() as session:
        for text_id in (OWN, OWN + 1, OWN + 2):
            postings.add(session, Channel.FINGERPRINT, text_id, given)
    found = []

    for number, prepare in enumerate((lambda: None, lambda: flush(trial), lambda: None)):
        prepare()
        with trial.session() as session:
            postings.remove(session, OWN + number)
        with trial.session() as session:
            scored = postings.search(session, Channel.FINGERPRINT, given, limit=3, min_shared=18)
        found.append([each.text_id for each in scored])

    assert found == [[OWN + 1, OWN + 2], [OWN + 2], []]


def flush(trial: Trial) -> None:
    """Put what is fresh into a segment."""
    for _ in range(100):
        trial.add()
    merge_all(trial.bench.database.sessions, TENANT)


def test_text_may_come_back_under_its_old_number(trial: Trial):
    given = trial.vocabulary[:18]
    with trial.session() as session:
        postings.add(session, Channel.FINGERPRINT, OWN, given)
    flush(trial)

    with trial.session() as session:
        postings.remove(session, OWN)
        postings.add(session, Channel.FINGERPRINT, OWN, given)

    with trial.session() as session:
        (best, *_) = postings.search(session, Channel.FINGERPRINT, given, limit=1)
    assert (best.text_id, best.shared) == (OWN, 18)


def test_tenants_do_not_see_one_another(trial: Trial):
    trial.add_many(200)
    merge_all(trial.bench.database.sessions, TENANT)

    with trial.session(tenant="can-tho") as session:
        found = [
            postings.search(session, channel, trial.vocabulary, limit=9, min_shared=1)
            for channel in Channel
        ]
        manifest = postings.manifest(session)

    assert found == [[], [], []]
    assert manifest == postings.Manifest(0)
    trial.check_everything()


def test_no_search_or_merge_waits_for_what_was_compiled_beforehand(trial: Trial):
    warm_index()
    before = {name: list(each.signatures) for name, each in vars(kernels).items() if jitted(each)}

    for _ in range(3):
        trial.add_many(200)
        trial.add()
    merge_all(trial.bench.database.sessions, TENANT)
    trial.check_search()

    assert {name: list(vars(kernels)[name].signatures) for name in before} == before
    assert len(before) > 5


def jitted(each: object) -> bool:
    return hasattr(each, "signatures")


@pytest.mark.parametrize("shelf", [keeping.Shelf(LITTLE, dearer=1 << 20)])
def test_segment_that_is_kept_is_not_read_again(trial: Trial, shelf: keeping.Shelf):
    given = _founded(trial, Channel.FINGERPRINT)
    searched = [_search(trial, given) for _ in range(2)]
    assert 0 < shelf.size <= LITTLE

    with trial.session() as session:
        session.execute(delete(tables.BucketRow))
        session.execute(delete(tables.ListRow))

    assert _search(trial, given) == searched[0] == searched[1] != []
    shelf.room = 0
    assert _search(trial, given) == []


@pytest.mark.parametrize("shelf", [keeping.Shelf(120_000, dearer=1 << 20)])
def test_what_is_asked_for_all_the_time_makes_room_for_nothing(trial: Trial, shelf: keeping.Shelf):
    given = {each: _founded(trial, each) for each in (Channel.FINGERPRINT, Channel.TRIPLE)}
    for _ in range(2):
        _search(trial, given[Channel.FINGERPRINT])
    kept = shelf.size

    for _ in range(5):
        _search(trial, given[Channel.TRIPLE], Channel.TRIPLE)
        _search(trial, given[Channel.FINGERPRINT])
        assert set(shelf.kept) == {_seal(trial, Channel.FINGERPRINT)}
    for _ in range(3):
        _search(trial, given[Channel.TRIPLE], Channel.TRIPLE)

    assert 0 < kept <= 120_000
    assert set(shelf.kept) == {_seal(trial, Channel.TRIPLE)}


@pytest.mark.parametrize("shelf", [keeping.Shelf(LITTLE, dearer=1 << 20)])
def test_segment_from_before_there_were_seals_is_not_kept(trial: Trial, shelf: keeping.Shelf):
    given = _founded(trial, Channel.FINGERPRINT)
    with trial.session() as session:
        session.execute(update(tables.SegmentRow).values(seal=None))

    found = [_search(trial, given) for _ in range(3)]

    assert found[0] == found[2] != []
    assert shelf.size == 0


def _founded(trial: Trial, channel: Channel) -> list[int]:
    """Found a segment of this channel; return what to search it for."""
    made = [postings.postings_of(trial.last + n, trial.vocabulary[n : n + 18]) for n in range(200)]
    with trial.session() as session:
        postings.add_many(session, channel, made)
    return trial.vocabulary[:30]


def _search(
    trial: Trial, given: list[int], channel: Channel = Channel.FINGERPRINT
) -> list[postings.Scored]:
    with trial.session() as session:
        return postings.search(session, channel, given, limit=9)


def _seal(trial: Trial, channel: Channel) -> str | None:
    with trial.session() as session:
        (segment,) = postings.manifest(session).of(channel)
    return segment.seal
