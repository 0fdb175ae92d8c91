"""What the platform is to reach, beside what a run has reached."""

from collections.abc import Iterator
from typing import Any

from benchmarks.calls import AT_ONCE

MANY = f"at {AT_ONCE}"


def verdicts(found: dict[str, Any]) -> Iterator[str]:
    """Yield a line per target: what was asked, what came out, reached or not."""
    if calls := found.get("calls"):
        rate = {name: figures[MANY]["per_second"] for name, figures in calls.items()}
        for kind in ("our @query", "our @command"):
            yield said(f"{kind} {MANY}, times stock", rate[kind] / rate["stock nameko"], 5)
            yield said(f"{kind} {MANY}, of bare", rate[kind] / rate["bare py-amqp"], 0.6)
    if events := found.get("events"):
        yield said("events of a burst per second", events["burst"]["per_second"], 3000)
        yield said("p50 of a steady flow, ms", events["steady"]["p50_ms"], 10, at_most=True)
        yield said("rows of the relay per second", events["relay alone"]["per_second"], 5000)


def said(what: str, reached: float, wanted: float, *, at_most: bool = False) -> str:
    """Return the line of one target."""
    well = reached <= wanted if at_most else reached >= wanted
    sign = "<=" if at_most else ">="
    verdict = "reached" if well else "not reached"
    return f"{what:<40}{reached:>10.2f}   target {sign} {wanted:<7g} {verdict}"
