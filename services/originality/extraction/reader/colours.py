"""Whether a person can tell letters from what is behind them."""

import re

_DIGITS = re.compile("[0-9a-f]{6}")
NEAR = 0.08  # difference of brightness, 0..1, below which nobody reads; grey print has 0.3
WHITE = 1.0

_NAMED = {"white": WHITE, "black": 0.0}


def brightness(colour: str | None) -> float | None:
    """Return how bright a colour such as `FFFFFF` or `#ffffff` is, 0..1; None where unknown."""
    digits = (colour or "").removeprefix("#").lower()
    if _DIGITS.fullmatch(digits):
        return light(*bytes.fromhex(digits))
    return _NAMED.get(digits)


def light(red: int, green: int, blue: int) -> float:
    """Return the brightness of a colour whose parts are 0..255, weighted as the eye does."""
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def is_lost(letters: float | None, ground: float | None) -> bool:
    """Say whether letters of this brightness cannot be seen on this ground."""
    return letters is not None and ground is not None and abs(letters - ground) < NEAR
