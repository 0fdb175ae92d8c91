"""Where the data for measuring is, and how it is read. None of it belongs to the repository.

`SANGKIEN_DATA` names the folder; without it, `../shared/data` beside the checkout is taken if it
exists. Large files are kept compressed by zstd; reading them needs its program.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
UNPACKED = ROOT / ".local" / "data"

NEWS = "vi-news-30k.jsonl.zst"
WIKI = "vi-wiki-1500.jsonl.zst"
LAWS = "vi-laws.jsonl.zst"
PAN13 = "pan13-text-alignment-train.tar.zst"


class DataMissing(Exception):
    """The data for measuring is not there; the message says which and what to set."""


def find(name: str) -> Path:
    """Return the path of a file of the data; raise `DataMissing` where there is none."""
    folder = Path(os.environ.get("SANGKIEN_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / name).exists():
        raise DataMissing(f"There is no {folder / name}; set SANGKIEN_DATA to the data's folder.")
    return folder / name


def records(name: str) -> Iterator[dict[str, Any]]:
    """Yield the records of a .jsonl.zst file."""
    with subprocess.Popen([_zstd(), "-dc", find(name)], stdout=subprocess.PIPE) as process:
        for line in process.stdout or ():
            yield json.loads(line)


def unpacked(name: str) -> Path:
    """Unpack a .tar.zst once and return the folder with what is in it."""
    folder = UNPACKED / name.removesuffix(".tar.zst")
    if not folder.exists():
        begun = folder.with_suffix(".part")
        shutil.rmtree(begun, ignore_errors=True)
        begun.mkdir(parents=True)
        command = ["tar", f"--use-compress-program={_zstd()}", "-xf", find(name), "-C", begun]
        subprocess.run(command, check=True)
        begun.rename(folder)
    return folder


def _zstd() -> str:
    """Return the program that decompresses."""
    found = shutil.which("zstd")
    if found is None:
        raise DataMissing(
            "The program zstd is missing; install it (Debian: apt-get install zstd)."
        )
    return found
