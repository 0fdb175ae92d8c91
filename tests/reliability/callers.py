"""API clients that go in by whichever copy of the gateway is next, and note what was granted."""

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from uuid import uuid4

import httpx

from contracts.message import Command
from demo.api import Api
from demo.stage import TENANT
from kernel.envelope import known_messages
from services.gateway.domain import command_id
from tests.bookkeeping import Books

# What the gateway does by itself, without a command to a service.
OWN_AFFAIRS = ("/v1/sessions", "/v1/token", "/v1/clients", "/v1/contests/check")
TRIALS = ("/defence/plan",)  # questions with a body: nothing is done


class Doors(httpx.HTTPTransport):
    """Spreads requests over ports, as a load balancer spreads them over gateways."""

    def __init__(self, ports: Iterable[int]) -> None:
        super().__init__()
        self.ports = itertools.cycle(ports)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to the next port."""
        request.url = request.url.copy_with(port=next(self.ports))
        return super().handle_request(request)


class NotingApi(Api):
    """The demo's client, which repeats under the same key, and a list of what was granted."""

    ports: ClassVar[list[int]] = []
    granted: ClassVar[list[tuple[str, str, str]]] = []  # person, key, path

    def __init__(self, base_url: str) -> None:
        super().__init__(base_url, patience=90)
        if self.ports:
            self.http.close()
            self.http = httpx.Client(base_url=base_url, timeout=40, transport=Doors(self.ports))

    def send(self, method: str, path: str, *, key: str | None = None, **options: Any):
        """Ask until there is an answer; note a change that was granted."""
        key = key or uuid4().hex
        answer = super().send(method, path, key=key, **options)
        changes = (
            method != "GET" and not path.startswith(OWN_AFFAIRS) and not path.endswith(TRIALS)
        )
        if changes and answer.is_success:
            self.granted.append((self.person_id, key, path))
        return answer


def granted_without_effect(granted: Iterable[tuple[str, str, str]], books: Books) -> Iterator[str]:
    """Yield what was granted although no service remembers having done it."""
    kinds = [name for name, kind in known_messages().items() if issubclass(kind, Command)]
    done = set().union(*books.requests.values())
    for person, key, path in granted:
        if done.isdisjoint(command_id(TENANT, person, key, kind) for kind in kinds):
            yield path
