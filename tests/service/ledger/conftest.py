"""The ledger on the bench."""

import pytest

from services.ledger.service import LedgerService


@pytest.fixture
def bench(service_bench):
    return service_bench(LedgerService)
