"""A sandbox begins anew, in every service; no other tenant does."""

import asyncio

import pytest

from contracts import awards, intake, notify, review
from kernel.client import RemoteRefusal
from kernel.settings import KernelSettings, load
from services.gateway.domain import Account
from services.gateway.emptying import emptied, forget_grants
from tests.service.gateway.conftest import PASSWORD
from tests.service.gateway.test_api import RULES, YAML

RUNNING = (intake, review, awards, notify)  # behind the door of these tests


def test_a_sandbox_is_emptied_and_no_other_tenant(http, accounts, tenant, environment):
    trial, settings = f"{tenant}-sandbox", load(KernelSettings, environment)
    organiser = Account("o-1", "PERSON", "ban-to-chuc", frozenset({"organiser"}))
    accounts.register(trial, organiser, PASSWORD)
    ticket = accounts.sign_in(trial, "ban-to-chuc", PASSWORD)
    signed = {"Authorization": f"Bearer {ticket.token}"}
    opened = http.post("/v1/contests", content=RULES, headers=signed | YAML)

    rows = asyncio.run(emptied(settings, trial, RUNNING))
    forget_grants(settings, trial)

    assert opened.status_code == 201, opened.text
    assert list(rows) == ["intake", "review", "awards", "notify"]
    assert rows["intake"] > 0
    assert http.get("/v1/contests", headers={"X-Tenant": trial}).json() == []
    assert http.get("/v1/me/notices", headers=signed).status_code == 200  # who is let in, stays
    with pytest.raises(RemoteRefusal) as refused:
        asyncio.run(emptied(settings, tenant, RUNNING))
    assert refused.value.code == "NotASandbox"
