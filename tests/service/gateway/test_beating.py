"""Outages are measured by beats through the whole path, with the path really cut."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from contracts import intake
from kernel.client import Client
from services.gateway.beating import Pulse, is_watched
from services.gateway.service import SERVICES

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
def organiser(http, sign_in):
    """Open the contest; return the headers of its organiser."""
    headers = sign_in("organiser")
    opened = http.post(
        "/v1/contests", content=RULES, headers=headers | {"Content-Type": "text/yaml"}
    )
    assert opened.status_code == 201, opened.text
    return headers


@pytest.fixture
def beats(door, tenant, moved):
    """Return a function that beats at these instants, over a path that is open or cut.

    It is cut between door and broker: the services behind may be another worker's as well.
    """
    pulse = Pulse(door)

    def beat_at(*instants: datetime, url: str = door.client.url) -> None:
        asyncio.run(beat_all(instants, url))

    async def beat_all(instants: tuple[datetime, ...], url: str) -> None:
        client = Client(url, speaker="gateway", services=SERVICES)
        settings = msgspec.structs.replace(door.settings, beat_seconds=10.0)
        pulse.door = replace(door, client=client, settings=settings)
        await client.start()
        for instant in instants:
            moved(instant)
            await pulse.beat(tenant)
        await client.close()

    return beat_at


def test_path_that_is_cut_leaves_a_gap_that_is_as_long_as_it_was(http, organiser, beats):
    first = CLOSES - timedelta(hours=3)

    beats(*(first + n * MINUTE for n in range(4)))
    beats(first + 10 * MINUTE, url="amqp://127.0.0.1:1")
    beats(*(first + n * MINUTE for n in range(80, 83)))

    seen = http.get(f"/v1/contests/{CONTEST}/outage", headers=organiser).json()
    gaps = msgspec.convert(seen["gaps"], tuple[intake.Gap, ...])
    (outage,) = (gap for gap in gaps if first < gap.begun_at < first + 5 * MINUTE)
    assert first + 2 * MINUTE <= outage.begun_at < first + 4 * MINUTE
    assert first + 80 * MINUTE <= outage.ended_at < first + 81 * MINUTE
