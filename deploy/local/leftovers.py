"""Programs of a stack whose supervisord is gone: found by the mark in their environment."""

import os
from contextlib import suppress
from pathlib import Path

import psutil

from deploy.local.supervision import MARK


def find(folder: Path) -> list[psutil.Process]:
    """Return the running programs of the stack in this folder, this one and its parents aside."""
    this = psutil.Process()
    spared = {this.pid, *(parent.pid for parent in this.parents())}
    return [each for each in psutil.process_iter() if each.pid not in spared and _of(each, folder)]


def stop(folder: Path, patience: float = 5) -> int:
    """Stop them, by force those that have not ended after `patience` seconds; return how many."""
    found = find(folder)
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, stubborn = psutil.wait_procs(found, timeout=patience)
    for process in stubborn:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(stubborn, timeout=patience)
    return len(found)


def _of(process: psutil.Process, folder: Path) -> bool:
    try:
        return bool(process.environ().get(MARK) == os.fspath(folder))
    except (psutil.Error, OSError):
        return False
