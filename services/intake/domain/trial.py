"""Which tenants are sandboxes: receipts there are marked, and portals are sandboxes too."""

SUFFIX = "-sandbox"


def is_trial(tenant: str) -> bool:
    """Say whether this is the sandbox of an organising authority, as `hau-giang-sandbox` is."""
    return tenant.endswith(SUFFIX)
