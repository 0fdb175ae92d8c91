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
from services.originality.engine import masks, rarity
from services.originality.ideas import table

# Modules whose constants in capitals decide what a report says.
DECIDING = (
    "domain.verdict",
    "engine.alignment",
    "engine.comparison",
    "engine.fingerprints",
    "engine.kernels.anchors",
    "engine.kernels.growing",
    "engine.kernels.postings",
    "engine.kernels.runs",
    "engine.kernels.seeds",
    "engine.passages",
    "engine.rarity",
    "engine.significance",
    "engine.syllables",
    "engine.triples",
    "engine.windows",
    "ideas.alike",
    "ideas.bm25",
    "ideas.meaning",
    "ideas.table",
    "reporting.making",
    "store.likeness",
    "store.postings.keys",
    "store.postings.searching",
    "store.sources",
)


FIGURES = (int, float, Decimal, tuple, frozenset)


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
    """Return the constants by module and name, as text, and the hashes of whole files.

    Where words are and which are left out is not told by figures: `masks.VERSION` is of its code.
    """
    found = {
        f"{module}.{name}": said(value)
        for module in DECIDING
        for name, value in figures(import_module(f"services.originality.{module}"))
    }
    tables = {"rarity": rarity.TABLE, "vectors": table.FILE}
    hashes = {name: sha256(file.read_bytes()).hexdigest() for name, file in tables.items()}
    return found | hashes | {"left out": masks.VERSION.hex()}


def figures(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield the figures a module names in capitals, one by one or together."""
    for name, value in vars(module).items():
        together = is_dataclass(value) and not isinstance(value, type)
        if name.strip("_").isupper() and (together or isinstance(value, FIGURES)):
            yield name, value


def said(value: object) -> str:
    """Return a figure as text; names that have no order in the alphabet's."""
    return " ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
