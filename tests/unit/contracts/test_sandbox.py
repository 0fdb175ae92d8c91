"""Which tenants are sandboxes, and what their papers say."""

import pytest

from contracts.sandbox import MARK, is_trial, mark_of


@pytest.mark.parametrize(
    ("tenant", "mark"),
    [("hau-giang-sandbox", MARK), ("hau-giang", ""), ("sandbox-hau-giang", "")],
)
def test_a_sandbox_is_named_after_its_tenant_and_marks_its_papers(tenant, mark):
    assert (is_trial(tenant), mark_of(tenant)) == (bool(mark), mark)
