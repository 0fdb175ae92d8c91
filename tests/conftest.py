"""What holds for every test: how it is timed, and which share a process.

How long a test takes on a busy machine says nothing about the code. Tests of one platform run one
after the other in one process; different platforms may run side by side.
"""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker("stack"):
            item.add_marker(pytest.mark.xdist_group(platform_of(item)))


def platform_of(item) -> str:
    """Name the platform a test runs on: the folder's, unless its module starts one of its own."""
    has_own = hasattr(item.module, "stack") or item.path.parent.name != "journey"
    return item.path.stem if has_own else item.path.parent.name
