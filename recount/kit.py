"""Reading a kit: its events and heads, and what binds them. Start with `Kit`."""

import json
import zipfile
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import reduce
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Json = dict[str, Any]
FORMAT = "sangkien recount kit 1"
PREFIX = b"sangkien tree head 1\n"
SIGNED = "tenant", "contest_id", "size", "root", "at", "milestone"  # of a head, in this order
ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
when = datetime.fromisoformat


class DoesNotFollow(Exception):
    """The first thing in a kit that does not follow; `step` is the check that found it."""

    def __init__(self, step: str, what: str) -> None:
        super().__init__(f"{step}: {what}")
        self.step, self.what = step, what


def need(step: str, holds: object, what: str) -> None:
    """Make a check: what does not hold ends the recount."""
    if not holds:
        raise DoesNotFollow(step, what)


def canonical(value: object) -> bytes:
    """The one form of JSON that is hashed (RFC 8785; there are no fractional numbers in it)."""
    return ENCODER.encode(value).encode()


def unpadded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def is_signed(said: bytes, signature: str, key: str) -> bool:
    """Say whether an Ed25519 key signed this; key and signature in base64url."""
    try:
        Ed25519PublicKey.from_public_bytes(unpadded(key)).verify(unpadded(signature), said)
    except (InvalidSignature, ValueError):
        return False
    return True


def plain(instant: str) -> str:
    """An instant as it is hashed: in UTC, with microseconds."""
    return when(instant).astimezone(UTC).isoformat(timespec="microseconds")


def check_head(head: Json, keys: dict[str, str]) -> None:
    """A known key signed this head."""
    name, kid = f"head of {head['size']} events", head["kid"]
    need("heads", kid in keys, f"{name}: unknown key {kid}")
    said = {**head, "at": plain(head["at"])}
    text = PREFIX + canonical([said[member] for member in SIGNED])
    need("heads", is_signed(text, head["signature"], keys[kid]), f"{name}: a forged signature")


class Kit:
    """A kit file. What it says of itself is read at once, the rest as it is asked for."""

    def __init__(self, path: str) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
            about = json.loads(self.zip.read("kit.json"))
            need("file", about["format"] == FORMAT, f"not a {FORMAT}")
            self.tenant, self.contest = about["tenant"], about["contest_id"]
            self.size, self.root = about["size"], about["root"]
            self.keys = {key["kid"]: key["x"] for key in about["keys"]}
        except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
            raise DoesNotFollow("file", f"cannot be read: {error}") from error

    def rows(self, name: str) -> Iterator[Any]:
        with self.zip.open(name) as lines:
            yield from map(json.loads, lines)

    def events(self) -> Iterator[tuple[Json, bytes, list[str]]]:
        """Each event, the bytes of its leaf, and the names of what is closed in it.

        An event is what its open members say, with its place from 0 (`event`), `id`, `type`, `at`.
        """
        for number, (id_, type_, at, members) in enumerate(self.rows("events.jsonl")):
            said: Json = {}
            closed = [name for name, shown in members.items() if isinstance(shown, str)]
            for name in members.keys() - closed:
                salt, value = members[name]
                members[name] = sha256(canonical([salt, name, value])).hexdigest()
                put(said, name, value)
            leaf = canonical([id_, type_, at, members])
            yield {**said, "event": number, "id": id_, "type": type_, "at": at}, leaf, closed


def put(said: Json, name: str, value: object) -> None:
    """Put a member where it belongs: `lines/0/prize` into the first of the lines."""
    if "/" not in name:
        said[name] = value
        return
    list_, number, part = name.split("/", 2)
    lines = said.setdefault(list_, [])
    lines += ({} for _ in range(len(lines), int(number) + 1))
    lines[int(number)][part] = value


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A Merkle tree (RFC 9162, 2.1) that remembers the roots of its complete subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []  # one for each bit of the size that is 1, largest first

    def add(self, leaf: bytes) -> None:
        joins = self.size
        while joins & 1:
            leaf, joins = node_hash(self.peaks.pop(), leaf), joins >> 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> str:
        return reduce(lambda right, left: node_hash(left, right), reversed(self.peaks)).hex()


def root_over(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf and a path lead to (section 2.1.3); None where they lead nowhere."""
    if size <= 1 or not path:
        return leaf if (index, size, len(path)) == (0, 1, 0) else None
    split = 1 << (size - 1).bit_length() - 1
    if index < split:
        below = root_over(leaf, index, split, path[:-1])
        return below and node_hash(below, path[-1])
    below = root_over(leaf, index - split, size - split, path[:-1])
    return below and node_hash(path[-1], below)


def check_path(proof: Json) -> None:
    """A proof leads from an event to the root of its head."""
    said = [proof[member] for member in ("event_id", "type", "occurred_at", "members")]
    path = [bytes.fromhex(one) for one in proof["path"]]
    root = root_over(leaf_hash(canonical(said)), proof["number"], proof["head"]["size"], path)
    need("proof", root == bytes.fromhex(proof["head"]["root"]), "it is not under its head")
