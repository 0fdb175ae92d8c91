"""A client of the HTTP API, as another agency's system would write one.

It repeats a request that was not answered under the same `Idempotency-Key`, so that a service
that is restarting costs a moment and never a second effect.
"""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx

PASSING = {502, 503, 504}
T = TypeVar("T")


class ApiRefused(Exception):
    """The platform said no; `code` names why, `detail` says it in Vietnamese."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.code = problem.get("code", "")
        self.detail = problem.get("detail", "")
        super().__init__(f"{status} {self.code}: {self.detail}")


class Api:
    """One signed-in caller."""

    def __init__(self, base_url: str, patience: float = 60.0) -> None:
        self.http = httpx.Client(base_url=base_url, timeout=40, follow_redirects=False)
        self.patience = patience
        self.person_id = ""

    def sign_in(self, login: str, password: str) -> "Api":
        """Sign in as a person."""
        said = self.post("/v1/sessions", {"login": login, "password": password})
        self.http.headers["Authorization"] = f"Bearer {said['token']}"
        self.person_id = said["person_id"]
        return self

    def sign_in_client(self, client_id: str, secret: str) -> "Api":
        """Sign in as a system (OAuth 2 client credentials)."""
        form = {
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": secret,
        }
        said = self.request("POST", "/v1/token", data=form)
        self.http.headers["Authorization"] = f"Bearer {said['access_token']}"
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

    def request(self, method: str, path: str, *, key: str | None = None, **options: Any) -> Any:  # noqa: ANN401
        """Ask until there is an answer; return its JSON, raise `ApiRefused`."""
        return read(self.send(method, path, key=key, **options))

    def send(
        self,
        method: str,
        path: str,
        *,
        key: str | None = None,
        **options: Any,  # noqa: ANN401
    ) -> httpx.Response:
        """Ask until there is an answer, whatever it says."""
        headers = {"Idempotency-Key": key or uuid4().hex} if method != "GET" else {}
        headers |= options.pop("headers", {})
        until = time.monotonic() + self.patience
        while True:
            try:
                answer = self.http.request(method, path, headers=headers, **options)
            except httpx.TransportError:
                if time.monotonic() > until:
                    raise
            else:
                if answer.status_code not in PASSING or time.monotonic() > until:
                    return answer
            time.sleep(0.3)

    def upload(self, entry_id: str, code: str, path: Path, media_type: str) -> str:
        """Attach a document: ask for a place, PUT the bytes there, confirm."""
        data = path.read_bytes()
        place = self.post(
            f"/v1/entries/{entry_id}/documents",
            {
                "code": code,
                "file_name": path.name,
                "media_type": media_type,
                "size": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            },
        )
        with httpx.Client(timeout=60) as store:
            put = store.put(place["url"], content=data, headers={"Content-Type": media_type})
            put.raise_for_status()
        self.post(f"/v1/entries/{entry_id}/documents/{place['document_id']}/confirm")
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

    def close(self) -> None:
        """Hang up."""
        self.http.close()


def read(answer: httpx.Response) -> Any:  # noqa: ANN401
    """Return an answer's JSON, None if it is empty; raise `ApiRefused` for a problem."""
    if answer.is_error:
        is_problem = "problem+json" in answer.headers.get("content-type", "")
        raise ApiRefused(
            answer.status_code, answer.json() if is_problem else {"detail": answer.text[:300]}
        )
    return answer.json() if answer.content else None
