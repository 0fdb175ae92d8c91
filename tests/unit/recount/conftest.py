"""The kits of these tests are made once."""

import pytest

from tests.unit.recount.kits import Kits


@pytest.fixture(scope="session")
def kits(tmp_path_factory):
    return Kits(tmp_path_factory.mktemp("kits"))
