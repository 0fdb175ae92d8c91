"""What letters of a word processor's document look like, as far as it decides who sees them.

`Look` is what a style or a run says; `under` lets a look stand on the one it is based on.
"""

from collections.abc import Callable
from typing import NamedTuple

from services.originality.extraction.reader.colours import WHITE, brightness, is_lost

TINY = 4.0  # points; footnotes have 8
DEEPEST = 20  # styles based on one another


class Look(NamedTuple):
    """How letters look; None where nothing is said. Sizes in points, brightness 0..1."""

    vanished: bool | None = None
    colour: str | None = None
    ground: str | None = None  # a colour, or words for one that is not known
    size: float | None = None
    font: str | None = None

    def over(self, base: "Look") -> "Look":
        """Return this look with what it leaves open taken from the look it stands on."""
        vanished, colour, ground, size, font = self
        return Look(
            base.vanished if vanished is None else vanished,
            base.colour if colour is None else colour,
            base.ground if ground is None else ground,
            base.size if size is None else size,
            base.font if font is None else font,
        )

    @property
    def hidden(self) -> str:
        """Name how a reader is kept from seeing such letters, or return nothing."""
        if self.vanished:
            return "vanished"
        if self.size is not None and self.size < TINY:
            return "tiny"
        ground = WHITE if self.ground is None else brightness(self.ground)
        return "white" if is_lost(brightness(self.colour), ground) else ""


PLAIN = Look()


def resolved(said: Callable[[str], tuple[Look, str | None]]) -> Callable[[str | None], Look]:
    """Return a function from a style's name to its look, with that of the styles below it.

    `said` returns what one style says and the name of the style it is based on. A document has
    hundreds of styles and uses five.
    """
    known: dict[str, Look] = {}

    def look(name: str | None, depth: int = 0) -> Look:
        if name is None or depth > DEEPEST:
            return PLAIN
        if name not in known:
            own, base = said(name)
            known[name] = own.over(look(base, depth + 1))
        return known[name]

    return look
