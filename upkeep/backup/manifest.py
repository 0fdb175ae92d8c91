"""What a backup holds: the manifest, its files with their digests; `verify` checks them all.

A folder without a manifest is no backup: the manifest is written last, and moved into its place.
"""

import gzip
import os
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

FORMAT = 1
NAME = "manifest.json"
BEGUN = "UNFINISHED"  # in the folder while a backup is being made
PIECE = 1 << 20  # bytes of a file that are in memory at once


class NoBackup(Exception):
    """The folder holds no whole backup; the message says why."""


class Table(Struct, frozen=True):
    """One table: `columns` are in the order of the file; `rows` counts them."""

    name: str
    columns: tuple[str, ...]
    rows: int
    file: str


class Positions(Struct, frozen=True):
    """How far a service was at the cut, in its outbox and its inbox."""

    outbox_last: int  # the greatest sequence; 0 if nothing was ever said
    outbox_unsent: int
    inbox_done: int
    inbox_retry: int
    inbox_dead: int
    wal: str  # where the server's log was, for a restore to an instant


class Documents(Struct, frozen=True):
    """The objects of a bucket: `file` lists them; `copied` are new since the backup before."""

    file: str
    count: int
    size: int
    copied: int
    gone: int  # removed while they were being copied


class Service(Struct, frozen=True):
    """What is kept of one service."""

    revisions: tuple[str, ...]
    tables: tuple[Table, ...]
    sequences: dict[str, int]
    positions: Positions
    documents: Documents | None


class Chain(Struct, frozen=True):
    """Where a tenant's chain ended in the ledger at the cut."""

    tenant: str
    chain: str
    length: int
    digest: str


class Keys(Struct, frozen=True):
    """The keys' file, how it is closed, and a digest of each key that nobody can guess."""

    file: str
    closed: str  # `recipient`, `passphrase` or `plain`
    digests: dict[str, str]


class File(Struct, frozen=True):
    """A file of the backup, by its path in the folder."""

    path: str
    sha256: str
    size: int


class Manifest(Struct, frozen=True):
    """The whole. Instants are aware, in UTC; `held_seconds` is how long hearing was held."""

    format: int
    began_at: datetime
    cut_at: datetime
    held_seconds: float
    ended_at: datetime
    services: dict[str, Service]
    heads: tuple[Chain, ...]
    keys: Keys
    files: tuple[File, ...]


class Document(Struct, frozen=True):
    """One object of a bucket; `etag` is the store's own word for what it holds."""

    key: str
    size: int
    sha256: str
    etag: str
    media_type: str

    @property
    def file(self) -> str:
        """Return where its bytes are in the folder."""
        return object_file(self.sha256)


def object_file(digest: str) -> str:
    """Return where an object of this digest is in the folder."""
    return f"objects/{digest[:2]}/{digest}"


def write(folder: Path, manifest: Manifest) -> str:
    """Write the manifest, the last of all; return its digest."""
    data = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    digest = sha256(data).hexdigest()
    (folder / f"{NAME}.sha256").write_text(f"{digest}  {NAME}\n")
    draft = folder / f".{NAME}"
    draft.write_bytes(data)
    for path in (draft, folder / f"{NAME}.sha256"):
        with path.open("rb") as file:
            os.fsync(file.fileno())
    draft.replace(folder / NAME)
    (folder / BEGUN).unlink()
    return digest


def read(folder: Path) -> Manifest:
    """Read the manifest of a whole backup. Raises `NoBackup`."""
    if (folder / BEGUN).exists():
        raise NoBackup(f"{folder} was not finished; make the backup again.")
    try:
        data = (folder / NAME).read_bytes()
        said = (folder / f"{NAME}.sha256").read_text().split()[0]
    except (OSError, IndexError) as problem:
        raise NoBackup(f"{folder} holds no backup: it has no whole {NAME}.") from problem
    if sha256(data).hexdigest() != said:
        raise NoBackup(f"{folder / NAME} is not as it was written.")
    found = msgspec.json.decode(data, type=Manifest)
    if found.format != FORMAT:
        raise NoBackup(f"{folder} is of format {found.format}; this version reads {FORMAT}.")
    return found


def verify(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Read every file of the backup; yield a sentence for each that is not as it was written."""
    sound = True
    for file in manifest.files:
        if problem := differs(folder / file.path, file.sha256):
            sound = False
            yield f"{file.path}: {problem}"
    if sound:
        yield from _verify_objects(folder, manifest)


def _verify_objects(folder: Path, manifest: Manifest) -> Iterator[str]:
    for name, service in manifest.services.items():
        for document in listed(folder, service.documents):
            if problem := differs(folder / document.file, document.sha256):
                yield f"{document.file} ({name}, {document.key}): {problem}"


def listed(folder: Path, documents: Documents | None) -> Iterator[Document]:
    """Yield the objects of a bucket, as the backup lists them."""
    if documents is None:
        return
    decoder = msgspec.json.Decoder(Document)
    with gzip.open(folder / documents.file, "rb") as lines:
        for line in lines:
            yield decoder.decode(line)


def differs(path: Path, digest: str) -> str:
    """Return what is wrong with a file; nothing if it holds what the digest says."""
    try:
        return "" if digest_of(path) == digest else "not as it was written"
    except FileNotFoundError:
        return "missing"
    except OSError as problem:
        return f"unreadable: {problem.strerror}"


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    found = sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()
