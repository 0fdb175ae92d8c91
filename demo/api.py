"""A client of the HTTP API, as another agency's system would write one.

It repeats a request that was not answered under the same `Idempotency-Key`, so that a service
that is restarting costs a moment and never a second effect.
"""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from clients.python.sangkien_client import ApiRefused, Client, documents, models, read
from clients.python.sangkien_client.transport import PASSING

__all__ = ["PASSING", "Api", "ApiRefused"]


class Api(Client):
    """One signed-in caller, with what the acts of the demo do often."""

    person_id = ""

    def sign_in(self, login: str, password: str) -> "Api":
        """Sign in as a person."""
        self.person_id = super().sign_in(login, password)["person_id"]
        return self

    def sign_in_client(self, client_id: str, secret: str, scope: str = "") -> "Api":
        """Sign in as a system (OAuth 2 client credentials)."""
        super().sign_in_client(client_id, secret, scope)
        self.person_id = client_id
        return self

    def get(self, path: str) -> Any:  # noqa: ANN401  # JSON
        """Read something."""
        return self.request("GET", path)

    def post(self, path: str, body: object = None, *, key: str | None = None) -> Any:  # noqa: ANN401
        """Do something, once."""
        return self.request("POST", path, json=body, key=key)

    def put(self, path: str, body: object, *, key: str | None = None) -> Any:  # noqa: ANN401
        """Set something, once."""
        return self.request("PUT", path, json=body, key=key)

    def upload(self, entry_id: str, code: str, path: Path, media_type: str) -> str:
        """Attach a document: ask for a place, PUT the bytes there, confirm."""
        data = path.read_bytes()
        announced: models.Attachment = {
            "code": code,
            "file_name": path.name,
            "media_type": media_type,
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        place = documents.attach_document(self, entry_id, announced)
        with httpx.Client(timeout=60) as store:
            put = store.put(place["url"], content=data, headers={"Content-Type": media_type})
            put.raise_for_status()
        documents.confirm_document(self, entry_id, place["document_id"])
        return str(place["document_id"])

    def download(self, path: str) -> bytes:
        """Follow a redirect into the store and return the bytes."""
        answer = self.send("GET", path)
        if answer.status_code != httpx.codes.FOUND:
            read(answer)
        with httpx.Client(timeout=60) as store:
            found = store.get(answer.headers["location"])
            found.raise_for_status()
            return found.content

    def until(self, path: str, fits: Callable[[Any], bool], seconds: float = 240.0) -> Any:  # noqa: ANN401
        """Read a path until the answer fits; events take a moment to arrive."""
        deadline = time.monotonic() + seconds
        while True:
            said = self.get(path)
            if fits(said):
                return said
            if time.monotonic() > deadline:
                raise TimeoutError(f"{path} did not come to fit in {seconds} s: {said}")
            time.sleep(0.1)
