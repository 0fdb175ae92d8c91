"""Which words of the sheets an entry's authors are given: as the rules say, without names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contracts.rules import Round


@dataclass(frozen=True, slots=True)
class Words:
    """What a judge wrote: on the whole, and on criteria by their codes."""

    comment: str
    comments: Mapping[str, str]


def told(rules: Round, sheets: Iterable[Words]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the words on each criterion, by its name, then on the whole, named by an empty text.

    They stand in the order of the alphabet, so that no place tells which judge wrote them; the
    same words of two judges once.
    """
    given = list(sheets)
    found: list[tuple[str, set[str]]] = []
    if rules.feedback in ("criteria", "all"):
        found += [
            (one.name, {sheet.comments.get(one.code, "").strip() for sheet in given})
            for one in rules.rubric
        ]
    if rules.feedback in ("whole", "all"):
        found.append(("", {sheet.comment.strip() for sheet in given}))
    lines = ((name, tuple(sorted(words - {""}))) for name, words in found)
    return tuple((name, words) for name, words in lines if words)
