"""Everything that was set when a report was made, as one hash, so that it can be made again."""

import json
from collections.abc import Iterator
from dataclasses import is_dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib import import_module
from types import ModuleType

from services.originality.domain import Policy
from services.originality.engine.rarity import TABLE

# Modules whose constants in capitals decide what a report says.
DECIDING = (
    "domain.verdict",
    "engine.alignment",
    "engine.comparison",
    "engine.fingerprints",
    "engine.passages",
    "engine.quotations",
    "engine.rarity",
    "engine.significance",
    "engine.triples",
    "engine.windows",
    "store.postings.keys",
    "store.postings.searching",
    "store.sources",
)


FIGURES = (int, float, Decimal, tuple)


def parameters(policy: Policy) -> str:
    """Return the SHA-256, in hex, of the constants and of what the rules say about novelty."""
    rules = {
        "cutoff": policy.cutoff.isoformat(),
        "descriptions": sorted(policy.descriptions),
        "must_review_above": str(policy.must_review_above),
        "report_above": str(policy.report_above),
        "scopes": sorted(policy.scopes),
        "title": policy.title,
    }
    return sha256(json.dumps([constants(), rules], sort_keys=True).encode()).hexdigest()


@cache
def constants() -> dict[str, str]:
    """Return the constants by module and name, as text."""
    figures = {
        f"{module}.{name}": str(value)
        for module in DECIDING
        for name, value in _figures(import_module(f"services.originality.{module}"))
    }
    return figures | {"rarity": sha256(TABLE.read_bytes()).hexdigest()}


def _figures(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield the figures a module names in capitals, one by one or together."""
    for name, value in vars(module).items():
        together = is_dataclass(value) and not isinstance(value, type)
        if name.strip("_").isupper() and (together or isinstance(value, FIGURES)):
            yield name, value
