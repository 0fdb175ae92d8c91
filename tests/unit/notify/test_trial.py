"""A sandbox tenant is known by its name."""

import pytest

from services.intake.domain import trial as of_intake
from services.notify.domain import trial as of_notify


@pytest.mark.parametrize(
    ("tenant", "is_trial"),
    [("hau-giang-sandbox", True), ("hau-giang", False), ("sandbox-hau-giang", False)],
)
def test_a_sandbox_is_named_after_its_tenant(tenant, is_trial):
    found = (of_intake.is_trial(tenant), of_notify.is_trial(tenant))

    assert found == (is_trial, is_trial)
