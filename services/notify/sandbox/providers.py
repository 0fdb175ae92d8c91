"""What the sandbox's counterparties take and refuse, as strict as what is known of the real ones.

Each honours ids: what comes again under an id it has taken is answered alike and counted once.
"""

import base64
import hmac
import json
import re
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from threading import Event, RLock
from typing import Any
from urllib.parse import parse_qs
from xml.etree.ElementTree import ParseError, fromstring

from services.notify.domain.short import BASIC, EXTENDED, segments

NAMESPACE = "{http://www.mic.gov.vn/TBT/QCVN_102_2016}"
DOCUMENT_ID = re.compile(r"[\w.]+,\d{4}/\d\d/\d\d,\d+/[^,]+")
Said = tuple[int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Manners:
    """How the sandbox behaves: shares of calls, 0..1, that end so. `slow` is in seconds.

    `fail` answers 503, `close` ends the connection without an answer, `hang` never answers,
    `twice` answers two times. Half of those that fail or close have been taken before.
    """

    fail: float = 0
    close: float = 0
    hang: float = 0
    twice: float = 0
    slow: float = 0
    token_calls: int = 0  # an access token ends after so many calls; 0: never
    seed: int = 0


@dataclass
class Sandbox:
    """The state of all counterparties. `taken` is by id, `calls` counts every call by id."""

    manners: Manners = Manners()
    secret: str = ""  # what webhooks must be signed with; empty: not looked at
    templates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_refresh: str = "first"
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    lock: Any = field(default_factory=RLock)
    over: Event = field(default_factory=Event)
    access: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Prepare chance and the first refresh token."""
        self.chance = Random(self.manners.seed)  # noqa: S311  # no secret
        self.refresh = self.first_refresh

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> Said:
        """Do what a call asks."""
        doors: dict[str, Callable[[Mapping[str, str], bytes], Said]] = {
            "/hook": self.take_push,
            "/message/template": self.take_form,
            "/v4/oa/access_token": self.give_token,
            "/sms": self.take_text,
            "/edxml": self.take_document,
        }
        if path not in doors:
            return 404, {"message": f"there is no {path}"}
        with self.lock:
            return doors[path](headers, body)

    def take(self, identity: str, what: dict[str, Any]) -> str:
        """Count a call, and keep what it brings unless it was here before; return our id."""
        self.calls[identity] += 1
        known = self.taken.setdefault(identity, {**what, "our_id": secrets.token_hex(6)})
        return str(known["our_id"])

    def take_push(self, headers: Mapping[str, str], body: bytes) -> Said:
        """Take a webhook, by the rules of Standard Webhooks."""
        identity, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if self.secret:
            key = base64.b64decode(self.secret.removeprefix("whsec_"))
            signed = f"{identity}.{stamp}.".encode() + body
            expected = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
            if expected not in headers.get("webhook-signature", "").split(" "):
                return 401, {"message": "wrong signature"}
        if not identity:
            return 400, {"message": "no webhook-id"}
        self.take(identity, {"body": json.loads(body)})
        return 200, {}

    def give_token(self, headers: Mapping[str, str], body: bytes) -> Said:
        """Give an access token for a refresh token, which is good for once."""
        asked = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if headers.get("secret_key") != "sandbox" or asked.get("refresh_token") != self.refresh:
            return 200, {"error": -14014, "error_name": "Invalid refresh token"}
        access, self.refresh = secrets.token_hex(8), secrets.token_hex(8)
        self.access[access] = 0
        return 200, {
            "access_token": access,
            "refresh_token": self.refresh,
            "expires_in": "90000",
        }

    def take_form(self, headers: Mapping[str, str], body: bytes) -> Said:
        """Take a message by an approved template; only error 0 is a yes."""
        access = headers.get("access_token", "")
        if access not in self.access:
            return 200, {"error": -124, "message": "Access token is invalid"}
        self.access[access] += 1
        if self.manners.token_calls and self.access[access] >= self.manners.token_calls:
            del self.access[access]
        said = json.loads(body)
        known = self.templates.get(said.get("template_id"), ())
        if not re.fullmatch(r"84\d{9}", said.get("phone", "")):
            return 200, {"error": -108, "message": "Phone number is invalid"}
        if not known or set(said["template_data"]) != set(known):
            return 200, {"error": -112, "message": "Template or its data is wrong"}
        our_id = self.take(said["tracking_id"], said)
        return 200, {"error": 0, "message": "Success", "data": {"msg_id": our_id}}

    def take_text(self, headers: Mapping[str, str], body: bytes) -> Said:
        """Take an SMS that any phone can show."""
        if headers.get("authorization") != "Bearer sandbox":
            return 401, {"message": "wrong token"}
        said = json.loads(body)
        if set(said["text"]) - BASIC - EXTENDED or segments(said["text"]) > 3:
            return 200, {"code": "98", "message": "content"}
        if not re.fullmatch(r"84\d{9}", said.get("to", "")):
            return 200, {"code": "97", "message": "phone"}
        return 200, {"code": "100", "id": self.take(said["id"], said)}

    def take_document(self, headers: Mapping[str, str], body: bytes) -> Said:
        """Take a document whose parts are those of the standard."""
        if headers.get("authorization") != "Bearer sandbox":
            return 401, {"message": "wrong token"}
        try:
            root = fromstring(body)  # noqa: S314  # our own, on one's own machine
        except ParseError:
            return 400, {"message": "no XML"}
        head = f"{NAMESPACE}edXMLEnvelope/{NAMESPACE}edXMLHeader/{NAMESPACE}MessageHeader"
        text = {
            name: root.findtext(f"{head}/{NAMESPACE}{name}", "")
            for name in ("DocumentId", "Subject")
        }
        receivers = [one.text or "" for one in root.iterfind(f"{head}/{NAMESPACE}To/*")]
        if root.tag != f"{NAMESPACE}edXML" or not DOCUMENT_ID.fullmatch(text["DocumentId"]):
            return 200, {"status": "FAIL", "message": "DocumentId"}
        kept = {**text, "to": receivers, "edxml": body.decode()}
        our_id = self.take(headers.get("x-request-id", ""), kept)
        return 200, {"status": "OK", "document_id": our_id}
