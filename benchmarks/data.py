"""Where the texts to measure with are: the folder `SANGKIEN_DATA` names. Start with `lines`."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BESIDE = Path(__file__).parents[2] / "shared" / "data"


def folder() -> Path | None:
    """Return the folder of data, or None where there is none."""
    if named := os.environ.get("SANGKIEN_DATA"):
        return Path(named)
    return BESIDE if BESIDE.is_dir() else None


def lines(name: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of `name.jsonl.zst`; raises FileNotFoundError without a folder of data."""
    found = folder()
    if found is None:
        raise FileNotFoundError("SANGKIEN_DATA names no folder of data")
    command = ["zstdcat", str(found / f"{name}.jsonl.zst")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as reader:
        for line in reader.stdout or ():
            yield json.loads(line)
    if reader.returncode:
        raise FileNotFoundError(f"{name}.jsonl.zst cannot be read from {found}")
