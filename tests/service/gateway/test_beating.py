"""Outages are measured by beats through the whole path, with intake really stopped."""

import asyncio
import json
import signal
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from contracts import intake
from kernel.client import Client
from services.gateway.beating import Pulse, is_watched
from services.gateway.service import SERVICES
from tests.service.gateway.conftest import start

CONTEST = "HG-CCHC-2022"
RULES = (Path(__file__).parents[3] / "contests/hau-giang-2022.yaml").read_text()
CLOSES = datetime(2022, 8, 15, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LINE = intake.ContestLine(
    contest_id=CONTEST,
    title="",
    opens=CLOSES - timedelta(days=45),
    closes=CLOSES,
    watched_from=CLOSES - timedelta(hours=24),
)


def test_contest_is_watched_in_its_last_hours():
    assert not is_watched(LINE, CLOSES - timedelta(days=3))
    assert is_watched(LINE, CLOSES - timedelta(hours=1))
    assert not is_watched(LINE, CLOSES + timedelta(hours=1))
    assert not is_watched(msgspec.structs.replace(LINE, watched_from=None), CLOSES)


@pytest.fixture
def moved(clock):
    """Return a function that puts everybody at an instant; put them back afterwards."""
    before = clock.read_text()

    def move(instant: datetime) -> None:
        offset = (instant - datetime.now(UTC)).total_seconds()
        changed = clock.with_suffix(".new")
        changed.write_text(json.dumps({"offset": offset}))
        changed.replace(clock)

    yield move
    clock.write_text(before)


@pytest.fixture
def organiser(http, sign_in):
    """Open the contest; return the headers of its organiser."""
    headers = sign_in("organiser")
    opened = http.post(
        "/v1/contests", content=RULES, headers=headers | {"Content-Type": "text/yaml"}
    )
    assert opened.status_code == 201, opened.text
    return headers


@pytest.fixture
def intake_process(behind, servers, clock):
    """Return two functions: one kills intake, the other starts it again."""

    def kill() -> None:
        behind[0].send_signal(signal.SIGKILL)
        behind[0].wait()
        behind[0].stdout.close()

    def run() -> None:
        behind[0] = start(servers, "intake", clock)

    return kill, run


@pytest.fixture
def beats(door, tenant, moved):
    """Return a function that beats at these instants, however patient the door is meanwhile."""
    pulse = Pulse(door)

    def beat_at(*instants: datetime, patience: float = 10.0) -> None:
        asyncio.run(beat_all(instants, patience))

    async def beat_all(instants: tuple[datetime, ...], patience: float) -> None:
        client = Client(door.client.url, speaker="gateway", services=SERVICES)
        settings = msgspec.structs.replace(door.settings, beat_seconds=patience)
        pulse.door = replace(door, client=client, settings=settings)
        await client.start()
        for instant in instants:
            moved(instant)
            await pulse.beat(tenant)
        await client.close()

    return beat_at


def test_stopped_intake_leaves_a_gap_that_is_as_long_as_it_was(
    http, organiser, beats, intake_process
):
    kill, run = intake_process
    first = CLOSES - timedelta(hours=3)

    beats(*(first + n * MINUTE for n in range(4)))
    kill()
    beats(first + 10 * MINUTE, patience=1.0)
    run()
    beats(*(first + n * MINUTE for n in range(80, 83)))

    seen = http.get(f"/v1/contests/{CONTEST}/outage", headers=organiser).json()
    gaps = msgspec.convert(seen["gaps"], tuple[intake.Gap, ...])
    (outage,) = (gap for gap in gaps if first < gap.begun_at < first + 5 * MINUTE)
    assert first + 2 * MINUTE <= outage.begun_at < first + 3 * MINUTE
    assert first + 80 * MINUTE <= outage.ended_at < first + 81 * MINUTE
