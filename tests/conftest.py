"""What holds for every test: how long it takes on a busy machine says nothing about the code."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

ROOT = Path(__file__).parents[1]


class PlatformScheduling(LoadScopeScheduling):
    """Keeps the tests of one running platform with one worker.

    The tests of a folder share its `stack`, unless their module has one of its own.
    """

    def _split_scope(self, nodeid: str) -> str:
        return platform_of(nodeid.partition("::")[0])


@cache
def platform_of(module: str) -> str:
    """Name the platform that the tests of a module run on: its folder's, or the module's own."""
    has_its_own = "\ndef stack(" in (ROOT / module).read_text()
    return module if has_its_own else module.rpartition("/")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling | None:
    """Spread tests by platforms where they are to be spread by scopes."""
    return PlatformScheduling(config, log) if config.getvalue("dist") == "loadscope" else None
