"""The platform's own side: the contest of the demo, with as many entries as the peer has."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from itertools import cycle

import urllib3

from benchmarks.entrants import (
    CONTEST,
    EVIDENCE,
    OPEN,
    PASSWORD,
    TENANT,
    Entrant,
    admit,
    open_contest,
)
from benchmarks.portal.readers import Line, cookies_of, joined
from deploy.local.stack import Stack

THERE = 70  # entries before anything is measured; the peer's sample event has about as many
PAPERS = (("BAN_THUYET_MINH", EVIDENCE),)


class Ready:
    """A contest with entries in it, and people who are signed in."""

    def __init__(self, url: str, entrants: list[Entrant], cookies: str) -> None:
        self.url, self.cookies = url, cookies
        self.entry_id = entrants[0].acknowledged[0].entry_id
        self.turns: Iterator[Entrant] = cycle(entrants)


def ready(stack: Stack, at_once: int) -> Ready:
    """Open a contest and hand some entries in."""
    stack.set_clock(OPEN)
    operator = open_contest(stack)
    entrants = [admit(stack, operator, TENANT, number) for number in range(at_once)]
    operator.close()
    for number in range(THERE):
        entrants[number % at_once].hand_in(PAPERS)
    return Ready(stack.addresses.http_url, entrants, signed_in(stack.addresses.http_url, "do-0"))


def signed_in(url: str, login: str) -> str:
    """Sign somebody in with the form of the page; return the cookies."""
    http = urllib3.PoolManager(retries=False)
    form = {"login": login, "password": PASSWORD}
    answer = http.request(
        "POST", f"{url}/dang-nhap", fields=form, encode_multipart=False,
        headers={"X-Tenant": TENANT, "Origin": url}, redirect=False,
    )  # fmt: skip
    if answer.status != HTTPStatus.SEE_OTHER:
        raise RuntimeError(f"Signing in: {answer.status} {answer.data[:300]!r}")
    return joined(cookies_of(answer))


def kinds(contest: Ready) -> dict[str, Callable[[], Callable[[], None]]]:
    """Return what makes one more reader or submitter, by kind of work."""
    return {
        "public page": lambda: reader(contest.url, f"/cuoc-thi/{CONTEST}"),
        "its crowd": lambda: reader(contest.url, f"/cuoc-thi/{CONTEST}"),
        "status page": lambda: reader(
            contest.url, f"/toi/ho-so/{contest.entry_id}", contest.cookies
        ),
        "submission": lambda: submitter(next(contest.turns)),
    }


def reader(url: str, path: str, cookies: str = "") -> Callable[[], None]:
    """Return what reads a page once more, whole."""
    line = Line(url, {"X-Tenant": TENANT} | ({"Cookie": cookies} if cookies else {}))

    def read() -> None:
        if b"</html>" not in line.get(path):
            raise RuntimeError(f"{path} came cut off.")

    return read


def submitter(entrant: Entrant) -> Callable[[], None]:
    """Return what hands one more entry in, from the draft to the receipt, document included."""
    return lambda: entrant.hand_in(PAPERS)
