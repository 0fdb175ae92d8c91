"""The HTTP API, one module per topic. Each route makes a message and returns the answer."""

from litestar import Router

from services.gateway.api import (
    accounts,
    agencies,
    awards,
    bodies,
    checking,
    clients,
    contests,
    coverage,
    deadlines,
    desk,
    documents,
    drafts,
    entries,
    exchange,
    juries,
    keys,
    ledger,
    missing,
    notify,
    one_stop,
    originality,
    outages,
    receipts,
    review,
    simulations,
)

TOPICS = (
    accounts,
    clients,
    contests,
    agencies,
    coverage,
    entries,
    documents,
    drafts,
    bodies,
    deadlines,
    outages,
    checking,
    simulations,
    receipts,
    desk,
    originality,
    exchange,
    juries,
    review,
    keys,
    missing,
    awards,
    notify,
    one_stop,
    ledger,
)

router = Router(
    path="/v1",
    route_handlers=[route for topic in TOPICS for route in topic.ROUTES],
)
