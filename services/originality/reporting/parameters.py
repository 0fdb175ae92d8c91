"""Everything that was set when a report was made, as one hash, so that it can be made again."""

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib import import_module
from types import ModuleType

from services.originality.domain import Policy

# Modules whose constants in capitals decide what a report says.
DECIDING = (
    "domain.passages",
    "domain.verdict",
    "engine.alignment",
    "engine.comparison",
    "engine.fingerprints",
    "engine.quotations",
)


def parameters(policy: Policy) -> str:
    """Return the SHA-256, in hex, of the constants and of what the rules say about novelty."""
    rules = {
        "cutoff": policy.cutoff.isoformat(),
        "descriptions": sorted(policy.descriptions),
        "must_review_above": str(policy.must_review_above),
        "report_above": str(policy.report_above),
        "title": policy.title,
    }
    return sha256(json.dumps([constants(), rules], sort_keys=True).encode()).hexdigest()


@cache
def constants() -> dict[str, str]:
    """Return the constants by module and name, as text."""
    return {
        f"{module}.{name}": str(value)
        for module in DECIDING
        for name, value in _figures(import_module(f"services.originality.{module}"))
    }


def _figures(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield the numbers a module names in capitals."""
    for name, value in vars(module).items():
        if name.strip("_").isupper() and isinstance(value, int | float | Decimal):
            yield name, value
