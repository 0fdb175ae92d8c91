"""The schema of rules files, for editors."""

import json

from services.gateway.api.contests import rules_schema


def render() -> str:
    """Return the schema as a file."""
    return json.dumps(rules_schema(), ensure_ascii=False, indent=1) + "\n"
