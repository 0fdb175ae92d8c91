"""What a running process shows at `/health` and `/metrics`, read over HTTP."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import urllib3
from msgspec import Struct
from prometheus_client.parser import text_string_to_metric_families

SERVICES = ("gateway", "intake", "originality", "review", "awards", "notify", "ledger")
PATIENCE = 5.0  # seconds a process may take to answer


class MetricsSettings(Struct, frozen=True):
    """Where `sangkien status` and `sangkien top` look.

    metrics_urls: Processes and where their `/metrics` is, `intake=http://host:8080,...`.
    """

    metrics_urls: str = ",".join(f"{name}=http://{name}:8080" for name in SERVICES)

    @property
    def targets(self) -> dict[str, str]:
        """Return the addresses by the names of processes."""
        pairs = (each.partition("=") for each in self.metrics_urls.split(",") if each.strip())
        return {name.strip(): url.strip().rstrip("/") for name, _, url in pairs}


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one process: how it is, and its samples by name and labels."""

    name: str
    health: Mapping[str, str]
    samples: Mapping[tuple[str, tuple[tuple[str, str], ...]], float] = field(default_factory=dict)

    @property
    def is_well(self) -> bool:
        """Tell whether it and all it needs are well."""
        return set(self.health.values()) == {"ok"}

    def of(self, name: str) -> Iterator[tuple[dict[str, str], float]]:
        """Yield the samples of a metric: labels and value."""
        for (found, labels), value in self.samples.items():
            if found == f"sangkien_{name}":
                yield dict(labels), value

    def sum(self, name: str) -> float | None:
        """Return the sum over a metric's labels; None if it shows none."""
        values = [value for _, value in self.of(name)]
        return sum(values) if values else None


def look_at(targets: Mapping[str, str]) -> list[Look]:
    """Look at every process, all at once."""
    with ThreadPoolExecutor(max_workers=max(1, len(targets))) as pool:
        return list(pool.map(_look, targets.items()))


def _look(target: tuple[str, str]) -> Look:
    name, url = target
    try:
        health = json.loads(_get(f"{url}/health"))
        page = _get(f"{url}/metrics").decode()
    except (urllib3.exceptions.HTTPError, ValueError) as error:
        return Look(name, {"process": type(error).__name__})
    samples = {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }
    return Look(name, health, samples)


def _get(url: str) -> bytes:
    return urllib3.request("GET", url, timeout=PATIENCE, retries=False).data
