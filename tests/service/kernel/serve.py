"""Hosts the trial service, as `kernel.runner` hosts the others: `python -m …serve`."""

import os
import sys

import eventlet

eventlet.monkey_patch()

from kernel.hosting import host  # noqa: E402  # only after the patch
from tests.service.kernel.trial import TrialService  # noqa: E402

if __name__ == "__main__":
    TrialService.failures = {"R5": 2, "R99": 99}
    status = host(TrialService)
    sys.stdout.flush()
    os._exit(status)
