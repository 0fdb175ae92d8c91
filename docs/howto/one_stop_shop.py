"""A one-stop shop's side of the connection: files entries, hears what becomes of them.

Copy it and change it; it needs Python 3.11 and httpx. `Connection` calls the API, `verify`
checks a webhook. The text beside it is `connect-a-one-stop-shop.md`.
"""

import base64
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any

import httpx

TOLERANCE = 300  # seconds a webhook's timestamp may be off, against replays


class Connection:
    """Calls the API as a client; `dossier_code` is the one-stop system's own name of a dossier."""

    def __init__(self, address: str, client_id: str, secret: str) -> None:
        self.http = httpx.Client(base_url=address, timeout=40)
        self.credentials = {"client_id": client_id, "client_secret": secret}

    def close(self) -> None:
        """Hang up."""
        self.http.close()

    def sign_in(self) -> None:
        """Get an access token; it is good for an hour, so do this again on a 401."""
        form = {"grant_type": "client_credentials", **self.credentials}
        answer = self.http.post("/v1/token", data=form).raise_for_status()
        self.http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def listen_at(self, url: str) -> str:
        """Have states pushed to this URL; return the secret they are signed with."""
        answer = self.send("PUT", "/v1/webhook", {"url": url}, key=f"webhook-{url}")
        return str(answer["secret"])

    def file(self, dossier_code: str, contest_id: str, entry: dict[str, Any], paper: Path) -> Any:  # noqa: ANN401
        """Push a dossier with its description; return what its receipt says.

        Every step's key is made of the dossier's code, so the whole may be repeated after a
        failure anywhere: what was done already is not done again.
        """
        data = paper.read_bytes()
        description = {
            "code": "BAN_THUYET_MINH",
            "file_name": paper.name,
            "media_type": "application/pdf",
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        body = {
            **entry,
            "contest_id": contest_id,
            "external_code": dossier_code,
            "declarations": ["BAN_CAM_KET"],
            "files": [description],
        }
        pushed = self.send("POST", "/v1/one-stop/dossiers", body, key=f"{dossier_code}-push")
        for place in pushed["uploads"]:
            self.upload(pushed["entry_id"], place, data, key=f"{dossier_code}-{place['code']}")
        return self.receipt(dossier_code)

    def upload(self, entry_id: str, place: dict[str, Any], data: bytes, *, key: str) -> None:
        """PUT the bytes of a file into the store and confirm them."""
        headers = {"Content-Type": "application/pdf"}
        put = httpx.put(place["url"], content=data, headers=headers, timeout=60)
        if put.status_code != httpx.codes.NOT_FOUND:  # else it was confirmed before: no more to do
            put.raise_for_status()
        confirm = f"/v1/entries/{entry_id}/documents/{place['document_id']}/confirm"
        self.send("POST", confirm, key=f"{key}-confirm")

    def receipt(self, dossier_code: str) -> dict[str, Any]:
        """Wait until the dossier is handed in, which it is once its last file is there."""
        while True:
            path = f"/v1/one-stop/dossiers/{dossier_code}"
            shown = self.send("GET", path, key=f"{dossier_code}-show")
            if shown["receipt_code"] is not None:
                told = ("entry_id", "receipt_code", "received_at", "missing")
                return {name: shown[name] for name in told}
            if shown["problem"]:
                raise NotHandedIn(shown["problem"])
            time.sleep(1)

    def send(self, method: str, path: str, body: Any = None, *, key: str) -> Any:  # noqa: ANN401
        """Do something once, however often it takes; raise `httpx.HTTPStatusError` if refused."""
        for pause in (0.5, 1, 2, 4, 8, None):
            try:
                headers = {"Idempotency-Key": key}
                answer = self.http.request(method, path, json=body, headers=headers)
            except httpx.TransportError:
                if pause is None:
                    raise
            else:
                if answer.status_code not in {502, 503, 504} or pause is None:
                    answer.raise_for_status()
                    return answer.json() if answer.content else None
            time.sleep(pause)
        raise AssertionError("the last try returns or raises")


class NotHandedIn(Exception):
    """The dossier is there but could not be handed in; the message is the error's code."""


class NotGenuine(Exception):
    """This webhook was not sent by the platform, or not now."""


def verify(secret: str, headers: Any, body: bytes, now: float) -> dict[str, Any]:  # noqa: ANN401
    """Return what a webhook says; raise `NotGenuine` (Standard Webhooks).

    `headers` is any mapping of lower-case names. Remember `webhook-id`s you have worked on: a push
    whose answer was lost comes again under the same one. `body` is what came, byte for byte.
    """
    if abs(now - int(headers["webhook-timestamp"])) > TOLERANCE:
        raise NotGenuine("The timestamp is too far off.")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mine = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    if not any(hmac.compare_digest(mine, one) for one in headers["webhook-signature"].split()):
        raise NotGenuine("The signature is not of this body.")
    return dict(json.loads(body))
