"""The folder of a backup that is being made: each file is digested while it is written."""

import gzip
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO

from upkeep.backup.manifest import BEGUN, NAME, File, object_file


class NotEmpty(Exception):
    """The folder is there and holds something else than the rest of a backup."""


class Digested:
    """A file to be written; knows the digest and the size of what it was given."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        """Write some more."""
        self.digest.update(data)
        self.size += len(data)
        return self.file.write(data)

    def flush(self) -> None:
        """Give to the system what is buffered."""
        self.file.flush()


class Folder:
    """The folder; `files` are those that are whole. Nobody but its owner may read it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: list[File] = []

    @classmethod
    def begin(cls, path: Path) -> "Folder":
        """Make the folder, or clear what an interrupted backup has left. Raises `NotEmpty`."""
        if (path / BEGUN).exists():
            shutil.rmtree(path)
        elif path.exists() and any(path.iterdir()):
            what = "a backup" if (path / NAME).exists() else "other files"
            raise NotEmpty(f"{path} holds {what} already; name a new folder.")
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        (path / BEGUN).touch()
        return cls(path)

    @contextmanager
    def writing(self, path: str) -> Iterator[Digested]:
        """Write a file of the backup."""
        target = self.path / path
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with target.open("xb") as file:
            target.chmod(0o600)
            digested = Digested(file)
            yield digested
            file.flush()
            os.fsync(file.fileno())
        self.files.append(File(path, digested.digest.hexdigest(), digested.size))

    @contextmanager
    def packed(self, path: str) -> Iterator[gzip.GzipFile]:
        """Write a file of the backup, compressed."""
        with (
            self.writing(path) as digested,
            gzip.GzipFile(
                filename="", mode="wb", compresslevel=1, fileobj=digested, mtime=0
            ) as into,
        ):
            yield into

    def keep_object(self, pieces: Iterable[bytes]) -> tuple[str, int]:
        """Keep an object's bytes under their digest; return it, and how many bytes they are."""
        draft = self.path / "objects" / ".draft"
        draft.parent.mkdir(mode=0o700, exist_ok=True)
        with draft.open("wb") as file:
            draft.chmod(0o600)
            digested = Digested(file)
            for piece in pieces:
                digested.write(piece)
            file.flush()
            os.fsync(file.fileno())
        digest = digested.digest.hexdigest()
        target = self.path / object_file(digest)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        draft.replace(target)
        return digest, digested.size

    def share_object(self, earlier: Path, digest: str) -> bool:
        """Keep an object that an earlier backup holds, without a copy where that can be."""
        source, target = earlier / object_file(digest), self.path / object_file(digest)
        if target.exists():
            return True
        if not source.exists():
            return False
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:  # on another disk
            shutil.copyfile(source, target)
        return True
