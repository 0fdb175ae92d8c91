"""Reads the catalogue of indexes, which is shipped as data: `data/indexes.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import convert
from ruamel.yaml import YAML

from contracts.intake import IndexCatalogue

FILE = Path(__file__).parent / "data" / "indexes.yaml"


@cache
def index_catalogue() -> IndexCatalogue:
    """Return every known index; a mistake in the file is found when it is first read."""
    return convert(YAML(typ="safe").load(FILE.read_text(encoding="utf-8")), IndexCatalogue)


@cache
def components() -> Mapping[str, frozenset[str]]:
    """Return the component codes of every index, by its code."""
    return {
        index.code: frozenset(component.code for component in index.components)
        for index in index_catalogue().indexes
    }
