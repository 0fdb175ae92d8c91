"""Pages of other sites call the API only if an operator has listed their site."""

import pytest
from litestar.testing import TestClient

from services.gateway import app
from services.gateway.caller import Door
from services.gateway.settings import GatewaySettings

ALLOWED = "Access-Control-Allow-Origin"


@pytest.mark.slow
def test_pages_of_other_sites_may_call_only_if_they_are_listed():
    listed = GatewaySettings(cors_origins="https://mot-cua.example")
    closed, shared = (
        TestClient(app.build(Door(None, None, settings, None)))
        for settings in (GatewaySettings(), listed)
    )

    answers = [
        client.options(
            "/v1/contests", headers={"Origin": origin, "Access-Control-Request-Method": "GET"}
        ).headers
        for client, origin in (
            (closed, "https://mot-cua.example"),
            (shared, "https://mot-cua.example"),
            (shared, "https://khac.example"),
        )
    ]

    assert [ALLOWED in one for one in answers] == [False, True, False]
    assert answers[1][ALLOWED] == "https://mot-cua.example"
