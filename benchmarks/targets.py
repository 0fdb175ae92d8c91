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
    if rush := found.get("rush"):
        gone = sum(count for what, count in rush["lost"].items() if what != "acknowledged")
        yield said("lost or changed in the rush", gone, 0, at_most=True)
    if neighbours := found.get("neighbours"):
        times = neighbours["quiet tenant beside a rush"]["p99_times"]
        yield said("p99 beside another's rush, times quiet", times, 1.5, at_most=True)
    if growth := found.get("growth"):
        cost = growth["growth"]["cpu_us"]
        yield said("a submission at 100,000, times at 1,000", cost, 1.1, at_most=True)


def said(what: str, reached: float, wanted: float, *, at_most: bool = False) -> str:
    """Return the line of one target."""
    well = reached <= wanted if at_most else reached >= wanted
    sign = "<=" if at_most else ">="
    verdict = "reached" if well else "not reached"
    return f"{what:<40}{reached:>10.2f}   target {sign} {wanted:<7g} {verdict}"
