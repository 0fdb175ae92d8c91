"""Fetches axe-core, with which tests look for what keeps people out: `python -m deploy.axe`."""

from pathlib import Path

from services.gateway.npm import Package, files_of, run

AXE = Package(
    "axe-core",
    "4.14.1",
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
)
PLACE = Path(__file__).parents[1] / ".local" / "cache" / f"axe-{AXE.version}.js"


def script() -> Path:
    """Return where axe-core lies, fetching it if it is not there; raises `NotFetched`."""
    if not PLACE.exists():
        (content,) = files_of(AXE, "axe.min.js")
        PLACE.parent.mkdir(parents=True, exist_ok=True)
        PLACE.write_bytes(content)
    return PLACE


if __name__ == "__main__":
    run(script)
