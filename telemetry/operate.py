"""The commands of `sangkien` that are about all services at once, and where they are.

What looks into their databases is in an image only where all services are.
"""

from importlib.util import find_spec

COMMANDS = {
    "backup": "upkeep.backup.commands:backup",
    "restore": "upkeep.backup.commands:restore",
    "status": "telemetry.status:status",
    "top": "telemetry.status:top",
}
if find_spec("invariants"):
    COMMANDS["check-invariants"] = "invariants.command:check_invariants"
