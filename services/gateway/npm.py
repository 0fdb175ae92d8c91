"""Fetches packages of the npm registry by exact version and digest: start with `files_of`.

With the standard library alone, since an image is built where no npm is; where it is installed,
npm fetches, because it knows the proxies and the registry of the place.
"""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

PUBLIC = "https://registry.npmjs.org"


@dataclass(frozen=True, slots=True)
class Package:
    """A package as published; `sha512` is its digest in the registry, in base64."""

    name: str
    version: str
    sha512: str


class NotFetched(Exception):
    """A package could not be had; the message says which, why, and what to do."""


def files_of(package: Package, *names: str) -> list[bytes]:
    """Return the content of files of a package; raises `NotFetched`."""
    content = fetched(package)
    digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
    if digest != package.sha512:
        raise NotFetched(
            f"{package.name} {package.version} has the digest sha512-{digest}, not the one that "
            "is written down; ask whoever runs your npm registry."
        )
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        opened = [archive.extractfile(f"package/{name}") for name in names]
        return [file.read() for file in opened if file]


def fetched(package: Package) -> bytes:
    """Return the archive of a package, with npm or without."""
    failed = ""
    if shutil.which("npm"):
        with tempfile.TemporaryDirectory() as folder:
            command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
            done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603 -- our own words
            if archives := list(Path(folder).glob("*.tgz")):
                return archives[0].read_bytes()
            failed = done.stderr.decode(errors="replace").strip()
    registry = os.environ.get("NPM_CONFIG_REGISTRY") or PUBLIC
    name = package.name.rpartition("/")[2]
    address = f"{registry.rstrip('/')}/{package.name}/-/{name}-{package.version}.tgz"
    try:
        with urlopen(address, timeout=60) as answer:  # noqa: S310 -- the operator's registry
            content: bytes = answer.read()
    except OSError as problem:
        raise NotFetched(
            f"{address} could not be fetched ({failed or problem}). If the npm registry cannot "
            "be reached, set NPM_CONFIG_REGISTRY to one that can, and run this again."
        ) from problem
    return content


def run(step: Callable[[], object]) -> None:
    """Run a step that fetches as a command; it ends with the message if that fails."""
    try:
        step()
    except NotFetched as problem:
        sys.exit(str(problem))
