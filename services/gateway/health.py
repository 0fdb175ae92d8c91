"""`/health` and `/metrics`: whether the broker and the database answer, and what was counted."""

import asyncio

from litestar import Litestar, Response, get
from litestar.datastructures import State
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from kernel.errors import Unavailable
from services.gateway.caller import Door


async def ask(door: Door) -> dict[str, str]:
    """Ask each dependency; return `ok` or what is wrong, by its name."""
    answers = {"broker": "ok" if door.client.connected else Unavailable.__name__}
    try:
        async with asyncio.timeout(2):
            await asyncio.to_thread(door.accounts.database.ping)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is unwell
        answers["database"] = type(error).__name__
    else:
        answers["database"] = "ok"
    return answers


@get("/health", include_in_schema=False)
async def show_health(state: State) -> Response[dict[str, str]]:
    """Say whether the broker and the database answer."""
    answers = await ask(state.door)
    well = set(answers.values()) == {"ok"}
    return Response(answers, status_code=200 if well else 503)


@get("/metrics", include_in_schema=False, sync_to_thread=True)
def show_metrics() -> Response[bytes]:
    """Show what was counted, in Prometheus' text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def application(door: Door) -> Litestar:
    """Return the small application on the health port."""
    return Litestar(
        [show_health, show_metrics],
        openapi_config=None,
        logging_config=None,
        state=State({"door": door}),
    )
