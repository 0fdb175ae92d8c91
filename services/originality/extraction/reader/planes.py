"""Rectangles on a page, and how forms are moved there (ISO 32000-1, 8.3.4)."""

from typing import NamedTuple

_SLACK = 1.0  # points


class Box(NamedTuple):
    """A rectangle on the page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point is in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def covers(self, other: "Box") -> bool:
        """Say whether another rectangle is wholly in it, give or take a point."""
        return (
            self.left <= other.left + _SLACK
            and self.bottom <= other.bottom + _SLACK
            and self.right >= other.right - _SLACK
            and self.top >= other.top - _SLACK
        )

    def meets(self, other: "Box") -> bool:
        """Say whether they have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.bottom <= other.top
            and other.bottom <= self.top
        )

    @property
    def area(self) -> float:
        """Its area in square points."""
        return max(self.right - self.left, 0.0) * max(self.top - self.bottom, 0.0)


class Move(NamedTuple):
    """A matrix of PDF: how a form is put on the page."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, outer: "Move") -> "Move":
        """Return this move followed by another."""
        return Move(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def of(self, box: Box) -> Box:
        """Return the rectangle around a moved one."""
        across = [self.a * x + self.c * y + self.e for x in box[::2] for y in box[1::2]]
        up = [self.b * x + self.d * y + self.f for x in box[::2] for y in box[1::2]]
        return Box(min(across), min(up), max(across), max(up))


STILL = Move(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
