"""Long lists, a page at a time: which part is asked for, and where the pages beside it are."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from kernel.errors import NotFound

FARTHEST = 1_000_000  # pages; no list is as long


class NoSuchLeaf(NotFound):
    """There is no such page; the list is shorter."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Page `number`, from 1, of a list, `size` lines long; at `path` with what was sought."""

    number: int
    size: int
    path: str
    sought: Mapping[str, str]

    @property
    def first(self) -> int:
        """Return how many lines stand before this page."""
        return (self.number - 1) * self.size

    def at(self, number: int) -> str:
        """Return where another page of the same list is."""
        kept = {name: value for name, value in self.sought.items() if value}
        query = urlencode(kept | ({"trang": str(number)} if number > 1 else {}))
        return f"{self.path}?{query}" if query else self.path

    def before(self) -> str:
        """Return where the page before is, or nothing."""
        return self.at(self.number - 1) if self.number > 1 else ""

    def after(self, total: int) -> str:
        """Return where the next page of `total` lines is, or nothing. Raises `NoSuchLeaf`."""
        if self.number > 1 and self.first >= total:
            raise NoSuchLeaf
        return self.at(self.number + 1) if self.first + self.size < total else ""


def leaf(number: int, size: int, path: str, **sought: str) -> Leaf:
    """Return the page of a list that is asked for. Raises `NoSuchLeaf` where no list reaches."""
    if number > FARTHEST:
        raise NoSuchLeaf
    return Leaf(max(number, 1), size, path, sought)
