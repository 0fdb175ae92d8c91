"""What holds for every test: how long it takes on a busy machine says nothing about the code."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep tests of one running platform together when two workers share the stacks.

    The tests of a folder share its `stack`, unless their module has one of its own.
    """
    if item.get_closest_marker("stack") is None:
        return
    is_of_folder = "stack" in item.fixturenames and not hasattr(item.module, "stack")
    item.add_marker(
        pytest.mark.xdist_group(item.path.parent.name if is_of_folder else item.path.stem)
    )
