"""What holds for every test.

How long it takes on a busy machine says nothing about the code. Tests kill processes, never the
machine: what the system has taken from a server is safe, and nobody waits for the disk.
"""

import os

from hypothesis import HealthCheck, settings

from deploy.local.instance import SYNC_VARIABLE

os.environ.setdefault(SYNC_VARIABLE, "off")

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fast", settings.get_profile("unhurried"), max_examples=15)
settings.load_profile("unhurried")
