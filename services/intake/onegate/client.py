"""A line to a counterparty: log in, look a dossier up, write it, add to its progress.

A session that has ended is begun again once. `tell` says a whole step; it may be repeated.
"""

from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, cast

import msgspec
from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError

from contracts.intake import Counterparty
from services.intake.onegate.wording import Wording, flag

FOUND, UPDATE, PROGRESS = "TraCuuHoSo", "DongBoHoSoMC", "CapNhatTienDoHoSoMC"
LOGIN_FAILED = "login"


class Unanswered(Exception):
    """The counterparty did not answer, or answered that it cannot work now."""


class Declined(Exception):
    """The counterparty answered with an error code; the message is the code."""


class Line:
    """Calls one counterparty; `seconds` is how long one answer is waited for."""

    def __init__(self, counterparty: Counterparty, password: str, seconds: float) -> None:
        self.counterparty = counterparty
        self.password = password
        self.session: str | None = None
        self.pool = PoolManager(timeout=Timeout(connect=min(seconds, 5), read=seconds))

    def close(self) -> None:
        """Hang up."""
        self.pool.clear()

    def find(self, code: str) -> str | None:
        """Return the status code of a dossier there; None if there is none."""
        try:
            answer = self.call(FOUND, {"mahoso": code})
        except Declined as declined:
            if str(declined) == self.counterparty.not_found_code:
                return None
            raise
        found = answer.get("data")
        first = found[0] if isinstance(found, list) and found else found
        return str(first.get("TrangThaiHoSo", "")) if isinstance(first, Mapping) else None

    def tell(self, dossier: Wording, step: Wording) -> None:
        """Make or change a dossier, then add a step to its progress.

        It is looked up first: after a lost answer it is there, and must not be made twice.
        """
        is_there = self.find(str(dossier["MaHoSo"])) is not None
        told = {"isUpdating": flag(value=is_there), "data": [dossier]}
        self.call(UPDATE, told)
        self.call(PROGRESS, {"data": [step]})

    def call(self, service: str, body: Mapping[str, object]) -> dict[str, Any]:
        """Call a service in a session; raises `Unanswered` or `Declined`.

        Counterparties do not agree on the code of an ended session, so any error in a session
        that was not begun for this very call is answered by logging in again, once.
        """
        is_fresh = self.session is None
        if is_fresh:
            self.log_in()
        try:
            return self.post(*self.address(service, body))
        except Declined as declined:
            if is_fresh or str(declined) == self.counterparty.not_found_code:
                raise
        self.log_in()
        return self.post(*self.address(service, body))

    def log_in(self) -> None:
        """Begin a session."""
        self.session = None
        there = self.counterparty
        answer = self.post(
            there.auth_path, {"username": there.username, "password": self.password}
        )
        if not isinstance(answer.get("session"), str):
            raise Declined(LOGIN_FAILED)
        self.session = answer["session"]

    def address(self, service: str, body: Mapping[str, object]) -> tuple[str, object]:
        """Return the path and the body of a call, in the counterparty's variant."""
        there = self.counterparty
        path = there.service_path.format(service=service)
        if there.array_body and service == UPDATE:
            query = f"?MaDinhDanhDV={there.agency_code}&isUpdating={body['isUpdating']}"
            return path + query, body["data"]
        said = {"session": self.session, "madonvi": there.agency_code, "service": service}
        return path, said | dict(body)

    def post(self, path: str, body: object) -> dict[str, Any]:
        """Send a JSON body; return the answer if its error code is 0, as number or text."""
        headers = {
            "Content-Type": "application/json",
            "Charset": "utf-8",
            "dstcode": self.counterparty.dstcode,
        }
        if self.counterparty.array_body and self.session:
            headers["session"] = self.session
        url = self.counterparty.url.rstrip("/") + path
        try:
            answer = self.pool.request(
                "POST",
                url,
                body=msgspec.json.encode(body),
                headers=headers,
                retries=False,
                redirect=False,
            )
        except (HTTPError, HTTPException, OSError) as error:
            raise Unanswered(type(error).__name__) from error
        return judged(answer.status, answer.data)


def judged(status: int, body: bytes) -> dict[str, Any]:
    """Return what an answer says; raises `Unanswered` or `Declined`."""
    if status >= 500 or status == 429:
        raise Unanswered(f"HTTP {status}")
    try:
        said = msgspec.json.decode(body)
        code = int(said["error_code"])
    except (msgspec.DecodeError, UnicodeDecodeError, LookupError, TypeError, ValueError) as error:
        raise (Declined if status >= 400 else Unanswered)(f"HTTP {status}") from error
    if code != 0:
        raise Declined(str(code))
    return cast("dict[str, Any]", said)
