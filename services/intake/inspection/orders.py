"""What an inspector is asked and answers; apart from the inspector, which is heavy to import."""

from decimal import Decimal

import msgspec
from msgspec import Struct

from kernel.crunch import Crashed, Crunch
from kernel.errors import Refused, Unavailable
from services.intake.domain.faults import Fault, Found


class Order(Struct, frozen=True, kw_only=True):
    """A file to look into, at a URL that reads it. `sha256` or `parts` is what it must be.

    `clamd_url` is where viruses are looked for; empty for nowhere.
    """

    url: str
    name: str
    size: int
    part_bytes: int
    sha256: str = ""
    parts: tuple[str, ...] = ()
    clamd_url: str = ""


class Verdict(Struct, frozen=True, kw_only=True):
    """What was found, or what is wrong with it; `down` says that no virus could be looked for."""

    sha256: str = ""
    kind: str = ""
    pages: int | None = None
    minutes: Decimal | None = None
    code: str = ""
    template: str = ""
    params: dict[str, str] = {}
    down: str = ""


class CannotBeExamined(Refused):
    """The file could not be examined; try again, and if that fails save it anew."""

    may_pass = True


def look_into(inspectors: Crunch, order: Order) -> Found | Fault:
    """Have a file looked into in a child process; raises `Unavailable`, `CannotBeExamined`.

    A child may be killed from outside, so one that ends is given a second try; a file that ends
    two is at fault itself.
    """
    asked = msgspec.json.encode(order)
    try:
        answer = inspectors.call("inspect", asked)
    except Crashed:
        try:
            answer = inspectors.call("inspect", asked)
        except Crashed as crashed:
            raise CannotBeExamined from crashed
    verdict = msgspec.json.decode(answer, type=Verdict)
    if verdict.down:
        raise Unavailable(verdict.down)
    if verdict.code:
        return Fault(verdict.code, verdict.template, verdict.params)
    return Found(verdict.kind, verdict.sha256, verdict.pages, verdict.minutes)
