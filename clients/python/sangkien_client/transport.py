"""How requests travel: signed in, tried again while nobody answers, refusals as errors."""

import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx

PASSING = {502, 503, 504}


class ApiRefused(Exception):
    """The platform said no; `code` names why, `detail` says it in Vietnamese."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.problem = problem
        self.code = problem.get("code", "")
        self.detail = problem.get("detail", "")
        super().__init__(f"{status} {self.code}: {self.detail}")


class Client:
    """One signed-in caller. `patience` is how many seconds an answer is waited for, tries and all."""

    def __init__(self, base_url: str, patience: float = 60.0) -> None:
        self.http = httpx.Client(base_url=base_url, timeout=40, follow_redirects=False)
        self.patience = patience

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self.http.close()

    def hold(self, token: str) -> None:
        """Send this token from now on."""
        self.http.headers["Authorization"] = f"Bearer {token}"

    def sign_in(self, login: str, password: str) -> Any:  # noqa: ANN401  # JSON
        """Sign in as a person; return what is told of the sign-in."""
        said = self.request("POST", "/v1/sessions", json={"login": login, "password": password})
        self.hold(said["token"])
        return said

    def sign_in_client(self, client_id: str, secret: str, scope: str = "") -> Any:  # noqa: ANN401  # JSON
        """Sign in as a system (OAuth 2.0 client credentials)."""
        form = {
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": secret,
        }
        said = self.request("POST", "/v1/token", data=form | ({"scope": scope} if scope else {}))
        self.hold(said["access_token"])
        return said

    def request(self, method: str, path: str, *, key: str | None = None, **options: Any) -> Any:  # noqa: ANN401
        """Ask until there is an answer; return its JSON, raise `ApiRefused`."""
        return read(self.send(method, path, key=key, **options))

    def pages(self, path: str, **query: Any) -> Iterator[Any]:  # noqa: ANN401
        """Return the lines of a long list, page by page as they are wanted."""
        options: dict[str, Any] = {"params": query}
        while path:
            answer = self.send("GET", path, **options)
            yield from read(answer)
            path, options = answer.links.get("next", {}).get("url", ""), {}

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


def read(answer: httpx.Response) -> Any:  # noqa: ANN401
    """Return an answer's JSON, or its bytes; None if it is empty; raise `ApiRefused` for a problem."""
    kind = answer.headers.get("content-type", "")
    if answer.is_error:
        is_problem = "problem+json" in kind
        problem = answer.json() if is_problem else {"detail": answer.text[:300]}
        raise ApiRefused(answer.status_code, problem)
    if not answer.content:
        return None
    return answer.json() if "json" in kind else answer.content
