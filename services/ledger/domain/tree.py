"""The Merkle tree of RFC 9162, section 2.1, kept as tiles.

A tile holds up to 256 hashes of complete subtrees, all of one height: level 0 those of leaves,
level 1 those of 256 leaves, and so on; 32 bytes each, one after another. Every other hash is
worked out from the few tiles it lies over. Start with `Growing`, `inclusion_path`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

HEIGHT = 8  # of a tile: it stands for as many levels of the tree
WIDTH = 1 << HEIGHT
SIZE = 32  # bytes of a hash
FULL = WIDTH * SIZE  # bytes of a full tile
BUNCH = 16  # hashes under one of those a full tile is kept with

At = tuple[int, int]  # level and index of a tile
Node = tuple[int, int]  # height and index of a complete subtree, leaves being height 0
Tiles = Mapping[At, bytes]
Nodes = Mapping[Node, bytes]


def leaf_hash(data: bytes) -> bytes:
    """Hash a leaf."""
    return sha256(b"\x00" + data).digest()


def joined(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into one."""
    return sha256(b"\x01" + left + right).digest()


def empty_root() -> bytes:
    """Return the root of a tree without leaves."""
    return sha256(b"").digest()


@dataclass(slots=True)
class Growing:
    """A tree that leaves are put on; `tiles` are the unfinished ones at its edge, then all new.

    `changed` names the tiles that are to be written down.
    """

    size: int
    tiles: dict[At, bytearray] = field(default_factory=dict)
    changed: set[At] = field(default_factory=set)

    @classmethod
    def from_edge(cls, size: int, tiles: Tiles) -> "Growing":
        """Go on with a tree of so many leaves; `tiles` are those that `edge` names."""
        return cls(size, {at: bytearray(held) for at, held in tiles.items()})

    def add(self, leaf: bytes) -> None:
        """Put the hash of a leaf at the end."""
        level, index, hashed = 0, self.size, leaf
        self.size += 1
        while True:
            at = (level, index // WIDTH)
            tile = self.tiles.setdefault(at, bytearray())
            tile += hashed
            self.changed.add(at)
            if index % WIDTH != WIDTH - 1:
                return
            hashed = subtree(bytes(tile))
            level, index = level + 1, index // WIDTH

    def settle(self) -> None:
        """Let go of full tiles once all are written down."""
        self.changed.clear()
        self.tiles = {at: self.tiles[at] for at in edge(self.size)}

    def root(self) -> bytes:
        """Return the root as of now."""
        return root_of(self.size, {at: bytes(tile) for at, tile in self.tiles.items()})


def edge(size: int) -> set[At]:
    """Name the tiles that are not full in a tree of so many leaves."""
    found: set[At] = set()
    level, width = 0, size
    while width:
        if width % WIDTH:
            found.add((level, width // WIDTH))
        level, width = level + 1, width // WIDTH
    return found


def subtree(hashes: bytes) -> bytes:
    """Hash a row of complete subtrees, a power of two of them, into the one above them all."""
    while len(hashes) > SIZE:
        hashes = b"".join(
            sha256(b"\x01" + hashes[at : at + 2 * SIZE]).digest()
            for at in range(0, len(hashes), 2 * SIZE)
        )
    return hashes


def packed(tile: bytes) -> bytes:
    """Return a tile as it is kept: a full one with the hash over each 16 behind it.

    No proof needs more than 16 hashes of a tile then, whichever of its subtrees it names.
    """
    if len(tile) < FULL:
        return tile
    bunch = BUNCH * SIZE
    return tile + b"".join(subtree(tile[at : at + bunch]) for at in range(0, FULL, bunch))


def nodes_of(wanted: Iterable[Node], tiles: Tiles) -> dict[Node, bytes]:
    """Read or work out hashes of complete subtrees. Raises KeyError where a tile lacks."""
    found = {}
    for node in wanted:
        at, first, many = place_of(node)
        found[node] = subtree(tiles[at][first * SIZE : (first + many) * SIZE])
    return found


def place_of(node: Node) -> tuple[At, int, int]:
    """Say in which tile a subtree lies: the first of its hashes, and how many they are."""
    height, index = node
    level, above = divmod(height, HEIGHT)
    first = index << above
    return (level, first // WIDTH), first % WIDTH, 1 << above


def covered(start: int, end: int) -> Iterator[Node]:
    """Name the complete subtrees that make up the leaves from `start` up to `end`, left to right.

    `start` is a multiple of the largest power of two below their number, as in every proof.
    """
    while start < end:
        height = (end - start).bit_length() - 1
        yield height, start >> height
        start += 1 << height


def hash_of(start: int, end: int, nodes: Nodes) -> bytes:
    """Return MTH of a range of leaves; the right edge is joined from the right."""
    parts = [nodes[node] for node in covered(start, end)]
    if not parts:
        return empty_root()
    hashed = parts.pop()
    while parts:
        hashed = joined(parts.pop(), hashed)
    return hashed


def root_of(size: int, tiles: Tiles) -> bytes:
    """Return the root of the first `size` leaves."""
    return hash_of(0, size, nodes_of(covered(0, size), tiles))


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """Name the ranges whose hashes prove a leaf, from the leaf upwards (PATH)."""
    start, end, ranges = 0, size, []
    while end - start > 1:
        split = start + largest_power_below(end - start)
        if index < split:
            ranges.append((split, end))
            end = split
        else:
            ranges.append((start, split))
            start = split
    return ranges[::-1]


def consistency_ranges(before: int, size: int) -> list[tuple[int, int]]:
    """Name the ranges whose hashes prove that a tree only grew (SUBPROOF)."""
    start, end, known, ranges = 0, size, True, []
    while before < end:
        split = start + largest_power_below(end - start)
        if before <= split:
            ranges.append((split, end))
            end = split
        else:
            ranges.append((start, split))
            start, known = split, False
    if not known:
        ranges.append((start, end))
    return ranges[::-1]


def inclusion_path(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """Prove that a leaf is in the tree of so many leaves. Needs 0 <= index < size."""
    return [hash_of(*one, nodes) for one in inclusion_ranges(index, size)]


def consistency_path(before: int, size: int, nodes: Nodes) -> list[bytes]:
    """Prove that a tree of `size` leaves begins with that of `before`. Needs 0 < before."""
    return [hash_of(*one, nodes) for one in consistency_ranges(before, size)]


def needed_for(ranges: Iterable[tuple[int, int]]) -> set[Node]:
    """Name the complete subtrees that the hashes of these ranges are joined from."""
    return {node for start, end in ranges for node in covered(start, end)}


def tiles_of(hashes: Iterable[bytes]) -> Growing:
    """Grow a tree from nothing."""
    growing = Growing(0)
    for one in hashes:
        growing.add(one)
    return growing


def largest_power_below(count: int) -> int:
    """Return the largest power of two smaller than a count of two or more."""
    return 1 << ((count - 1).bit_length() - 1)
