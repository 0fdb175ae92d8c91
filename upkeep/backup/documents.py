"""The objects of a bucket, into a backup and out of it, a piece at a time.

They are copied after the cut: an object is stored before the row that names it is committed, and
is never written over, so whatever a row of the cut names is in the bucket by then.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kernel.objects import Bucket, ObjectMissing
from upkeep.backup.files import Folder
from upkeep.backup.manifest import PIECE, Document, Documents, Manifest, listed


def copy(files: Bucket, service: str, folder: Folder, earlier: "Earlier | None") -> Documents:
    """Copy every object of a bucket; those that an earlier backup holds are shared with it."""
    path = f"documents/{service}.jsonl.gz"
    count = size = copied = gone = 0
    with folder.packed(path) as into:
        for item in files.client.list_objects(files.name, recursive=True):
            document = earlier.shared(item, folder) if earlier else None
            if document is None:
                try:
                    document = _fetched(files, item, folder)
                except ObjectMissing:
                    gone += 1
                    continue
                copied += 1
            into.write(msgspec.json.encode(document) + b"\n")
            count, size = count + 1, size + document.size
    return Documents(path, count, size, copied, gone)


def _fetched(files: Bucket, item: Any, folder: Folder) -> Document:  # noqa: ANN401  # minio's own
    response = files.call("get_object", item.object_name)
    try:
        digest, size = folder.keep_object(response.stream(PIECE))
        media_type = response.headers.get("Content-Type") or "application/octet-stream"
    finally:
        response.close()
        response.release_conn()
    return Document(item.object_name, size, digest, item.etag or "", media_type)


class Earlier:
    """The objects of a bucket in an earlier backup, read along with the bucket's own list."""

    def __init__(self, folder: Path, manifest: Manifest, service: str) -> None:
        self.folder = folder
        known = manifest.services.get(service)
        self.documents = listed(folder, known.documents if known else None)
        self.next = next(self.documents, None)

    def shared(self, item: Any, folder: Folder) -> Document | None:  # noqa: ANN401
        """Keep an object as the earlier backup has it; None if it has it not, or otherwise."""
        while self.next is not None and self.next.key < item.object_name:
            self.next = next(self.documents, None)
        found = self.next
        # A store that lists in another order costs a copy, no more.
        if found is None or (found.key, found.size) != (item.object_name, item.size):
            return None
        if not item.etag or found.etag != item.etag:
            return None
        return found if folder.share_object(self.folder, found.sha256) else None


def put_back(files: Bucket, documents: Iterator[Document], folder: Path) -> int:
    """Store objects again under their keys; return how many."""
    count = 0
    for document in documents:
        with (folder / document.file).open("rb") as data:
            files.call(
                "put_object", document.key, data, document.size, content_type=document.media_type
            )
        count += 1
    return count


def is_empty(files: Bucket) -> bool:
    """Tell whether a bucket holds nothing."""
    return next(iter(files.client.list_objects(files.name, recursive=True)), None) is None


def empty(files: Bucket) -> None:
    """Remove everything from a bucket."""
    for item in files.client.list_objects(files.name, recursive=True):
        files.call("remove_object", item.object_name)
