"""Which tenants are sandboxes, where systems try the connection, and what marks papers there.

Nobody is written to from a sandbox, portals told there are sandboxes too, and every page printed
there bears the mark, so that nobody takes it for a paper.
"""

SUFFIX = "-sandbox"
MARK = "BẢN THỬ - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"


def is_trial(tenant: str) -> bool:
    """Say whether this is the sandbox of an organising authority, as `hau-giang-sandbox` is."""
    return tenant.endswith(SUFFIX)


def mark_of(tenant: str) -> str:
    """Return what papers of a tenant are marked with: nothing, unless it is a sandbox."""
    return MARK if is_trial(tenant) else ""
