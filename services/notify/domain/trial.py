"""Which tenants are sandboxes, for systems that try the connection: nobody is written to."""

SUFFIX = "-sandbox"


def is_trial(tenant: str) -> bool:
    """Say whether this is the sandbox of an organising authority, as `hau-giang-sandbox` is."""
    return tenant.endswith(SUFFIX)
