"""The object store: a bucket per service, opaque keys, links that expire."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlsplit

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error
from nameko.extensions import DependencyProvider

from kernel.errors import NotFound, Unavailable
from kernel.settings import KernelSettings, load


class ObjectMissing(NotFound):
    """The store has no such object."""


class Bucket(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Gives a service its own bucket, or another's to read from where the store allows it."""

    def __init__(self, owner: str | None = None) -> None:
        self.owner = owner

    def setup(self) -> None:
        """Read where the store is, once, when the service starts."""
        self.connect(load(KernelSettings))

    def connect(self, settings: KernelSettings) -> None:
        """Prepare the client; the first use connects."""
        self.settings = settings
        # A neighbour's bucket is named like ours, with its name in place of ours.
        self.name = self.owner or settings.bucket
        if self.owner and settings.bucket_prefix:
            self.name = settings.bucket_prefix + self.owner

    def get_dependency(self, _worker_ctx: object) -> "Bucket":
        """Hand the service the bucket itself."""
        return self

    @cached_property
    def client(self) -> Minio:
        """Return the one client of this process."""
        return self._client(self.settings.s3_url)

    @cached_property
    def signer(self) -> Minio:
        """Return what signs links for people: the address they use is part of what is signed."""
        return self._client(self.settings.s3_public_url or self.settings.s3_url)

    def _client(self, url: str) -> Minio:
        address = urlsplit(url)
        return Minio(
            address.netloc,
            access_key=self.settings.s3_key,
            secret_key=self.settings.s3_secret,
            region=self.settings.s3_region,
            secure=address.scheme == "https",
            http_client=urllib3.PoolManager(
                maxsize=self.settings.workers,
                timeout=urllib3.Timeout(connect=3, read=60),
                retries=urllib3.Retry(total=4, backoff_factor=0.3, status_forcelist=(502, 503)),
            ),
        )

    def put(self, key: str, data: bytes, media_type: str) -> None:
        """Store bytes under a key nothing else has."""
        self.call("put_object", key, BytesIO(data), len(data), content_type=media_type)

    def get(self, key: str) -> bytes:
        """Return the bytes of an object; raise `ObjectMissing`."""
        response = self.call("get_object", key)
        try:
            with understood(key):
                return bytes(response.read())
        finally:
            response.close()
            response.release_conn()

    def link(self, key: str, minutes: int, file_name: str | None = None) -> str:
        """Return a URL to read the object by, for so many minutes, saved under `file_name`."""
        headers = {}
        if file_name:
            # What an old program can read, then RFC 6266's way for all others.
            plain = re.sub(r"[^\w.-]+", "_", file_name, flags=re.ASCII)
            said = (
                f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
            )
            headers["response-content-disposition"] = said
        return str(
            self.signer.presigned_get_object(
                self.name, key, timedelta(minutes=minutes), response_headers=headers
            )
        )

    def ping(self) -> None:
        """Raise unless the store answers for this bucket."""
        with understood(self.name):
            if not self.client.bucket_exists(self.name):
                raise ObjectMissing

    def call(self, method: str, key: str, *arguments: object, **options: object) -> Any:  # noqa: ANN401  # as minio's
        """Call a method of the client on an object; raise `ObjectMissing` or `Unavailable`."""
        with understood(key):
            return getattr(self.client, method)(self.name, key, *arguments, **options)


@contextmanager
def understood(key: str) -> Iterator[None]:
    """Put what the store, or whatever stands before it, says and fails to say into our words."""
    try:
        yield
    except S3Error as error:
        if error.code in ("NoSuchKey", "NotFound", "NoSuchUpload"):
            raise ObjectMissing("The store has no object {key}.", key=key) from error
        raise Unavailable(f"The store refused: {error.code}") from error
    except (MinioException, urllib3.exceptions.HTTPError) as error:  # a page of a balancer, too
        raise Unavailable("The store does not answer.") from error
