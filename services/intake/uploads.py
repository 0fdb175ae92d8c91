"""Uploads in parts, at the object store: begun, listed, finished, given up.

The bytes go straight from whoever uploads to the store. Once an upload is finished its part URLs
are dead, so nobody can change what was verified.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import timedelta

from minio.commonconfig import CopySource
from minio.datatypes import Part

from kernel.objects import Bucket, ObjectMissing
from services.intake.domain.documents import Document

URL_TIME = timedelta(minutes=60)
LOOK_TIME = timedelta(minutes=10)


def begin(files: Bucket, key: str, media_type: str) -> str:
    """Begin an upload in parts; return the store's name for it."""
    upload_id = files.call("_create_multipart_upload", key, {"Content-Type": media_type})
    return str(upload_id)


def part_url(files: Bucket, document: Document, number: int) -> str:
    """Return the URL to PUT a part to, counted from 1."""
    query = {"uploadId": document.upload_id, "partNumber": str(number)}
    return str(
        files.signer.get_presigned_url(
            "PUT", files.name, document.key, URL_TIME, extra_query_params=query
        )
    )


def put_parts(files: Bucket, document: Document, parts: Iterable[bytes]) -> None:
    """Put the parts of a file that we fetch ourselves, each as soon as it is here."""
    for number, part in enumerate(parts, 1):
        files.call("_upload_part", document.key, part, None, document.upload_id, number)


def reading_url(files: Bucket, document: Document) -> str:
    """Return a URL by which a process of ours reads the object."""
    return str(files.client.presigned_get_object(files.name, document.key, LOOK_TIME))


def sizes(files: Bucket, document: Document) -> Mapping[int, int]:
    """Return the size in bytes of every part that is there; raises `ObjectMissing` once over."""
    return {part.part_number: part.size or 0 for part in _parts(files, document)}


def finish(files: Bucket, document: Document) -> None:
    """Make the parts one object; raises unless all announced bytes are there.

    Where an earlier try was cut off after that, the object is there and the parts are not.
    """
    try:
        parts = _parts(files, document)
    except ObjectMissing:
        size = 0
        with suppress(ObjectMissing):
            size = files.call("stat_object", document.key).size
        document.check_arrived(size)
        return
    document.check_arrived(sum(part.size or 0 for part in parts))
    files.call("_complete_multipart_upload", document.key, document.upload_id, parts)


def give_up(files: Bucket, key: str, upload_id: str) -> None:
    """Remove the parts of an upload, if it is still open."""
    with suppress(ObjectMissing):
        files.call("_abort_multipart_upload", key, upload_id)


def remove(files: Bucket, key: str) -> None:
    """Remove an object, if it is still there."""
    with suppress(ObjectMissing):
        files.call("remove_object", key)


def quarantine(files: Bucket, key: str) -> str:
    """Copy an object, within the store, to where no link leads; return the new key."""
    aside = f"quarantine/{key}"
    files.call("copy_object", aside, CopySource(files.name, key))
    return aside


def _parts(files: Bucket, document: Document) -> list[Part]:
    found: list[Part] = []
    marker = None
    while True:
        page = files.call(
            "_list_parts", document.key, document.upload_id, part_number_marker=marker
        )
        found += page.parts
        if not page.is_truncated:
            break
        marker = str(page.next_part_number_marker)
    # SeaweedFS lists a part that was PUT twice twice: the whole one counts, of two the later.
    wanted = dict(enumerate(document.announced.part_sizes(), 1))
    found.sort(key=lambda part: (part.size == wanted.get(part.part_number), part.last_modified))
    return sorted({part.part_number: part for part in found}.values(), key=number_of)


def number_of(part: Part) -> int:
    """Return the number of a part, counted from 1."""
    return int(part.part_number)
