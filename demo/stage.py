"""What the acts of the demo share: the running stack, who is signed in, what has been filed."""

import secrets
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from demo.api import Api, ApiRefused
from demo.cast import Cast, Entry, Person
from demo.hook import Ear
from demo.texts import Text
from deploy.local.stack import Stack

TENANT = "hau-giang"
OPERATOR = "van-hanh"


@dataclass
class Stage:
    """Everything at hand while the contest is played. Entry ids are by entry number."""

    stack: Stack
    cast: Cast
    texts: dict[int, Text]
    ear: Ear
    passwords: dict[str, str] = field(default_factory=dict)
    callers: dict[str, Api] = field(default_factory=dict)
    entry_ids: dict[int, str] = field(default_factory=dict)
    prizes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def contest(self) -> str:
        """The path of the contest in the API."""
        return f"/v1/contests/{self.cast.contest}"

    @property
    def number_of(self) -> dict[str, int]:
        """Entry numbers by entry id."""
        return {entry_id: number for number, entry_id in self.entry_ids.items()}

    def at(self, instant: datetime) -> None:
        """Move the clock of the whole stack."""
        self.stack.set_clock(instant)

    def caller(self, name: str) -> Api:
        """Return the API as somebody of the cast uses it."""
        return self.callers[name]

    def entry(self, number: int) -> Entry:
        """Return an entry of the cast."""
        return next(entry for entry in self.cast.entries if entry.number == number)

    def open_the_door(self) -> None:
        """Make the first account, as an operator does, and sign in with it."""
        password = secrets.token_urlsafe(12)
        environment = self.stack.env("gateway")
        command = ["account", "add", OPERATOR, "--roles", "organiser,operator"]
        subprocess.run(
            [sys.executable, "-m", "kernel.operate", *command, "--tenant", TENANT,
             "--password-stdin"],
            input=password, text=True, check=True, env=environment, capture_output=True,
        )  # fmt: skip
        self.passwords[OPERATOR] = password
        self.callers[OPERATOR] = Api(self.stack.addresses.http_url).sign_in(OPERATOR, password)

    def admit(self, person: Person) -> None:
        """Make somebody's account over the API and sign them in."""
        api = Api(self.stack.addresses.http_url)
        operator = self.caller(OPERATOR)
        if "client" in person.roles:
            made = operator.post("/v1/clients")
            self.passwords[person.id] = f"{made['client_id']} / {made['client_secret']}"
            self.callers[person.id] = api.sign_in_client(made["client_id"], made["client_secret"])
            return
        password = secrets.token_urlsafe(9)
        account = {
            "login": person.id,
            "password": password,
            "roles": list(person.roles),
            "full_name": person.full_name,
            "email": person.email,
            "unit_id": person.unit,
        }
        operator.post("/v1/accounts", account)
        self.passwords[person.id] = password
        self.callers[person.id] = api.sign_in(person.id, password)

    def close(self) -> None:
        """Hang up all callers."""
        for api in self.callers.values():
            api.close()


def side_by_side(work: Callable[..., None], *items: Any) -> None:  # noqa: ANN401
    """Do the same for several at once, as several people would."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, *items))


def expect_refusal(code: str, request: Callable[[], object]) -> str:
    """Make a request that must be refused with this code; return what the caller is told."""
    try:
        request()
    except ApiRefused as refused:
        if refused.code == code:
            return refused.detail
        raise
    raise AssertionError(f"{code} was expected, but the request was granted")
