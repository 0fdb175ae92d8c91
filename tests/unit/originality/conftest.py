"""The engine's loops are compiled before any test is timed."""

import pytest

from services.originality.engine.warm import warm


@pytest.fixture(scope="session", autouse=True)
def _compiled():
    warm()
