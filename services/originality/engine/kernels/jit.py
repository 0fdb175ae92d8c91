"""How a kernel is compiled: by numba, kept on disk, without holding Python's lock.

What is kept on disk is good as long as no kernel changes. numba looks only at the file of the
function itself; several of ours call one another, so the folder is named for all of them.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])

_HERE = Path(__file__).parent


def _version() -> str:
    """Name the kernels as they are now."""
    sources = b"\0".join(path.read_bytes() for path in sorted(_HERE.glob("*.py")))
    return sha256(sources + numba.__version__.encode()).hexdigest()[:16]


def _folder() -> Path:
    """Return where compiled kernels are kept: beside their source unless that is read-only.

    In an image it is; what was compiled when the image was built is copied to where numba may
    write. `NUMBA_CACHE_DIR` names another place.
    """
    given = os.environ.get("NUMBA_CACHE_DIR")
    beside = Path(given) if given else _HERE / "__pycache__"
    name = _version()
    if os.access(beside if beside.exists() else beside.parent, os.W_OK):
        return beside / name
    root = Path(tempfile.gettempdir()) / f"sangkien-kernels-{os.getuid()}"
    root.mkdir(mode=0o700, exist_ok=True)
    if root.stat().st_uid != os.getuid():  # what another user has put there is not to be run
        root = Path(tempfile.mkdtemp())
    copy = root / name
    if (beside / name).exists() and not copy.exists():
        _copy(beside / name, copy)
    return copy


def _copy(compiled: Path, copy: Path) -> None:
    """Copy a folder; whoever else does so at the same time may be the first."""
    unfinished = Path(tempfile.mkdtemp(dir=copy.parent))
    shutil.copytree(compiled, unfinished, dirs_exist_ok=True)
    try:
        unfinished.rename(copy)
    except OSError:
        shutil.rmtree(unfinished)


numba.config.CACHE_DIR = str(_folder())


def kernel(function: F) -> F:
    """Compile a function at its first call with arrays of new types, and keep it on disk."""
    return cast(F, numba.njit(cache=True, nogil=True)(function))
