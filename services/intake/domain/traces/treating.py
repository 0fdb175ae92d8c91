"""Lines of text with a mark in place of each trace."""

from collections.abc import Sequence

from services.intake.domain.traces.finding import Found, find
from services.intake.domain.traces.identity import Identity

MARK = "[đã che]"  # of one length, whatever it stands for


def treat(lines: Sequence[str], identity: Identity) -> tuple[tuple[str, ...], tuple[Found, ...]]:
    """Return the lines with marks, and what was found in them, joined by line feeds.

    What runs on into the next line is marked where it begins.
    """
    text = "\n".join(lines)
    found = find(text, identity)
    parts, last = [], 0
    for one in found:
        parts += [text[last : one.start], MARK, "\n" * text.count("\n", one.start, one.end)]
        last = one.end
    return tuple("".join((*parts, text[last:])).split("\n")), found
