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
            shared = "stage" in item.fixturenames  # the contest that was played once for all
            item.add_marker(pytest.mark.xdist_group("played" if shared else item.path.stem))
