"""What a channel is given, and how providers are called."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from services.notify.calling import Line, Unanswered
from services.notify.domain import Down, TurnedAway
from services.notify.domain.reasons import Reason
from services.notify.domain.trying import BROKEN_OFF, UNREACHABLE
from services.notify.written import Written

W = TypeVar("W", bound=Written)
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Parcel(Generic[W]):
    """Something written and where it goes; `delivery_id` lets the provider know a repeat."""

    delivery_id: str
    address: str
    written: W


class NotTaken(Exception):
    """The provider did not take it; `outcome` says how it is to be understood."""

    def __init__(self, outcome: Down | TurnedAway) -> None:
        self.outcome = outcome
        super().__init__(outcome.reason)


class Provider:
    """A provider's endpoint, taken apart once for all calls of a batch."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        self.host = parts.hostname or ""
        self.netloc = parts.netloc.rpartition("@")[2]
        self.path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        port = parts.port or (443 if secure else 80)
        self.line = Line(self.host, port, self.host if secure else None, SECONDS)

    def post(self, headers: Mapping[str, str], body: bytes) -> Any:  # noqa: ANN401  # JSON
        """Send a body; return the JSON that is answered. Raises `NotTaken`."""
        try:
            answer = self.line.call("POST", self.path, {"Host": self.netloc, **headers}, body)
        except Unanswered as error:
            strikes = BROKEN_OFF if error.reached else UNREACHABLE
            down = Down(Reason.PROVIDER_DOWN.say(error=error), strikes)
            raise NotTaken(down) from error
        said = Reason.PROVIDER_ANSWERED.say(status=answer.status)
        if answer.status in {408, 425, 429} or answer.status >= 500:
            raise NotTaken(Down(said))
        if not 200 <= answer.status < 300:
            for_good = answer.status not in {401, 403}  # ours to mend, then it goes
            raise NotTaken(TurnedAway(said, for_good=for_good))
        try:
            return json.loads(answer.body or b"{}")
        except ValueError as error:
            raise NotTaken(Down(Reason.NO_JSON.say())) from error


def found(said: Any, path: str) -> Any:  # noqa: ANN401  # JSON
    """Return what an answer has under a dotted path, None if nothing."""
    for name in path.split("."):
        said = said.get(name) if isinstance(said, dict) else None
    return said
