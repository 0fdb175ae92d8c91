"""The page of rules: every key a rules file may have."""

import inspect

from contracts import rules
from docs.generator.words import field_table, page, sentence

INTRODUCTION = """
The keys of a rules file (`contests/*.yaml`), as `sangkien contest check FILE` reads them. A key
that is not known here is a mistake. How to write a file is told in
[Write a rules file](../howto/write-a-rules-file.md); an annotated one is
`contests/hau-giang-2022.yaml`.

Decimals are written as text, `"0.5"`, so that they stay exact. Instants carry their offset.
"""


def render() -> str:
    """Return the page."""
    kinds = [
        kind
        for _, kind in inspect.getmembers(rules, inspect.isclass)
        if issubclass(kind, rules.Part) and kind not in (rules.Part, rules.Rules)
    ]
    parts = ["## Rules", sentence(rules.Rules), field_table(rules.Rules)]
    for kind in sorted(kinds, key=lambda kind: kind.__name__):
        parts += [f"## {kind.__name__}", sentence(kind), field_table(kind)]
    return page("The rules file", INTRODUCTION, *parts)
