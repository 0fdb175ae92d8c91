"""One played contest for all who look at what came of it."""

import pytest

from demo.play import play
from deploy.local.stack import Stack


@pytest.fixture(scope="package")
def stack():
    with Stack("journey") as running:
        yield running


@pytest.fixture(scope="package")
def stage(stack):
    """Play the contest to its end."""
    return play(stack, quiet=True)
